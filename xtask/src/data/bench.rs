//! Clean OneRoster bundles of any size. Identifiers follow from the seed and a number, so
//! records that refer to each other are written without remembering any.

use super::archive::Archive;
use super::district::{FIRST_DAY, LAST_DAY, sessions};
use super::names::FAMILY;
use super::random::Uuid;
use super::table::{Table, Version, labels, line, manifest};
use super::users;
use std::io::{self, Write};
use std::path::Path;

/// How the bytes of a bundle are shared out.
#[derive(Clone, Copy)]
pub struct Shares {
    /// Bytes that a user takes: the record in users.csv, a role, and its enrollments.
    pub per_user: u64,
    /// Bytes of those that are in enrollments.csv.
    pub enrollments: u64,
    /// How full its records are.
    pub users: Cells,
}

/// How full the records of users.csv are.
#[derive(Clone, Copy)]
pub enum Cells {
    /// About 300 bytes each.
    Many,
    /// About 190.
    Few,
}

/// As much in enrollments.csv as in users.csv, and a third of that in roles.csv.
pub const MIXED: Shares = Shares {
    per_user: 720,
    enrollments: 300,
    users: Cells::Few,
};

/// Nine tenths in users.csv and enrollments.csv: four or five enrollments for each user.
pub const ROSTERS: Shares = Shares {
    per_user: 1230,
    enrollments: 820,
    users: Cells::Many,
};

/// Users of a school; every twentieth is a teacher.
const USERS_PER_SCHOOL: u64 = 900;
/// Classes of a school; also the number of courses a student could take at most.
const CLASSES_PER_SCHOOL: u64 = 60;
/// Every so many users of a school one teaches.
const STUDENTS_PER_TEACHER: u64 = 20;

/// Fewer users would leave classes without students.
const FEWEST_USERS: u64 = 200;

/// How large the bundle is and what it follows from.
#[derive(Clone, Copy)]
pub struct Size {
    /// What all identifiers follow from.
    pub seed: u64,
    /// Number of users.
    pub users: u64,
    /// Number of schools.
    pub schools: u64,
    /// What users look like, and whether their roles have a file.
    pub version: Version,
}

impl Size {
    /// The size of a bundle with so many users.
    pub fn of(users: u64, seed: u64) -> Self {
        let users = users.max(FEWEST_USERS);
        Self {
            seed,
            users,
            schools: users.div_ceil(USERS_PER_SCHOOL),
            version: Version::V1P2,
        }
    }

    /// The same in another version of OneRoster.
    pub fn of_version(self, version: Version) -> Self {
        Self { version, ..self }
    }

    /// The identifier of a user.
    pub fn user(self, n: u64) -> Uuid {
        Uuid::of(self.seed, 1, n)
    }

    /// The identifier of the school of a user.
    pub fn school(self, n: u64) -> Uuid {
        Uuid::of(self.seed, 2, n % self.schools)
    }

    /// The class of one school; the numbers of a school's classes are those that leave the
    /// school's when divided by the number of schools.
    pub fn class(self, school: u64, nth: u64) -> Uuid {
        Uuid::of(
            self.seed,
            3,
            school + self.schools * (nth % CLASSES_PER_SCHOOL),
        )
    }

    /// The identifier of a course.
    pub fn course(self, nth: u64) -> Uuid {
        Uuid::of(self.seed, 4, nth % CLASSES_PER_SCHOOL)
    }

    /// Whether a user is a teacher.
    pub fn teaches(self, n: u64) -> bool {
        (n / self.schools).is_multiple_of(STUDENTS_PER_TEACHER)
    }

    /// The role of a user.
    pub fn role(self, n: u64) -> &'static str {
        if self.teaches(n) {
            "teacher"
        } else {
            "student"
        }
    }
}

/// See [`super::bundle`].
///
/// # Errors
/// When a file cannot be written, or is too large for a zip.
pub fn write(
    out: &Path,
    bytes: u64,
    seed: u64,
    shares: Shares,
    version: Version,
) -> io::Result<()> {
    let size = Size::of(bytes / shares.per_user, seed).of_version(version);
    let share = size.users * shares.enrollments;
    write_with(out, size, shares.users, &mut |out| {
        enrollments(out, size, share)
    })
}

/// A bundle whose enrollments.csv is what `fill` writes.
///
/// # Errors
/// When a file cannot be written, or is too large for a zip.
pub fn write_with(
    out: &Path,
    size: Size,
    cells: Cells,
    fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let names = [
        "academicSessions.csv",
        "classes.csv",
        "courses.csv",
        "enrollments.csv",
        "orgs.csv",
        "roles.csv",
        "users.csv",
    ];
    let mut archive = Archive::create(out)?;
    for table in [
        manifest(size.version, &names, "Synthetic"),
        sessions(),
        courses(size),
        orgs(size),
    ] {
        archive.file(table.file, |out| table_to(out, &table))?;
    }
    archive.file("classes.csv", |out| classes(out, size))?;
    archive.file("users.csv", |out| match cells {
        Cells::Many => users::many_cells(out, size),
        Cells::Few => users::few_cells(out, size),
    })?;
    if size.version == Version::V1P2 {
        archive.file("roles.csv", |out| roles(out, size))?;
    }
    archive.file("enrollments.csv", fill)?;
    archive.finish()
}

/// The header of a file.
pub fn head(out: &mut dyn Write, file: &str) -> io::Result<()> {
    out.write_all(line(&labels(file).collect::<Vec<_>>()).as_bytes())
}

/// A table as CSV.
pub fn table_to(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    head(out, table.file)?;
    table
        .rows
        .iter()
        .try_for_each(|row| out.write_all(line(row).as_bytes()))
}

/// A district and its schools.
pub fn orgs(size: Size) -> Table {
    let mut table = Table::new("orgs.csv");
    let district = Uuid::of(size.seed, 5, 0).to_string();
    table.push(&[
        ("sourcedId", &district),
        ("name", "Synthetic District"),
        ("type", "district"),
    ]);
    for n in 0..size.schools {
        table.push(&[
            ("sourcedId", &size.school(n).to_string()),
            (
                "name",
                &format!("{} School {n}", FAMILY[n as usize % FAMILY.len()]),
            ),
            ("type", "school"),
            ("identifier", &format!("{n:08}")),
            ("parentSourcedId", &district),
        ]);
    }
    table
}

/// The courses of the district.
pub fn courses(size: Size) -> Table {
    let mut table = Table::new("courses.csv");
    for n in 0..CLASSES_PER_SCHOOL {
        table.push(&[
            ("sourcedId", &size.course(n).to_string()),
            ("schoolYearSourcedId", "2027-year"),
            (
                "title",
                &format!(
                    "Course {n}, {}",
                    ["Foundations", "Practice"][n as usize % 2]
                ),
            ),
            ("courseCode", &format!("C{n:03}")),
            ("grades", "09,10,11,12"),
            ("orgSourcedId", &Uuid::of(size.seed, 5, 0).to_string()),
        ]);
    }
    table
}

fn classes(out: &mut dyn Write, size: Size) -> io::Result<()> {
    head(out, "classes.csv")?;
    for school in 0..size.schools {
        for nth in 0..CLASSES_PER_SCHOOL {
            let (class, course, org) = (
                size.class(school, nth),
                size.course(nth),
                size.school(school),
            );
            write!(
                out,
                "{class},,,\"Course {nth}, Section A\",\"09,10,11,12\",{course},C{nth:03}-A,scheduled,"
            )?;
            write!(
                out,
                "Room {},{org},\"2027-t1,2027-t2\",,,{}\r\n",
                100 + nth,
                1 + nth % 8
            )?;
        }
    }
    Ok(())
}

/// A role for every user.
pub fn roles(out: &mut dyn Write, size: Size) -> io::Result<()> {
    head(out, "roles.csv")?;
    for n in 0..size.users {
        let role = size.role(n);
        write!(
            out,
            "rol-{n},,,{},primary,{role},,,{},\r\n",
            size.user(n),
            size.school(n)
        )?;
    }
    Ok(())
}

/// One primary teacher for each class, then one class after the other for every student, until
/// `share` bytes are written.
fn enrollments(out: &mut dyn Write, size: Size, share: u64) -> io::Result<()> {
    head(out, "enrollments.csv")?;
    let (mut number, mut written) = (0, 0);
    let mut enroll = |class: Uuid, user: u64, role: &str, primary: &str| {
        let (id, school, user) = (
            Uuid::of(size.seed, 7, number),
            size.school(user),
            size.user(user),
        );
        let text =
            format!("{id},,,{class},{school},{user},{role},{primary},{FIRST_DAY},{LAST_DAY}\r\n");
        number += 1;
        written += text.len() as u64;
        out.write_all(text.as_bytes()).map(|()| written < share)
    };
    for school in 0..size.schools {
        let users = (size.users - school).div_ceil(size.schools);
        let teachers = users.div_ceil(STUDENTS_PER_TEACHER);
        for nth in 0..CLASSES_PER_SCHOOL {
            let teacher = school + size.schools * STUDENTS_PER_TEACHER * (nth % teachers);
            enroll(size.class(school, nth), teacher, "teacher", "true")?;
        }
    }
    for round in 0..CLASSES_PER_SCHOOL {
        for n in (0..size.users).filter(|n| !size.teaches(*n)) {
            let class = size.class(n % size.schools, n / size.schools + round);
            if !enroll(class, n, "student", "false")? {
                return Ok(());
            }
        }
    }
    Ok(())
}
