//! Files that people bring and that are none of those that were asked for: one finding says so, and no
//! verdict says that they are ready.

#![allow(clippy::unwrap_used)]

mod support;

use hallpass::report::{Outcome, Report, Verdict};
use hallpass::session::Include;
use support::bundle::{Bundle, Tables, check, fix};

fn bundle(name: &str, text: &str) -> Bundle {
    Bundle {
        files: vec![(name.to_owned(), text.as_bytes().to_vec())],
        ..Bundle::default()
    }
}

fn own(bundle: Bundle) -> Bundle {
    let layout = "file,field,type\nstudents.csv,studentId,identifier\nstudents.csv,name,string\nstudents.csv,born,date\n";
    Bundle {
        tables: Some(Tables {
            layout: layout.to_owned(),
            ..Tables::default()
        }),
        ..bundle
    }
}

fn of(bundle: Bundle, format: &str) -> Bundle {
    Bundle {
        format: Some(format.to_owned()),
        ..bundle
    }
}

/// What is told, but for notes.
fn told(report: &Report) -> Vec<(&str, &str)> {
    let groups = report.groups.iter();
    let groups = groups.filter(|group| group.severity != hallpass::finding::Severity::Info);
    groups
        .map(|group| (group.rule.as_str(), group.samples[0].message.as_str()))
        .collect()
}

fn fixed_width() -> String {
    let mut text = format!(
        "{:<12}{:<20}{:<15}{}\n",
        "StudentID", "LastName", "FirstName", "DOB"
    );
    for at in 0..30 {
        text += &format!(
            "{at:08}    {:<20}{:<15}20141225\n",
            ["Lee", "de la Cruz", ""][at % 3],
            "Ana"
        );
    }
    text
}

#[test]
fn a_file_of_fixed_width_is_called_so() {
    let file = || bundle("students.txt", &fixed_width());
    let what = "`students.txt` is text in columns of fixed width; expected tables as CSV text: export the data itself as CSV";
    assert_eq!(told(&check(&file())), [("unknown-format", what)]);
    let what = "`students.txt`, text in columns of fixed width, is no file of this format; expected only its files";
    for report in [check(&of(file(), "pearson-students")), check(&own(file()))] {
        assert_eq!(told(&report), [("unknown-file", what)]);
        assert_eq!(report.verdict, Verdict::NotReady);
    }
    let named = own(bundle("students.csv", &fixed_width()));
    let what = "`students.csv` is text in columns of fixed width; expected text with comma-separated values: export the data itself as CSV";
    assert_eq!(told(&check(&named)), [("foreign-content", what)]);
}

#[test]
fn text_and_tables_are_not_of_fixed_width() {
    let prose = "It was the best of times,  it was\nthe worst of times,  it was the\nage of wisdom,  it was the age\n";
    let padded = "id,name,born\n1,  Ana,  2014\n2,  Ben,  2013\n3,  Cho,  2012\n";
    let list = "id\nana  lee\nben  cho\n";
    for text in [prose, padded, list] {
        let report = check(&bundle("a.txt", text));
        assert!(
            told(&report)[0]
                .1
                .starts_with("the labels belong to no known format"),
            "{text}"
        );
    }
}

/// What stands between two headers is somebody's data, and is no title to be removed.
#[test]
fn files_pasted_below_one_another_begin_with_the_first_header() {
    let first = "sourcedId,status,dateLastModified,title,type,startDate,endDate\ns1,,,Fall,term,2026-08-01,2026-12-20\n";
    let second = "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\ns2,,,Spring,term,2027-01-05,2027-06-01,,2027\n";
    let report = check(&of(
        bundle("academicSessions.csv", &format!("{first}{second}")),
        "oneroster-1.2",
    ));
    assert_eq!(report.files[0].records, 3);
    assert!(report.groups.iter().all(|group| group.rule != "title-row"));
}

#[test]
fn an_extract_of_300_columns_is_none_of_the_files_asked_for() {
    let labels: Vec<String> = (0..300).map(|at| format!("STATE_ELEMENT_{at}")).collect();
    let record = vec!["1"; 300].join(",");
    let text = format!("{}\n{record}\n{record}\n", labels.join(","));
    let file = || bundle("extract.csv", &text);
    let what = "the labels belong to no known format; expected files of a known format";
    assert_eq!(told(&check(&file())), [("unknown-format", what)]);
    let report = check(&own(file()));
    let what = "`extract.csv` is no file of this format; expected only its files";
    assert_eq!(told(&report), [("unknown-file", what)]);
    assert_eq!(report.verdict, Verdict::NotReady);
    let report = check(&of(file(), "pearson-students"));
    assert_eq!(told(&report).len(), 1, "{:?}", told(&report));
    assert_eq!(told(&report)[0].0, "missing-header");
}

/// Too many labels are strange for a layout to be claimed: the format is still that of the layout by which
/// the file is checked.
#[test]
fn the_format_is_that_of_the_layout_that_a_file_is_checked_by() {
    let path = support::at_root("src/formats/pearson/cases/students-clean/upload.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let labels: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    let kept = text.replacen(&labels[..9].join(","), "a1,a2,a3,a4,a5,a6,a7,a8,a9", 1);
    let report = check(&bundle("upload.csv", &kept));
    let told = |group: &&hallpass::report::Group| group.rule == "unpublished-layout";
    let group = report.groups.iter().find(told).unwrap();
    let message = &group.samples[0].message;
    assert!(message.contains("is checked as Students:"), "{message}");
    assert_eq!(report.format.as_ref().unwrap().id, "pearson-students");
}

/// Labels of three programmes in one header: it is told whose most of them are and who comes next, those
/// that are not theirs are told together, and `fix` leaves none out.
#[test]
fn a_header_of_three_programmes_is_told_in_one_finding() {
    let table = hallpass::tables::find("pearson/headers.csv").unwrap();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let published: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let of = |programme: &str| {
        let row = published
            .iter()
            .find(|row| row[0].starts_with(programme))
            .unwrap();
        row[2]
            .split('|')
            .map(str::to_owned)
            .collect::<Vec<String>>()
    };
    let (first, second, third) = (
        of("Colorado CMAS 2020"),
        of("New Jersey NJSLA 2021"),
        of("Illinois IAR 2018"),
    );
    let mut labels: Vec<&String> = Vec::new();
    for label in first[..60]
        .iter()
        .chain(&second[40..80])
        .chain(&third[40..70])
    {
        if label != "Filler" && !labels.contains(&label) {
            labels.push(label);
        }
    }
    let header = labels
        .iter()
        .map(|label| label.as_str())
        .collect::<Vec<_>>()
        .join(",");
    let text = format!("{header}\n{}\n", ",".repeat(labels.len() - 1));
    let file = bundle("students.csv", &text);
    let report = check(&file);
    let format = report.format.as_ref().unwrap();
    assert!(format.id.starts_with("pearson-"), "{}", format.id);
    let why = format.why.as_deref().unwrap();
    assert!(why.contains("nearest others: "), "{why}");
    let surplus = report
        .groups
        .iter()
        .filter(|group| group.rule == "surplus-columns");
    let told: Vec<&str> = surplus
        .map(|group| group.samples[0].message.as_str())
        .collect();
    let [told] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert!(
        told.contains("is the first of 33 columns that an import of Student Registrations"),
        "{told}"
    );
    let fixed = fix(&file, Include::Safe, &[]);
    let fixed = String::from_utf8(fixed.files[0].1.clone()).unwrap();
    let kept: Vec<&str> = fixed.lines().next().unwrap().split(',').collect();
    assert!(kept.len() >= labels.len(), "{kept:?}");
    let surplus = ["DateFirstEnrolledInUSSchool", "Title1", "AccommodationType"];
    assert!(surplus.iter().all(|label| kept.contains(label)), "{kept:?}");
}

/// What was not looked at is no pass: of one's own layout there is one file of a kind.
#[test]
fn a_second_file_of_a_kind_makes_the_check_partial() {
    let text = "studentId,name,born\ns1,Ana Lee,2014-12-05\n";
    let two = ["north.csv", "south.csv"].map(|name| (name.to_owned(), text.as_bytes().to_vec()));
    let files = "file,name,title\nstudents.csv,any,Students\n";
    let Some(tables) = own(Bundle::default()).tables else {
        unreachable!("it has tables");
    };
    let report = check(&Bundle {
        files: two.to_vec(),
        tables: Some(Tables {
            files: files.to_owned(),
            ..tables
        }),
        ..Bundle::default()
    });
    assert_eq!(report.outcome, Outcome::Partial);
    let reason = &report.not_checked[0].reason;
    assert_eq!(reason, "it is a second file of Students");
}
