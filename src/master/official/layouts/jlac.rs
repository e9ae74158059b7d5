//! The code tables of JLAC10, one sheet for each element of a code; and the products of the 電子カルテ情報共有サービス with their
//! JLAC11 and JLAC10 codes, which may be read by whoever has them but not passed on in another form.

use crate::master::MasterKind;

use super::super::{
    book::{Book, SheetTable, has, month},
    field::{Check::*, Field, field},
    layout::{Code, Dating, PLAIN, Table},
};

const ELEMENT: Table = Table {
    kind: MasterKind::JlacCode,
    change: None,
    changes: false,
    dating: Dating::Listed { edition: None },
    ..PLAIN
};

const ANALYTES: &[Field] = &[
    field("大分類", Prose(40)).or_blank(),
    field("大分類名称", Prose(100)).or_blank(),
    field("分析物コード", Letters(5)),
    field("分析物名(1)", Prose(500)).to("name"),
    field("分析物名(2)", Prose(500)).or_blank().to("name_2"),
    field("分析物名(英名)", Prose(500)).or_blank().to("name_en"),
    field("備考", Prose(1_000)).or_blank().to("note"),
    field("更新区分", OneOf("TSH")).or_blank().to("change"),
    field("更新日", Prose(20)).or_blank(),
];

/// 分析物コード.
const ANALYTES_TABLE: Table = Table {
    counts: &[9],
    fields: ANALYTES,
    code: Code::Text { before: "analyte.", columns: &[3], between: "-" },
    ..ELEMENT
};

const IDENTIFICATIONS: &[Field] = &[
    field("（なし）", Spare),
    field("コード", Digits(4)),
    field("識別名", Prose(500)).to("name"),
    field("識別名(２)", Prose(500)).or_blank().to("name_2"),
    field("識別名(英名)", Prose(500)).or_blank().to("name_en"),
    field("識別名(英名2)", Prose(300)).or_blank(),
    field("備考", Prose(1_000)).or_blank().to("note"),
    field("更新区分", OneOf("TSH")).or_blank().to("change"),
    field("更新日", Prose(20)).or_blank(),
];

/// 識別コード.
const IDENTIFICATIONS_TABLE: Table = Table {
    counts: &[9],
    fields: IDENTIFICATIONS,
    code: Code::Text { before: "identification.", columns: &[2], between: "-" },
    ..ELEMENT
};

const MATERIALS: &[Field] = &[
    field("List", Prose(40)).or_blank(),
    field("大分類", Prose(100)).or_blank(),
    field("Catergory", Prose(100)).or_blank(),
    field("中分類", Prose(100)).or_blank(),
    field("Subcatergory", Prose(100)).or_blank(),
    field("コード", Letters(3)),
    field("材料名", Prose(500)).to("name"),
    field("Materials", Prose(500)).or_blank().to("name_en"),
    field("備考", Prose(1_000)).or_blank().to("note"),
    field("更新区分", OneOf("TSH")).or_blank().to("change"),
    field("更新日", Prose(20)).or_blank(),
];

/// 材料コード.
const MATERIALS_TABLE: Table = Table {
    counts: &[11],
    fields: MATERIALS,
    code: Code::Text { before: "material.", columns: &[6], between: "-" },
    ..ELEMENT
};

const METHODS: &[Field] = &[
    field("大分類", Prose(100)).or_blank(),
    field("中分類", Prose(100)).or_blank(),
    field("コード", Letters(3)),
    field("測定法名", Prose(500)).to("name"),
    field("測定法名(２)", Prose(500)).or_blank().to("name_2"),
    field("測定法名(英名)", Prose(500)).or_blank().to("name_en"),
    field("備考", Prose(1_000)).or_blank().to("note"),
    field("更新区分", OneOf("TSH")).or_blank().to("change"),
    field("更新日", Prose(20)).or_blank(),
];

/// 測定法コード.
const METHODS_TABLE: Table = Table {
    counts: &[9],
    fields: METHODS,
    code: Code::Text { before: "method.", columns: &[3], between: "-" },
    ..ELEMENT
};

const RESULTS: &[Field] = &[
    field("分類", Prose(100)).or_blank(),
    field("コード", Letters(2)),
    field("結果識別名", Prose(500)).to("name"),
    field("備考", Prose(1_000)).or_blank().to("note"),
    field("更新区分", OneOf("TSH")).or_blank().to("change"),
    field("更新日", Prose(20)).or_blank(),
];

/// 結果識別コード.
const RESULTS_TABLE: Table = Table {
    counts: &[6],
    fields: RESULTS,
    code: Code::Text { before: "result.", columns: &[2], between: "-" },
    ..ELEMENT
};

const SPECIFIC: &[Field] = &[
    field("（なし）", Spare),
    field("分析物コード", Letters(5)),
    field("識別", Digits(4)),
    field("結果識別コード", Letters(2)),
    field("結果名", Prose(500)).to("name"),
    field("結果名(英名)", Prose(500)).or_blank().to("name_en"),
    field("備考", Prose(1_000)).or_blank().to("note"),
    field("更新区分", OneOf("TSH")).or_blank().to("change"),
    field("更新日", Prose(20)).or_blank(),
];

/// 結果識別コード (固有).
const SPECIFIC_TABLE: Table = Table {
    counts: &[9],
    fields: SPECIFIC,
    code: Code::Text { before: "result.", columns: &[2, 3, 4], between: "-" },
    ..ELEMENT
};

/// JLAC10, as new as its newest 更新日.
pub(super) const BOOK: Book = Book {
    title: "JLAC10 コード表",
    sheets: &[
        SheetTable {
            table: &ANALYTES_TABLE,
            titles: &["大分類", "大分類名称", "分析物コード", "分析物名(1)"],
            prepare: |cells| element(cells, 3),
        },
        SheetTable {
            table: &IDENTIFICATIONS_TABLE,
            titles: &["", "コード", "識別名", "識別名(２)"],
            prepare: |cells| element(cells, 2),
        },
        SheetTable {
            table: &MATERIALS_TABLE,
            titles: &["List", "大分類", "Catergory", "中分類", "Subcatergory", "コード", "材料名"],
            prepare: |cells| element(cells, 6),
        },
        SheetTable {
            table: &METHODS_TABLE,
            titles: &["大分類", "中分類", "コード", "測定法名"],
            prepare: |cells| element(cells, 3),
        },
        SheetTable {
            table: &RESULTS_TABLE,
            titles: &["分類", "コード", "結果識別名"],
            prepare: |cells| element(cells, 2),
        },
        SheetTable {
            table: &SPECIFIC_TABLE,
            titles: &["", "分析物コード", "識別", "結果識別コード", "結果名"],
            prepare: |cells| element(cells, 2),
        },
    ],
    edition: |sheets| {
        let cells = sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|(_, cells)| cells);
        cells.filter_map(|cell| month(cell)).max()
    },
    gather: |_| {},
};

/// A row with a code. One 更新区分 of edition 136 is written in full width.
fn element(cells: &mut [String], code: usize) -> bool {
    for cell in cells.iter_mut().filter(|cell| *cell == "Ｈ") {
        "H".clone_into(cell);
    }
    has(cells, code)
}

const LINKS: &[Field] = &[
    // 1
    field("区分名称", Prose(500)).or_blank().to("category"),
    field("予備区分名称", Prose(100)).or_blank(),
    field("データ区分（感染症/検査）", Prose(40)).or_blank(),
    field("大項目", Prose(500)).or_blank().to("item"),
    field("FHIR項目名称", Prose(500)).to("name"),
    field("FHIR識別文字列", Prose(500)).or_blank().to("label"),
    field("略称", Prose(500)).or_blank().to("abbreviation"),
    field("販売名称", Prose(500)).or_blank().to("product"),
    field("材料(JLAC11)", Prose(500)).or_blank().to("material"),
    field("測定法(JLAC11)", Prose(500)).or_blank().to("method"),
    // 11
    field("JLAC11コード", Letters(17)),
    field("単位", Prose(500)).or_blank().to("unit"),
    field("材料(JLAC10)", Prose(100)).or_blank(),
    field("検査方法(JLAC10-測定法)", Prose(200)).or_blank(),
    field("JLAC10コード", Letters(17)).or_blank().to("jlac10"),
    field("データタイプ", Prose(500)).or_blank().to("data_type"),
    field("数値型の場合の形式", Prose(100)).or_blank(),
    field("コード型の場合の値リスト", Prose(2_000)).or_blank(),
    field("コード型のOID", Prose(100)).or_blank(),
    field("並び順", Prose(500)).or_blank().to("order"),
    // 21
    field("適用開始日", Day).or_blank(),
    field("適用終了日", Day).or_blank(),
];

const LINK_TABLE: Table = Table {
    kind: MasterKind::JlacLink,
    counts: &[22],
    fields: LINKS,
    change: None,
    changes: false,
    code: Code::Text { before: "", columns: &[11], between: "" },
    mark: &[5, 8, 9, 10, 15],
    from: &[21],
    last: &[22],
    dating: Dating::Listed { edition: None },
    ..PLAIN
};

/// JLAC11 and JLAC10 codes of products.
pub(super) const LINK_BOOK: Book = Book {
    title: "電子カルテ情報共有サービス JLAC11・JLAC10 対応表",
    sheets: &[SheetTable {
        table: &LINK_TABLE,
        titles: &[
            "区分名称",
            "予備区分名称",
            "データ区分（感染症/検査）",
            "大項目",
            "FHIR項目名称",
            "FHIR識別文字列",
            "略称",
            "販売名称",
            "材料(JLAC11)",
            "測定法(JLAC11)",
            "JLAC11コード",
        ],
        prepare: |cells| has(cells, 11),
    }],
    edition: |_| None,
    gather: |_| {},
};

const HEALTH_CHECKS: &[Field] = &[field("code", Letters(17)), field("display", Prose(200)).to("name")];

/// 特定健診: the items of a FHIR code system.
pub(super) const HEALTH_CHECK_TABLE: Table = Table {
    kind: MasterKind::HealthCheck,
    counts: &[2],
    fields: HEALTH_CHECKS,
    change: None,
    changes: false,
    code: Code::Text { before: "", columns: &[1], between: "" },
    dating: Dating::Listed { edition: None },
    ..PLAIN
};
