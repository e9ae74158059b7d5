//! 背反: that two procedures exclude each other stands in the table under both of them.

use super::{Lint, Severity, context::Context};

pub(super) const UNMIRRORED: Lint = Lint {
    id: "unmirrored-exclusion",
    severity: Severity::Error,
    about: "an exclusion that stands under one of its two procedures only, or differently under the other",
};

pub(super) fn check(_: &mut Context<'_>) {}
