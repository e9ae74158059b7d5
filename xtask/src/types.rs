//! pkg/types.d.ts: written from the Rust types by the test that also keeps it true.

use crate::{
    report::{Outcome, Report},
    run::cargo,
};

/// Writes pkg/types.d.ts anew.
pub(crate) fn write(report: &mut Report) {
    report.step("types: write pkg/types.d.ts", |step| {
        step.run(cargo(["test", "--features", "ts", "--test", "types"]).env("SANTEI_UPDATE", "1"))?;
        Ok(Outcome::Passed)
    });
}
