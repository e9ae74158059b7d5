//! Which layout a file of text has, told by its name and, independently, by its contents.

use super::{
    layout::{self, Layout, Reads},
    layouts::LAYOUTS,
    name::{self, Named},
    text::Encoding,
};

/// Tells the layout of a file of text by its name and, independently, by its contents; else what was expected and what
/// was seen.
pub(super) fn recognise(named: &Named, bytes: &[u8], encoding: Encoding) -> Result<&'static Layout, (String, String)> {
    let announced: Vec<&Layout> = name::announced(named).collect();
    for layout in &announced {
        match layout.reads {
            Reads::Table(table) if table.matches(bytes, encoding).is_none() => {}
            _ => return Ok(layout),
        }
    }
    // A file that was renamed, or one whose name is wrong.
    let looks: Vec<&Layout> = LAYOUTS
        .iter()
        .filter(|layout| matches!(layout.reads, Reads::Table(table) if table.is_unmistakable(bytes, encoding)))
        .collect();
    let titles = |layouts: &[&Layout]| layouts.iter().map(|layout| layout.title).collect::<Vec<_>>().join(" or ");
    match (announced.as_slice(), looks.as_slice()) {
        ([], [only]) => Ok(only),
        ([], []) => {
            let expected = "a file named and laid out as published, such as s_20260601.csv or 05算定回数テーブル.csv";
            Err((expected.to_owned(), layout::seen(bytes, encoding)))
        }
        ([], several) => {
            let expected = "a file name that says which table it is, such as the publisher's own";
            Err((expected.to_owned(), titles(several)))
        }
        (announced, looks) => {
            let forms: Vec<_> = announced
                .iter()
                .filter_map(|layout| match layout.reads {
                    Reads::Table(table) => Some(format!("{} ({})", layout.title, table.form())),
                    Reads::Not(_) => None,
                })
                .collect();
            let seen = layout::seen(bytes, encoding);
            let seen = if looks.is_empty() { seen } else { format!("{seen}: {}", titles(looks)) };
            Err((format!("{}, as the file name says", forms.join(" or ")), seen))
        }
    }
}
