//! What santei costs beside what one would use instead: `cargo bench`. `docs/benchmarks.md` says how to read it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark may fail in any way it likes, and says what it skips"
)]

mod batch;
mod claim;
mod data;
mod exact;
mod packs;
mod relations;
mod search;
mod visit;

use std::time::Duration;

use criterion::Criterion;

fn main() {
    // `cargo test --all-targets` starts this too, where it would only take time.
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("note: benchmarks run with `cargo bench`");
        return;
    }
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    let data = data::Data::load();
    println!("note: masters: {}", data.label);
    data.leave();
    exact::bench(&mut criterion, &data);
    search::bench(&mut criterion, &data);
    visit::bench(&mut criterion);
    relations::bench(&mut criterion);
    claim::bench(&mut criterion, &data);
    packs::bench(&mut criterion, &data);
    batch::bench(&mut criterion);
    criterion.final_summary();
}
