//! Column maps: headers that are not the layout's, read as its fields.

#![allow(clippy::unwrap_used)]

mod support;

use hallpass::finding::{Consequence, Severity};
use hallpass::layout::{ColumnMap, MapRow, read, to_map};
use hallpass::session::Include;
use support::bundle::{Bundle, Tables, check, fix, propose_columns};

const LAYOUT: &str = "\
file,field,type,required,length,codes,key
students.csv,studentId,identifier,yes,8..8,,key
students.csv,givenName,string,yes,,,
students.csv,familyName,string,yes,,,
students.csv,birthDate,date,,,,
students.csv,status,code,,,status,
students.csv,entryDate,date,,,,
";
const FILES: &str = "file,labels\nstudents.csv,all\n";
const CODES: &str = "code\nenrolled\nleft\n";
const SAMPLE: &str = "\
Pupil Nr,First Name,Surname,D.O.B.,How,ENTRY_DATE,Bus
00000001,Ana,Lee,2014-12-25,enrolled,2026-08-01,12
00000002,Ben,Cho,2013-01-31,left,2025-08-01,7
";

fn bundle(text: &str, columns: Option<&str>) -> Bundle {
    Bundle {
        files: vec![("students.csv".to_owned(), text.as_bytes().to_vec())],
        tables: Some(Tables {
            files: FILES.to_owned(),
            layout: LAYOUT.to_owned(),
            codes: vec![("status".to_owned(), CODES.to_owned())],
        }),
        columns: columns.map(str::to_owned),
        ..Bundle::default()
    }
}

fn fields(rows: &[MapRow]) -> Vec<(&str, &str, &str)> {
    let rows = rows.iter();
    rows.map(|row| (row.label.as_str(), row.field.as_str(), row.confidence))
        .collect()
}

#[test]
fn labels_words_and_cells_tell_which_field_a_column_is() {
    let rows = propose_columns(&bundle(SAMPLE, None));
    assert_eq!(
        fields(&rows),
        [
            ("Pupil Nr", "studentId", "high"),
            ("First Name", "givenName", "high"),
            ("Surname", "familyName", "high"),
            ("D.O.B.", "birthDate", "high"),
            ("How", "status", "low"),
            ("ENTRY_DATE", "entryDate", "high"),
            ("Bus", "", ""),
        ],
        "{rows:#?}"
    );
}

/// A map goes by labels, so of columns and files with the same ones it speaks once.
#[test]
fn a_proposed_map_is_one_that_is_taken() {
    let sample = "Pupil Nr,Birth date,Birth date\n00000001,2014-12-25,\n";
    let mut twice = bundle(sample, None);
    twice.files = vec![
        ("a.csv".to_owned(), sample.as_bytes().to_vec()),
        ("b.csv".to_owned(), sample.as_bytes().to_vec()),
    ];
    if let Some(tables) = &mut twice.tables {
        tables.layout = LAYOUT.replace("entryDate,date", "Birthdate,date");
    }
    let layout = twice.tables.as_ref().unwrap().layout.clone();
    let layout = read(FILES, &layout, &|_| Some(CODES.to_owned())).unwrap();
    let single = Bundle {
        files: vec![("students.csv".to_owned(), sample.as_bytes().to_vec())],
        ..twice.clone()
    };
    for files in [single, twice] {
        let rows = propose_columns(&files);
        assert_eq!(rows[0].field, "studentId", "{rows:#?}");
        assert_eq!(rows[2].field, "", "{rows:#?}");
        assert!(rows[2].why.contains("the same label"), "{rows:#?}");
        let map = ColumnMap::read(&to_map(&rows), "map.csv").unwrap();
        map.apply(&layout, Severity::Info, &[]).unwrap();
    }
}

#[test]
fn what_cells_refuse_is_not_proposed_for_a_label_that_is_only_like_it() {
    let sample = "studentId,familyName,status,birth\n00000001,Lee,enrolled,Springfield\n";
    let rows = propose_columns(&bundle(sample, None));
    assert_eq!(fields(&rows)[3], ("birth", "", ""), "{rows:#?}");
    // A label to the letter is its field, and it is said that its cells do not fit.
    let sample = "studentId,birthDate\n00000001,Springfield\n";
    let rows = propose_columns(&bundle(sample, None));
    assert_eq!(
        fields(&rows)[1],
        ("birthDate", "birthDate", "low"),
        "{rows:#?}"
    );
}

/// Thousands of labels are not held against thousands of fields; what is the same is found all the same.
#[test]
fn of_very_many_columns_those_with_the_same_label_are_found() {
    let fields = (0..2_400).map(|at| format!("students.csv,field {at},string,,,,\n"));
    let labels = (0..2_400).map(|at| match at % 2 {
        0 => format!("FIELD_{at}"),
        _ => format!("column {at}"),
    });
    let mut many = bundle(&(labels.collect::<Vec<_>>().join(",") + "\n"), None);
    if let Some(tables) = &mut many.tables {
        let header = LAYOUT.lines().next().unwrap();
        tables.layout = format!("{header}\n{}", fields.collect::<String>());
    }
    let rows = propose_columns(&many);
    let found = rows.iter().filter(|row| !row.field.is_empty()).count();
    assert_eq!(found, 1_200);
    assert_eq!(rows[1].why, "no field is like it");
    assert!(rows[2_399].why.contains("too many"), "{}", rows[2_399].why);
}

#[test]
fn a_map_is_read_by_checks_and_fix_writes_the_labels_of_the_layout() {
    let map = to_map(&propose_columns(&bundle(SAMPLE, None)));
    let map = map.replace("students.csv,Bus,,,no field is like it\n", "");
    let text = SAMPLE.replace("2013-01-31", "31.1.2013");
    let mapped = bundle(&text, Some(&map));
    let report = check(&mapped);
    let worse = report
        .groups
        .iter()
        .filter(|group| group.severity != Severity::Info);
    let told: Vec<&str> = worse.map(|group| group.rule.as_str()).collect();
    assert_eq!(told, ["extra-label", "invalid-date"]);
    let fixed = fix(&mapped, Include::Safe, &["misspelled-label"]);
    let fixed = String::from_utf8(fixed.files[0].1.clone()).unwrap();
    let header = "studentId,givenName,familyName,birthDate,status,entryDate,Bus\n";
    assert_eq!(
        fixed,
        text.replace(
            "Pupil Nr,First Name,Surname,D.O.B.,How,ENTRY_DATE,Bus\n",
            header
        )
    );
}

/// Labels that changed places are read by the map; written so, the map would change them back.
#[test]
fn labels_that_changed_places_stay() {
    let header = "studentId,familyName,givenName,birthDate,status,entryDate,Bus";
    let (_, records) = SAMPLE.split_once('\n').unwrap();
    let text = format!("{header}\n{records}");
    let map = "file,label,field\n,familyName,givenName\n,givenName,familyName\n";
    let fixed = fix(
        &bundle(&text, Some(map)),
        Include::Safe,
        &["misspelled-label"],
    );
    assert_eq!(String::from_utf8(fixed.files[0].1.clone()).unwrap(), text);
    // Nor is one of them written where only that is there: the copy is read by the map, too.
    let text = text.replacen("givenName", "Given", 1);
    let mapped = bundle(&text, Some(map));
    let mut copy = mapped.clone();
    copy.files = fix(&mapped, Include::Safe, &["misspelled-label"]).files;
    let missing = |bundle: &Bundle| {
        let groups = check(bundle).groups.into_iter();
        let groups = groups.filter(|group| group.rule == "missing-label");
        groups.map(|group| group.field).collect::<Vec<_>>()
    };
    assert_eq!(missing(&mapped).len(), 1);
    assert_eq!(missing(&copy), missing(&mapped));
}

/// A receiver of a format wants its labels, whoever knows what is meant.
#[test]
fn in_files_of_a_format_a_mapped_label_is_an_error() {
    let text = "Lehrkraft,sourcedId\n1,2\n";
    let bundle = Bundle {
        files: vec![("users.csv".to_owned(), text.as_bytes().to_vec())],
        format: Some("oneroster-1.2".to_owned()),
        columns: Some("file,label,field\n,Lehrkraft,username\n".to_owned()),
        ..Bundle::default()
    };
    let report = check(&bundle);
    let group = report
        .groups
        .iter()
        .find(|group| group.rule == "misspelled-label")
        .unwrap();
    assert_eq!(group.severity, Severity::Error);
    assert_eq!(
        group.samples[0].message,
        "`Lehrkraft` is read as `username`, as the column map says; expected `username`"
    );
}

/// The published header of registrations, with one label changed.
fn registrations(from: &str, to: &str, columns: Option<&str>) -> Bundle {
    let path = "src/formats/pearson/cases/registrations-2018-clean/upload.csv";
    let text = std::fs::read_to_string(support::at_root(path)).unwrap();
    let other = text.replacen(from, to, 1);
    assert_ne!(text, other);
    Bundle {
        files: vec![("registrations.csv".to_owned(), other.into_bytes())],
        format: Some("pearson-student-registrations".to_owned()),
        columns: columns.map(str::to_owned),
        ..Bundle::default()
    }
}

/// How bad the worst is that a rule tells.
fn worst(bundle: &Bundle, rule: &str) -> Option<Severity> {
    let groups = check(bundle).groups.into_iter();
    groups
        .filter(|group| group.rule == rule)
        .map(|group| group.severity)
        .min()
}

/// The labels of this layout are not sure, but no programme does without the state's number of a student:
/// a map makes the file readable here, and there it is still refused.
#[test]
fn a_map_makes_no_refused_file_ready() {
    let foreign = |columns| registrations("StateStudentIdentifier", "SSID", columns);
    let error = Some(Severity::Error);
    assert_eq!(worst(&foreign(None), "missing-label"), error);
    let map = "file,label,field\n,SSID,StateStudentIdentifier\n";
    assert_eq!(worst(&foreign(Some(map)), "misspelled-label"), error);
    let optional = registrations("MiddleName", "Second", None);
    let warning = Some(Severity::Warning);
    assert_eq!(worst(&optional, "missing-label"), warning);
    let map = "file,label,field\n,Second,MiddleName\n".to_owned();
    let mapped = Bundle {
        columns: Some(map),
        ..optional
    };
    assert_eq!(worst(&mapped, "misspelled-label"), warning);
}

/// Nobody can tell which of two numbers is the student's.
#[test]
fn a_needed_label_that_stands_twice_is_an_error() {
    let twice = |from, to| worst(&registrations(from, to, None), "duplicate-label");
    let needed = twice(",StateField1,", ",StateStudentIdentifier,");
    assert_eq!(needed, Some(Severity::Error));
    let optional = twice(",StateField1,", ",MiddleName,");
    assert_eq!(optional, Some(Severity::Warning));
}

#[test]
fn words_for_nothing_say_nothing_of_a_column() {
    let text = "studentId,How\n00000001,enrolled\n00000002,-\n";
    let mut bundle = bundle(text, None);
    if let Some(tables) = &mut bundle.tables {
        tables.files = "file,missing\nstudents.csv,-\n".to_owned();
    }
    let rows = propose_columns(&bundle);
    assert_eq!(fields(&rows)[1], ("How", "status", "low"), "{rows:#?}");
}

/// A column of a family has a name of its own, which a map can give.
/// Where a label may be one of two fields, by name or by what was seen for them, cells do not decide: the
/// map has the column for the field that checks read it as, or for none.
#[test]
fn a_map_has_each_label_for_the_field_that_checks_read_it_as() {
    let mut bundle = bundle("ID,Grade,Level,Name\n1,03,x,Ana\n2,04,y,Ben\n", None);
    let layout = "file,field,type,synonyms,pattern\n\
        students.csv,id,identifier,,\n\
        students.csv,grade,string,,[a-z]+\n\
        students.csv,class,string,Grade|Level,[0-9]+\n\
        students.csv,year,string,level,[a-z]+\n";
    if let Some(tables) = &mut bundle.tables {
        tables.layout = layout.to_owned();
        tables.codes.clear();
    }
    let rows = propose_columns(&bundle);
    assert_eq!(
        fields(&rows),
        [
            ("ID", "id", "high"),
            ("Grade", "grade", "low"),
            ("Level", "", ""),
            ("Name", "", ""),
        ]
    );
    assert!(rows[2].why.contains("`class` or `year`"), "{}", rows[2].why);
    let report = check(&bundle);
    let told = report.groups.iter().flat_map(|group| &group.samples);
    let told: Vec<&str> = told.map(|sample| sample.message.as_str()).collect();
    let about = |start: &str| told.iter().any(|told| told.starts_with(start));
    assert!(
        about("`03` does not match the pattern of grade"),
        "{told:#?}"
    );
    assert!(
        about("`Level` may be `class` or `year`, and is read as neither"),
        "{told:#?}"
    );
}

#[test]
fn a_map_names_columns_of_families() {
    let layout = "file,field,type\na.csv,id,string\na.csv,KC (*),string\n";
    let bundle = |columns: Option<&str>| Bundle {
        files: vec![(
            "a.csv".to_owned(),
            b"id,mood,skill,KC (x)\n1,2,3,4\n".to_vec(),
        )],
        tables: Some(Tables {
            files: "file\na.csv\n".to_owned(),
            layout: layout.to_owned(),
            codes: Vec::new(),
        }),
        columns: columns.map(str::to_owned),
        ..Bundle::default()
    };
    let rows = propose_columns(&bundle(None));
    assert_eq!(fields(&rows)[3], ("KC (x)", "KC (x)", "high"), "{rows:#?}");
    let map = "file,label,field\n,mood,KC (Mood)\n,skill,KC (*)\n";
    let fixed = fix(&bundle(Some(map)), Include::Safe, &["misspelled-label"]);
    let fixed = String::from_utf8(fixed.files[0].1.clone()).unwrap();
    assert_eq!(fixed, "id,KC (Mood),KC (skill),KC (x)\n1,2,3,4\n");
}

/// Files of several schools call one field by several words.
#[test]
fn two_labels_of_different_files_are_one_field() {
    let map = "file,label,field\n,Surname,familyName\n,Cognome,familyName\n";
    assert_eq!(worst(&bundle(SAMPLE, Some(map)), "duplicate-label"), None);
    let other = SAMPLE.replacen("Surname", "Cognome", 1);
    assert_eq!(worst(&bundle(&other, Some(map)), "duplicate-label"), None);
}

/// A map is used again for other files; what it then says in vain is told. Its cells may be separated by
/// semicolons, as many spreadsheets do.
#[test]
fn labels_of_a_map_that_no_file_has_are_told() {
    let map = "file,label,field\n,How,status\n,Why,entryDate\n,Bus,\n";
    let told = check(&bundle(SAMPLE, Some(&map.replace(',', ";")))).cannot_check;
    assert!(
        told.iter()
            .any(|told| told.contains("line 3, says `Why`, and no file has that label")),
        "{told:?}"
    );
    assert!(!told.iter().any(|told| told.contains("`How`")), "{told:?}");
}

#[test]
fn maps_that_are_wrong_say_where() {
    let codes = |_: &str| Some(CODES.to_owned());
    let layout = read(FILES, LAYOUT, &codes).unwrap();
    let header = ["First Name ", "Rufname"].map(str::to_owned);
    for (map, told) in [
        (
            "label,field\n",
            "map.csv, line 1: `file` is not among the labels",
        ),
        (
            "file,label,field\n,x,name\n",
            "map.csv, line 2, field: `name` is no field of the file",
        ),
        (
            "file,label,field\nb.csv,x,status\n",
            "map.csv, line 2, file: `b.csv` is no file of the layout",
        ),
        (
            "file,label,field\n,x,status\n,x,birthDate\n",
            "map.csv, line 3, label: `x` stands for `status`, too",
        ),
        (
            "file,label,field\n,x,status\n,x,status\n",
            "map.csv, line 3, label: `x` stands there twice",
        ),
        (
            "file,label,field\n,First Name,givenName\n,Rufname,givenName\n",
            "map.csv, line 3, field: `givenName` is `First Name`, too, and a file has both columns",
        ),
        (
            "file,label,field\n,x,status\n,\"y,birthDate\n,z,name\n",
            "map.csv, line 3: a quote is not closed",
        ),
    ] {
        for map in [map.to_owned(), map.replace('\n', "\r\n")] {
            let read = ColumnMap::read(&map, "map.csv");
            let error = read
                .and_then(|map| map.apply(&layout, Severity::Info, &[&header]))
                .map(|_| ())
                .unwrap_err();
            assert!(error.to_string().starts_with(told), "{error} {map:?}");
        }
    }
}

#[test]
fn a_map_without_a_format_is_one_for_those_that_have_its_fields() {
    let path = support::at_root("src/formats/pearson/cases/students-clean/upload.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let foreign = text.replacen("LastOrSurname", "Apellido", 1);
    assert_ne!(text, foreign);
    let bundle = |columns: &str| Bundle {
        files: vec![("upload.csv".to_owned(), foreign.clone().into_bytes())],
        columns: Some(columns.to_owned()),
        ..Bundle::default()
    };
    let report = check(&bundle(
        "file,label,field\nstudents.csv,Apellido,LastOrSurname\n",
    ));
    assert_eq!(report.format.unwrap().id, "pearson-students");
    let missing = report
        .groups
        .iter()
        .find(|group| group.rule == "missing-label");
    assert!(missing.is_none(), "{missing:?}");
}

#[test]
fn a_mapped_label_that_is_only_worth_knowing_costs_no_file() {
    let report = check(&bundle(
        SAMPLE,
        Some("file,label,field\nstudents.csv,Surname,familyName\n"),
    ));
    let mut known = report.groups.iter();
    let mapped = known.find(|group| group.severity == Severity::Info);
    assert_eq!(mapped.unwrap().consequence, Consequence::Note, "{mapped:?}");
}
