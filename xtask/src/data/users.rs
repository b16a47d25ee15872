//! Large users.csv: with few cells filled, or most of them, as wide as real exports have them.

use super::bench::Size;
use super::names::{FAMILY, GIVEN, plain};
use super::random::{Random, Uuid};
use super::table::{Version, cell, line};
use std::io::{self, Write};

const GRADES: [&str; 13] = [
    "KG", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12",
];

/// Writes users.csv: two in three with a list of identifiers or agents in quotes, some names with
/// commas or quotes in them.
pub fn many_cells(out: &mut dyn Write, size: Size) -> io::Result<()> {
    head(out, size)?;
    let mut random = Random::new(size.seed);
    for n in 0..size.users {
        let (given, family) = (random.pick(&GIVEN), random.pick(&FAMILY));
        let username = format!("{}.{n:07}", plain(given));
        let family = match random.below(100) {
            0..2 => cell(&format!("{family}, Jr.")),
            2..3 => cell(&format!("{family} \"Sunny\"")),
            _ => family.to_owned(),
        };
        let ids = if random.chance(30) {
            format!("\"{{SIS:{}}},{{LDAP:{}}}\"", 1_000_000 + n, 77 * n)
        } else {
            format!("{{SIS:{}}}", 1_000_000 + n)
        };
        let middle = optional(&mut random, 33, |random| random.pick(&GIVEN).to_owned());
        let sms = optional(&mut random, 25, |random| {
            format!("+1555{:07}", random.below(10_000_000))
        });
        let preferred = optional(&mut random, 20, |random| random.pick(&GIVEN).to_owned());
        write!(
            out,
            "{},,,true,{}{username},{ids},{given},{family},{middle},{:08},",
            size.user(n),
            home(size, n),
            900_000 + n
        )?;
        write!(
            out,
            "{username}@students.district{}.example.org,{sms},,{},{},",
            random.below(40),
            agents(&mut random, size),
            if size.teaches(n) {
                ""
            } else {
                random.pick(&GRADES)
            },
        )?;
        let pronouns = random.pick(&["", "", "she/her", "he/him"]);
        rest(out, size, n, &preferred, pronouns)?;
    }
    Ok(())
}

/// Writes users.csv with what most need of it.
pub fn few_cells(out: &mut dyn Write, size: Size) -> io::Result<()> {
    head(out, size)?;
    let mut random = Random::new(size.seed);
    for n in 0..size.users {
        let (given, family) = (random.pick(&GIVEN), random.pick(&FAMILY));
        let name = format!("{}.{}{n}", plain(given), plain(family));
        let ids = format!("\"{{district:{n:08}}},{{ldap:{name}}}\"");
        let middle = if random.chance(40) {
            random.pick(&GIVEN)
        } else {
            ""
        };
        let family = if random.chance(3) {
            cell(&format!("{family}, Jr."))
        } else {
            family.to_owned()
        };
        let nick = if random.chance(5) {
            cell(&format!("{given} \"Sunny\""))
        } else {
            given.to_owned()
        };
        let grade = if size.teaches(n) {
            ""
        } else {
            ["09", "10", "11", "12"][random.below(4)]
        };
        write!(
            out,
            "{},,,true,{}{name},{ids},{given},{family},{middle},{n:08},",
            size.user(n),
            home(size, n)
        )?;
        write!(
            out,
            "{name}@example.org,,+1 555 555 {:04},,{grade},",
            random.below(10_000)
        )?;
        rest(out, size, n, &nick, "")?;
    }
    Ok(())
}

fn head(out: &mut dyn Write, size: Size) -> io::Result<()> {
    let labels: Vec<_> = size.version.labels("users.csv").collect();
    out.write_all(line(&labels).as_bytes())
}

/// The school and the role, where users have them with them.
fn home(size: Size, n: u64) -> String {
    match size.version {
        Version::V1P1 => format!("{},{},", size.school(n), size.role(n)),
        Version::V1P2 => String::new(),
    }
}

/// What 1.2 added, and the end of the line.
fn rest(
    out: &mut dyn Write,
    size: Size,
    n: u64,
    preferred: &str,
    pronouns: &str,
) -> io::Result<()> {
    if size.version == Version::V1P2 {
        let (person, school) = (Uuid::of(size.seed, 6, n), size.school(n));
        write!(out, ",{person},,{preferred},,,{school},{pronouns}")?;
    }
    out.write_all(b"\r\n")
}

/// Half have one agent, three in ten two.
fn agents(random: &mut Random, size: Size) -> String {
    let mut agent = || size.user(random.next() % size.users).to_string();
    let (first, second) = (agent(), agent());
    match random.below(10) {
        0..5 => first,
        5..8 => format!("\"{first},{second}\""),
        _ => String::new(),
    }
}

fn optional(
    random: &mut Random,
    percent: usize,
    value: impl FnOnce(&mut Random) -> String,
) -> String {
    if random.chance(percent) {
        value(random)
    } else {
        String::new()
    }
}
