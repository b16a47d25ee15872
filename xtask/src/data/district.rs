//! The clean sample: Larkmoor, a district of three schools in its school year 2026 to 2027, with
//! every rule of OneRoster 1.2 kept.

use super::schools::SCHOOLS;
use super::table::{Table, Version, manifest};
use super::{gradebook, people};

/// The district itself.
pub const DISTRICT: &str = "lmk-district";
/// First day of the school year.
pub const FIRST_DAY: &str = "2026-08-17";
/// The day on which the first term has ended and the second begins.
pub const MIDYEAR: &str = "2027-01-16";
/// The day after the last day of the school year.
pub const LAST_DAY: &str = "2027-06-12";

/// A class: a course, taught to one of two sections.
pub struct Class {
    /// Position of the school in [`SCHOOLS`].
    pub school: usize,
    /// Position of the course in the school.
    pub course: usize,
    /// 1 or 2.
    pub section: usize,
}

impl Class {
    /// The `sourcedId`.
    pub fn id(&self) -> String {
        let school = &SCHOOLS[self.school];
        format!(
            "cls-{}-{}-{}",
            school.letter, school.courses[self.course][0], self.section
        )
    }

    /// The terms in which the class runs: the last course of a school is taught to one section
    /// after the other, all others all year.
    pub fn terms(&self) -> &'static str {
        match (self.course, self.section) {
            (3, 1) => "2027-t1",
            (3, _) => "2027-t2",
            _ => "2027-t1,2027-t2",
        }
    }

    /// First day, and the day after the last.
    pub fn dates(&self) -> [&'static str; 2] {
        match self.terms() {
            "2027-t1" => [FIRST_DAY, MIDYEAR],
            "2027-t2" => [MIDYEAR, LAST_DAY],
            _ => [FIRST_DAY, LAST_DAY],
        }
    }
}

/// All classes.
pub fn classes() -> impl Iterator<Item = Class> {
    (0..24).map(|n| Class {
        school: n / 8,
        course: n / 2 % 4,
        section: n % 2 + 1,
    })
}

/// The whole bundle, manifest first.
pub fn clean() -> Vec<Table> {
    let people = people::people();
    let [categories, line_items, results] = gradebook::gradebook(&people.enrollments);
    let data = [
        sessions(),
        categories,
        class_table(),
        course_table(),
        people.demographics,
        people.enrollments,
        line_items,
        orgs(),
        results,
        people.roles,
        people.users,
    ];
    let present: Vec<_> = data.iter().map(|t| t.file).collect();
    std::iter::once(manifest(
        Version::V1P2,
        &present,
        "Larkmoor Student Records",
    ))
    .chain(data)
    .collect()
}

/// A school year with two semesters; a term in each; two grading periods in each term.
pub fn sessions() -> Table {
    let mut table = Table::new("academicSessions.csv");
    for [id, title, kind, start, end, parent] in [
        [
            "2027-year",
            "School Year 2026-2027",
            "schoolYear",
            FIRST_DAY,
            LAST_DAY,
            "",
        ],
        [
            "2027-s1",
            "First Semester",
            "semester",
            FIRST_DAY,
            MIDYEAR,
            "2027-year",
        ],
        [
            "2027-s2",
            "Second Semester",
            "semester",
            MIDYEAR,
            LAST_DAY,
            "2027-year",
        ],
        [
            "2027-t1",
            "Fall Term",
            "term",
            FIRST_DAY,
            MIDYEAR,
            "2027-s1",
        ],
        [
            "2027-t2",
            "Spring Term",
            "term",
            MIDYEAR,
            LAST_DAY,
            "2027-s2",
        ],
        [
            "2027-q1",
            "Quarter 1",
            "gradingPeriod",
            FIRST_DAY,
            "2026-10-19",
            "2027-t1",
        ],
        [
            "2027-q2",
            "Quarter 2",
            "gradingPeriod",
            "2026-10-19",
            MIDYEAR,
            "2027-t1",
        ],
        [
            "2027-q3",
            "Quarter 3",
            "gradingPeriod",
            MIDYEAR,
            "2027-03-22",
            "2027-t2",
        ],
        [
            "2027-q4",
            "Quarter 4",
            "gradingPeriod",
            "2027-03-22",
            LAST_DAY,
            "2027-t2",
        ],
    ] {
        table.push(&[
            ("sourcedId", id),
            ("title", title),
            ("type", kind),
            ("startDate", start),
            ("endDate", end),
            ("parentSourcedId", parent),
            ("schoolYear", "2027"),
        ]);
    }
    table
}

fn orgs() -> Table {
    let mut table = Table::new("orgs.csv");
    let district = [
        ("name", "Larkmoor Unified School District"),
        ("type", "district"),
        ("identifier", "0990100"),
    ];
    table.push(&[&[("sourcedId", DISTRICT)], &district[..]].concat());
    for (n, school) in SCHOOLS.iter().enumerate() {
        table.push(&[
            ("sourcedId", school.id),
            ("name", school.name),
            ("type", "school"),
            ("identifier", &format!("09901000{}", n + 1)),
            ("parentSourcedId", DISTRICT),
        ]);
    }
    table
}

fn course_table() -> Table {
    let mut table = Table::new("courses.csv");
    for school in &SCHOOLS {
        for [key, title, subjects, codes] in school.courses {
            table.push(&[
                ("sourcedId", &format!("crs-{}-{key}", school.letter)),
                ("schoolYearSourcedId", "2027-year"),
                ("title", title),
                (
                    "courseCode",
                    &format!("{}-{key}", school.letter).to_uppercase(),
                ),
                ("grades", &school.grades.join(",")),
                ("orgSourcedId", school.id),
                ("subjects", subjects),
                ("subjectCodes", codes),
            ]);
        }
    }
    table
}

fn class_table() -> Table {
    let mut table = Table::new("classes.csv");
    for (n, class) in classes().enumerate() {
        let school = &SCHOOLS[class.school];
        let [key, title, subjects, codes] = school.courses[class.course];
        let letter = school.letter;
        let kind = if class.school == 0 && class.course == 0 {
            "homeroom"
        } else {
            "scheduled"
        };
        let grades = match (class.school, class.section) {
            (0, 1) => "KG,01,02".to_owned(),
            (0, _) => "03,04,05".to_owned(),
            _ => school.grades.join(","),
        };
        let wing = if n % 3 == 0 { ", North Wing" } else { "" };
        let periods = if n % 4 == 1 {
            "1,3,5".to_owned()
        } else {
            (n % 8 + 1).to_string()
        };
        table.push(&[
            ("sourcedId", &class.id()),
            ("title", &format!("{title} - Section {}", class.section)),
            ("grades", &grades),
            ("courseSourcedId", &format!("crs-{letter}-{key}")),
            (
                "classCode",
                &format!("{letter}-{key}-{}", class.section).to_uppercase(),
            ),
            ("classType", kind),
            ("location", &format!("Room {}{wing}", 101 + n)),
            ("schoolSourcedId", school.id),
            ("termSourcedIds", class.terms()),
            ("subjects", subjects),
            ("subjectCodes", codes),
            ("periods", &periods),
        ]);
    }
    table
}
