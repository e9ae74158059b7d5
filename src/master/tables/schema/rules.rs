//! What the engine itself needs: parts of rules, shares, and the days of revisions.

use super::*;

tables! {
    /// A procedure or a figure to which a rule of the fee schedule gives a part.
    Role, b"ROLE", "role", "算定規則", "roles.csv", one [text] {
        5 procedure_code Number "The procedure that plays the part; 0 when the part is a figure.";
        6 value Hundredths "The figure, when the part is a number.";
        7 article Text "The article that says so.";
    }
    /// The share that a class of patients pays.
    CopayRate, b"CORA", "copay_rate", "患者負担割合", "copay-rates.csv", one [text] {
        5 tenths Number "The share in tenths: 3 for 3割.";
        6 article Text "The article that says so.";
    }
    /// The points of several tests of one group on one sample.
    TestBundle, b"TBUN", "test_bundle", "検査のまるめ", "test-bundles.csv", one [text] {
        5 group Number "包括対象検査 (16) of the tests.";
        6 min_items Number "Fewest items.";
        7 max_items Number "Most items; 0 for no limit.";
        8 points Hundredths "Points for all of them.";
        9 name Text "What a statement calls it.";
        10 article Text "The article that says so.";
    }
    /// A revision of the fee schedule.
    Revision, b"REVI", "revision", "改定", "revisions.csv", one [text] {
        5 name Text "Its name.";
    }
}
