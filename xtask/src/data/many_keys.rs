//! A OneRoster 1.2 bundle with 5 million keys and 20 million references to them: what memory is
//! spent on.

use super::archive::Archive;
use super::bench::{Size, courses, head, orgs, roles, table_to};
use super::district::{FIRST_DAY, LAST_DAY, sessions};
use super::random::Uuid;
use super::table::{Table, Version, manifest};
use std::io::{self, Write};
use std::path::Path;

/// A user has 4 references, its role 2, its enrollment 3.
const USERS: u64 = 500_000;
/// A class has 6 references.
const CLASSES: u64 = 1_000_000;
/// A line item has 4 references.
const LINE_ITEMS: u64 = 2_500_000;

/// Records that other records may name, in the bundle.
pub const KEYS: u64 = 3 * USERS + CLASSES + LINE_ITEMS;
/// References in the bundle, those in lists counted one by one.
pub const REFERENCES: u64 = 9 * USERS + 6 * CLASSES + 4 * LINE_ITEMS;

/// Writes the bundle.
///
/// # Errors
/// When a file cannot be written.
pub fn write(out: &Path, seed: u64) -> io::Result<()> {
    let size = Size::of(USERS, seed);
    let names = [
        "academicSessions.csv",
        "categories.csv",
        "classes.csv",
        "courses.csv",
        "enrollments.csv",
        "lineItems.csv",
        "orgs.csv",
        "roles.csv",
        "users.csv",
    ];
    let mut categories = Table::new("categories.csv");
    categories.push(&[("sourcedId", "cat-hw"), ("title", "Homework")]);
    let mut archive = Archive::create(out)?;
    for table in [
        manifest(Version::V1P2, &names, "Synthetic"),
        sessions(),
        courses(size),
        orgs(size),
        categories,
    ] {
        archive.file(table.file, |out| table_to(out, &table))?;
    }
    archive.file("classes.csv", |out| classes(out, size))?;
    archive.file("users.csv", |out| users(out, size))?;
    archive.file("roles.csv", |out| roles(out, size))?;
    archive.file("enrollments.csv", |out| enrollments(out, size))?;
    archive.file("lineItems.csv", |out| line_items(out, size))?;
    archive.finish()
}

/// The class of this number, which is in the school of the user of this number.
fn class(size: Size, n: u64) -> Uuid {
    Uuid::of(size.seed, 8, n)
}

fn classes(out: &mut dyn Write, size: Size) -> io::Result<()> {
    head(out, "classes.csv")?;
    for n in 0..CLASSES {
        let (class, course, school) = (class(size, n), size.course(n), size.school(n));
        write!(
            out,
            "{class},,,Class {n},,{course},,scheduled,,{school},\"2027-t1,2027-t2,2027-s1,2027-s2\",,,\r\n"
        )?;
    }
    Ok(())
}

fn users(out: &mut dyn Write, size: Size) -> io::Result<()> {
    head(out, "users.csv")?;
    for n in 0..size.users {
        let agent = |step: u64| size.user((n + step) % size.users);
        let (user, school) = (size.user(n), size.school(n));
        let (first, second, third) = (agent(1), agent(7), agent(49));
        write!(
            out,
            "{user},,,true,u{n},,Ana,Lee,,,,,,\"{first},{second},{third}\",,,,,,,,{school},\r\n"
        )?;
    }
    Ok(())
}

fn enrollments(out: &mut dyn Write, size: Size) -> io::Result<()> {
    head(out, "enrollments.csv")?;
    for n in 0..size.users {
        let role = if size.teaches(n) {
            "teacher"
        } else {
            "student"
        };
        let (class, school, user) = (class(size, n), size.school(n), size.user(n));
        write!(
            out,
            "e{n},,,{class},{school},{user},{role},false,{FIRST_DAY},{LAST_DAY}\r\n"
        )?;
    }
    Ok(())
}

fn line_items(out: &mut dyn Write, size: Size) -> io::Result<()> {
    head(out, "lineItems.csv")?;
    for n in 0..LINE_ITEMS {
        let (class, school) = (class(size, n % CLASSES), size.school(n % CLASSES));
        write!(
            out,
            "{},,,Work {n},,2026-08-24,2026-08-31,{class},cat-hw,2027-q1,0,20,{school}\r\n",
            Uuid::of(size.seed, 9, n)
        )?;
    }
    Ok(())
}
