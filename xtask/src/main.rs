//! Chores of this repository, as one command: `cargo xtask help`.
//!
//! Every command first sets up what it needs (wasm target, Node packages, a browser), so each works
//! on a machine with nothing but Rust and, for testing, Node. One file per command; `shell` and
//! `setup` are what they share. Nothing here is part of what users get.

mod bench;
mod build;
mod count;
mod data;
mod dist;
mod serve;
mod settings;
mod setup;
mod shell;
mod test;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};

/// Builds, serves, tests and packs Hallpass.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the page's wasm module into www/pkg
    Build,
    /// Builds, then serves the page on this machine alone
    Serve(serve::Options),
    /// Runs everything that must hold before a change lands
    Test(test::Options),
    /// Writes the static site and the single-file page into dist
    Dist,
    /// Measures checking speed and memory, natively and in the browser, beside other tools
    Bench(bench::Options),
    /// Writes the page's made-up sample files into www/samples
    Samples,
    /// Writes large made-up data, for trying things at size
    Data {
        /// The folder to write it into
        out: PathBuf,
        /// About how large, in megabytes
        #[arg(long, default_value_t = 100)]
        megabytes: u64,
        /// The same seed makes the same data
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// What it consists of
        #[arg(long, value_enum, default_value = "rosters")]
        shape: data::Shape,
        /// The version of OneRoster, for rosters and mixed data
        #[arg(long, value_enum, default_value = "oneroster-1.2")]
        format: data::Version,
    },
    /// Brings the generated documentation up to date
    Docs,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Build => build::web(setup::Packages::IfPossible).map(drop)?,
        Command::Serve(options) => serve::command(&options)?,
        Command::Test(options) => return test::command(&options),
        Command::Dist => dist::command()?,
        Command::Bench(options) => bench::command(&options)?,
        Command::Samples => data::samples(&shell::root().join("www/samples"))?,
        Command::Data {
            out,
            megabytes,
            seed,
            shape,
            format,
        } => data::bundle(&out, megabytes * 1_000_000, seed, shape, format)?,
        Command::Docs => shell::run(shell::cargo(&["test", "--test", "docs"]).env("UPDATE", "1"))?,
    }
    Ok(ExitCode::SUCCESS)
}
