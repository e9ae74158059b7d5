//! 負担割合: the patient's share by age, income class and scheme, from `masters/copay-rates.csv`.

use super::figure::figure;
use crate::{
    copay::CeilingClass,
    date::{Age, ServiceDate},
    fee::{
        Why,
        encounter::{Coverage, IncomeClass},
        reason,
    },
    master::{CopayRate, Masters},
};

/// The class of the rate table in which the patient falls on the day, or why that is not known.
pub(super) fn class<'m>(
    masters: &'m Masters,
    birth: ServiceDate,
    coverage: &Coverage,
    on: ServiceDate,
) -> Result<&'static str, Why<'m>> {
    let Some(age) = Age::on(birth, on) else {
        return Err(reason("copay.age", "年齢", "生年月日が診療日より後である"));
    };
    let Coverage { income_class, late_elderly } = *coverage;
    let late = coverage.is_late_elderly(age);
    if let Some(from) = figure(masters, "copay.disability_from_age", on)
        && late_elderly
        && i64::from(age.years()) < from.value
    {
        let text = format!("障害認定による後期高齢者医療は{}歳からである", from.value);
        return Err(reason("copay.late_elderly", from.article, text));
    }
    if !late {
        if age.is_preschool() {
            return Ok("preschool");
        }
        // 70 from the month after the one in which it is reached (健康保険法 第74条第1項第2号).
        if !age.past_month_after(70) {
            return Ok("standard");
        }
    }
    let Some(income) = income_class else {
        let text = "70歳以上の負担割合は所得区分による。coverage.income_class を入力する";
        return Err(reason("copay.income_class", "健康保険法 第74条・高齢者医療確保法 第67条", text));
    };
    let special = is_special(masters, birth, on);
    Ok(match (late, income) {
        (false, IncomeClass::Low | IncomeClass::General) if special => "70_to_74.special",
        (false, IncomeClass::Low) => "70_to_74.low",
        (false, IncomeClass::General) => "70_to_74.general",
        (false, IncomeClass::Active) => "70_to_74.active",
        (false, IncomeClass::AboveThreshold) => {
            let text = "一定以上所得（一般II）は後期高齢者医療の区分で、70～74歳にはない";
            return Err(reason("copay.income_class", "高齢者医療確保法 第67条", text));
        }
        (true, IncomeClass::Low) => "late_elderly.low",
        (true, IncomeClass::General) => "late_elderly.general",
        (true, IncomeClass::AboveThreshold) => "late_elderly.above_threshold",
        (true, IncomeClass::Active) => "late_elderly.active",
    })
}

/// Whether the patient is born so early that one tenth is paid at 70 to 74, the State the other one (70～74歳の特例措置), while the
/// measure holds.
pub(crate) fn is_special(masters: &Masters, birth: ServiceDate, on: ServiceDate) -> bool {
    figure(masters, "copay.special_born_until", on).is_some_and(|last| i64::from(birth.packed()) <= last.value)
}

/// The tenths of a class of the rate table on a day.
pub(crate) fn tenths(masters: &Masters, class: &str, on: ServiceDate) -> Option<u8> {
    masters.row::<CopayRate<'_>>(class, on).and_then(|row| u8::try_from(row.tenths()).ok())
}

/// What a trace calls a class of the rate table.
pub(super) fn class_text(class: &str) -> &'static str {
    match class {
        "preschool" => "義務教育就学前",
        "standard" => "就学後～70歳未満",
        "70_to_74.low" => "70～74歳・低所得",
        "70_to_74.general" => "70～74歳・一般",
        "70_to_74.special" => "70～74歳・特例措置（昭和19年4月1日以前生まれ）",
        "70_to_74.active" => "70～74歳・現役並み",
        "late_elderly.low" => "後期高齢者・低所得",
        "late_elderly.general" => "後期高齢者・一般",
        "late_elderly.above_threshold" => "後期高齢者・一定以上所得",
        _ => "後期高齢者・現役並み",
    }
}

/// The income class that goes with a ceiling class; none where the ceiling class does not tell the share.
pub(super) fn income_of(masters: &Masters, class: CeilingClass, late: bool, on: ServiceDate) -> Option<IncomeClass> {
    match class {
        class if class.is_active() => Some(IncomeClass::Active),
        CeilingClass::General2 => Some(IncomeClass::AboveThreshold),
        // Since the late-elderly scheme has a share of two tenths, its 一般 is either 一般Ⅰ or 一般Ⅱ.
        CeilingClass::General if late && masters.row::<CopayRate<'_>>("late_elderly.above_threshold", on).is_some() => {
            None
        }
        CeilingClass::General | CeilingClass::General1 => Some(IncomeClass::General),
        CeilingClass::Low2 | CeilingClass::Low1 => Some(IncomeClass::Low),
        _ => None,
    }
}
