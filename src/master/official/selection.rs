//! Which files of a folder or an archive are read, and in which order.

use super::{FileReport, Reader};

/// How many of the files that are left out are named.
const NAMED: u32 = 20;

/// How deep folders are searched.
pub(super) const DEPTH: usize = 4;

/// The places of the names that are read, in the order of reading. Names have `/` between their folders; those in
/// folders four deep and deeper, and those of other kinds of files, are not read.
///
/// The same files give the same pack wherever they lie: every surface asks here.
///
/// ```
/// use santei::master::official::reading_order;
///
/// assert_eq!(reading_order(&["y_20251111.csv", "photo.png", "a/s_20251104.csv"]), [2, 0]);
/// ```
#[must_use]
pub fn reading_order(names: &[impl AsRef<str>]) -> Vec<usize> {
    let read = |name: &str| {
        let parts: Vec<_> = name.split('/').collect();
        parts.len() <= DEPTH + 1 && parts.last().is_some_and(|name| is_table(name))
    };
    let mut places = in_order(names);
    places.retain(|place| names.get(*place).is_some_and(|name| read(name.as_ref())));
    places
}

/// The places of the names, folder by folder.
pub(super) fn in_order(names: &[impl AsRef<str>]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..names.len()).collect();
    places.sort_by_cached_key(|place| names.get(*place).map(|name| name.as_ref().split('/').collect::<Vec<_>>()));
    places
}

/// Whether a name in a folder or an archive is one of a published file; others, such as programs, are no master.
pub(super) fn is_table(name: &str) -> bool {
    if is_aside(name) {
        return false;
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("csv" | "txt" | "tsv" | "zip" | "xlsx" | "json" | "pdf"))
}

/// What systems and programs lay beside a file; it may bear the file's ending too, as `._s.csv` and `~$k.xlsx` do.
fn is_aside(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || matches!(name, "Thumbs.db" | "desktop.ini")
}

impl Reader {
    /// Notes a file that is left out for its ending; of many only the first are named.
    pub(super) fn pass_over(&mut self, name: &str) {
        if is_aside(name.rsplit('/').next().unwrap_or(name)) {
            return;
        }
        self.passed_over = self.passed_over.saturating_add(1);
        if self.passed_over <= NAMED {
            self.files.push(FileReport::passed_over(name.to_owned()));
        }
    }

    /// Says how many more there were.
    pub(super) fn count_passed_over(&mut self) {
        if let Some(more @ 1..) = self.passed_over.checked_sub(NAMED) {
            self.files.push(FileReport::passed_over(format!("… {more} more")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_by_folder() {
        let names = ["a-b/x.csv", "a/x.csv", "a/._x.csv", "z.CSV", "~$k.xlsx", "1/2/3/4/x.txt", "1/2/3/4/5/x.txt", "x"];
        // `a` comes before `a-b`, as in a folder's own order, although `-` comes before `/`.
        assert_eq!(reading_order(&names), [5, 1, 0, 3]);
        assert_eq!(reading_order(&[] as &[&str]), [0usize; 0]);
    }
}
