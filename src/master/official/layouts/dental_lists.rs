//! The tables that go with the basic table of 歯科診療行為マスター, `h-2` to `h-10`: イ to オ, which additions a group of
//! procedures takes; カ how often; キ in which steps; ク at which age; ケ what is not charged beside what; コ the days.
//!
//! No published file of these is at hand: the layouts are those of the specification.

use crate::{master::MasterKind, pack::Cell};

use super::super::{
    field::{Check::*, Field, field},
    layout::{Cells, Code, PLAIN, Table},
    text::Splitter,
};

const ADDITIONS: &[Field] = &[
    field("変更区分", OneOf("012359")),
    field("グループ番号", Letters(4)).to("group"),
    field("加算コード", Letters(5)).to("addition"),
    field("歯科診療行為コード", Digits(9)).to("procedure"),
    field("基本名称", Text(100)).to("name"),
    field("加算識別", Digits(2)).to("together"),
    field("変更年月日", Day),
    field("廃止年月日", Day),
    field("予備", Spare),
];

const fn additions(before: &'static str) -> Table {
    Table {
        kind: MasterKind::DentalAddition,
        counts: &[9],
        fields: ADDITIONS,
        code: Code::Text { before, columns: &[2, 3], between: "." },
        from: &[7],
        last: &[8],
        ..PLAIN
    }
}

/// イ 基本・通則加算対応テーブル.
pub(super) const GENERAL_TABLE: Table = additions("general.");
/// ウ 基本・基本加算対応テーブル.
pub(super) const BASIC_TABLE: Table = additions("basic.");
/// エ 基本・注加算対応テーブル.
pub(super) const NOTE_TABLE: Table = additions("note.");
/// オ 手技・材料加算対応テーブル.
pub(super) const TECHNIQUE_TABLE: Table = additions("technique.");

/// What the tables カ to コ begin with.
macro_rules! of_procedures {
    ($($field:expr,)*) => {
        &[
            field("変更区分", OneOf("012359")),
            field("歯科診療行為コード", Digits(9)),
            field("告示番号 区分", Letters(1)),
            field("告示番号 区分番号", Digits(3)),
            field("告示番号 枝番", Digits(2)),
            field("告示番号 項番", UpTo(3)),
            field("加算コード", Letters(5)).to("addition"),
            field("基本名称", Text(100)),
            field("省略名称", Text(32)),
            $($field,)*
        ]
    };
}

/// One procedure has a row for each of its 加算コード.
const OF_PROCEDURES: Table = Table { letter: None, code: Code::Column(2), mark: &[7], derive: no_zeros, ..PLAIN };

fn no_zeros(_: &Splitter, row: &mut Cells<'_>) {
    if matches!(row.get("addition"), Some(Cell::Text(text)) if text.bytes().all(|b| b == b'0')) {
        row.set("addition", Cell::Text(String::new()));
    }
}

const LIMITS: &[Field] = of_procedures![
    field("算定単位", UpTo(3)).to("unit"),
    field("算定回数限度", UpTo(3)).to("max_count"),
    field("上限回数エラー処理", Digits(1)).to("max_count_error"),
    field("変更年月日", Day),
    field("廃止年月日", Day),
    field("予備", Spare),
];

/// カ 算定回数限度テーブル: a row for each unit too.
pub(super) const LIMIT_TABLE: Table = Table {
    kind: MasterKind::DentalLimit,
    counts: &[15],
    fields: LIMITS,
    mark: &[7, 10],
    from: &[13],
    last: &[14],
    ..OF_PROCEDURES
};

const STEPS: &[Field] = of_procedures![
    field("点数等識別", Digits(1)).to("point_kind"),
    field("点数", Amount(10)).to("points"),
    field("きざみ単位", UpTo(3)).to("unit"),
    field("きざみ下限値", UpTo(8)).to("step_low"),
    field("きざみ上限値", UpTo(8)).to("step_high"),
    field("きざみ値", UpTo(8)).to("step_size"),
    field("きざみ点数", Amount(10)).to("step_points"),
    field("きざみ上下限エラー処理", Digits(1)).to("step_error"),
    field("変更年月日", Day),
    field("廃止年月日", Day),
    field("予備", Spare),
];

/// キ きざみテーブル.
pub(super) const STEP_TABLE: Table =
    Table { kind: MasterKind::DentalStep, counts: &[20], fields: STEPS, from: &[18], last: &[19], ..OF_PROCEDURES };

const AGES: &[Field] = of_procedures![
    field("下限年齢", Letters(2)).to("age_low"),
    field("上限年齢", Letters(2)).to("age_high"),
    field("変更年月日", Day),
    field("廃止年月日", Day),
    field("予備", Spare),
];

/// ク 年齢制限テーブル: two characters an age, where コ has one digit.
pub(super) const AGE_TABLE: Table = Table {
    kind: MasterKind::DentalAge,
    counts: &[14],
    fields: AGES,
    from: &[12],
    last: &[13],
    shape: |line| line.ascii(10).is_some_and(|age| age.len() == 2),
    ..OF_PROCEDURES
};

const DAYS: &[Field] = of_procedures![
    field("実日数", OneOf("01234")).to("days"),
    field("日数・回数", Digits(1)).to("count"),
    field("変更年月日", Day),
    field("廃止年月日", Day),
    field("予備", Spare),
];

/// コ 実日数関連テーブル.
pub(super) const DAY_TABLE: Table = Table {
    kind: MasterKind::DentalDays,
    counts: &[14],
    fields: DAYS,
    from: &[12],
    last: &[13],
    shape: |line| line.ascii(10).is_some_and(|days| days.len() == 1),
    ..OF_PROCEDURES
};

/// One of the ten others of a line of ケ: whether it is charged, its code, its item, its 加算コード and names.
macro_rules! others {
    ($($title:literal)*) => {
        of_procedures![
            $(
                field(concat!("背反", $title, " 算定可否"), OneOf("012")).or_blank(),
                field(concat!("背反", $title, " 歯科診療行為コード"), UpTo(9)).or_blank(),
                field(concat!("背反", $title, " 区分"), Letters(1)).or_blank(),
                field(concat!("背反", $title, " 区分番号"), UpTo(3)).or_blank(),
                field(concat!("背反", $title, " 枝番"), UpTo(2)).or_blank(),
                field(concat!("背反", $title, " 項番"), UpTo(3)).or_blank(),
                field(concat!("背反", $title, " 加算コード"), Letters(5)).or_blank(),
                field(concat!("背反", $title, " 基本名称"), Text(100)).or_blank(),
                field(concat!("背反", $title, " 省略名称"), Text(32)).or_blank(),
            )*
            field("変更年月日", Day),
            field("廃止年月日", Day),
            field("予備", Spare),
            field("予備", Spare),
            field("予備", Spare),
        ]
    };
}

const PAIRS: &[Field] = others!["1" "2" "3" "4" "5" "6" "7" "8" "9" "10"];

/// ケ 併算定背反テーブル: a procedure with more than ten others has several lines, told apart by the first of them.
pub(super) const PAIR_TABLE: Table = Table {
    kind: MasterKind::DentalPair,
    counts: &[104],
    fields: PAIRS,
    mark: &[7, 11, 16],
    from: &[100],
    last: &[101],
    derive: others,
    ..OF_PROCEDURES
};

fn others(line: &Splitter, row: &mut Cells<'_>) {
    no_zeros(line, row);
    let others: Vec<String> = (10..100)
        .step_by(9)
        .filter_map(|column| {
            let part = |offset: usize| line.ascii(column + offset).unwrap_or_default();
            let (rule, code, addition) = (part(0), part(1), part(6));
            let none = code.bytes().all(|b| b == b'0');
            (!none).then(|| format!("{rule} {code} {addition}"))
        })
        .collect();
    row.set("others", Cell::Text(others.join(";")));
}
