//! 国公費マスタ: a workbook of one sheet with two rows of titles, 56 columns.

use crate::{
    master::{MasterKind, cell},
    pack::Cell,
};

use super::super::{
    book::{Book, SheetTable, era_day, has, heads},
    field::{Check::*, Field, field},
    layout::{Cells, Code, Dating, PLAIN, Table},
    text::Splitter,
};

const FIELDS: &[Field] = &[
    // 1
    field("01 公費適用順位", Prose(4_000)).or_blank().to("priority"),
    field("02 法別番号", Digits(2)),
    field("03-1 実施機関番号の付番単位", Prose(4_000)).or_blank().to("payer_issue"),
    field("03-2 国が指定する実施機関番号", Prose(4_000)).or_blank().to("payers"),
    field("04-1 担当部署", Prose(4_000)).or_blank().to("office"),
    field("05-1 制度開始日", Prose(4_000)).or_blank().to("system_from"),
    field("05-2 事業開始日", Day).or_blank().to("project_from"),
    field("06 制度/事業終了予定日", Day).or_blank().to("ends"),
    field("07 根拠", Prose(4_000)).or_blank().to("law"),
    field("08 給付・事業名", Prose(4_000)).or_blank().to("name"),
    // 11
    field("09-1 対象疾病の限定の有無", Prose(4_000)).or_blank().to("disease_limited"),
    field("09-2 入院のみ", Prose(4_000)).or_blank().to("inpatient_only"),
    field("09-3 外来のみ", Prose(4_000)).or_blank().to("outpatient_only"),
    field("09-4 入外両方", Prose(4_000)).or_blank().to("both"),
    field("09-5 備考", Prose(4_000)).or_blank().to("scope_note"),
    field("09-6 食事療養費の給付対象区分", Prose(4_000)).or_blank().to("meals"),
    field("09-7 生活療養費の給付対象区分", Prose(4_000)).or_blank().to("living"),
    field("09-8 備考", Prose(4_000)).or_blank().to("meals_note"),
    field("09-9 他法優先規定の有無", Prose(4_000)).or_blank().to("other_laws_first"),
    field("09-10 地単公費が優先適用されるケースの有無", Prose(4_000)).or_blank().to("local_first"),
    // 21
    field("09-11 備考", Prose(4_000)).or_blank().to("other_laws_note"),
    field("10-1 保険、公費の優先度", Prose(4_000)).or_blank().to("public_first"),
    field("10-2 本人負担割合", Prose(4_000)).or_blank().to("patient_pays"),
    field("11-1 保険負担割合", Prose(4_000)).or_blank().to("share_30_insurer"),
    field("11-2 公費負担割合", Prose(4_000)).or_blank().to("share_30_public"),
    field("11-3 本人負担割合", Prose(4_000)).or_blank().to("share_30_patient"),
    field("11-4 保険負担割合", Prose(4_000)).or_blank().to("share_20_insurer"),
    field("11-5 公費負担割合", Prose(4_000)).or_blank().to("share_20_public"),
    field("11-6 本人負担割合", Prose(4_000)).or_blank().to("share_20_patient"),
    field("11-7 保険負担割合", Prose(4_000)).or_blank().to("share_10_insurer"),
    // 31
    field("11-8 公費負担割合", Prose(4_000)).or_blank().to("share_10_public"),
    field("11-9 本人負担割合", Prose(4_000)).or_blank().to("share_10_patient"),
    field("12-1 生保受給者への適用有無", Prose(4_000)).or_blank().to("welfare"),
    field("12-2 医療扶助との併用有無", Prose(4_000)).or_blank().to("welfare_together"),
    field("12-3 公費負担割合", Prose(4_000)).or_blank().to("welfare_public"),
    field("12-4 医療扶助負担割合", Prose(4_000)).or_blank().to("welfare_aid"),
    field("13 無保険者の場合", Prose(4_000)).or_blank().to("uninsured"),
    field("14-1 所得額による上限", Prose(4_000)).or_blank().to("limit_by_income"),
    field("14-2 上限額・自己負担額", Prose(4_000)).or_blank().to("limit"),
    field("14-3 日割計算の適用有無", Prose(4_000)).or_blank().to("limit_by_day"),
    // 41
    field("14-4 日割計算の計算方法", Prose(4_000)).or_blank().to("limit_by_day_how"),
    field("14-5 上限額と比較する自己負担額の計算上の留意点", Prose(4_000)).or_blank().to("limit_note"),
    field("14-6 所得以外の要件による上限", Prose(4_000)).or_blank().to("limit_otherwise"),
    field("15-1 上限額管理票の有無", Prose(4_000)).or_blank().to("limit_card"),
    field("15-2 上限額管理票 媒体種類、提示方法", Prose(4_000)).or_blank().to("limit_card_kind"),
    field("15-3 特記事項", Prose(4_000)).or_blank().to("limit_card_note"),
    field("16-1 上限管理票の有無", Prose(4_000)).or_blank().to("count_card"),
    field("16-2 上限管理票の媒体種類、提示方法", Prose(4_000)).or_blank().to("count_card_kind"),
    field("16-3 特記事項", Prose(4_000)).or_blank().to("count_card_note"),
    field("17-1 現物給付 可", Prose(4_000)).or_blank().to("in_kind"),
    // 51
    field("17-2 一部不可", Prose(4_000)).or_blank().to("in_kind_partly"),
    field("17-3 一部不可の内容", Prose(4_000)).or_blank().to("in_kind_not"),
    field("18-1 公費優先", Prose(4_000)).or_blank().to("high_cost_public"),
    field("18-2 特定給付対象療養", Prose(4_000)).or_blank().to("high_cost_specified"),
    field("18-3 特定疾病給付対象療養", Prose(4_000)).or_blank().to("high_cost_disease"),
    field("18-4 通常の高額療養費負担区分", Prose(4_000)).or_blank().to("high_cost_usual"),
];

/// Nothing but the whole row tells two benefits of one number apart.
const TABLE: Table = Table {
    kind: MasterKind::PublicPayer,
    counts: &[56],
    fields: FIELDS,
    change: None,
    changes: false,
    code: Code::Text { before: "", columns: &[2], between: "" },
    mark: &[
        1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
        32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56,
    ],
    from: &[7],
    last: &[8],
    dating: Dating::Listed { edition: None },
    derive,
    ..PLAIN
};

/// 国公費マスタ.
pub(super) const BOOK: Book = Book {
    title: "国公費マスタ",
    sheets: &[SheetTable {
        table: &TABLE, titles: &["01.公費適用順位", "02.法別番号", "03.実施機関番号"], prepare
    }],
    edition: |sheets| heads(sheets).find_map(era_day),
    gather: |_| {},
};

fn prepare(cells: &mut [String]) -> bool {
    for cell in cells.iter_mut().filter(|cell| *cell == "ー") {
        cell.clear();
    }
    has(cells, 2)
}

/// Days as everywhere in the texts of this table: `2024-04-01`.
fn derive(_: &Splitter, row: &mut Cells<'_>) {
    for column in ["system_from", "project_from", "ends"] {
        if let Some(Cell::Text(text)) = row.get(column)
            && let Ok(Some(day)) = cell::date(text)
        {
            row.set(column, Cell::Text(day.to_string()));
        }
    }
}
