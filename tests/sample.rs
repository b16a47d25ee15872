//! Layouts that are proposed for files: what is seen in a sample is what its layout says.

#![allow(clippy::unwrap_used)]

mod support;

use hallpass::finding::Severity;
use proptest::prelude::*;
use support::bundle::{Bundle, Tables, check, propose, propose_in_pieces};

/// The tables that are proposed for some files, by their names.
fn proposed(files: &[(&str, &str)]) -> Vec<(String, String)> {
    propose(&bundle(files))
}

fn bundle(files: &[(&str, &str)]) -> Bundle {
    let files = files.iter();
    Bundle {
        files: files
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
            .collect(),
        ..Bundle::default()
    }
}

/// The cells of the row of a field that hold something, by their labels.
fn row(tables: &[(String, String)], field: &str) -> String {
    let table = &tables[0].1;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let labels = reader.headers().unwrap().clone();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    let row = rows.iter().find(|row| &row[1] == field).unwrap();
    let cells = labels.iter().zip(row).skip(2);
    let told = cells.filter(|(label, cell)| !cell.is_empty() && *label != "confidence");
    let told: Vec<String> = told
        .map(|(label, cell)| format!("{label}={cell}"))
        .collect();
    told.join(" ")
}

/// A file of so many records.
fn file(header: &str, records: usize, record: impl Fn(usize) -> String) -> String {
    let records = (0..records).map(|at| record(at) + "\n");
    format!("{header}\n{}", records.collect::<String>())
}

/// The bundle with the layout that was proposed for it.
fn with_layout(bundle: &Bundle, tables: &[(String, String)]) -> Bundle {
    let text = |name: &str| {
        let table = tables.iter().find(|table| table.0 == name);
        table.map_or(String::new(), |table| table.1.clone())
    };
    let codes = tables.iter().filter_map(|(name, text)| {
        let name = name.strip_prefix("codes/")?.strip_suffix(".csv")?;
        Some((name.to_owned(), text.clone()))
    });
    Bundle {
        tables: Some(Tables {
            files: text("files.csv"),
            layout: text("layout.csv"),
            codes: codes.collect(),
        }),
        ..bundle.clone()
    }
}

/// What a check with the layout tells about the bundle that it was proposed for.
fn told(bundle: &Bundle) -> Vec<String> {
    let tables = propose(bundle);
    let report = check(&with_layout(bundle, &tables));
    let groups = report.groups.iter();
    let groups = groups.filter(|group| group.severity != Severity::Info);
    let samples = groups.flat_map(|group| {
        let samples = group.samples.iter();
        samples.map(move |sample| format!("{} {}", group.rule, sample.message))
    });
    samples.collect()
}

#[test]
fn columns_get_the_narrowest_type_that_makes_sense() {
    let sample = file(
        "studentId,school,born,seen,active,year,grade,points,share,mail,zip,phone,comment,left",
        40,
        |at| {
            format!(
                "{:08},S{:03},2014-01-{:02},2026-01-01T08:00:00Z,{},20{:02},{:02},{},{}.5,a{at}@b.org,0{},555010{:04},word {at},{}",
                at,
                at % 7 % 4,
                at % 28 + 1,
                at % 2 == 0,
                at % 30,
                at % 12 + 1,
                at % 7,
                at % 3,
                7000 + at,
                at,
                if at == 3 { "12/31/2025" } else { "" },
            )
        },
    );
    let tables = proposed(&[("students.csv", &sample)]);
    for (field, told) in [
        (
            "studentId",
            "type=identifier required=yes length=8..8 key=key",
        ),
        ("school", "type=code required=yes codes=school"),
        ("born", "type=date required=yes"),
        ("seen", "type=datetime required=yes"),
        ("active", "type=boolean required=yes"),
        ("year", "type=year required=yes"),
        ("grade", "type=code required=yes codes=grade"),
        ("points", "type=integer required=yes range=0.."),
        ("share", "type=decimal required=yes range=0.."),
        ("mail", "type=email required=yes"),
        ("zip", "type=identifier required=yes length=5..5"),
        ("phone", "type=identifier required=yes length=10..10"),
        ("comment", "type=string required=yes length=14"),
        (
            "left",
            r"type=string pattern=\d{1,2}/\d{1,2}/\d{4} example=12/31/2026",
        ),
    ] {
        assert_eq!(row(&tables, field), told, "{field}");
    }
    assert_eq!(told(&bundle(&[("students.csv", &sample)])), [""; 0]);
}

#[test]
fn columns_name_the_records_of_other_files() {
    let students = file("id,name", 30, |at| format!("s{at},Student {at}"));
    let scores = file("studentId;score", 60, |at| format!("s{};{at}", at % 20));
    let contacts = file("studentId,phone", 20, |at| format!("s{at},55501{at:05}"));
    let files = [
        ("students.csv", students.as_str()),
        ("scores.csv", &scores),
        ("contacts.csv", &contacts),
    ];
    let tables = proposed(&files);
    assert_eq!(
        row(&tables, "id"),
        "type=identifier required=yes length=6 key=key"
    );
    let table = &tables[0].1;
    assert!(
        table.contains("scores.csv,studentId,identifier,,yes,6,,,,,,students.csv/id,"),
        "{table}"
    );
    assert!(
        table.contains("contacts.csv,studentId,identifier,,yes,6,,,,,key,students.csv/id,"),
        "{table}"
    );
    assert_eq!(told(&bundle(&files)), [""; 0]);
}

/// What is true of the sample by chance alone is not said.
#[test]
fn a_layout_leaves_room_for_the_next_files() {
    let students = file("sourcedId,comment,born,seen", 30, |at| {
        format!(
            "s{at},well done,{}.12.2014,1-{}-2026",
            at % 28 + 1,
            at % 28 + 1
        )
    });
    let tables = proposed(&[("a.csv", &students)]);
    for (field, told) in [
        ("comment", "type=string required=yes length=18"),
        (
            "born",
            r"type=string required=yes pattern=\d{1,2}\.\d{1,2}\.\d{4} example=31.12.2026",
        ),
        (
            "seen",
            r"type=string required=yes pattern=\d{1,2}-\d{1,2}-\d{4} example=31-12-2026",
        ),
    ] {
        assert_eq!(row(&tables, field), told);
    }
    // Of classes there is a class each, of courses a course.
    for (name, label) in [
        ("classes.csv", "classSourcedId"),
        ("courses.csv", "courseSourcedId"),
    ] {
        let named = file("sourcedId,title", 30, |at| format!("c{at},Title {at}"));
        let naming = file(&format!("n,{label}"), 60, |at| format!("{at},c{}", at % 30));
        let tables = proposed(&[(name, &named), ("enrollments.csv", &naming)]);
        let told = format!("reference={name}/sourcedId");
        assert!(row(&tables, label).ends_with(&told), "{tables:?}");
    }
}

/// A layout is handed on; what somebody could be known by stays out of it.
#[test]
fn no_name_address_or_number_of_anybody_gets_into_a_layout() {
    let people = ["Ana Canary", "Ben Canary", "Cho Canary"];
    let labels = [
        "First Name",
        "lastName",
        "TEACHER",
        "Homeroom",
        "student",
        "guardian_name",
        "username",
        "SSN",
        "notes",
        "dob",
        "Phone",
        "e-mail",
    ];
    for label in labels {
        let sample = file(&format!("n,{label}"), 60, |at| {
            format!("{at},{}", people[at % 3])
        });
        let tables = proposed(&[("a.csv", &sample)]);
        assert!(!format!("{tables:?}").contains("Canary"), "{label}");
    }
    // Whatever the label says: long numbers, addresses, names in two parts, words that few share.
    for values in [
        ["123456", "234567"],
        ["a@canary.org", "b@canary.org"],
        ["\"Canary, A\"", "\"Canary, B\""],
        ["555-1212", "555-1213"],
        ["+1 555 01", "+49 89 01"],
        ["10.0.0.1", "1.1.1.1"],
        ["fe80::1", "fe80::2"],
        ["Ms Smith", "Mr Lee"],
        ["Frau Müller", "Herr Lang"],
        ["@ana", "@ben"],
        ["#ana", "ben#1234"],
        ["ana_99", "ben-7"],
        ["Smith", "Müller"],
        ["31.12.2014", "5/14"],
        ["08:15", "8.30"],
        ["20140102T0815", "Jan-3"],
        ["12 Elm", "7 Oak"],
    ] {
        for label in ["x", "status"] {
            // Beside a label that tells of a sort, single words are codes.
            let single = |value: &&str| value.chars().all(char::is_alphabetic);
            if label == "status" && values.iter().all(single) {
                continue;
            }
            let sample = file(&format!("n,{label}"), 60, |at| {
                format!("{at},{}", values[at % 2])
            });
            let tables = proposed(&[("a.csv", &sample)]);
            assert_eq!(tables.len(), 2, "{tables:?}");
        }
    }
    let sample = file("n,status", 60, |at| {
        format!("{at},{}", if at < 2 { "Canary" } else { "yes" })
    });
    assert_eq!(proposed(&[("a.csv", &sample)]).len(), 2);
    // The first record of a file without a header is no label.
    for sample in [
        "Ana Canary,555-1212\nBen Lee,555-1313\n",
        "Ana,Canary\nBen,Lee\n",
        "Ana,Canary\n",
        "Ana,Canary,5551212\n",
        "ana,canary\nben,lee\n",
        "Canary,Grade 5\nLee,Grade 4\n",
        "Canary,n/a,12\nLee,7,13\n",
        "Canary,,12\nLee,7,13\n",
        "Canary,absent,12\nLee,7,13\n",
        "Ana Canary,F\nBen Lee,M\nCho Lee,F\n",
        "McCanary,de la Cruz,Lee\nSmith,Lee,Ann\n",
        "@canary\n@lee\n",
    ] {
        let tables = proposed(&[("a.csv", sample)]);
        assert!(tables[0].1.contains("a.csv,column 1,"), "{sample}");
        let text = format!("{tables:?}").to_lowercase();
        assert!(!text.contains("canary"), "{sample} {text}");
    }
    // Where words or cells tell that it is one, a header is a header.
    for (sample, label) in [
        ("desk,room\nWindow,North\n", "desk"),
        ("Class Teacher,Pupil\nLee,Smith\n", "Pupil"),
        ("Desk,Seats\nWindow,4\n", "Desk"),
        ("Desk,1,2,3\nA,7,8,9\n", "2"),
        ("Desk,Since\nWindow,1/5/2026\nDoor,12/6/2026\n", "Since"),
        ("first_name,Desk\n", "first_name"),
    ] {
        row(&proposed(&[("a.csv", sample)]), label);
    }
    let sample = file("canary@b.org,S100,2014-01-01", 30, |at| {
        format!("a{at}@b.org,S{},2014-01-02", 200 + at)
    });
    let tables = proposed(&[("a.csv", &sample)]);
    assert!(tables[0].1.contains("a.csv,column 1,email"), "{tables:?}");
    assert!(!format!("{tables:?}").contains("canary"));
    assert_eq!(told(&bundle(&[("a.csv", &sample)])), [""; 0]);
}

#[test]
fn codes_are_short_and_few_and_each_is_there_often() {
    let list = |label: &str, records: usize, codes: &[&str]| -> Option<String> {
        let sample = file(&format!("n,{label}"), records, |at| {
            format!("{at},{}", codes[at % (codes.len() + 1) % codes.len()])
        });
        let tables = proposed(&[("a.csv", &sample)]);
        tables.get(2).map(|(_, text)| text.clone())
    };
    let many: Vec<String> = (0..16).map(|at| format!("B{at}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (label, records, codes) in [
        ("x", 20, &["A", "B"] as &[&str]),
        ("x", 60, &["Yes", "No", "not applicable"]),
        ("x", 60, &["A+", "B-", "01"]),
        (
            "Enrollment Status",
            60,
            &["enrolled", "pre-enrolled", "Left"],
        ),
        ("gender", 60, &["weiblich", "männlich", "divers"]),
        ("x", 64, &many),
    ] {
        assert!(list(label, records, codes).is_some(), "{label} {codes:?}");
    }
    for (label, records, codes) in [
        ("x", 19, &["A", "B"] as &[&str]),
        ("x", 63, &many),
        ("x", 60, &["A"]),
        ("x", 60, &["blue", "green"]),
        ("status", 60, &["was here", "was there"]),
        ("status set by", 60, &["ana", "ben"]),
        ("x", 60, &["K-1-2-3-4", "K-1-2-3-5"]),
    ] {
        assert_eq!(list(label, records, codes), None, "{label} {codes:?}");
    }
}

/// What a column is called may not tell that it is about people; what its cells hold, and how they are
/// spread, does.
#[test]
fn numbers_names_and_accounts_are_no_codes_whatever_the_label() {
    let four = |values: [&str; 4]| values.map(str::to_owned);
    let uneven = |at: usize| at % 7 % 4;
    for (label, values) in [
        ("SSN4", four(["0011", "0048", "0112", "0913"])),
        ("x", four(["011", "048", "112", "913"])),
        ("Locker", four(["S1234", "S1235", "T1236", "T1237"])),
        ("Kid Type", four(["ana", "ben", "cho", "dee"])),
        ("Case Manager Type", four(["canary", "smith", "lee", "cho"])),
        ("Sibling Status", four(["Canary", "Smith", "Lee", "Cho"])),
        ("Bus Program", four(["Canary", "Smith", "Lee", "Cho"])),
        ("Level", four(["CANARY", "SMITH", "LEE", "CHO"])),
        ("Username Type", four(["acanary", "bsmith", "clee", "dcho"])),
    ] {
        let sample = file(&format!("n,{label}"), 70, |at| {
            format!("{at},{}", values[uneven(at)])
        });
        assert_eq!(proposed(&[("a.csv", &sample)]).len(), 2, "{label}");
    }
    // A short number for each of seven people, ten records each; or all of theirs together.
    for label in [
        "Stu", "Kid Code", "Badge", "Acct", "Case", "Prox", "Lunch", "",
    ] {
        for code in ["0", "K", "AB"] {
            let header = match label {
                "" => String::new(),
                label => format!("n,{label}\n"),
            };
            let number = |at: usize| match code {
                "AB" => ["AL", "BC", "CL", "DK", "EM", "FN", "GO"][at].to_owned(),
                code => format!("{code}{at}"),
            };
            let spread = [
                (0..70).map(|at| at % 7).collect::<Vec<usize>>(),
                (0..70)
                    .map(|at| [0, 0, 0, 1, 2, 3, 4, 5, 5, 6][at / 7])
                    .collect(),
            ];
            for people in spread {
                let records = people.into_iter().enumerate();
                let records = records.map(|(at, of)| format!("{at},{}\n", number(of)));
                let sample = header.clone() + &records.collect::<String>();
                let tables = proposed(&[("a.csv", &sample)]);
                assert_eq!(tables.len(), 2, "{label} {code} {tables:?}");
            }
        }
    }
    // What says nothing of anybody may be sorted and may be as often.
    for (label, values) in [
        ("grade", four(["01", "02", "11", "12"])),
        ("x", four(["A", "B", "C", "D"])),
        (
            "Student Status",
            four(["active", "tobedeleted", "left", "enrolled"]),
        ),
        ("sex", four(["M", "F", "X", "U"])),
    ] {
        for at in [|at: usize| at % 4, |at: usize| at / 20] {
            let sample = file(&format!("n,{label}"), 80, |n| {
                format!("{n},{}", values[at(n)])
            });
            assert_eq!(proposed(&[("a.csv", &sample)]).len(), 3, "{label}");
        }
    }
}

#[test]
fn words_for_nothing_are_told_by_what_the_column_holds() {
    let sample = file("n,score,region", 30, |at| {
        let score = if at % 5 == 0 {
            "NULL".to_owned()
        } else {
            at.to_string()
        };
        format!("{at},{score},{}", ["NA", "EU", "NULL"][at % 3])
    });
    let files = [("a.csv", sample.as_str())];
    let tables = proposed(&files);
    assert!(tables[1].1.contains(",NULL,medium"), "{tables:?}");
    assert_eq!(row(&tables, "score"), "type=integer range=0..");
    assert_eq!(tables[2].1, "code,meaning\nEU,\nNA,\n");
    assert_eq!(told(&bundle(&files)), [""; 0]);
}

#[test]
fn a_header_alone_makes_a_layout_too() {
    let files = [("a.csv", "studentId\tname\tscore\n")];
    let tables = proposed(&files);
    assert_eq!(row(&tables, "score"), "type=string");
    assert_eq!(
        tables[1].1,
        "file,name,delimiter,header,labels,empty,breaks,missing,confidence\na.csv,any,tab,,all,yes,,,medium\n"
    );
    assert_eq!(told(&bundle(&files)), [""; 0]);
}

#[test]
fn labels_that_repeat_or_hold_stars_are_fields_with_many_columns() {
    let sample = file("id,mark*,note,note,\"two\nlines\"", 30, |at| {
        format!("{at},x,a,,\"b\nc\"")
    });
    let files = [("a.csv", sample.as_str())];
    let tables = proposed(&files);
    assert_eq!(row(&tables, "note"), "type=string columns=many length=2");
    assert_eq!(told(&bundle(&files)), [""; 0]);
}

/// Files have other names next year; where their labels do not tell which is which, that is a warning.
#[test]
fn other_names_of_files_are_no_errors() {
    let students = file("id,name,born", 30, |at| {
        format!("s{at},Student {at},2014-01-01")
    });
    let scores = file("studentId,score,day", 60, |at| {
        format!("s{},{at},2026-01-02", at % 20)
    });
    let rooms = file("room,desks", 30, |at| format!("r{at},{}", at % 7 + 2));
    let before = bundle(&[
        ("students.csv", &students),
        ("scores.csv", &scores),
        ("rooms.csv", &rooms),
    ]);
    let tables = propose(&before);
    let later = bundle(&[
        ("s_27.csv", &students),
        ("marks_27.csv", &scores),
        ("r_27.csv", &rooms),
    ]);
    let rules = |bundle: &Bundle| -> Vec<(String, Severity)> {
        let groups = check(&with_layout(bundle, &tables)).groups.into_iter();
        groups.map(|group| (group.rule, group.severity)).collect()
    };
    assert_eq!(rules(&before), []);
    let room = ("unknown-file".to_owned(), Severity::Warning);
    assert_eq!(rules(&later), [room]);
    let alone = bundle(&[("marks_27.csv", &scores)]);
    let missing = ("missing-file".to_owned(), Severity::Warning);
    assert_eq!(rules(&alone), [missing]);
    let twins = bundle(&[("spring.csv", &students), ("autumn.csv", &students)]);
    assert!(propose(&twins)[1].1.contains("\nspring.csv,,"));
}

/// Tables are opened in spreadsheets, which run what begins so, wherever they split cells.
#[test]
fn no_label_and_no_code_is_run_as_a_formula() {
    let sample = file("n,=1+1,a;=2+2,status,'=3", 60, |at| {
        let status = ["-", "+", "'-"][at % 3];
        format!("{at},x y z,x y z,{status},x y z")
    });
    let files = [("a.csv", sample.as_str())];
    let tables = proposed(&files);
    for written in ["a.csv,'=1+1,", "a.csv,\"a;=2+2\",", "a.csv,''=3,"] {
        assert!(tables[0].1.contains(written), "{tables:?}");
    }
    assert_eq!(told(&bundle(&files)), [""; 0]);
    let sample = sample.replace("'-", "A");
    let tables = proposed(&[("a.csv", &sample)]);
    assert_eq!(tables[2].1, "code,meaning\n'+,\n'-,\nA,\n");
    assert_eq!(told(&bundle(&[("a.csv", &sample)])), [""; 0]);
}

/// Cells of a column: what people keep, each sort for itself or mixed.
fn cell() -> impl Strategy<Value = Vec<String>> {
    let sorts = [
        "[A-D]",
        "(yes|no|n/a)",
        "[0-9]{1,3}",
        "0[0-9]{4}",
        "-?[0-9]{1,2}(\\.[0-9])?",
        "20[0-2][0-9]",
        "20(1|2)[0-9]-0[1-9]-1[0-9]",
        "[a-z]{3}@[a-z]{4}\\.org",
        "S[0-9]{5}",
        "(true|false)?",
        "[ab ]{0,4}é?",
        "([0-9]{2}|NA)",
        "(NULL|-|\\.|None)?",
        "1[0-2]/1[0-9]/20[0-9]{2}",
        "[A-Z][a-z]{2,5} [A-Z][a-z]{2}",
        "",
        "[0-9]{11}",
        "(x|\"\"|,|;)",
    ];
    prop::sample::select(sorts.to_vec()).prop_flat_map(|sort| prop::collection::vec(sort, 60))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_sample_is_in_order_by_the_layout_that_is_made_of_it(
        labels in prop::collection::hash_set("(id|name|studentId|code|[a-z]{2,6}|Q[0-9])", 3..7),
        columns in prop::collection::vec(cell(), 14),
        records in (0usize..60, 0usize..60),
        delimiter in prop::sample::select(vec![',', ';', '\t', '|']),
    ) {
        let labels: Vec<&String> = labels.iter().collect();
        let text = |columns: &[Vec<String>], records: usize| {
            let quoted = |cell: &str| format!("\"{}\"", cell.trim().replace('"', "\"\""));
            let separator = delimiter.to_string();
            let header = labels.iter().map(|label| label.as_str()).collect::<Vec<_>>().join(&separator);
            file(&header, records, |at| {
                let cells = columns.iter().take(labels.len()).map(|column| quoted(&column[at]));
                cells.collect::<Vec<_>>().join(&separator)
            })
        };
        let (first, second) = (text(&columns[..7], records.0), text(&columns[7..], records.1));
        for files in [vec![("students.csv", first.as_str())], vec![("students.csv", &first), ("b.csv", &second)]] {
            let told = told(&bundle(&files));
            // Blank records and the like are told whatever a layout says.
            let about = ["blank-record", "lost-zeros", "damaged-by-spreadsheet"];
            let told: Vec<_> = told.iter().filter(|told| !about.iter().any(|rule| told.starts_with(rule))).collect();
            prop_assert!(told.is_empty(), "{:?}\n{:?}\n{:?}", told, files, proposed(&files));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn whatever_is_read_makes_a_layout_that_reads_and_pieces_leave_no_trace(
        text in "([a-z1*]{0,3}[,;\t|\"é =\n\r]){0,60}",
        piece in 1usize..40,
    ) {
        let bundle = bundle(&[("a.csv", text.as_str())]);
        let tables = propose(&bundle);
        prop_assert_eq!(&propose_in_pieces(&bundle, piece), &tables);
        if tables[0].1.lines().count() > 1 {
            check(&with_layout(&bundle, &tables));
        }
    }
}
