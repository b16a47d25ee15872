//! `cargo xtask bench`: how fast and in how much memory bundles are checked, natively and in the
//! browser, beside other tools on the same bytes. Cases take turns, so that whatever else the machine
//! does meets all of them. What was measured is kept; `--record` writes it down as docs/benchmarks.md.

mod browser;
mod bundles;
mod document;
mod figures;
mod formats;
mod goals;
mod machine;
mod native;
mod process;
mod runs;

use anyhow::Result;
use bundles::Sizes;
use runs::{Run, Runs};
use std::time::Instant;

/// About how large the bundles are where all figures are to be as they are meant.
const WHOLE: u64 = 500;
/// Where it is enough to see that everything works.
const QUICK: u64 = 50;

#[derive(clap::Args)]
pub struct Options {
    /// How large the bundle is that most is measured on; the others are as much larger or smaller
    #[arg(long)]
    megabytes: Option<u64>,
    /// How often each is measured; the median counts
    #[arg(long)]
    rounds: Option<usize>,
    /// The same seed makes the same data
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Measures these alone; what was measured before stays
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
    /// Measures on bundles as large as the figures ask for, and writes docs/benchmarks.md
    #[arg(long)]
    record: bool,
}

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Part {
    /// The command line and a parser that only parses
    Native,
    /// The command line and other tools that check
    Peers,
    /// The command line on what is hard to check fast
    Worst,
    /// The command line on one format beside another, comparing and converting
    Formats,
    /// The engine in the browser and parsers that only parse
    Browser,
    /// The page under load
    Page,
    /// Nothing: only what was measured before is told
    None,
}

/// Measures a part: on bundles of these sizes, in so many rounds, from this seed.
type Measure = fn(Sizes, usize, u64) -> Result<()>;

/// Makes the data and measures.
pub fn command(options: &Options) -> Result<()> {
    let sizes = Sizes::of(options.megabytes.unwrap_or(match options.record {
        true => WHOLE,
        false => QUICK,
    }));
    let rounds = options.rounds.unwrap_or(if options.record { 7 } else { 3 });
    let parts: [(Part, Measure); 6] = [
        (Part::Native, native::native),
        (Part::Peers, native::peers_of),
        (Part::Worst, native::worst),
        (Part::Formats, formats::formats),
        (Part::Browser, browser::engine),
        (Part::Page, browser::page),
    ];
    let start = Instant::now();
    if options.only.is_empty() {
        runs::forget()?;
    }
    for (part, measure) in parts {
        if options.only.is_empty() || options.only.contains(&part) {
            measure(sizes, rounds, options.seed)?;
        }
    }
    println!("Measured for {:.0} s.\n", start.elapsed().as_secs_f64());
    let text = document::document(&Runs::kept()?, sizes);
    print!("{text}");
    if options.record {
        std::fs::write(crate::shell::root().join("docs/benchmarks.md"), text)?;
    }
    Ok(())
}

/// Progress: one line for each run.
fn say(set: &str, run: &Run) {
    if run.bytes == 0 {
        return println!("{set}: {}", run.note);
    }
    let (megabytes, seconds) = (run.bytes as f64 / 1e6, run.seconds);
    let memory = run.values.get("memory").map_or(0.0, |bytes| bytes / 1e6);
    println!(
        "{set} {}: {} on {}: {seconds:.3} s, {:.0} MB/s, {memory:.0} MB of memory {}",
        run.round + 1,
        run.case,
        run.on,
        megabytes / seconds,
        run.note
    );
}
