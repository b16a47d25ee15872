//! The command line: `docs/report-contract` in commands. Exit status 0: nothing at or above
//! `--fail-on`; 1: there is; 2: the run failed or was partial.

mod cli;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::process::ExitCode;

use clap::Parser;
use cli::arguments::{Arguments, Command};
use hallpass::check::set_secret;
use hallpass::source::print::print;
use hallpass::{Error, Result, formats};

fn main() -> ExitCode {
    cli::interrupt::listen();
    let random = || RandomState::new().build_hasher().finish();
    set_secret((random(), random()));
    match run(&Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("hallpass: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command) -> Result<ExitCode> {
    let text = match command {
        Command::Check(arguments) => return cli::check::check(arguments),
        Command::Fix(arguments) => return cli::fix::fix(arguments),
        Command::Convert(arguments) => return cli::convert::convert(arguments),
        Command::Compare(arguments) => return cli::compare::compare(arguments),
        Command::Formats => formats_and_profiles()?,
        Command::Rules => {
            let rules = formats::rules();
            lines(rules.iter().map(|rule| (rule.name, rule.summary())))
        }
        Command::Explain { rule } => match formats::rule(rule) {
            Some(rule) => rule.page.to_owned(),
            None => {
                let text = format!("`{rule}` is no rule; `hallpass rules` lists them");
                return Err(Error::usage(text));
            }
        },
        Command::Columns(arguments) => return cli::columns::columns(arguments),
        Command::Layout(arguments) => return cli::layout::layout(arguments),
    };
    print(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Names and what they stand for, one a line, in two columns.
fn lines<'a>(list: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    list.map(|(name, text)| format!("{name:<28} {text}\n"))
        .collect()
}

/// The formats, and the profiles that may be laid over them.
fn formats_and_profiles() -> Result<String> {
    let mut text = lines(formats::FORMATS.iter().map(|f| (f.id, f.title)));
    text.push_str("\nProfiles of receivers and exporters, for --profile:\n");
    let titles = formats::profiles()?;
    let told = titles.iter().map(|title| {
        let formats = match title.formats.join(", ") {
            none if none.is_empty() => "no OneRoster CSV".to_owned(),
            formats => formats,
        };
        format!("{} ({formats}; checked {})", title.title, title.checked)
    });
    let told: Vec<String> = told.collect();
    let ids = titles.iter().map(|title| title.id.as_str());
    text.push_str(&lines(ids.zip(told.iter().map(String::as_str))));
    Ok(text)
}
