//! masters/FINGERPRINT.csv and the counts of masters/README.md: written from the standard masters by the tests that also
//! keep them true.

use crate::{
    report::{Outcome, Report},
    run::cargo,
};

/// Writes them anew.
pub(crate) fn write(report: &mut Report) {
    report.step("fingerprint: write masters/FINGERPRINT.csv and the counts of masters/README.md", |step| {
        step.run(cargo(["test", "--test", "standard_masters", "_kept"]).env("SANTEI_UPDATE", "1"))?;
        Ok(Outcome::Passed)
    });
}
