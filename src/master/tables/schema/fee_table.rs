//! The 医科電子点数表: what is contained in what, what excludes what, and how often a procedure is charged.

use super::*;
use crate::code::{BundleGroup, InpatientGroup, ProcedureCode, UnitCode};

tables! {
    /// Which further tables say something of a procedure (01 補助マスターテーブル).
    FeeAux, b"FAUX", "fee_aux", "補助マスター", "fee-aux.csv", one [code ProcedureCode] {
        5 bundle_unit_1 Number "包括単位① (4): 1 a day, 2 a month, 3 the same time, 5 the week before surgery, 6 an operation.";
        6 bundle_group_1 Text "グループ番号① (5); empty for none.";
        7 bundle_unit_2 Number "包括単位② (6).";
        8 bundle_group_2 Text "グループ番号② (7).";
        9 bundle_unit_3 Number "包括単位③ (8).";
        10 bundle_group_3 Text "グループ番号③ (9).";
        11 exclusion_day Number "背反 1日につき (10): 1 table 03-1 has the code.";
        12 exclusion_month Number "背反 同一月内 (11): 1 table 03-2 has it.";
        13 exclusion_same Number "背反 同時 (12): 1 table 03-3 has it.";
        14 exclusion_week Number "背反 1週間につき (13): 1 table 03-4 has it.";
        15 inpatient_group Number "入院基本料識別 (20): the group of table 04; 0 for none.";
        16 frequency Number "算定回数関連 (21): 1 table 05 has it.";
    }
    /// A procedure that is contained in every procedure of a group (02 包括テーブル).
    BundleMember, b"BMEM", "bundle_member", "包括", "bundle-members.csv", one [group BundleGroup, code ProcedureCode] {
        5 special Number "特例条件 (5): 1 there is a condition that no table says.";
    }
    /// Two procedures that are not both charged on one day (03-1). Every pair is there in both orders.
    ExclusionDay, b"EXDY", "exclusion_day", "背反（1日につき）", "exclusions-day.csv", one [code ProcedureCode, other ProcedureCode] {
        5 rule Number "背反区分 (6): 1 charge the first, 2 charge the other, 3 charge one of the two.";
        6 special Number "特例条件 (7): 1 there is a condition that no table says.";
    }
    /// Two procedures that are not both charged in one calendar month (03-2). Every pair is there in both orders.
    ExclusionMonth, b"EXMO", "exclusion_month", "背反（同一月内）", "exclusions-month.csv", one [code ProcedureCode, other ProcedureCode] {
        5 rule Number "背反区分 (6): 1 charge the first, 2 charge the other, 3 charge one of the two.";
        6 special Number "特例条件 (7): 1 there is a condition that no table says.";
    }
    /// Two procedures that are not both charged at the same time (03-3). Every pair is there in both orders.
    ExclusionSame, b"EXSA", "exclusion_same", "背反（同時）", "exclusions-same.csv", one [code ProcedureCode, other ProcedureCode] {
        5 rule Number "背反区分 (6): 1 charge the first, 2 charge the other, 3 charge one of the two.";
        6 special Number "特例条件 (7): 1 there is a condition that no table says.";
    }
    /// Two procedures that are not both charged in one week (03-4). Every pair is there in both orders.
    ExclusionWeek, b"EXWK", "exclusion_week", "背反（1週間につき）", "exclusions-week.csv", one [code ProcedureCode, other ProcedureCode] {
        5 rule Number "背反区分 (6): 1 charge the first, 2 charge the other, 3 charge one of the two.";
        6 special Number "特例条件 (7): 1 there is a condition that no table says.";
    }
    /// An addition that may go with the basic inpatient fees of a group (04 入院基本料テーブル).
    InpatientAddition, b"INPA", "inpatient_addition", "入院基本料加算", "inpatient-additions.csv", one [group InpatientGroup, code ProcedureCode] {
        5 addition_kind Number "加算識別 (5): of those of one number only one is charged.";
    }
    /// How often a procedure is charged in a time (05 算定回数テーブル); every row of a code holds.
    Frequency, b"FREQ", "frequency", "算定回数", "frequencies.csv", one [code ProcedureCode, unit_code UnitCode] {
        5 unit Text "算定単位名称 (5).";
        6 max_count Number "算定回数 (6).";
        7 special Number "特例条件 (7): 1 there is a condition that no table says.";
    }
}

impl<'m> FeeAux<'m> {
    /// 包括 ① to ③: the time and the group that the procedure contains; 0 where unused.
    #[must_use]
    pub fn bundles(self) -> [(u32, Option<BundleGroup>); 3] {
        // Most procedures contain nothing: their groups are not read.
        let group = |unit: u32, text: fn(Self) -> &'m str| {
            let group = if unit == 0 { None } else { text(self).parse().ok() };
            (unit, group)
        };
        [
            group(self.bundle_unit_1(), Self::bundle_group_1),
            group(self.bundle_unit_2(), Self::bundle_group_2),
            group(self.bundle_unit_3(), Self::bundle_group_3),
        ]
    }
}
