//! masters/FINGERPRINT.csv: written from the standard masters by the test that also keeps it true.

use crate::{
    report::{Outcome, Report},
    run::cargo,
};

/// Writes masters/FINGERPRINT.csv anew.
pub(crate) fn write(report: &mut Report) {
    report.step("fingerprint: write masters/FINGERPRINT.csv", |step| {
        step.run(cargo(["test", "--test", "standard_masters", "fingerprint"]).env("SANTEI_UPDATE", "1"))?;
        Ok(Outcome::Passed)
    });
}
