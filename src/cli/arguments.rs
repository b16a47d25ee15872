//! What can be said on the command line; `docs/report-contract` in types.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Checks, repairs, compares and converts student-data files where they are. Nothing leaves this machine.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
pub struct Arguments {
    /// What is to be done.
    #[command(subcommand)]
    pub command: Command,
}

/// What is to be done.
#[derive(Subcommand)]
pub enum Command {
    /// Tell whether the receiver will take the files, and what is wrong
    Check(Check),
    /// Write a repaired copy and a log of all changes, and check that copy
    Fix(Fix),
    /// Write the files as those of another format and a list of what is lost, and check the result
    Convert(Convert),
    /// Tell what an import would add, change and archive
    Compare(Compare),
    /// List the formats, and the profiles of receivers
    Formats,
    /// List the rules
    Rules,
    /// Explain a rule
    Explain {
        /// Its name, as reports spell it
        rule: String,
    },
    /// Propose which columns of files are which fields of a layout, for `--columns`
    Columns(Columns),
    /// Print the layout of a format, or propose one for files of yours
    Layout(LayoutOf),
}

/// Which layout, and in which form.
#[derive(clap::Args)]
pub struct LayoutOf {
    /// The format's id
    #[arg(required_unless_present = "from", conflicts_with = "from")]
    pub id: Option<String>,
    /// Files, folders or zips that a layout is proposed for: what is seen in them is described; `-` is
    /// standard input
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub from: Vec<PathBuf>,
    /// In which form
    #[arg(long = "as", value_enum, default_value = "csv")]
    pub form: LayoutForm,
    /// Where to write all tables of it: a zip, or a folder that `--layout` takes; where left out,
    /// layout.csv goes to standard output
    #[arg(long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Replace what is at `--out`
    #[arg(long)]
    pub force: bool,
}

/// The files, and what they are taken for.
#[derive(clap::Args, Clone, Default)]
pub struct Input {
    /// Files, folders or zips; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The format, where it is not recognized
    #[arg(long, value_name = "ID")]
    pub format: Option<String>,
    /// Who receives the files, or wrote them: what is known of that product is checked, too; `hallpass
    /// formats` lists them
    #[arg(long, value_name = "ID")]
    pub profile: Option<String>,
    /// Tables of your own in place of a format: a folder with layout.csv, that file, or a zip
    /// with it; see docs/layouts.md
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "profile"])]
    pub layout: Vec<PathBuf>,
    /// Which columns are which fields of the layout, where their labels do not say it: a table that
    /// `hallpass columns` proposes
    #[arg(long, value_name = "FILE")]
    pub columns: Option<PathBuf>,
    /// The day that counts as today
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<String>,
}

/// Of which files, and of which layout.
#[derive(clap::Args)]
pub struct Columns {
    /// Files, folders or zips; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The format whose fields they are
    #[arg(long, value_name = "ID", required_unless_present = "layout")]
    pub format: Option<String>,
    /// Tables of your own in place of a format: a folder with layout.csv, that file, or a zip
    /// with it; see docs/layouts.md
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    pub layout: Vec<PathBuf>,
    /// The file to write the map to; standard output where left out
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace what is at `--out`
    #[arg(long)]
    pub force: bool,
}

/// How to check.
#[derive(clap::Args)]
pub struct Check {
    /// The files.
    #[command(flatten)]
    pub input: Input,
    /// How to write the report
    #[arg(long, value_enum, default_value = "text")]
    pub report: Form,
    /// The file to write it to; standard output where left out
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Samples shown of each group of findings: a number, or `all`. Of a cell or a message longer
    /// than 1,000 characters a part is shown, with its length
    #[arg(long, default_value = "10", value_parser = samples)]
    pub samples: usize,
    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value = "error")]
    pub fail_on: FailOn,
    /// Replace what is at `--out`
    #[arg(long)]
    pub force: bool,
}

/// How to repair.
#[derive(clap::Args)]
pub struct Fix {
    /// The files.
    #[command(flatten)]
    pub input: Input,
    /// Where to write the copy: a zip, a folder, or a file
    #[arg(long, value_name = "PATH")]
    pub out: PathBuf,
    /// Rules whose fixes are applied; all where left out
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub only: Vec<String>,
    /// Apply fixes that should be looked at first, too
    #[arg(long, value_enum)]
    pub include: Option<Also>,
    /// Replace what is at `--out`
    #[arg(long)]
    pub force: bool,
}

/// How to convert.
#[derive(clap::Args)]
pub struct Convert {
    /// The files.
    #[command(flatten)]
    pub input: Input,
    /// The format to write; without `--out`, what that would lose is listed, and without both, what
    /// the files can become
    #[arg(long, value_name = "ID")]
    pub to: Option<String>,
    /// Where to write it: a zip, a folder, or a file
    #[arg(long, value_name = "PATH", requires = "to")]
    pub out: Option<PathBuf>,
    /// A value that only you know, where the format asks for one
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    pub set: Vec<(String, String)>,
    /// Replace what is at `--out`
    #[arg(long)]
    pub force: bool,
}

/// What to compare, and what to write.
#[derive(clap::Args)]
pub struct Compare {
    /// What the receiver has, or got last: a file, a folder or a zip; `-` is standard input
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// What is about to be sent
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// The format of both, where it is not recognized
    #[arg(long, value_name = "ID")]
    pub format: Option<String>,
    /// Tables of your own in place of a format: a folder with layout.csv, that file, or a zip
    /// with it; see docs/layouts.md
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    pub layout: Vec<PathBuf>,
    /// The day that counts as today, or an instant: records of a delta are said to be changed then
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<String>,
    /// How to write the report
    #[arg(long, value_enum, default_value = "text")]
    pub report: CompareForm,
    /// The file to write it to; standard output where left out
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Samples shown of each sort of change in each file
    #[arg(long, default_value = "10")]
    pub samples: usize,
    /// Who receives NEW: what is known of how much that product lets pass is its measure; `hallpass
    /// formats` lists them
    #[arg(long, value_name = "ID", conflicts_with = "layout")]
    pub profile: Option<String>,
    /// How much of a file may be removed or changed without a warning; where left out, what the
    /// receiver says, else 10
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u64).range(0..=100))]
    pub threshold: Option<u64>,
    /// Write the delta bundle that takes OLD to NEW: a zip or a folder
    #[arg(long, value_name = "PATH")]
    pub delta: Option<PathBuf>,
    /// Where NEW is a delta, write the complete bundle that it makes of OLD: a zip or a folder
    #[arg(long, value_name = "PATH", conflicts_with = "delta")]
    pub fold: Option<PathBuf>,
    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value = "error")]
    pub fail_on: FailOn,
    /// Replace what is at `--out`, `--delta` or `--fold`
    #[arg(long)]
    pub force: bool,
}

/// How a comparison is written.
#[derive(Clone, Copy, ValueEnum)]
pub enum CompareForm {
    /// For reading
    Text,
    /// For programs; the shape is documented and stays
    Json,
    /// One row per change, all of them
    Csv,
}

/// How a report is written.
#[derive(Clone, Copy, ValueEnum)]
pub enum Form {
    /// For reading
    Text,
    /// For programs; the shape is documented and stays
    Json,
    /// One row per finding, all of them
    Csv,
    /// A page of its own
    Html,
    /// For code-scanning tools
    Sarif,
}

/// The least severity that counts as a failure.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// The receiver will refuse something
    Error,
    /// Something is almost surely a mistake
    Warning,
}

/// Which fixes are applied beside the safe ones.
#[derive(Clone, Copy, ValueEnum)]
pub enum Also {
    /// Those that should be looked at first
    Review,
}

/// How a layout is printed.
#[derive(Clone, Copy, ValueEnum)]
pub enum LayoutForm {
    /// The fields of its files, as Hallpass reads them
    Csv,
    /// The codes that its fields take, with what they mean
    Codes,
    /// As a Data Package descriptor
    Datapackage,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("expected a name, `=` and a value")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn samples(text: &str) -> Result<usize, String> {
    match text {
        "all" => Ok(usize::MAX),
        text => text
            .parse()
            .map_err(|_| "expected a number or `all`".to_owned()),
    }
}
