//! Clean Student Registrations of PearsonAccess next: wide, and most cells of a record empty. Each
//! student is registered for two tests.

use super::names::{FAMILY, GIVEN};
use super::random::Random;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// The labels, from the format's own description.
const LAYOUT: &str = include_str!("../../../src/formats/pearson/student-registrations/layout.csv");
/// The layout that is written.
const FILE: &str = "student-registrations.csv";
/// Columns that some programmes alone have.
const LEFT_OUT: [&str; 1] = ["Filler"];

const SEXES: [&str; 2] = ["F", "M"];
const ANSWERS: [&str; 4] = ["N", "N", "N", "Y"];
/// Students of a school.
const STUDENTS_PER_SCHOOL: u64 = 400;

/// Writes `registrations.csv`.
///
/// # Errors
/// When a file cannot be written.
pub fn write(out: &Path, bytes: u64, seed: u64) -> io::Result<()> {
    fs::create_dir_all(out)?;
    let mut out = BufWriter::new(File::create(out.join("registrations.csv"))?);
    let labels = labels();
    let head = labels.join(",") + "\r\n";
    out.write_all(head.as_bytes())?;
    let mut random = Random::new(seed);
    let (mut written, mut student) = (head.len() as u64, 0);
    while written < bytes {
        let person = person(&mut random, student);
        for test in ["MAT", "ELA"] {
            let record = record(&labels, &person, test);
            out.write_all(record.as_bytes())?;
            written += record.len() as u64;
        }
        student += 1;
    }
    out.flush()
}

fn labels() -> Vec<&'static str> {
    let rows = LAYOUT.lines().map(|line| line.split(','));
    let labels = rows.filter_map(|mut cells| (cells.next() == Some(FILE)).then(|| cells.next())?);
    labels.filter(|label| !LEFT_OUT.contains(label)).collect()
}

/// The cells that all records of a student have.
fn person(random: &mut Random, n: u64) -> Vec<(&'static str, String)> {
    let school = n / STUDENTS_PER_SCHOOL;
    let grade = 3 + random.below(6);
    let born = format!(
        "{}-{:02}-{:02}",
        2026 - 6 - grade,
        1 + random.below(8),
        1 + random.below(28)
    );
    let is_disabled = random.chance(10);
    let mut answer = || random.pick(&ANSWERS).to_owned();
    let mut cells = vec![
        ("EnglishLearnerEL", answer()),
        (
            "TitleIIILimitedEnglishProficientParticipationStatus",
            answer(),
        ),
        ("GiftedandTalented", answer()),
        ("MigrantStatus", answer()),
        ("EconomicDisadvantageStatus", answer()),
        ("HispanicOrLatinoEthnicity", answer()),
        ("StateAbbreviation", "CO".to_owned()),
        ("TestingDistrictCode", format!("{:04}", 1000 + school / 40)),
        ("TestingSchoolCode", format!("{:04}", 1000 + school % 9000)),
        (
            "StateStudentIdentifier",
            format!("{:010}", 4_000_000_000 + n * 7),
        ),
        ("LocalStudentIdentifier", format!("{}", 700_000 + n)),
        ("LastOrSurname", ascii(random, &FAMILY).to_owned()),
        (
            "FirstName",
            format!("{} {}", ascii(random, &GIVEN), letters(n)),
        ),
        ("Birthdate", born),
        ("Sex", random.pick(&SEXES).to_owned()),
        ("GradeLevelWhenAssessed", format!("{grade:02}")),
        ("White", "Y".to_owned()),
        ("Retest", "N".to_owned()),
        ("TestFormat", "O".to_owned()),
    ];
    if is_disabled {
        let plan = [
            ("StudentWithDisabilities", "IEP"),
            ("PrimaryDisabilityType", "SLD"),
            ("FrequentBreaks", "Y"),
            ("ExtendedTime", "IEP504"),
        ];
        cells.extend(plan.map(|(label, value)| (label, value.to_owned())));
    }
    cells
}

/// A name in the letters that the format allows.
fn ascii<'a>(random: &mut Random, names: &[&'a str]) -> &'a str {
    loop {
        let name = random.pick(names);
        if name.is_ascii() {
            return name;
        }
    }
}

/// A number in letters, so that no two students have one name.
fn letters(n: u64) -> String {
    let digit = |place: u32| char::from(b'A' + (n / 26_u64.pow(place) % 26) as u8);
    (0..5).rev().map(digit).collect()
}

fn record(labels: &[&str], person: &[(&str, String)], test: &str) -> String {
    let value = |wanted: &str| {
        let found = person.iter().find(|(label, _)| *label == wanted);
        found.map_or("", |(_, value)| value)
    };
    let code = format!("{test}{}", value("GradeLevelWhenAssessed"));
    let session = format!("{code} School {}", value("TestingSchoolCode"));
    let cells = labels.iter().map(|label| match *label {
        "TestCode" => &code,
        "SessionName" => &session,
        other => value(other),
    });
    cells.collect::<Vec<_>>().join(",") + "\r\n"
}
