//! Generated documents are current. `UPDATE=1 cargo test --test docs` rewrites them.

#![allow(clippy::unwrap_used)]

mod support;

use std::fmt::Write as _;
use std::process::{Command, Stdio};

use hallpass::formats::{self, FORMATS};
use hallpass::profile::Does;
use hallpass::report::words::Word;
use support::bundle::check;
use support::page::{page, read};
use support::{assert_current, at_root, files_below};

#[test]
fn the_list_of_rules() {
    let mut text =
        "# Rules\n\nEvery rule with how bad it is, what a receiver does, and who says so. \
                    Each page says why it matters, how to fix it, and shows examples. Written by \
                    `UPDATE=1 cargo test --test docs`.\n\n\
                    | Rule | Severity | Consequence | Authority | What is wrong |\n\
                    |---|---|---|---|---|\n"
            .to_owned();
    for rule in formats::rules() {
        let page = page(rule).path;
        let link = page
            .strip_prefix(at_root(""))
            .unwrap()
            .display()
            .to_string();
        writeln!(
            text,
            "| [{}](../{link}) | {} | {} | {} | {} |",
            rule.name,
            rule.severity.word(),
            rule.consequence.word(),
            rule.authority.word(),
            rule.summary()
        )
        .unwrap();
    }
    assert_current("docs/rules.md", &text);
}

#[test]
fn the_command_line() {
    let mut text = "# Command line\n\nWhat `hallpass help` prints. Written by \
                    `UPDATE=1 cargo test --test docs`.\n"
        .to_owned();
    let first = help(&[]);
    let commands = first
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1);
    let commands = commands.take_while(|line| !line.is_empty());
    let names = commands.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let names: Vec<&str> = names
        .filter(|name| !name.is_empty() && *name != "help")
        .collect();
    assert!(names.contains(&"check"), "{first}");
    write!(text, "\n```\n{first}```\n").unwrap();
    for name in names {
        write!(text, "\n## hallpass {name}\n\n```\n{}```\n", help(&[name])).unwrap();
    }
    assert_current("docs/cli.md", &text);
}

fn help(command: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_hallpass"))
        .args(command)
        .arg("--help")
        .env("COLUMNS", "100")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().map(|line| line.trim_end().to_owned() + "\n");
    lines
        .collect::<String>()
        .replace("hallpass.exe", "hallpass")
}

/// What the engine offers to a page. A change here is a change for everyone who builds on it.
#[test]
fn the_surface_of_the_web_engine() {
    let mut text =
        "# Web engine\n\nWhat the WebAssembly module offers to a page, as the files of \
                    `src/wasm/` declare it. Written by `UPDATE=1 cargo test --test docs`.\n\n```rust\n"
            .to_owned();
    let files = files_below(&at_root("src/wasm"), ".rs").into_iter();
    let files = files.map(|file| std::fs::read_to_string(file).unwrap());
    let mut sources = files.collect::<Vec<String>>();
    // A session before what it can do.
    sources.sort_by_key(|source| !source.contains("pub struct Session"));
    let source = sources.join("\n");
    let mut notes = String::new();
    for line in source.lines() {
        let word = line.trim();
        let public = ["pub fn ", "pub struct "]
            .iter()
            .any(|start| word.starts_with(start));
        if public {
            let signature = word.trim_end_matches('{').trim_end().trim_end_matches(';');
            writeln!(text, "{notes}{signature};").unwrap();
        }
        // A note belongs to the next declaration, attributes between them do not part them.
        if word.starts_with("///") || word.starts_with("#[wasm_bindgen(") {
            writeln!(notes, "{word}").unwrap();
        } else if !word.starts_with("#[") {
            notes.clear();
        }
    }
    text.push_str("```\n");
    assert!(
        text.contains("pub fn report(&self) -> Result<JsValue, JsError>;"),
        "{text}"
    );
    assert_current("docs/web-engine.md", &text);
}

#[test]
fn the_small_format_of_the_guide_works() {
    let guide = read(&at_root("docs/layouts.md"));
    let report = check(&guide.shared);
    assert_eq!(report.groups, []);
    let records: u64 = report.files.iter().map(|file| file.records).sum();
    assert_eq!(records, 4);
}

/// The guide names every column that the reader looks for.
#[test]
fn the_guide_to_layouts_is_complete() {
    let guide = std::fs::read_to_string(at_root("docs/layouts.md")).unwrap();
    let parts = ["file", "field", "row"].map(|part| format!("src/layout/read/{part}.rs"));
    let reader = parts.map(|part| std::fs::read_to_string(at_root(&part)).unwrap());
    let reader = reader.concat();
    let mut columns = 0;
    for call in ["row.get(\"", "row.yes(\"", "row.list(\"", "(row, \""] {
        for column in reader.split(call).skip(1) {
            let column = column.split('"').next().unwrap();
            assert!(
                guide.contains(&format!("\n| `{column}` |")),
                "{column} is not in docs/layouts.md"
            );
            columns += 1;
        }
    }
    assert!(columns > 20, "{columns} columns were found in the reader");
}

/// The list of profiles behind the guide to them.
#[test]
fn the_list_of_profiles() {
    const HEADING: &str = "## The profiles\n";
    let guide = std::fs::read_to_string(at_root("docs/profiles.md")).unwrap();
    let mut text = guide.split(HEADING).next().unwrap().to_owned();
    text += HEADING;
    text += "\nWritten by `UPDATE=1 cargo test --test docs`.\n";
    for title in formats::profiles().unwrap() {
        let formats = match title.formats.join(", ") {
            none if none.is_empty() => "no OneRoster CSV".to_owned(),
            formats => formats,
        };
        let (id, kind, checked) = (&title.id, &title.kind, &title.checked);
        write!(
            text,
            "\n### {}: `{id}`\n\n{kind} · {formats} · checked {checked}\n\n",
            title.title
        )
        .unwrap();
        for line in facts(id) {
            text += &line;
        }
        text += "\nSources:\n\n";
        for (at, source) in title.sources.iter().enumerate() {
            writeln!(text, "{}. {source}", at + 1).unwrap();
        }
    }
    assert_current("docs/profiles.md", &text);
}

/// A line for each fact of a profile, over whichever format it holds.
fn facts(id: &str) -> Vec<String> {
    let over = FORMATS
        .iter()
        .filter_map(|format| formats::profile(id, format).ok());
    let mut lines: Vec<String> = Vec::new();
    for row in over.flat_map(|profile| profile.rows) {
        let place = [&row.file, &row.field].map(String::as_str);
        let place = place.into_iter().filter(|part| !part.is_empty());
        let words = [
            does(row.does).to_owned(),
            row.rule
                .map_or(String::new(), |rule| format!("`{}`", rule.name)),
            place.collect::<Vec<_>>().join(" "),
            match row.value.as_str() {
                "" => String::new(),
                value => format!("`{value}`"),
            },
            row.formats.join(", "),
        ];
        let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let note = match row.note.as_str() {
            "" => String::new(),
            note => format!(": {note}"),
        };
        let sources: Vec<String> = row.sources.iter().map(usize::to_string).collect();
        let line = format!("- {}{note} ({})\n", words.join(" "), sources.join(", "));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

fn does(does: Does) -> &'static str {
    match does {
        Does::Asks => "asks",
        Does::Refuses => "refuses",
        Does::Accepts => "accepts",
        Does::Knows => "knows",
        Does::Switches => "switches",
        Does::Threshold => "threshold",
        Does::CannotCheck => "cannot check",
        Does::Tells => "tells",
    }
}

/// The guide to conversions names every column of a table, every transform and every kind of loss.
#[test]
fn the_guide_to_conversions_is_complete() {
    let guide = std::fs::read_to_string(at_root("docs/convert.md")).unwrap();
    let between = |file: &str, from: &str, to: &str| {
        let text = std::fs::read_to_string(at_root(file)).unwrap();
        let text = text.split(from).nth(1).unwrap().split(to).next().unwrap();
        let words = text.split('"').skip(1).step_by(2);
        let names = words.filter(|word| word.bytes().all(|b| b == b'-' || b.is_ascii_lowercase()));
        names.map(str::to_owned).collect::<Vec<String>>()
    };
    let columns = between("src/convert/table.rs", "LABELS: [&str; 8] = [", "];");
    let transforms = between("src/convert/transform.rs", "Ok(match name {", "_ => return");
    let losses = between("src/convert/loss.rs", "impl Word for What {", "\n}\n");
    assert_eq!((columns.len(), losses.len()), (8, 8));
    assert!(transforms.len() > 6, "{transforms:?}");
    for word in columns.iter().chain(&transforms).chain(&losses) {
        let known = word.is_empty() || guide.contains(&format!("\n| `{word}` |"));
        assert!(known, "{word} is not in docs/convert.md");
    }
}

/// Every mapping stands in the guide, with its table.
#[test]
fn the_guide_lists_all_conversions() {
    let guide = std::fs::read_to_string(at_root("docs/convert.md")).unwrap();
    for mapping in formats::MAPPINGS {
        let (from, to) = (mapping.from, mapping.to);
        let row = guide.lines().find(|line| {
            line.starts_with(&format!("| `{from}`")) && line.contains(&format!("| `{to}` |"))
        });
        let path = format!("`src/formats/{}`", mapping.table());
        assert!(
            row.is_some_and(|row| row.contains(&path)),
            "{from} to {to}: {path}"
        );
        assert!(at_root(path.trim_matches('`')).is_file(), "{path}");
    }
    for recast in formats::RECASTS {
        let command = format!("hallpass convert FILES --to {}`", recast.format);
        assert!(guide.contains(&command), "{command}");
    }
}
