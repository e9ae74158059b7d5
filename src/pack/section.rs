//! What a pack's directory says, for tools that show it.

use super::{ENTRY_LEN, HEADER_LEN, Pack, REQUIRED, Tag, reader::Entry, u32_at};

/// One section of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// Its name.
    pub tag: Tag,
    /// Its version.
    pub version: u16,
    /// Whether a reader that does not know it must refuse the pack.
    pub required: bool,
    /// Its size in bytes.
    pub bytes: usize,
    /// Rows of a table, texts of the section of texts, else 0.
    pub rows: usize,
}

impl Pack {
    /// Every section, in the order of the file, those that this engine skips among them.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        // INVARIANT: the directory was checked when the pack was opened.
        let bytes = self.as_bytes();
        let count = u32_at(bytes, 12).map_or(0, |count| count as usize);
        let directory = bytes.get(HEADER_LEN..).unwrap_or_default();
        directory
            .chunks_exact(ENTRY_LEN)
            .take(count)
            .filter_map(Entry::read)
            .map(|entry| Section {
                tag: entry.tag,
                version: entry.version,
                required: entry.flags & REQUIRED != 0,
                bytes: entry.length,
                rows: entry.rows,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, META, PackMeta, PackWriter, STRINGS, TableRows};
    use super::*;

    #[test]
    fn the_sections_fill_the_pack() {
        let (known, note) = (Tag(*b"TEST"), Tag(*b"NOTE"));
        let mut writer = PackWriter::new(PackMeta::default());
        let row = vec![Cell::Number(70_000), Cell::Text("初診料".into())];
        writer.table(known, TableRows { columns: vec![0, 1], rows: vec![row], pairs: false }).unwrap();
        writer.optional(note, b"anything".to_vec()).unwrap();
        let pack = Pack::from_vec(writer.finish().unwrap(), &[known]).unwrap();
        let sections = pack.sections();
        let tags: Vec<_> = sections.iter().map(|section| (section.tag, section.required, section.rows)).collect();
        assert_eq!(tags, [(META, true, 0), (STRINGS, true, 2), (known, true, 1), (note, false, 0)]);
        let bytes: usize = sections.iter().map(|section| section.bytes).sum();
        assert_eq!(HEADER_LEN + ENTRY_LEN * sections.len() + bytes, pack.size());
    }
}
