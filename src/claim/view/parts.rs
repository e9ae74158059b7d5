//! The records of a claim by what their fields mean.

use std::borrow::Cow;

use crate::{
    claim::{
        kinds::{ClaimType, Month},
        record::Record,
    },
    date::{Age, ServiceDate},
};

macro_rules! view {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name<'a>(pub Record<'a>);

        impl<'a> $name<'a> {
            /// The record.
            #[must_use]
            pub const fn record(self) -> Record<'a> {
                self.0
            }
        }
    };
}

view! {
    /// `IR`: who claims.
    Facility
}
view! {
    /// `RE`: whose claim it is.
    Header
}
view! {
    /// `HO`: the insurer.
    Insurer
}
view! {
    /// `KO`: a public payer (公費).
    PublicPayer
}
view! {
    /// `SN`: how the eligibility was confirmed.
    Eligibility
}
view! {
    /// `SY`: a disease.
    Disease
}
view! {
    /// `SJ`: details of the symptoms.
    Symptom
}

impl<'a> Facility<'a> {
    /// 審査支払機関: 1 支払基金, 2 国保連.
    #[must_use]
    pub fn agency(self) -> Option<u32> {
        self.0.number(2)
    }

    /// 都道府県, 1 to 47.
    #[must_use]
    pub fn prefecture(self) -> Option<u32> {
        self.0.number(3)
    }

    /// 医療機関コード.
    #[must_use]
    pub fn institution(self) -> Option<&'a str> {
        self.0.ascii(5)
    }

    /// 医療機関名称.
    #[must_use]
    pub fn name(self) -> Cow<'a, str> {
        self.0.text(7)
    }

    /// 請求年月.
    #[must_use]
    pub fn claim_month(self) -> Option<Month> {
        self.0.month(8)
    }

    /// 電話番号.
    #[must_use]
    pub fn phone(self) -> Option<&'a str> {
        self.0.ascii(10)
    }
}

impl<'a> Header<'a> {
    /// レセプト番号.
    #[must_use]
    pub fn number(self) -> Option<u32> {
        self.0.number(2)
    }

    /// レセプト種別.
    #[must_use]
    pub fn claim_type(self) -> Option<ClaimType> {
        self.0.number(3).and_then(|number| u16::try_from(number).ok()).and_then(ClaimType::of)
    }

    /// 診療年月.
    #[must_use]
    pub fn service_month(self) -> Option<Month> {
        self.0.month(4)
    }

    /// 氏名.
    #[must_use]
    pub fn name(self) -> Cow<'a, str> {
        self.0.text(5)
    }

    /// 男女区分: 1 male, 2 female.
    #[must_use]
    pub fn sex(self) -> Option<u32> {
        self.0.number(6).filter(|sex| matches!(sex, 1 | 2))
    }

    /// 生年月日.
    #[must_use]
    pub fn birth_date(self) -> Option<ServiceDate> {
        self.0.date(7)
    }

    /// The age on a day.
    #[must_use]
    pub fn age(self, on: ServiceDate) -> Option<Age> {
        self.birth_date().and_then(|birth| Age::on(birth, on))
    }

    /// 給付割合, percent.
    #[must_use]
    pub fn benefit_rate(self) -> Option<u32> {
        self.0.number(8)
    }

    /// 入院年月日.
    #[must_use]
    pub fn admission_date(self) -> Option<ServiceDate> {
        self.0.date(9)
    }

    /// 一部負担金・食事療養費・生活療養費標準負担額区分.
    #[must_use]
    pub fn copay_class(self) -> Option<u32> {
        self.0.number(11)
    }

    /// レセプト特記事項: up to five codes of two digits.
    pub fn notes(self) -> impl Iterator<Item = &'a str> {
        let notes = self.0.ascii(12).unwrap_or_default();
        (0..notes.len()).step_by(2).filter_map(move |at| notes.get(at..at + 2))
    }

    /// 病床数.
    #[must_use]
    pub fn beds(self) -> Option<u32> {
        self.0.number(13)
    }

    /// カルテ番号等.
    #[must_use]
    pub fn chart_number(self) -> Option<&'a str> {
        self.0.ascii(14)
    }

    /// 検索番号, which the agency gives to a claim that it sends back.
    #[must_use]
    pub fn search_number(self) -> Option<&'a str> {
        self.0.ascii(19)
    }

    /// 診療科: up to three codes of two digits.
    pub fn departments(self) -> impl Iterator<Item = &'a str> {
        [22, 27, 32].into_iter().filter_map(move |field| self.0.ascii(field))
    }

    /// カタカナ(氏名).
    #[must_use]
    pub fn kana(self) -> Cow<'a, str> {
        self.0.text(37)
    }

    /// 患者の状態: codes of three digits, such as 001 妊婦.
    pub fn patient_status(self) -> impl Iterator<Item = &'a str> {
        let status = self.0.ascii(38).unwrap_or_default();
        (0..status.len()).step_by(3).filter_map(move |at| status.get(at..at + 3))
    }
}

impl<'a> Insurer<'a> {
    /// 保険者番号 without the blanks before it.
    #[must_use]
    pub fn number(self) -> Option<&'a str> {
        self.0.ascii(2).map(str::trim_start)
    }

    /// 被保険者証等の記号.
    #[must_use]
    pub fn symbol(self) -> Cow<'a, str> {
        self.0.text(3)
    }

    /// 被保険者証等の番号.
    #[must_use]
    pub fn insured_number(self) -> Cow<'a, str> {
        self.0.text(4)
    }

    /// 診療実日数.
    #[must_use]
    pub fn days(self) -> Option<u32> {
        self.0.number(5)
    }

    /// 合計点数.
    #[must_use]
    pub fn total_points(self) -> Option<u32> {
        self.0.number(6)
    }

    /// 食事療養・生活療養: how often and for how much.
    #[must_use]
    pub fn meals(self) -> (Option<u32>, Option<u32>) {
        (self.0.number(8), self.0.number(9))
    }

    /// 負担金額 医療保険, yen.
    #[must_use]
    pub fn copay(self) -> Option<u32> {
        self.0.number(12)
    }

    /// 職務上の事由.
    #[must_use]
    pub fn duty(self) -> Option<u32> {
        self.0.number(10)
    }
}

impl<'a> PublicPayer<'a> {
    /// 公費負担者番号.
    #[must_use]
    pub fn number(self) -> Option<&'a str> {
        self.0.ascii(2).map(str::trim_start)
    }

    /// 法別番号: the first two digits of the number.
    #[must_use]
    pub fn law(self) -> Option<&'a str> {
        self.number().filter(|number| number.len() == 8).and_then(|number| number.get(..2))
    }

    /// 公費受給者番号.
    #[must_use]
    pub fn recipient(self) -> Option<&'a str> {
        self.0.ascii(3)
    }

    /// 診療実日数.
    #[must_use]
    pub fn days(self) -> Option<u32> {
        self.0.number(5)
    }

    /// 合計点数.
    #[must_use]
    pub fn total_points(self) -> Option<u32> {
        self.0.number(6)
    }

    /// 負担金額 公費, yen.
    #[must_use]
    pub fn copay(self) -> Option<u32> {
        self.0.number(7)
    }

    /// 公費給付対象外来一部負担金, yen.
    #[must_use]
    pub fn outpatient_copay(self) -> Option<u32> {
        self.0.number(8)
    }

    /// 食事療養・生活療養: how often and for how much.
    #[must_use]
    pub fn meals(self) -> (Option<u32>, Option<u32>) {
        (self.0.number(11), self.0.number(12))
    }
}

impl<'a> Eligibility<'a> {
    /// 負担者種別: 0 the insurer, 1 to 4 the public payers.
    #[must_use]
    pub fn payer(self) -> Option<u32> {
        self.0.number(2)?.checked_sub(1)
    }

    /// 枝番.
    #[must_use]
    pub fn branch(self) -> Option<&'a str> {
        self.0.ascii(7)
    }
}

impl<'a> Disease<'a> {
    /// 傷病名コード: seven digits.
    #[must_use]
    pub fn code(self) -> Option<&'a str> {
        self.0.ascii(2)
    }

    /// 診療開始日.
    #[must_use]
    pub fn begun(self) -> Option<ServiceDate> {
        self.0.date(3)
    }

    /// 転帰区分: 1 goes on, 2 healed, 3 died, 4 ended.
    #[must_use]
    pub fn outcome(self) -> Option<u32> {
        self.0.number(4)
    }

    /// 修飾語コード: codes of four digits, in the order of the name.
    pub fn modifiers(self) -> impl Iterator<Item = &'a str> {
        let codes = self.0.ascii(5).unwrap_or_default();
        (0..codes.len()).step_by(4).filter_map(move |at| codes.get(at..at + 4))
    }

    /// 傷病名称, written where there is no code.
    #[must_use]
    pub fn name(self) -> Cow<'a, str> {
        self.0.text(6)
    }

    /// 主傷病.
    #[must_use]
    pub fn main(self) -> bool {
        self.0.field(7) == b"01"
    }

    /// 補足コメント.
    #[must_use]
    pub fn remark(self) -> Cow<'a, str> {
        self.0.text(8)
    }
}

impl<'a> Symptom<'a> {
    /// 症状詳記区分; none on a line that goes on.
    #[must_use]
    pub fn kind(self) -> Option<&'a str> {
        self.0.ascii(2)
    }

    /// 症状詳記データ.
    #[must_use]
    pub fn text(self) -> Cow<'a, str> {
        self.0.text(3)
    }
}
