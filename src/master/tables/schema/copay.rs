//! What the patient pays: the ceilings of a month, what public payers leave to the patient, and the charges for meals.

use super::*;

tables! {
    /// 高額療養費算定基準額, and the other amounts of 健康保険法施行令 第41条 to 第43条.
    Ceiling, b"CEIL", "ceiling", "高額療養費算定基準額", "ceilings.csv", one [text] {
        5 base Number "The amount in yen.";
        6 threshold Number "The cost in yen above which a percentage is added; 0 when none is.";
        7 percent Number "That percentage.";
        8 frequent Number "多数回該当 in yen; 0 when there is none.";
        9 outpatient Number "外来 (個人) in yen; 0 when there is none.";
        10 half_unverified Number "1: that the amounts are halved in the month of turning 75 is not shown.";
        11 article Text "The article that says so.";
    }
    /// What a national programme leaves to the patient, by 法別番号, or 法別番号 and 実施機関番号.
    PayerRule, b"PRUL", "payer_rule", "公費の患者負担", "payer-rules.csv", one [text] {
        5 name Text "Its name.";
        6 priority Number "公費適用順位: the smaller comes first.";
        7 public_first Number "1: public funds pay before insurance does.";
        8 ceiling Text "The ceiling beside insurance: specified, disease, disease_inpatient (outpatients the class's own), welfare, usual or none.";
        9 patient_30 Number "The patient's share of the cost in percent, of who pays 30%.";
        10 patient_20 Number "The patient's share of the cost in percent, of who pays 20%.";
        11 patient_10 Number "The patient's share of the cost in percent, of who pays 10%.";
        12 up_to_cap Number "1: nothing is left to the patient but what the voucher states, up to the insurance's share.";
        13 article Text "The article that says so.";
    }
    /// 食事療養標準負担額 and 生活療養標準負担額.
    MealCharge, b"MEAL", "meal_charge", "標準負担額", "meal-charges.csv", one [text] {
        5 yen Number "Yen a meal, or a day.";
        6 item Text "Its code in a claim.";
        7 name Text "Its name.";
        8 article Text "The article that says so.";
    }
    /// What a programme of a prefecture or municipality leaves to the patient, by programme and setting.
    LocalRule, b"LRUL", "local_rule", "地方単独の患者負担", "local-subsidies.csv", one [text] {
        5 name Text "Its name.";
        6 age_from Number "Completed years from which it holds.";
        7 age_until Text "Up to: `y` and completed years, or `g` and the age in whose school year (to 31 March) it ends; blank for no end.";
        8 percent Text "The patient's share of the cost in percent; blank when the insurance's share is the start.";
        9 visit_max Text "Most yen a visit; blank for no such limit.";
        10 visit_count Text "Visits a month with a charge; free afterwards.";
        11 day_max Text "Most yen a day.";
        12 day_count Text "Days a month with a charge; free afterwards.";
        13 month_max Text "Most yen a month at one facility.";
        14 first_visit_only Number "1: charged on a first visit (初診) only.";
        15 meals Number "1: meals are paid too.";
        16 in_kind Number "1: at the window; 0: paid back later, the window does not change.";
        17 rounding Text "ten (or blank), ten_down, ten_up, one, one_down or one_up: how a share is rounded.";
        18 note Text "What else holds.";
        19 refunded_from Text "The month's share of insurance in yen from which the window does not change and all is paid back later; blank for none.";
    }
}
