//! Clean bundles of any size in ManageBac's dialect: one school with one program. Every twentieth
//! user teaches, every fourth is a parent, all others are students with one parent.

use super::archive::Archive;
use super::names::{FAMILY, GIVEN, plain};
use super::random::{Random, Uuid};
use std::io::{self, Write};
use std::path::Path;

/// The labels of every file, from the format's own description.
const LAYOUT: &str = include_str!("../../../src/formats/managebac/layout.csv");

/// Bytes that a user takes: the record in users.csv, a role, and its enrollments.
const PER_USER: u64 = 1160;
/// Bytes of those that are in enrollments.csv.
const ENROLLMENTS: u64 = 820;
/// Users for each class.
const USERS_PER_CLASS: u64 = 15;
/// Fewer users would leave classes without students.
const FEWEST_USERS: u64 = 200;

const SMALL: [(&str, &str); 4] = [
    (
        "manifest.csv",
        "manifest.version,1.0\r\noneroster.version,1.2\r\nfile.academicSessions,bulk\r\n\
         file.categories,absent\r\nfile.classes,bulk\r\nfile.courses,bulk\r\n\
         file.demographics,absent\r\nfile.enrollments,bulk\r\nfile.orgs,bulk\r\nfile.roles,bulk\r\n\
         file.users,bulk\r\nsource.systemName,Synthetic\r\nsource.systemCode,SYN-1\r\n",
    ),
    (
        "academicSessions.csv",
        "y,,,2026-2027,schoolYear,2026-08-17,2027-06-12,,2027,p\r\n\
         t1,,,Fall,term,2026-08-17,2027-01-16,y,2027,p\r\n\
         t2,,,Spring,term,2027-01-16,2027-06-12,y,2027,p\r\n",
    ),
    (
        "orgs.csv",
        "s,,,Synthetic School,school,,\r\np,,,Diploma Programme,ext:program,DP,s\r\n",
    ),
    (
        "courses.csv",
        "c,,,,Mathematics,,,p,\"Analysis,Applications\",\"AA,AI\",,,,,\r\n",
    ),
];

#[derive(Clone, Copy)]
struct Size {
    seed: u64,
    users: u64,
}

impl Size {
    fn user(self, n: u64) -> Uuid {
        Uuid::of(self.seed, 1, n)
    }

    fn class(self, n: u64) -> Uuid {
        Uuid::of(self.seed, 3, n % self.classes())
    }

    fn classes(self) -> u64 {
        self.users / USERS_PER_CLASS
    }

    fn students(self) -> impl Iterator<Item = u64> {
        (0..self.users).filter(|n| role(*n) == "student")
    }
}

fn role(n: u64) -> &'static str {
    match (n % 20, n % 4) {
        (0, _) => "teacher",
        (_, 1) => "parent",
        _ => "student",
    }
}

/// See [`super::bundle`].
///
/// # Errors
/// When a file cannot be written, or is too large for a zip.
pub fn write(out: &Path, bytes: u64, seed: u64) -> io::Result<()> {
    let users = (bytes / PER_USER).max(FEWEST_USERS);
    let size = Size { seed, users };
    let mut archive = Archive::create(out)?;
    for (name, rows) in SMALL {
        archive.file(name, |out| {
            head(out, name)?;
            out.write_all(rows.as_bytes())
        })?;
    }
    archive.file("classes.csv", |out| classes(out, size))?;
    archive.file("users.csv", |out| people(out, size))?;
    archive.file("roles.csv", |out| roles(out, size))?;
    archive.file("enrollments.csv", |out| enrollments(out, size))?;
    archive.finish()
}

fn head(out: &mut dyn Write, file: &str) -> io::Result<()> {
    let rows = LAYOUT.lines().map(|line| line.split(','));
    let labels = rows.filter_map(|mut cells| {
        let is_its = cells.next() == Some(file);
        cells.next().filter(|_| is_its)
    });
    write!(out, "{}\r\n", labels.collect::<Vec<_>>().join(","))
}

fn classes(out: &mut dyn Write, size: Size) -> io::Result<()> {
    head(out, "classes.csv")?;
    (0..size.classes()).try_for_each(|n| {
        write!(
            out,
            "{},,,\"Class {n}, Section A\",\"11,12\",c,C{n:05},scheduled,,s,\"t1,t2\",Analysis,AA,{},\r\n",
            size.class(n),
            1 + n % 8
        )
    })
}

fn people(out: &mut dyn Write, size: Size) -> io::Result<()> {
    head(out, "users.csv")?;
    let mut random = Random::new(size.seed);
    (0..size.users).try_for_each(|n| {
        let (given, family) = (random.pick(&GIVEN), random.pick(&FAMILY));
        let name = format!(
            "{}.{}{n}@synthetic.example.org",
            plain(given),
            plain(family)
        );
        let (agent, grade) = match role(n) {
            "student" => (size.user(n - (n + 3) % 4).to_string(), "11"),
            _ => (String::new(), ""),
        };
        let (id, master) = (size.user(n), Uuid::of(size.seed, 6, n));
        write!(
            out,
            "{id},,,true,{name},\"{{SIS:{n}}},{{LDAP:{n}}}\",{given},{family},,{n:08},{name},,,\
             {agent},{grade},,{master},{given},,,s,\r\n"
        )
    })
}

fn roles(out: &mut dyn Write, size: Size) -> io::Result<()> {
    head(out, "roles.csv")?;
    (0..size.users).try_for_each(|n| {
        let (role, user) = (role(n), size.user(n));
        let org = if role == "student" { "p" } else { "s" };
        write!(out, "rol-{n},,,{user},primary,{role},,,{org},\r\n")
    })
}

/// A teacher for each class, then one class after the other for every student, until there are
/// enough bytes.
fn enrollments(out: &mut dyn Write, size: Size) -> io::Result<()> {
    head(out, "enrollments.csv")?;
    let teachers = (0..size.classes()).map(|n| (n, n * 20 % (size.users / 20 * 20), "teacher"));
    let rounds = (0..size.classes()).flat_map(|round| {
        let students = size.students();
        students.map(move |n| (n + round, n, "student"))
    });
    let mut left = size.users * ENROLLMENTS;
    for (number, (class, user, role)) in teachers.chain(rounds).enumerate() {
        let id = Uuid::of(size.seed, 7, number as u64);
        let (class, user) = (size.class(class), size.user(user));
        let text = format!("{id},,,{class},s,{user},{role},,2026-08-17,2027-06-12\r\n");
        out.write_all(text.as_bytes())?;
        left = left.saturating_sub(text.len() as u64);
        if left == 0 {
            break;
        }
    }
    Ok(())
}
