//! Which files of a folder or an archive are read, and in which order.

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
    let parts = |place: &usize| names.get(*place).map(|name| name.as_ref().split('/').collect::<Vec<_>>());
    let mut places: Vec<usize> = (0..names.len()).collect();
    places.retain(|place| {
        parts(place).is_some_and(|parts| parts.len() <= DEPTH + 1 && parts.last().is_some_and(|name| is_table(name)))
    });
    places.sort_by_cached_key(parts);
    places
}

/// Whether a name in a folder or an archive is one of a published file; others, such as programs, are no master.
pub(super) fn is_table(name: &str) -> bool {
    // What systems and programs lay beside a file bears its ending too: `._s.csv` and `~$k.xlsx` are none.
    if name.starts_with('.') || name.starts_with("~$") {
        return false;
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("csv" | "txt" | "tsv" | "zip" | "xlsx" | "json" | "pdf"))
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
