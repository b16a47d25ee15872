//! Classes that a complete rostering asks for, and that PearsonAccess does not have: a homeroom for each
//! grade of a school.

use std::collections::BTreeSet;

use crate::convert::{Loss, What};
use crate::formats::oneroster::convert::roles::name;

/// The fields of a record that is added.
pub type Added = Vec<(&'static str, String)>;

const WHY: &str = "PearsonAccess has no classes, and a complete rostering has: there is a homeroom for each grade of a school";

/// Districts, schools and grades of students.
#[derive(Default)]
pub struct Homerooms(BTreeSet<[String; 3]>);

impl Homerooms {
    /// Takes note of the district, the school and the grade of a student.
    pub fn see(&mut self, place: [String; 3]) {
        self.0.insert(place);
    }

    /// A course for each grade of a district.
    pub fn courses(&self, loss: &mut Loss) -> Vec<Added> {
        let all = self.0.iter();
        let all: BTreeSet<_> = all.map(|[district, _, grade]| (district, grade)).collect();
        let course = |(district, grade): (&String, &String)| {
            loss.tell_file(What::ValueMade, "courses.csv", 1, WHY);
            vec![
                ("sourcedId", name(grade, district)),
                ("title", title(grade)),
                ("orgSourcedId", district.clone()),
            ]
        };
        all.into_iter().map(course).collect()
    }

    /// A class for each grade of a school, in this term; `id` makes the sourcedId of a school of its
    /// code and that of the district.
    pub fn classes(
        &self,
        term: &str,
        id: &dyn Fn(&str, &str) -> String,
        loss: &mut Loss,
    ) -> Vec<Added> {
        let class = |[district, school, grade]: &[String; 3]| {
            loss.tell_file(What::ValueMade, "classes.csv", 1, WHY);
            let school = id(school, district);
            vec![
                ("sourcedId", name(grade, &school)),
                ("title", title(grade)),
                ("courseSourcedId", name(grade, district)),
                ("classType", "homeroom".to_owned()),
                ("schoolSourcedId", school),
                ("termSourcedIds", term.to_owned()),
            ]
        };
        self.0.iter().map(class).collect()
    }
}

/// What a grade is called.
fn title(grade: &str) -> String {
    format!("Grade {grade}").trim_end().to_owned()
}
