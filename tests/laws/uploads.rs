//! Files for PearsonAccess as people really hand them in: each data type and layout, with faults put in
//! here and there, most of them in the header.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::generate::{Fault, Files, Pool, Table, fault};

macro_rules! cases {
    ($($name:literal),*) => {
        &[$(include_str!(concat!("../../src/formats/pearson/cases/", $name))),*]
    };
}

/// A file of each data type and layout without any fault.
const CLEAN: &[&str] = cases![
    "registrations-2016-clean/upload.csv",
    "registrations-2018-clean/upload.csv",
    "registrations-nj-2022-clean/upload.csv",
    "registrations-il-2023-clean/upload.csv",
    "registrations-co-2021-clean/upload.csv",
    "students-clean/upload.csv",
    "needs-clean/upload.csv",
    "preid-clean/upload.csv",
    "attempts-clean/upload.csv",
    "online-attempts-clean/upload.csv",
    "users-clean/upload.csv",
    "organizations-clean/upload.csv",
    "participation-clean/upload.csv",
    "preloads-clean/upload.csv"
];

/// What a bundle is made of, and files with faults of their own.
const OTHERS: &[&str] = cases![
    "together/reg.csv",
    "together/barcodes.csv",
    "together/online.csv",
    "together/orgs.csv",
    "together/part.csv",
    "registrations-2016-faulty/upload.csv",
    "registrations-nj-2022-faulty/upload.csv",
    "registrations-co-2021-faulty/upload.csv",
    "attempts-faulty/upload.csv",
    "online-attempts-faulty/upload.csv",
    "needs-faulty/upload.csv",
    "participation-faulty/upload.csv",
    "three-programmes/mixed.csv",
    "spaced-labels/sr.csv",
    "results-export/results.csv"
];

const POOL: Pool = Pool {
    cells: &[
        b"",
        b" ",
        b"\"\"",
        b"Y",
        b"y",
        b"N",
        b"B",
        b"IEP",
        b"504",
        b"01",
        b"1",
        b"3",
        b"05",
        b"0",
        b"40",
        b"38.0",
        b"CO",
        b"MD",
        b"NJ",
        b"co",
        b"880",
        b"0880",
        b"1234",
        b"4071000031",
        b"407100003",
        b"4.071E+09",
        b"1.23457E+11",
        b"'0880",
        b"\"=\"\"0880\"\"\"",
        b"12/5/2014",
        b"2014-12-05",
        b"5/12/2014 00:00",
        b"2014-13-40",
        b"41978",
        b"2026-08-01T09:15:00",
        b"2025-08-01 09:15:00",
        b"NULL",
        b"n/a",
        b"none",
        b"#N/A",
        b"O\xE2\x80\x99Neil",
        b"Jos\xC3\xA9",
        b"Jos\xE9",
        b"Lee ",
        b" Ana",
        b"\"Lee, Ana\"",
        b"Lee, Ana",
        b"MAT05",
        b"mat05",
        b"ELA05",
        b"SC05",
        b"O",
        b"P",
        b"p",
        b"Attempt",
        b"Assign",
        b"attempt",
        b"ana@",
        b"ana@larkmoor.example",
        b"Public School",
        b"School Test Coordinator Role",
        b"x\x01y",
        b"\"a\nb\"",
        b"\"a",
        b"a\"b",
        b"123456789012345678901234567890123456789012345678901234567890123456789",
    ],
    labels: &[
        b"",
        b" ",
        b"State",
        b"StateAbbreviation",
        b"state abbreviation",
        b" TestCode ",
        b"\"TestCode\"",
        b"Test Code",
        b"SASID",
        b"State Student ID",
        b"StateStudentIdentifier",
        b"Last Name",
        b"LastOrSurname",
        b"Date of Birth",
        b"Gender",
        b"Sex",
        b"Grade",
        b"GradeLevelWhenAssessed",
        b"PARCCStudentIdentifier",
        b"PearsonStudentIdentifier",
        b"ELAccommodation",
        b"TextToSpeech",
        b"Text To Speech",
        b"AccommodationType",
        b"PreIDBarcode",
        b"TotalTestItems",
        b"Unit1FormID",
        b"TestStatus",
        b"SessionName",
        b"ClassName",
        b"StateField1",
        b"FILLER",
        b"FILLER_1",
        b"OrganizationCode",
        b"Organization Code",
        b"ParentOrganizationCode",
        b"Mailing contact ZIP",
        b"AdministrationCode",
        b"Username",
        b"Email",
        b"ClaimCode",
        b"TestScaleScore",
        b"extra",
        b"metadata.x",
        b"caf\xE9",
        b"x\"y",
    ],
};

/// Faults of a header.
fn header_fault() -> impl Strategy<Value = Fault> {
    let i = any::<Index>;
    prop_oneof![
        3 => i().prop_map(Fault::DropLabel),
        2 => (i(), i()).prop_map(|(c, v)| Fault::Label(c, v)),
        2 => (i(), i()).prop_map(|(c, v)| Fault::AddColumn(c, v)),
        1 => (i(), i()).prop_map(|(a, b)| Fault::SwapColumns(a, b)),
        1 => (i(), i()).prop_map(|(a, b)| Fault::DropLabels(a, b)),
    ]
}

/// A file named so.
fn table(at: usize, text: &str) -> Table {
    Table::new(&format!("upload{at}.csv"), text, POOL)
}

/// Each file without any fault, on its own.
pub fn clean_uploads() -> Vec<Files> {
    let file = |text: &&str| table(0, text).into_files();
    CLEAN.iter().map(file).collect()
}

/// One file, or some that belong together or not, with some faults.
pub fn faulty_uploads() -> impl Strategy<Value = Files> {
    let all: Vec<&str> = [CLEAN, OTHERS].concat();
    let one = select(all).prop_map(|text| vec![text]);
    let some = prop::sample::subsequence(OTHERS[..5].to_vec(), 2..=5);
    let faults = prop_oneof![fault().prop_map(|(_, fault)| fault), header_fault()];
    let faults = prop::collection::vec((any::<Index>(), faults), 0..8);
    (prop_oneof![6 => one, 1 => some], faults).prop_map(|(texts, faults)| {
        let tables = texts.iter().enumerate();
        let mut tables: Vec<Table> = tables.map(|(at, text)| table(at, text)).collect();
        for (at, fault) in faults {
            let at = at.index(tables.len());
            // Without any file there is nothing to check.
            if at > 0 || !matches!(fault, Fault::Leave) {
                tables[at].apply(fault);
            }
        }
        Files(
            tables
                .into_iter()
                .flat_map(|table| table.into_files().0)
                .collect(),
        )
    })
}
