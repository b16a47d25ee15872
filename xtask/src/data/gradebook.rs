//! A little gradebook for the clean sample: three pieces of work in each class of the first course
//! of the middle and the high school, and what every student made of them.

use super::district::classes;
use super::random::Random;
use super::schools::SCHOOLS;
use super::table::Table;

/// Key, title, dates and best score of each piece of work; all lie in the first quarter.
const WORK: [[&str; 5]; 3] = [
    ["hw1", "Homework 1", "2026-08-24", "2026-08-31", "20"],
    ["qz1", "Quiz 1", "2026-09-14", "2026-09-14", "50"],
    ["ts1", "Unit Test 1", "2026-10-05", "2026-10-05", "100"],
];

/// categories.csv, lineItems.csv and results.csv.
pub fn gradebook(enrollments: &Table) -> [Table; 3] {
    let mut categories = Table::new("categories.csv");
    for [id, title, weight] in [
        ["cat-hw", "Homework", "20"],
        ["cat-qz", "Quiz", "30"],
        ["cat-ts", "Test", "50"],
    ] {
        categories.push(&[("sourcedId", id), ("title", title), ("weight", weight)]);
    }
    let (mut items, mut results) = (Table::new("lineItems.csv"), Table::new("results.csv"));
    let mut random = Random::new(1);
    for class in classes().filter(|c| c.school > 0 && c.course == 0) {
        for [key, title, assigned, due, best] in WORK {
            let (id, class_id) = (format!("itm-{}-{key}", &class.id()[4..]), class.id());
            items.push(&[
                ("sourcedId", &id),
                ("title", title),
                (
                    "description",
                    if key == "hw1" {
                        "Pages 4 to 9, all questions"
                    } else {
                        ""
                    },
                ),
                ("assignDate", assigned),
                ("dueDate", due),
                ("classSourcedId", &class_id),
                ("categorySourcedId", &format!("cat-{}", &key[..2])),
                ("academicSessionSourcedId", "2027-q1"),
                ("resultValueMin", "0"),
                ("resultValueMax", best),
                ("schoolSourcedId", SCHOOLS[class.school].id),
            ]);
            for row in 0..enrollments.rows.len() {
                let of_class = enrollments.get(row, "classSourcedId") == class_id;
                if of_class && enrollments.get(row, "role") == "student" {
                    let student = enrollments.get(row, "userSourcedId");
                    result(
                        &mut results,
                        &mut random,
                        [&id, student, &class_id, due, best],
                    );
                }
            }
        }
    }
    [categories, items, results]
}

fn result(results: &mut Table, random: &mut Random, [item, student, class, due, best]: [&str; 5]) {
    let id = format!("res-{:04}", results.rows.len() + 1);
    let best: usize = best.parse().unwrap_or(0);
    let score = (best / 2 + random.below(best / 2 + 1)).to_string();
    let half = format!("{score}.5");
    let (status, score, comment, missing) = match random.below(25) {
        0 => ("exempt", "", "Away, with leave", "false"),
        1 => ("not submitted", "", "", "true"),
        2 if score != best.to_string() => ("fully graded", half.as_str(), "", "false"),
        3 => (
            "fully graded",
            score.as_str(),
            "Read \"the small print\", then try again",
            "false",
        ),
        _ => ("fully graded", score.as_str(), "", "false"),
    };
    results.push(&[
        ("sourcedId", &id),
        ("lineItemSourcedId", item),
        ("studentSourcedId", student),
        ("scoreStatus", status),
        ("score", score),
        ("scoreDate", due),
        ("comment", comment),
        ("classSourcedId", class),
        ("inProgress", "false"),
        ("incomplete", "false"),
        ("late", "false"),
        ("missing", missing),
    ]);
}
