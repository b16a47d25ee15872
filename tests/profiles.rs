//! Profiles: their tables hold together, and what each makes of a bundle without faults and of one
//! with many is expected line by line. `tests/profiles/*.txt` have only what a profile changes:
//! `UPDATE=1 cargo test --test profiles` rewrites them; look at what changes.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use hallpass::finding::{Authority, Consequence, Severity};
use hallpass::formats::{self, FORMATS, Format, PROFILES};
use hallpass::layout::{Extra, FileSpec};
use hallpass::profile::{Does, Profile, Row, Title};
use hallpass::report::words::{self, Word};
use hallpass::report::{Group, Report, Verdict};
use hallpass::rules;
use hallpass::session::Include;
use support::bundle::{Bundle, check, fix};
use support::{assert_current, at_root, files_below};

/// All profiles with all facts, each laid over every format that it can be laid over.
fn profiles() -> Vec<Profile> {
    let over = FORMATS.iter().flat_map(|format| {
        let titles = formats::profiles().unwrap();
        let laid = titles
            .into_iter()
            .map(|title| formats::profile(&title.id, format));
        laid.filter_map(Result::ok)
    });
    over.collect()
}

/// What there is to say of the profiles of OneRoster.
fn of_oneroster() -> Vec<Title> {
    PROFILES[0].titles().unwrap()
}

#[test]
fn each_table_is_listed_and_each_listed_has_a_table() {
    for profiles in PROFILES {
        let titles = profiles.titles().unwrap();
        let listed: Vec<&str> = titles.iter().map(|title| title.id.as_str()).collect();
        let folder = at_root("src/formats").join(profiles.folder);
        let mut tables: Vec<String> = files_below(&folder, ".csv")
            .iter()
            .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
            .filter(|name| name != "profiles")
            .collect();
        tables.sort();
        assert_eq!(listed, tables, "in alphabetical order");
    }
}

#[test]
fn what_is_said_of_a_profile_is_whole() {
    for title in formats::profiles().unwrap() {
        let id = &title.id;
        assert!(!title.title.is_empty() && !title.sources.is_empty(), "{id}");
        assert!(
            ["importer", "exporter"].contains(&title.kind.as_str()),
            "{id}"
        );
        assert!(
            hallpass::types::date::days(title.checked.as_bytes()).is_some(),
            "{id}"
        );
    }
}

#[test]
fn facts_hold_together() {
    for profile in profiles() {
        assert!(!profile.rows.is_empty());
        for row in &profile.rows {
            let wrong = fault(&profile, row);
            assert_eq!(wrong, None, "{}: {row:?}", profile.title.id);
        }
    }
}

/// What in a row is not as it has to be.
fn fault(profile: &Profile, row: &Row) -> Option<&'static str> {
    let is_own = row.rule.is_some_and(|rule| {
        let profiles = PROFILES.iter().flat_map(|profiles| profiles.rules);
        let mut own = rules::PROFILE.iter().chain(profiles);
        own.any(|known| std::ptr::eq(*known, rule))
    });
    let places = 1..=profile.title.sources.len();
    match row.does {
        _ if row.sources.is_empty() => Some("no source"),
        _ if !row.sources.iter().all(|at| places.contains(at)) => Some("an unknown source"),
        Does::Asks if !is_own => Some("the format has this rule by itself"),
        Does::Refuses | Does::Accepts if is_own => Some("no format has this rule by itself"),
        Does::Accepts if row.severity == Severity::Error => Some("what is accepted is no error"),
        _ if row.rule.is_some() && row.severity == Severity::Error && !row.is_sure => {
            Some("what is not sure is no error")
        }
        Does::CannotCheck if !row.note.starts_with("whether ") || row.note.ends_with('.') => {
            Some("expected `whether ...`")
        }
        Does::Tells if row.note.is_empty() => Some("nothing is told"),
        Does::Threshold if !is_threshold(&row.value) => Some("no percentage"),
        _ => None,
    }
}

/// Whether it is `removed`, a percentage, both or neither.
fn is_threshold(value: &str) -> bool {
    let percentage = value.strip_prefix("removed").unwrap_or(value).trim();
    percentage.is_empty()
        || percentage
            .parse::<u64>()
            .is_ok_and(|percent| percent <= 100)
}

/// Every row names a file and a field of one of its formats.
#[test]
fn facts_name_what_some_format_has() {
    for profile in profiles() {
        for row in &profile.rows {
            let ids = match row.formats.as_slice() {
                // A product that takes none may say something of all.
                [] if profile.title.formats.is_empty() => &["oneroster-1.2".to_owned()],
                [] => profile.title.formats.as_slice(),
                some => some,
            };
            let mut over = ids.iter().map(|id| formats::find(id).unwrap());
            assert!(
                over.any(|format| names(format, row)),
                "{}: {row:?}",
                profile.title.id
            );
        }
    }
}

fn names(format: &Format, row: &Row) -> bool {
    let layout = (format.layout)().unwrap();
    let field = |spec: &FileSpec, name: &str| {
        let own = match &spec.extra {
            Extra::Prefixed(prefix) => name.starts_with(prefix),
            extra => *extra == Extra::Any,
        };
        own || spec.field(name).is_some()
    };
    let when = row.when.as_ref().map(|when| when.field.as_str());
    let fields = || [row.field.as_str(), when.unwrap_or_default()];
    let fits = |spec: &FileSpec| {
        fields()
            .iter()
            .all(|name| name.is_empty() || field(spec, name))
    };
    let mut files = layout.files.iter();
    files.any(|spec| (row.file.is_empty() || spec.name == row.file) && fits(spec))
}

#[test]
fn an_unknown_profile_and_one_of_other_formats_are_refused() {
    let over = formats::find("oneroster-1.2").unwrap();
    let unknown = formats::profile("nobody", over).unwrap_err().to_string();
    assert!(
        unknown.starts_with("`nobody` is no profile; expected one of aeries, canvas"),
        "{unknown}"
    );
    for near in ["sds", "School Data Sync", "Microsoft"] {
        let said = formats::find_profile(near).unwrap_err().to_string();
        assert!(said.ends_with("did you mean `microsoft-sds`?"), "{said}");
    }
    let written = formats::profile("Clever", over).unwrap();
    assert_eq!(written.title.id, "clever");
    let other = formats::profile("clever", &formats::OWN)
        .unwrap_err()
        .to_string();
    assert!(
        other.starts_with("`clever` is a profile for oneroster-1.1, oneroster-1.2, "),
        "{other}"
    );
}

fn bundle(files: Vec<(String, Vec<u8>)>, profile: &str) -> Bundle {
    Bundle {
        files,
        profile: Some(profile.to_owned()).filter(|id| !id.is_empty()),
        ..Bundle::default()
    }
}

/// The tables of a folder, in a zip.
fn zipped(folder: &str) -> Vec<(String, Vec<u8>)> {
    let files = files_below(&at_root(folder), ".csv").into_iter();
    let named = files.map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (format!("upload.zip/{name}"), std::fs::read(&path).unwrap())
    });
    named.collect()
}

/// A line for each finding.
fn lines(report: &Report) -> BTreeSet<String> {
    let groups = report.groups.iter().flat_map(|group| {
        let (severity, authority) = (group.severity.word(), group.authority.word());
        let (rule, file) = (&group.rule, &group.file);
        let field = group.field.as_deref().unwrap_or("-");
        // What all of a large group say, a few say.
        group.samples.iter().take(3).map(move |sample| {
            let line = sample.line.map_or(String::new(), |line| format!(":{line}"));
            format!(
                "{severity} {authority} {rule} {file}{line} {field} {}",
                sample.message
            )
        })
    });
    groups.collect()
}

fn compare(name: &str, files: &str) {
    let files = || zipped(files);
    let plain = check(&bundle(files(), ""));
    let before = lines(&plain);
    let mut text = String::new();
    for title in of_oneroster() {
        let report = check(&bundle(files(), &title.id));
        let after = lines(&report);
        let format = report.format.as_ref().unwrap();
        assert_eq!(format.profile.as_deref(), Some(title.id.as_str()));
        writeln!(text, "## {}: {:?}\n", title.id, report.verdict).unwrap();
        let told = |sign: &str, mine: &BTreeSet<String>, theirs: &BTreeSet<String>| {
            let lines = mine
                .difference(theirs)
                .map(|line| format!("{sign} {line}\n"));
            lines.collect::<String>()
        };
        text += &told("-", &before, &after);
        text += &told("+", &after, &before);
        let cannot = report.cannot_check.iter().skip(plain.cannot_check.len());
        cannot.for_each(|text_of| writeln!(text, "? {text_of}").unwrap());
        text.push('\n');
        let totals =
            |report: &Report| report.totals.error + report.totals.warning + report.totals.info;
        let lost = totals(&report) >= totals(&plain);
        assert!(lost, "{}: a profile never takes a finding away", title.id);
    }
    assert_current(&format!("tests/profiles/{name}.txt"), &text);
}

#[test]
fn what_each_makes_of_a_bundle_without_faults() {
    compare("clean-1.1", "src/formats/oneroster/cases/v1p1-clean");
    compare("clean-1.2", "src/formats/oneroster/cases/clean");
}

#[test]
fn what_each_makes_of_a_bundle_with_many_faults() {
    compare("faulty-1.1", "tests/profiles/faulty-1.1");
    compare("faulty-1.2", "tests/profiles/faulty-1.2");
}

/// What the receiver does fits how bad a finding is, what the profile says of it, and the verdict.
#[test]
fn consequences_agree_with_verdicts() {
    let no_manifest = |folder: &str| {
        let files = zipped(folder).into_iter();
        files.filter(|(name, _)| !name.ends_with("manifest.csv"))
    };
    let folders = [
        "src/formats/oneroster/cases/v1p1-clean",
        "tests/profiles/faulty-1.1",
        "tests/profiles/faulty-1.2",
    ];
    let mut accepted = 0;
    for title in of_oneroster() {
        for folder in folders {
            let report = check(&bundle(no_manifest(folder).collect(), &title.id));
            for group in &report.groups {
                let does = group.consequence;
                let is_kept = does >= Consequence::AcceptedButWrong;
                let is_lost = does <= Consequence::RecordDropped;
                let is_note = group.severity == Severity::Info;
                assert!(!(is_note && is_lost), "{}: {group:?}", title.id);
                if group.samples[0].message.contains(" accepts it") {
                    assert!(is_kept, "{}: {group:?}", title.id);
                    accepted += 1;
                }
                if title.kind == "importer" && group.samples[0].message.contains(" refuses it") {
                    assert!(!is_kept, "{}: {group:?}", title.id);
                }
            }
            let order = |group: &Group| (group.severity, group.consequence);
            assert!(report.groups.is_sorted_by_key(order), "{}", title.id);
        }
    }
    assert!(accepted > 10);
}

/// A file that is refused for sure is no warning, and one that may be is not promised to be taken.
#[test]
fn verdicts_say_what_is_refused() {
    let of = |id: &str| {
        let report = check(&bundle(
            zipped("src/formats/oneroster/cases/v1p1-clean"),
            id,
        ));
        let lead = words::with_warnings(&report).unwrap_or_default();
        (report.verdict, lead)
    };
    assert_eq!(of("microsoft-sds"), (Verdict::NotReady, ""));
    assert_eq!(of("google-classroom"), (Verdict::NotReady, ""));
    let (verdict, lead) = of("lab-aids");
    assert_eq!(verdict, Verdict::ReadyWithWarnings);
    assert!(lead.starts_with("The receiver may refuse "), "{lead}");
}

/// What a profile asks is the vendor's word.
#[test]
fn rules_of_profiles_are_the_vendors() {
    let own = PROFILES.iter().flat_map(|profiles| profiles.rules);
    for rule in rules::PROFILE.iter().chain(own) {
        assert_eq!(rule.authority, Authority::Vendor, "{}", rule.name);
        assert!(!rule.poisons, "{} hides what the format says", rule.name);
    }
}

/// Repairs work with a profile as without, and what it accepts is repaired, too.
#[test]
fn a_repair_with_a_profile_is_that_without() {
    let fixed = |id: &str| {
        fix(
            &bundle(zipped("tests/profiles/faulty-1.2"), id),
            Include::Safe,
            &[],
        )
    };
    for title in of_oneroster() {
        assert!(fixed(&title.id).files == fixed("").files, "{}", title.id);
    }
}
