//! `cargo xtask demo`: from a fresh clone to a priced visit and the demo page.

use anyhow::{Context, Result, bail};

use crate::{
    package,
    report::{Outcome, Report},
    run::command,
    tools,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Stop after printing the statement; do not serve the page.
    #[arg(long)]
    once: bool,
    /// Port of the demo page.
    #[arg(long, default_value_t = 4173)]
    port: u16,
}

pub(crate) fn run(args: &Args, report: &mut Report) -> Result<bool> {
    if !tools::for_package(report) || !package::build(report) {
        bail!("the package could not be built; see above");
    }
    if !args.once && !page(report) {
        bail!("the demo page could not be built; see above");
    }
    println!();
    let status =
        command("node", ["examples/statement.mjs", "examples/visit.json"]).status().context("cannot run node")?;
    if !status.success() {
        bail!("examples/statement.mjs ended with {status}");
    }
    if args.once {
        return Ok(true);
    }
    println!("\nThe demo page: http://localhost:{}/  (Ctrl-C ends it)", args.port);
    let port = args.port.to_string();
    let mut serve = command("vite", ["preview", "js-demo", "--strictPort", "--logLevel", "warn", "--port", &port]);
    let status = serve.status().context("cannot run vite")?;
    Ok(status.success())
}

/// Builds js-demo/ into js-demo/dist.
pub(crate) fn page(report: &mut Report) -> bool {
    report.step("demo page: build", |step| {
        step.run(&mut command("tsc", ["-p", "js-demo"]))?;
        step.run(&mut command("vite", ["build", "js-demo", "--logLevel", "warn"]))?;
        Ok(Outcome::Passed)
    })
}
