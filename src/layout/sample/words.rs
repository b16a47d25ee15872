//! What the label of a column says of it: whether it names or describes people, or identifies what
//! its record is about.

/// Words of labels whose columns describe one person or are written freely. What stands there never
/// gets into a layout.
const PERSONAL: &[&str] = &[
    "address",
    "admin",
    "administrator",
    "adviser",
    "advisor",
    "aide",
    "apellido",
    "apellidos",
    "birth",
    "birthdate",
    "birthday",
    "comment",
    "comments",
    "contact",
    "counsellor",
    "counselor",
    "description",
    "dob",
    "docente",
    "email",
    "emails",
    "examiner",
    "family",
    "familyname",
    "father",
    "firstname",
    "forename",
    "fullname",
    "given",
    "givenname",
    "guardian",
    "homeroom",
    "initials",
    "instructor",
    "interpreter",
    "lastname",
    "lehrer",
    "maestro",
    "maiden",
    "mail",
    "manager",
    "mgr",
    "middlename",
    "mobile",
    "mother",
    "nachname",
    "name",
    "names",
    "nickname",
    "nombre",
    "note",
    "notes",
    "parent",
    "password",
    "phone",
    "pin",
    "preferred",
    "principal",
    "proctor",
    "profesor",
    "pwd",
    "reader",
    "remark",
    "remarks",
    "scribe",
    "signer",
    "sms",
    "street",
    "surname",
    "ta",
    "teacher",
    "telephone",
    "transcriber",
    "translator",
    "vorname",
    "worker",
];

/// Words at the end of labels whose columns say who somebody is.
const PEOPLE: &[&str] = &[
    "student",
    "pupil",
    "learner",
    "child",
    "candidate",
    "staff",
    "person",
    "member",
    "coach",
    "mentor",
    "tutor",
    "rater",
    "scorer",
    "respondent",
    "employee",
    "stu",
    "author",
    "doctor",
    "driver",
    "kid",
    "mom",
    "dad",
    "sibling",
    "brother",
    "sister",
    "first",
    "last",
    "middle",
    "fname",
    "lname",
    "nom",
    "prenom",
    "alias",
    "handle",
    "who",
    "by",
    "twitter",
    "fax",
    "cell",
    "ip",
];

/// Words at the end of labels whose columns identify something.
const NAMING: &[&str] = &[
    "id",
    "ids",
    "identifier",
    "number",
    "num",
    "no",
    "nr",
    "key",
    "guid",
    "uuid",
    "uid",
    "ssn",
    "username",
    "login",
    "user",
    "barcode",
    "account",
    "acct",
    "badge",
    "prox",
];

/// The same for digits that are no number, though they identify nobody.
const DIGITS: &[&str] = &["code", "zip", "zipcode", "postcode", "postalcode"];

/// Words of labels whose columns no report should show.
const SECRET: &[&str] = &["password", "pwd", "passwd", "passcode", "secret", "token"];

/// Words of labels whose columns tell of what sort something is: the words there are codes.
const SORTS: &[&str] = &[
    "action",
    "category",
    "condition",
    "country",
    "ethnicity",
    "event",
    "flag",
    "format",
    "gender",
    "grade",
    "kind",
    "language",
    "level",
    "mode",
    "option",
    "outcome",
    "phase",
    "priority",
    "program",
    "race",
    "reason",
    "region",
    "result",
    "role",
    "season",
    "sex",
    "stage",
    "state",
    "status",
    "subject",
    "term",
    "type",
];

/// Words that are codes in whatever column.
const COMMON: &[&str] = &[
    "absent",
    "active",
    "administrator",
    "agree",
    "aide",
    "always",
    "applicable",
    "approved",
    "archived",
    "assigned",
    "canceled",
    "cancelled",
    "closed",
    "complete",
    "completed",
    "confirmed",
    "correct",
    "current",
    "denied",
    "disagree",
    "draft",
    "dropped",
    "elementary",
    "enrolled",
    "excused",
    "exempt",
    "fail",
    "failed",
    "fall",
    "false",
    "female",
    "free",
    "full",
    "graduate",
    "graduated",
    "guardian",
    "high",
    "in",
    "inactive",
    "incomplete",
    "incorrect",
    "late",
    "left",
    "low",
    "male",
    "medium",
    "middle",
    "n/a",
    "neutral",
    "never",
    "no",
    "none",
    "not",
    "null",
    "off",
    "often",
    "on",
    "open",
    "other",
    "paid",
    "parent",
    "part",
    "partial",
    "pass",
    "passed",
    "pending",
    "planned",
    "present",
    "primary",
    "progress",
    "rarely",
    "reduced",
    "refused",
    "rejected",
    "retained",
    "secondary",
    "sometimes",
    "spring",
    "staff",
    "started",
    "strongly",
    "student",
    "submitted",
    "summer",
    "suspended",
    "tardy",
    "teacher",
    "time",
    "tobedeleted",
    "transferred",
    "true",
    "unexcused",
    "unknown",
    "winter",
    "withdrawn",
    "yes",
];

/// More words that labels have, where records hold others.
const KNOWN: &[&str] = &[
    "age", "answer", "begin", "city", "class", "count", "course", "date", "day", "district",
    "duration", "end", "group", "item", "mark", "of", "org", "points", "problem", "question",
    "room", "school", "score", "section", "session", "start", "step", "the", "time", "title",
    "total", "unit", "value", "year",
];

/// The words of a label in small letters: `studentID`, `student_id` and `Student ID` have the same.
pub(in crate::layout) fn words(label: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    let mut rest = label.chars().peekable();
    while let Some(c) = rest.next() {
        let ends = rest.peek().is_some_and(|next| next.is_lowercase());
        let begins = c.is_uppercase() && (before.is_lowercase() || before.is_uppercase() && ends);
        if !c.is_alphanumeric() || begins {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether it is one of these words, or one of them with a number behind it: `phone2`.
fn is_of(word: &str, known: &[&str]) -> bool {
    let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
    known.contains(&word) || known.contains(&bare)
}

fn has(label: &str, known: &[&str]) -> bool {
    let words = words(label);
    let joined = words.windows(2).map(|pair| pair.concat());
    let mut all = words.iter().cloned().chain(joined);
    all.any(|word| is_of(&word, known))
}

/// Whether the column describes one person, or is written freely.
pub(super) fn is_personal(label: &str) -> bool {
    has(label, PERSONAL) || ends(label, PEOPLE)
}

/// Whether the column tells of what sort something is, and that is nobody.
pub(super) fn is_sort(label: &str) -> bool {
    has(label, SORTS) && !has(label, PEOPLE) && !has(label, NAMING)
}

/// Whether all words of it are those of labels.
pub(super) fn is_known(label: &str) -> bool {
    let lists = [PERSONAL, PEOPLE, NAMING, DIGITS, SECRET, SORTS, KNOWN];
    let is = |word: &String| lists.iter().any(|list| list.contains(&word.as_str()));
    let words = words(label);
    !words.is_empty() && words.iter().all(is)
}

/// Whether a word is a code in whatever column.
pub(super) fn is_common(word: &str) -> bool {
    COMMON.contains(&word.to_lowercase().as_str())
}

/// Whether the column identifies something.
pub(super) fn is_naming(label: &str) -> bool {
    ends(label, NAMING)
}

/// Whether digits in the column are no number.
pub(super) fn is_numberless(label: &str) -> bool {
    ends(label, NAMING) || ends(label, DIGITS)
}

fn ends(label: &str, known: &[&str]) -> bool {
    words(label).last().is_some_and(|last| is_of(last, known))
}

/// Whether the column holds secrets.
pub(super) fn is_secret(label: &str) -> bool {
    has(label, SECRET)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_words_however_they_are_written() {
        for label in [
            "studentID",
            "student_id",
            "Student ID",
            "StudentId",
            "STUDENT-ID",
        ] {
            assert_eq!(words(label), ["student", "id"], "{label}");
        }
        assert_eq!(words("SISUserID2"), ["sis", "user", "id2"]);
        assert!(is_naming("studentId") && is_naming("School Number") && !is_naming("paid"));
        assert!(is_personal("Last Name") && is_personal("lastname") && is_personal("e-mail"));
        assert!(is_personal("updated_by") && is_personal("fname") && !is_personal("cells"));
        for label in [
            "TA",
            "Test Administrator Code",
            "Case mgr grade",
            "Interpreter",
        ] {
            assert!(is_personal(label), "{label}");
        }
        assert!(!is_personal("grade") && is_secret("New Password"));
    }
}
