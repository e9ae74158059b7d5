// What the page calls the values of the engine.
import type {
  Certainty,
  Consultation,
  Dispensing,
  DrugUse,
  FacilityKind,
  Hit,
  HospitalFee,
  IncomeClass,
  Kind,
  NotChecked,
  NotConsidered,
  Rounding,
  Sex,
  Specimen,
  TimeClass,
  Verdict,
} from "santei";
import type { FileFaultKind } from "santei/reader";

export const KIND: Record<Kind, string> = {
  procedure: "行為",
  drug: "薬",
  disease: "病名",
  modifier: "修飾",
  lab: "検査項目",
  material: "器材",
  comment: "コメント",
  facility_standard: "施設基準",
  public_payer: "国公費",
  local_subsidy: "地単公費",
  ward: "病棟",
  dental: "歯科",
  dispensing: "調剤",
  visiting_nursing: "訪問看護",
  disease_succession: "旧病名",
  icd10: "ICD-10",
  generic_name: "一般名",
  hot_drug: "HOT",
  jlac_code: "JLAC10",
  jlac_link: "JLAC11",
  health_check: "健診",
};

/** Columns in which a search finds something that the name does not show. */
export const COLUMN: Record<string, string> = {
  code: "コード",
  kana: "読み",
  full_name: "正式名",
  short_name: "略称",
  generic_name: "一般名",
  fee_item: "区分",
  icd10_1: "ICD-10",
  icd10_2: "ICD-10",
  exchange_code: "交換用",
  price_code: "薬価基準",
  generic_name_code: "一般名コード",
  procedure_code: "診療行為",
};

export const VERDICT: Record<Verdict, { word: string; meaning: string }> = {
  charged: { word: "算定", meaning: "算定します" },
  bundled: { word: "包括", meaning: "ほかの行に含まれるため、算定しません" },
  excluded: { word: "不可", meaning: "条件に合わないため、算定できません" },
  limited: { word: "回数", meaning: "算定回数の上限を超えるため、算定しません" },
  needs_review: { word: "要確認", meaning: "表だけでは決まりません。人が確かめてください" },
};

export const CERTAINTY: Record<Certainty, { word: string; meaning: string }> = {
  official: { word: "公式", meaning: "公式のマスターまたは告示の本文で確かめた値です" },
  confirmed: { word: "一致", meaning: "独立した二つの資料が一致する値です" },
  single: { word: "一資料", meaning: "一つの二次資料による値です" },
  unverified: { word: "未検証", meaning: "まだ確かめていない値です" },
};

/** Roundings by their legal names. */
export const ROUNDING: Record<Rounding, string> = {
  ten_yen: "10円未満四捨五入",
  one_percent_half_up: "1%部分の1円未満四捨五入",
  public_share_half_up: "1円未満四捨五入",
  yen_down: "1円未満切捨て",
  yen_half_up: "1円未満四捨五入",
  yen_up: "1円未満切上げ",
};

export const CONSULTATION: Record<Consultation, string> = {
  first: "初診",
  revisit: "再診",
  phone_revisit: "電話等再診",
  same_day_revisit: "同日再診",
  same_day_phone_revisit: "同日電話等再診",
  none: "診察料なし",
};

export const TIME_CLASS: Record<TimeClass, string> = {
  in_hours: "時間内",
  after_hours: "時間外",
  holiday: "休日",
  late_night: "深夜",
  emergency_night: "時間外特例",
  early_or_late: "夜間・早朝等",
  pediatric_night: "小児科 夜間",
  pediatric_holiday: "小児科 休日",
  pediatric_late_night: "小児科 深夜",
};

export const FACILITY: Record<FacilityKind, string> = { clinic: "診療所", hospital: "病院" };

/** Which fee a large hospital's first visit or revisit brings. */
export const HOSPITAL_FEE: Record<HospitalFee, string> = {
  full: "通常の点数",
  without_referral: "紹介なしなど（低い紹介率）",
  low_settlement_rate: "特定妥結率による点数",
};

export const SEX: Record<Sex, string> = { male: "男", female: "女" };

export const INCOME: Record<IncomeClass, string> = {
  low: "低所得",
  general: "一般（75歳以上は一般Ⅰ）",
  above_threshold: "一定以上所得（一般Ⅱ）",
  active: "現役並み所得",
};

export const SPECIMEN: Record<Specimen, string> = {
  venous_blood: "静脈血",
  capillary_blood: "毛細管血",
  nasal_swab: "鼻腔・咽頭ぬぐい液",
  no_fee: "採取料なし",
};

export const DISPENSING: Record<Dispensing, string> = { in_house: "院内処方", pharmacy: "院外処方" };

export const DRUG_USE: Record<DrugUse, { word: string; count: string }> = {
  internal: { word: "内服", count: "日分" },
  as_needed: { word: "屯服", count: "回分" },
  external: { word: "外用", count: "調剤" },
};

export const NOT_CHECKED: Record<NotChecked, string> = {
  bundling: "包括（電子点数表02）",
  exclusion: "背反（電子点数表03）",
  frequency: "算定回数（電子点数表05）",
};

export const NOT_CONSIDERED: Record<NotConsidered, string> = {
  monthly_ceiling: "高額療養費（月の上限）",
  public_payers: "公費負担・自治体の助成",
  relief_measure: "後期高齢者2割負担の配慮措置",
  meals: "入院時の食事・生活療養の標準負担額",
};

export const FAULT: Record<string, string> = {
  schema: "入力の形が正しくありません",
  too_much: "入力が大きすぎます",
  unknown_code: "コードがマスターにありません",
  not_in_force: "その日には使えないコードです",
  quantity: "数量・回数・日数を確かめてください",
  date: "日付を確かめてください",
  contradiction: "入力が食い違っているか、足りません",
  overflow: "金額が大きすぎます",
  unverified: "確かめていない数値によります",
  needs_review: "要確認: 表のとおりには計算できません",
  pack: "パックを読み込めません",
  internal: "計算エンジンの不具合です",
};

/** What the masters are called. */
export const MASTER: Record<string, string> = {
  material: "特定器材",
  comment: "コメント",
  comment_link: "コメント関連",
  facility_standard: "施設基準",
  ward: "病棟",
  disease_succession: "傷病名移行",
  fee_aux: "補助マスター",
  bundle_member: "包括",
  exclusion_day: "背反（1日につき）",
  exclusion_month: "背反（同一月内）",
  exclusion_same: "背反（同時）",
  exclusion_week: "背反（1週間につき）",
  inpatient_addition: "入院基本料加算",
  frequency: "算定回数",
  hot_package: "HOT13 包装",
  hot_drug: "HOT コード",
  generic_name: "一般名処方",
  icd10: "ICD-10 基本分類表",
  jlac_code: "JLAC10 コード表",
  jlac_link: "JLAC11 対応",
  health_check: "特定健診項目",
  dental: "歯科診療行為",
  dental_aux: "補助マスター（歯科）",
  dental_bundle_member: "包括（歯科）",
  dental_exclusion: "背反（歯科）",
  dental_frequency: "算定回数（歯科）",
  dental_addition: "加算対応（歯科）",
  dental_limit: "算定回数限度（歯科）",
  dental_step: "きざみ（歯科）",
  dental_age: "年齢制限（歯科）",
  dental_pair: "併算定背反（歯科）",
  dental_days: "実日数関連（歯科）",
  dispensing: "調剤行為",
  visiting_nursing: "訪問看護療養費",
  public_payer: "国公費",
  local_subsidy: "地単公費",
  procedure: "医科診療行為",
  drug: "医薬品",
  disease: "傷病名",
  modifier: "修飾語",
  lab: "臨床検査項目",
  role: "算定規則",
  copay_rate: "患者負担割合",
  test_bundle: "検査のまるめ",
  revision: "改定",
};

/** What can be wrong with a file, and what to do about it. */
export const FILE_FAULT: Record<FileFaultKind, { word: string; help: string }> = {
  unknown_layout: {
    word: "どのマスターか分かりません",
    help: "公式サイトから取ったままの名前と内容か、確かめてください",
  },
  unreadable: { word: "ファイルを開けません", help: "壊れていないか確かめ、もう一度ダウンロードしてください" },
  encoding: { word: "文字が読めません", help: "保存しなおしていない、もとのファイルを使ってください" },
  column_count: { word: "欄の数が違います", help: "表計算ソフトなどで変えていない、もとのファイルを使ってください" },
  truncated: { word: "行が途中で切れています", help: "ダウンロードが終わっているか確かめてください" },
  number: { word: "数ではありません", help: "その欄を公式のファイルと見比べてください" },
  date: { word: "日付ではありません", help: "その欄を公式のファイルと見比べてください" },
  code: { word: "コードの形が違います", help: "表計算ソフトで先頭の 0 が消えていないか確かめてください" },
  value: { word: "決まりにない値です", help: "その欄を公式のファイルと見比べてください" },
  length: { word: "文字が長すぎます", help: "その欄を公式のファイルと見比べてください" },
  duplicate: { word: "同じコードの行が二つあり、内容が違います", help: "古い版が混ざっていないか確かめてください" },
};

/** Why a file that is known is not read. */
export const SKIPPED: Record<string, string> = {
  "it is a printed page and no table": "印刷用のページで、表ではありません",
  "it has the positions of teeth, which are on dental claims alone": "歯科のレセプトだけで使います",
  "it names the columns of the master, which is a CSV file": "項目の説明です。マスターは CSV のファイルです",
  "fees by diagnosis (DPC) are not calculated": "DPC の計算は対象外です",
};

/** What a hit costs, as the master writes it. */
export function priceOf(hit: Pick<Hit, "points" | "point_kind" | "price" | "unit">): string {
  const unit = hit.unit ? ` / ${hit.unit}` : "";
  if (hit.price !== undefined) return `${hit.price}円${unit}`;
  if (hit.points === undefined) return "";
  switch (hit.point_kind) {
    case 1:
      return `${hit.points}円`;
    case 4:
    case 7:
      return "";
    case 5:
      return `+${hit.points}%`;
    case 6:
      return `−${hit.points}%`;
    case 8:
      return `−${hit.points}点`;
    default:
      return `${hit.points}点`;
  }
}

/** A whole number with separators. */
export const figure = (value: number): string => value.toLocaleString("ja-JP");
