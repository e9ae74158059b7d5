//! ICD-10 (2013) 基本分類表: a workbook of one sheet, from the chapters down to the last character.

use crate::master::MasterKind;

use super::super::{
    book::{Book, SheetTable, has},
    field::{Check::*, Field, field},
    layout::{Code, Dating, PLAIN, Table},
};

const FIELDS: &[Field] = &[
    // 1
    field("種別", Text(20)),
    field("分類単位", Text(20)).or_blank(),
    field("章番号", Text(4)),
    field("中間分類", Text(20)).or_blank(),
    field("３桁分類", Text(20)).or_blank(),
    field("コード", Text(20)),
    field("剣星", Text(2)).or_blank().to("mark"),
    field("表示用コード", Text(20)).or_blank().to("shown"),
    field("注、細分類等", Prose(500)).or_blank().to("note"),
    field("コード名", Prose(300)).or_blank().to("name"),
    // 11
    field("大分類", Text(20)).or_blank().to("large"),
    field("中分類", Text(20)).or_blank().to("middle"),
    field("小分類", Text(20)).or_blank().to("small"),
    field("死因分類", Text(20)).or_blank().to("cause_of_death"),
    field("コード（点なし）", Letters(11)),
    field("段階", Digits(1)).to("level"),
    field("最小", Digits(1)).to("leaf"),
    field("日本独自", Digits(1)).to("japanese"),
    field("上位コード", Letters(11)).or_blank().to("parent"),
];

const TABLE: Table = Table {
    kind: MasterKind::Icd10,
    counts: &[19],
    fields: FIELDS,
    change: None,
    changes: false,
    code: Code::Text { before: "", columns: &[15], between: "" },
    // 平成27年総務省告示第35号: the classification of 2013 applies from 2016-01-01.
    dating: Dating::Listed { edition: Some(20_160_101) },
    ..PLAIN
};

/// ICD-10 (2013) 基本分類表.
pub(super) const BOOK: Book = Book {
    title: "ICD-10 基本分類表",
    sheets: &[SheetTable {
        table: &TABLE,
        titles: &["種別", "分類単位", "章番号", "中間分類", "３桁分類", "コード", "剣星", "表示用コード"],
        prepare,
    }],
    edition: |_| None,
    gather: |_| {},
};

/// Puts the code without its dot, the level and the category above behind the columns of the sheet.
fn prepare(cells: &mut [String]) -> bool {
    if !has(cells, 6) {
        return false;
    }
    for cell in cells.iter_mut().filter(|cell| *cell == "－") {
        cell.clear();
    }
    let cell = |column: usize| cells.get(column - 1).map(String::as_str).unwrap_or_default();
    let level = cell(1).trim_start_matches('0').chars().next().filter(char::is_ascii_digit).unwrap_or('0');
    let plain = |text: &str| text.replace('－', "-").replace('.', "");
    let block = |text: &str| {
        let block = plain(text);
        // A block of one category is written like the category.
        if block.contains('-') || block.is_empty() { block } else { format!("{block}-{block}") }
    };
    let first = |code: &str, length: usize| code.chars().take(length).collect::<String>();
    let (code, parent) = match level {
        '1' => (cell(3).to_owned(), String::new()),
        '2' => (block(cell(6)), cell(3).to_owned()),
        '3' => (plain(cell(6)), block(cell(4))),
        '4' | '5' => (plain(cell(6)), first(cell(6), 3)),
        '6' => (plain(cell(6)), first(&plain(cell(6)), 4)),
        // Notes on a category, without a code.
        _ => return false,
    };
    let mark = |set: bool| if set { "1" } else { "0" }.to_owned();
    let leaf = mark(cell(2).contains("最小"));
    let japanese = mark(cell(1).contains("日本独自"));
    for (slot, value) in cells.iter_mut().skip(14).zip([code, level.to_string(), leaf, japanese, parent]) {
        *slot = value;
    }
    true
}
