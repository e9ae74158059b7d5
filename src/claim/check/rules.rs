//! Every rule, in the order in which a file is read.

use super::finding::{Rule, Severity};

/// 記録条件仕様.
const SPEC: &str = "レセプト電算処理システム 記録条件仕様(医科用)";
/// 記載要領.
const MANUAL: &str = "診療報酬請求書等の記載要領";

macro_rules! rules {
    ($($name:ident $id:literal $severity:ident $basis:expr, $about:literal;)*) => {
        $(pub(crate) const $name: Rule =
            Rule { id: $id, severity: Severity::$severity, about: $about, basis: $basis };)*

        /// Every rule of this room.
        pub const RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    FILE_EMPTY "file.empty" Error SPEC, "the file has no record";
    FILE_KIND "file.kind" Warning SPEC, "a file or claim of DPC, dentistry, pharmacy or visiting nursing: recognised, not yet checked or computed";
    FILE_NO_FACILITY "file.no_facility" Error SPEC, "claims without a record IR before them";
    FILE_NO_TOTAL "file.no_total" Error SPEC, "claims without a record GO behind them";
    FILE_CUT "file.cut" Error SPEC, "the file ends in the middle of a line";
    FILE_END_MARK "file.end_mark" Info SPEC, "the file ends without the end mark (0x1A)";
    FILE_AFTER_END "file.after_end" Warning SPEC, "something stands behind the end mark (0x1A)";
    FILE_MASTERS "file.masters" Info "loaded masters", "the loaded masters have nothing for the month: codes of this kind are not checked";
    LINE_TOO_LONG "line.too_long" Error SPEC, "a line longer than any record can be; what follows is read";
    LINE_EMPTY "line.empty" Warning SPEC, "an empty line between records";
    LINE_END "line.end" Warning SPEC, "a line that ends otherwise than the first line of the file";
    LINE_ENDS "line.ends" Info SPEC, "the lines do not end with CR and LF";
    RECORD_UNKNOWN "record.unknown" Error SPEC, "a record identification that does not exist";
    RECORD_FIELDS "record.fields" Error SPEC, "a record with too many or too few fields";
    RECORD_ORDER "record.order" Error SPEC, "a record at the wrong place";
    RECORD_REPEATED "record.repeated" Error SPEC, "a record more often than allowed";
    RECORD_OBSOLETE "record.obsolete" Info SPEC, "a record of former specifications, which is passed over";
    TEXT_ENCODING "text.encoding" Error SPEC, "bytes that are no character of the file's encoding";
    TEXT_CONTROL "text.control" Error SPEC, "a control character in a field";
    TEXT_QUOTE "text.quote" Error SPEC, "a quotation mark in a field";
    TEXT_WIDTH "text.width" Error SPEC, "full-width and half-width characters in one field, or the wrong ones of them";
    TEXT_KANA "text.kana" Warning SPEC, "something else than full-width katakana in a name's reading";
    TEXT_BLANKS "text.blanks" Error SPEC, "blanks at the end of a field (a warning in a text)";
    TEXT_VENDOR "text.vendor" Info SPEC, "characters that only some makers' systems have";
    FIELD_REQUIRED "field.required" Error SPEC, "a field that must not be empty";
    FIELD_EXPECTED "field.expected" Info SPEC, "a field that is usually written";
    FIELD_SPARE "field.spare" Warning SPEC, "something in a field that is kept free (予備)";
    FIELD_FORM "field.form" Error SPEC, "characters that the field does not allow";
    FIELD_LENGTH "field.length" Error SPEC, "too many or too few characters (a warning in a text)";
    FIELD_ZEROS "field.zeros" Error SPEC, "zeros that are not written: before a number, or behind its decimals";
    FIELD_CODE "field.code" Error SPEC, "a value that is not in the list of the field";
    FIELD_RANGE "field.range" Error SPEC, "a number out of the range of the field";
    FIELD_DATE "field.date" Error SPEC, "no day or month of the calendar";
    CLAIM_TOO_LARGE "claim.too_large" Error SPEC, "a claim with more lines than are looked at together; its sums are not checked";
    CLAIM_NUMBER "claim.number" Error SPEC, "claims are not numbered one after the other";
    CLAIM_TYPE "claim.type" Error SPEC, "a type of claim (レセプト種別) that does not exist";
    CLAIM_PAYERS "claim.payers" Error SPEC, "the records HO and KO are not those of the type of claim";
    CLAIM_AGE "claim.age" Error MANUAL, "the type of claim does not go with the patient's age";
    CLAIM_MONTH "claim.month" Error SPEC, "the month of service is after the month of the claim";
    CLAIM_BIRTH "claim.birth" Error SPEC, "the patient is born after the month of service, or more than 130 years before";
    CLAIM_ADMISSION "claim.admission" Error MANUAL, "the day of admission does not go with the claim";
    CLAIM_INPATIENT "claim.inpatient" Error MANUAL, "something of a stay in hospital on an outpatient claim";
    CLAIM_NO_DETAIL "claim.no_detail" Error SPEC, "a claim in which nothing was done or given";
    CLAIM_NO_DISEASE "claim.no_disease" Warning SPEC, "a claim without a disease";
    NOTES_REPEATED "notes.repeated" Error MANUAL, "the same remark code (特記事項) twice";
    NOTES_CEILING "notes.ceiling" Error MANUAL, "more than one income class among the remark codes (特記事項 26 to 35, 41 to 44)";
    NOTES_ELDERLY "notes.elderly" Warning MANUAL, "a remark code (特記事項 41 to 44) of the late elderly on another claim";
    NOTES_ENDED "notes.ended" Warning MANUAL, "a remark code (特記事項) that is no longer used";
    NUMBER_INSURER "number.insurer" Error "保険者番号等の設定について, 検証番号", "an insurer number whose check digit is wrong";
    NUMBER_PAYER "number.payer" Error "保険者番号等の設定について, 検証番号", "a public payer number whose check digit is wrong";
    NUMBER_PAYER_LOCAL "number.payer_local" Warning "保険者番号等の設定について, 検証番号", "a public payer number of a local programme whose check digit is wrong";
    NUMBER_RECIPIENT "number.recipient" Warning "保険者番号等の設定について, 検証番号", "a recipient number whose check digit is wrong, or that has lost its zeros";
    NUMBER_RECIPIENT_MISSING "number.recipient_missing" Warning SPEC, "a public payer without a recipient number";
    INSURER_LAW "insurer.law" Warning "法別番号及び制度の優先順位", "an insurer number that begins with the number of no insurance (法別番号)";
    INSURER_PREFECTURE "insurer.prefecture" Warning "保険者番号等の設定について", "an insurer number with a prefecture that does not exist (01 to 47)";
    INSURER_CLASS "insurer.class" Error MANUAL, "an insurer number that does not go with the type of claim";
    INSURER_AGENCY "insurer.agency" Error MANUAL, "an insurer whose claims go to the other agency";
    PAYER_LAW "payer.law" Warning "法別番号及び制度の優先順位", "a public payer number that begins with the number of an insurance, or with 00";
    PAYER_ORDER "payer.order" Warning "法別番号及び制度の優先順位", "public payers out of their legal order";
    PAYER_REPEATED "payer.repeated" Error SPEC, "the same public payer twice";
    ELIGIBILITY_PAYER "eligibility.payer" Error SPEC, "a confirmation of eligibility for a payer that the claim does not have";
    ELIGIBILITY_REPEATED "eligibility.repeated" Error SPEC, "two confirmations of eligibility for one payer";
    ELIGIBILITY_KIND "eligibility.kind" Warning SPEC, "a kind of confirmation that only the agency writes";
    VISITS_PAYER "visits.payer" Error SPEC, "days of visits for a payer that the claim does not have";
    VISITS_REPEATED "visits.repeated" Error SPEC, "two records of the days of visits for one payer";
    VISITS_KIND "visits.kind" Warning SPEC, "a kind of visit that only the agency writes";
    VISITS_DAYS "visits.days" Error SPEC, "the days of visits (JD) are not as many as the actual days, or lack a day with a visit";
    DAYS_FEW "days.few" Error MANUAL, "fewer actual days (診療実日数) than days with a visit";
    DAYS_MANY "days.many" Warning MANUAL, "more actual days (診療実日数) than days on which anything was done";
    DAYS_MONTH "days.month" Error SPEC, "a day that the month does not have";
    DETAIL_SECTION "detail.section" Error SPEC, "the first line of the details does not name its section (診療識別)";
    DETAIL_PAYER "detail.payer" Error SPEC, "a line shared by a payer that the claim does not have (負担区分)";
    DETAIL_MIX "detail.mix" Error SPEC, "lines of one group are shared by different payers (負担区分)";
    DETAIL_POINTS "detail.points" Error SPEC, "lines that no points follow";
    DETAIL_COUNT "detail.count" Error SPEC, "the counts of the days do not add up to the count (回数)";
    DETAIL_COUNTS "detail.counts" Error SPEC, "lines that share points have different counts (回数)";
    DETAIL_DAYS "detail.days" Error SPEC, "lines that share points have different days";
    DETAIL_RUN "detail.run" Error SPEC, "more than 98 lines without a section (診療識別)";
    DETAIL_KIND "detail.kind" Error SPEC, "a code of another kind of record";
    SUM_POINTS "sum.points" Error SPEC, "the total points are not the sum of what the payer shares";
    SUM_MEALS "sum.meals" Error SPEC, "the number or the amount of meals is not the sum of their lines";
    SUM_CLAIMS "sum.claims" Error SPEC, "the number of claims (総件数) is not what the file holds";
    SUM_TOTAL "sum.total" Error SPEC, "the total of all claims (総合計点数) is not the sum of theirs";
    SUM_UNCHECKED "sum.unchecked" Info SPEC, "totals that cannot be checked, since a claim is not whole";
    CODE_UNKNOWN "code.unknown" Warning "loaded masters", "a code that no loaded master has";
    CODE_ENDED "code.ended" Error "loaded masters", "a code that was not in force on the day";
    CODE_PERIOD "code.period" Warning "loaded masters", "a code that the loaded masters know, but not for the day";
    CODE_SECTION "code.section" Warning "医科診療行為マスター 点数欄集計先識別", "a group that begins with a code of another section (診療識別)";
    CODE_SETTING "code.setting" Error "医科診療行為マスター 入外適用区分", "a code of the other setting (inpatient or outpatient)";
    CODE_ELDERLY "code.elderly" Error "医科診療行為マスター 後期高齢者医療適用区分", "a code of the other kind of insurance";
    CODE_FACILITY "code.facility" Error "医科診療行為マスター 病院・診療所区分", "a code of the other kind of facility";
    CODE_AGE "code.age" Error "医科診療行為マスター 上下限年齢", "a code that does not go with the patient's age";
    CODE_SEX "code.sex" Warning "医科点数表 第10部 第11款", "a procedure on organs that the other sex has";
    QUANTITY_MISSING "quantity.missing" Error SPEC, "a quantity is missing";
    QUANTITY_UNUSED "quantity.unused" Warning "医科診療行為マスター データ規格コード", "a quantity where none is counted";
    QUANTITY_ZERO "quantity.zero" Error SPEC, "a quantity of nothing";
    MATERIAL_PRICE "material.price" Error "特定器材マスター 金額種別", "a material charged at what was paid for it, without its price";
    MATERIAL_UNIT "material.unit" Warning "特定器材マスター 単位コード", "a unit that is not that of the material";
    DRUG_SECTION "drug.section" Warning "医薬品マスター 剤形", "a drug of a form that the section (診療識別) does not have";
    DISEASE_ENDED "disease.ended" Error "傷病名マスター 廃止年月日・移行先", "a disease code that was given up";
    DISEASE_NAME "disease.name" Error SPEC, "a name beside a code, or no name where there is no code (0000999)";
    DISEASE_ALONE "disease.alone" Error "傷病名マスター 単独使用禁止区分", "a disease that needs a modifier stands alone";
    DISEASE_CLAIM "disease.claim" Error "傷病名マスター 保険請求外区分", "a disease that no claim may name";
    DISEASE_BEGUN "disease.begun" Error SPEC, "a disease begun after the month of service or before birth";
    DISEASE_SEX "disease.sex" Warning "ICD-10 第2巻, 一方の性に限られる分類", "a disease that the other sex has";
    DISEASE_REPEATED "disease.repeated" Warning MANUAL, "the same disease twice";
    MODIFIER_ORDER "modifier.order" Warning SPEC, "a modifier that is printed behind the name before one in front of it";
    MODIFIER_REPEATED "modifier.repeated" Warning SPEC, "a modifier twice in one name";
    COMMENT_CODE "comment.code" Error SPEC, "a comment's text without its code";
    COMMENT_TEXT "comment.text" Error "コメントマスター パターン", "a comment whose text is not of its pattern";
    COMMENT_REQUIRED "comment.required" Warning "コメント関連テーブル", "a comment that a code asks for is missing";
    SYMPTOM_KIND "symptom.kind" Error SPEC, "the first detail of symptoms does not say its kind";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_used_once() {
        for (place, rule) in RULES.iter().enumerate() {
            assert!(RULES.iter().skip(place + 1).all(|other| other.id != rule.id), "{}", rule.id);
        }
    }
}
