//! The people of the clean sample, with their roles and classes: those who teach and who run the
//! schools here, students and their parents in [`families`].

use super::district::{Class, DISTRICT, classes};
use super::families;
use super::names::{FAMILY, GIVEN, plain};
use super::random::Random;
use super::schools::SCHOOLS;
use super::table::Table;

/// The four files about people.
pub struct People {
    /// users.csv
    pub users: Table,
    /// roles.csv
    pub roles: Table,
    /// enrollments.csv
    pub enrollments: Table,
    /// demographics.csv
    pub demographics: Table,
}

/// Everybody.
pub fn people() -> People {
    let mut people = People {
        users: Table::new("users.csv"),
        roles: Table::new("roles.csv"),
        enrollments: Table::new("enrollments.csv"),
        demographics: Table::new("demographics.csv"),
    };
    let mut random = Random::new(2027);
    staff(&mut people, &mut random);
    families::students(&mut people, &mut random);
    people
}

/// What users.csv says of a person beyond what follows from the number.
pub struct Person<'a> {
    /// Their `sourcedId`.
    pub id: String,
    /// A number of their own, from which identifiers and names for signing in follow.
    pub number: usize,
    /// Given name.
    pub given: &'a str,
    /// Family name.
    pub family: &'a str,
    /// Main organisation.
    pub org: &'a str,
    /// Parents or children, as a list.
    pub agents: String,
    /// Grade of a student; nobody else has one.
    pub grade: &'a str,
}

/// Adds a user.
pub fn add_user(people: &mut People, random: &mut Random, person: &Person) {
    let (number, student) = (person.number, !person.grade.is_empty());
    let identifier = format!("{number:06}");
    let name = format!(
        "{}.{}{}",
        plain(person.given),
        plain(person.family),
        number % 1000
    );
    let ids = if number.is_multiple_of(3) {
        format!("{{district:{identifier}}},{{ldap:{name}}}")
    } else {
        format!("{{district:{identifier}}}")
    };
    let middle = if random.chance(30) {
        random.pick(&GIVEN)
    } else {
        ""
    };
    let nick = if number.is_multiple_of(29) {
        format!("{} \"Sunny\"", person.given)
    } else {
        String::new()
    };
    let phone = if student {
        String::new()
    } else {
        format!("+1 555 555 {:04}", 100 + number % 100)
    };
    people.users.push(&[
        ("sourcedId", &person.id),
        (
            "enabledUser",
            if number % 61 == 7 { "false" } else { "true" },
        ),
        ("username", &name),
        ("userIds", &ids),
        ("givenName", person.given),
        ("familyName", person.family),
        ("middleName", middle),
        ("identifier", &identifier),
        ("email", &format!("{name}@example.org")),
        ("phone", &phone),
        ("agentSourcedIds", &person.agents),
        ("grades", person.grade),
        ("userMasterIdentifier", &format!("LMK-{identifier}")),
        ("preferredGivenName", &nick),
        ("primaryOrgSourcedId", person.org),
        (
            "pronouns",
            ["", "", "she/her", "he/him", "", "they/them"][random.below(6)],
        ),
    ]);
}

/// Adds a role of a user in an organisation.
pub fn add_role(people: &mut People, user: &str, kind: &str, role: &str, org: &str) {
    let id = format!("rol-{:04}", people.roles.rows.len() + 1);
    people.roles.push(&[
        ("sourcedId", &id),
        ("userSourcedId", user),
        ("roleType", kind),
        ("role", role),
        (
            "beginDate",
            if role == "parent" { "" } else { "2026-08-01" },
        ),
        ("orgSourcedId", org),
    ]);
}

/// Adds a user to a class.
pub fn enroll(people: &mut People, class: &Class, user: &str, role: &str, primary: &str) {
    let id = format!("enr-{:05}", people.enrollments.rows.len() + 1);
    let [begin, end] = class.dates();
    // Some systems leave the dates to the terms.
    let [begin, end] = if people.enrollments.rows.len() % 10 == 9 {
        ["", ""]
    } else {
        [begin, end]
    };
    people.enrollments.push(&[
        ("sourcedId", &id),
        ("classSourcedId", &class.id()),
        ("schoolSourcedId", SCHOOLS[class.school].id),
        ("userSourcedId", user),
        ("role", role),
        ("primary", primary),
        ("beginDate", begin),
        ("endDate", end),
    ]);
}

/// Someone for the whole district, a principal each, and the teachers: every class has one primary
/// teacher, some have a second.
fn staff(people: &mut People, random: &mut Random) {
    let mut number = 100;
    let mut hire = |people: &mut People, role: &str, org: &str| {
        number += 1;
        let (id, given, family) = (
            format!("stf-{number:04}"),
            random.pick(&GIVEN),
            random.pick(&FAMILY),
        );
        let person = Person {
            id: id.clone(),
            number,
            given,
            family,
            org,
            agents: String::new(),
            grade: "",
        };
        add_user(people, random, &person);
        add_role(people, &id, "primary", role, org);
        id
    };
    hire(people, "districtAdministrator", DISTRICT);
    for (at, school) in SCHOOLS.iter().enumerate() {
        hire(people, "principal", school.id);
        let teachers: Vec<_> = (0..school.teachers)
            .map(|_| hire(people, "teacher", school.id))
            .collect();
        add_role(people, &teachers[0], "secondary", "counselor", school.id);
        for (n, class) in classes().filter(|c| c.school == at).enumerate() {
            enroll(
                people,
                &class,
                &teachers[n % teachers.len()],
                "teacher",
                "true",
            );
            if n == 2 {
                enroll(
                    people,
                    &class,
                    &teachers[6 % teachers.len()],
                    "teacher",
                    "false",
                );
            }
        }
    }
}
