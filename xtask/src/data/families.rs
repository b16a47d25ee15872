//! The students of the clean sample and their parents, with personal attributes of the students.

use super::district::classes;
use super::names::{FAMILY, GIVEN};
use super::people::{People, Person, add_role, add_user, enroll};
use super::random::Random;
use super::schools::{SCHOOLS, School};

/// Students of each school.
const STUDENTS: usize = 50;

/// The parents in a home, and the children with their schools.
type Home<'a> = (Vec<String>, Vec<(String, &'a School)>);

/// The students with their parents. Every fourth student after the first school has a brother or
/// sister in the school before; every fifth has two parents here, the others one.
pub fn students(people: &mut People, random: &mut Random) {
    let mut families: Vec<(&str, Vec<String>)> = Vec::new();
    let mut homes: Vec<Home> = Vec::new();
    for (at, school) in SCHOOLS.iter().enumerate() {
        for n in 0..STUDENTS {
            let nth = at * STUDENTS + n;
            let sibling = (at > 0 && n % 4 == 0).then(|| nth - STUDENTS);
            let family = match sibling {
                Some(older) => families[older].clone(),
                None => {
                    let parents = 1 + usize::from(n % 5 == 0);
                    let ids = (0..parents)
                        .map(|p| format!("par-{:04}", 1000 + 2 * nth + p))
                        .collect();
                    (random.pick(&FAMILY), ids)
                }
            };
            let id = format!("stu-{:04}", 1000 + nth);
            student(people, random, school, &id, nth, &family);
            match homes.iter_mut().find(|(parents, _)| *parents == family.1) {
                Some((_, children)) => children.push((id, school)),
                None => homes.push((family.1.clone(), vec![(id, school)])),
            }
            families.push(family);
        }
    }
    for (parents, children) in &homes {
        let name = families
            .iter()
            .find(|(_, p)| p == parents)
            .map_or("", |(name, _)| name);
        for id in parents {
            parent(
                people,
                random,
                id,
                if id.ends_with("50") { ", Jr." } else { "" },
                name,
                children,
            );
        }
    }
}

fn student(
    people: &mut People,
    random: &mut Random,
    school: &School,
    id: &str,
    nth: usize,
    family: &(&str, Vec<String>),
) {
    let n = nth % STUDENTS;
    let grade = school.grades[n * school.grades.len() / STUDENTS];
    let (family, agents) = (family.0, family.1.join(","));
    let given = random.pick(&GIVEN);
    let person = Person {
        id: id.to_owned(),
        number: 4000 + nth * 7,
        given,
        family,
        org: school.id,
        agents,
        grade,
    };
    add_user(people, random, &person);
    add_role(people, id, "primary", "student", school.id);
    let section = if school.letter == "e" {
        1 + usize::from(grade >= "03" && grade != "KG")
    } else {
        1 + n % 2
    };
    for class in classes().filter(|c| SCHOOLS[c.school].id == school.id && c.section == section) {
        enroll(people, &class, id, "student", "false");
    }
    let age = 5 + grade.parse::<usize>().unwrap_or(0);
    let yes = |percent, random: &mut Random| {
        if random.chance(percent) {
            "true"
        } else {
            "false"
        }
    };
    people.demographics.push(&[
        ("sourcedId", id),
        (
            "birthDate",
            &format!(
                "{}-{:02}-{:02}",
                2026 - age,
                1 + random.below(8),
                1 + random.below(28)
            ),
        ),
        (
            "sex",
            ["female", "male", "female", "male", "unspecified", "other"][random.below(6)],
        ),
        ("americanIndianOrAlaskaNative", yes(5, random)),
        ("asian", yes(15, random)),
        ("blackOrAfricanAmerican", yes(20, random)),
        ("nativeHawaiianOrOtherPacificIslander", yes(4, random)),
        ("white", yes(50, random)),
        ("demographicRaceTwoOrMoreRaces", yes(8, random)),
        ("hispanicOrLatinoEthnicity", yes(25, random)),
        ("countryOfBirthCode", "US"),
        (
            "stateOfBirthAbbreviation",
            random.pick(&["NM", "CO", "AZ", "TX"]),
        ),
        (
            "cityOfBirth",
            random.pick(&["Larkmoor", "Peñasco Springs", "Cedar Hollow", "Brightwater"]),
        ),
    ]);
}

fn parent(
    people: &mut People,
    random: &mut Random,
    id: &str,
    suffix: &str,
    family: &str,
    children: &[(String, &School)],
) {
    let agents: Vec<_> = children.iter().map(|(child, _)| child.as_str()).collect();
    let number = 7000 + people.users.rows.len();
    let family = format!("{family}{suffix}");
    let given = random.pick(&GIVEN);
    let org = children[0].1.id;
    let person = Person {
        id: id.to_owned(),
        number,
        given,
        family: &family,
        org,
        agents: agents.join(","),
        grade: "",
    };
    add_user(people, random, &person);
    let mut orgs: Vec<_> = children.iter().map(|(_, school)| school.id).collect();
    orgs.dedup();
    for org in orgs {
        add_role(people, id, "primary", "parent", org);
    }
}
