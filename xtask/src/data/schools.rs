//! The schools of the clean sample.

/// A school and what it teaches.
pub struct School {
    /// Its `sourcedId`.
    pub id: &'static str,
    /// One letter, for the identifiers of its courses and classes.
    pub letter: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The grades it has.
    pub grades: &'static [&'static str],
    /// How many teach there.
    pub teachers: usize,
    /// Key, title, subjects and subject codes of each course.
    pub courses: [[&'static str; 4]; 4],
}

/// The schools of the district.
pub const SCHOOLS: [School; 3] = [
    School {
        id: "lmk-elementary",
        letter: "e",
        name: "Peñasco Elementary School",
        grades: &["KG", "01", "02", "03", "04", "05"],
        teachers: 7,
        courses: [
            ["rdg", "Reading and Writing", "English Language Arts", "ELA"],
            ["mat", "Mathematics", "Mathematics", "MAT"],
            ["sci", "Exploring Nature", "Science", "SCI"],
            ["art", "Art and Music", "Visual Arts,Music", "ART,MUS"],
        ],
    },
    School {
        id: "lmk-middle",
        letter: "m",
        name: "Brightwater Middle School",
        grades: &["06", "07", "08"],
        teachers: 7,
        courses: [
            ["eng", "English", "English Language Arts", "ELA"],
            ["mat", "Pre-Algebra", "Mathematics", "MAT"],
            [
                "sci",
                "Earth and Life Science",
                "Earth Science,Life Science",
                "ESC,LSC",
            ],
            ["his", "World History", "Social Studies", "SOC"],
        ],
    },
    School {
        id: "lmk-high",
        letter: "h",
        name: "Cedar Hollow High School",
        grades: &["09", "10", "11", "12"],
        teachers: 6,
        courses: [
            [
                "eng",
                "Literature and Composition",
                "English Language Arts",
                "ELA",
            ],
            ["alg", "Algebra", "Mathematics", "MAT"],
            ["bio", "Biology", "Science", "SCI"],
            [
                "gov",
                "Government and Economics",
                "Government,Economics",
                "GOV,ECO",
            ],
        ],
    },
];
