//! 一般名処方マスタ: a workbook with the names, and a sheet with the products of the exceptions.

use crate::master::MasterKind;

use super::super::{
    book::{Book, SheetTable, era_day, has, heads},
    field::{Check::*, Field, field},
    layout::{Code, Dating, PLAIN, Table},
    sheet::Sheet,
};

const FIELDS: &[Field] = &[
    field("区分", Text(10)).to("use_kind"),
    field("一般名コード", Letters(12)),
    field("一般名処方の標準的な記載", Text(100)).to("name"),
    field("成分名", Text(100)).to("ingredient"),
    field("規格", Prose(100)).to("strength"),
    field("一般名処方加算対象", OneOf("012")).to("addition"),
    field("例外コード", Digits(1)).or_blank().to("exception"),
    field("同一剤形・規格内の最低薬価", Amount(13)).to("lowest_price"),
    field("備考", Prose(500)).or_blank().to("note"),
    field("例外コード品目", Prose(4_000)).or_blank().to("products"),
];

const TABLE: Table = Table {
    kind: MasterKind::GenericName,
    counts: &[10],
    fields: FIELDS,
    change: None,
    changes: false,
    code: Code::Text { before: "", columns: &[2], between: "" },
    dating: Dating::Listed { edition: None },
    ..PLAIN
};

/// 一般名処方マスタ.
pub(super) const BOOK: Book = Book {
    title: "一般名処方マスタ",
    sheets: &[SheetTable {
        table: &TABLE,
        titles: &[
            "区分",
            "一般名コード",
            "一般名処方の標準的な記載",
            "成分名",
            "規格",
            "一般名処方加算対象",
            "例外コード",
        ],
        prepare,
    }],
    edition: |sheets| heads(sheets).find_map(era_day),
    gather,
};

fn prepare(cells: &mut [String]) -> bool {
    for (column, words) in [(6, [("加算1,2", "2"), ("加算1", "1")]), (7, [("例外コード", "1"), ("", "")])] {
        if let Some(cell) = cells.get_mut(column - 1)
            && let Some((_, mark)) = words.iter().find(|(word, _)| word == cell)
        {
            *cell = (*mark).to_owned();
        }
    }
    has(cells, 2)
}

/// Writes the products of each exception behind its name.
fn gather(sheets: &mut [Sheet]) {
    const TITLES: &[&str] =
        &["区分", "一般名コード", "一般名処方の標準的な記載", "成分名", "規格", "薬価基準収載医薬品コード"];
    let products = SheetTable { table: &TABLE, titles: TITLES, prepare: |_| true };
    let Some(rows) = products.rows(sheets) else { return };
    let mut all: Vec<(String, String)> = Vec::new();
    for (_, cells) in rows {
        let cell = |column: usize| cells.get(column - 1).cloned().unwrap_or_default();
        if !cell(2).is_empty() {
            all.push((cell(2), cell(6)));
        } else if let Some((_, products)) = all.last_mut().filter(|_| !cell(6).is_empty()) {
            products.push(';');
            products.push_str(&cell(6));
        }
    }
    for sheet in sheets.iter_mut() {
        if BOOK.sheets.iter().all(|table| table.titles_in(sheet).is_none()) {
            continue;
        }
        for (_, cells) in &mut sheet.rows {
            if let Some((_, products)) = all.iter().find(|(code, _)| cells.get(1) == Some(code)) {
                cells.resize(9, String::new());
                cells.push(products.clone());
            }
        }
    }
}
