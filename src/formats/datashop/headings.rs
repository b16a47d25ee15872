//! The labels of a transaction file as DataShop's importer reads them: which column each is, what
//! name of one's own stands in it, and what the column is called inside the importer.

use crate::check::FilePlan;
use crate::layout::FileSpec;

/// What a column is to the importer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A column with a fixed label.
    Fixed,
    /// `Level (title)`
    Level,
    /// `KC (model)`
    Kc,
    /// `KC Category (model)`
    Category,
    /// `CF (name)`
    Cf,
    /// One that DataShop exports and computes anew.
    Computed,
    /// Any other.
    Strange,
    /// Without a label.
    Blank,
}

/// Columns that the importer knows and does not read, or that it does not know, though DataShop
/// exports them.
const COMPUTED: [&str; 6] = [
    "Row",
    "Sample Name",
    "Transaction Id",
    "Duration (sec)",
    "Attempt At Step",
    "Is Last Attempt",
];

/// What a level, a model or a field is called that has no name.
pub const DEFAULT: &str = "Default";

/// A label.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Its position.
    pub column: u32,
    /// As it stands, without the blanks around it.
    pub label: String,
    /// What the column is.
    pub kind: Kind,
    /// The layout's field.
    pub field: String,
    /// The name in parentheses, if there is any.
    pub name: Option<String>,
    /// What the importer's table calls the column.
    pub internal: String,
}

impl Heading {
    /// The label without blanks and capitals: two that are equal so are one to the importer.
    pub fn folded(&self) -> String {
        fold(&self.label)
    }

    /// The name by which pairs belong together: without one it is that of the default model.
    pub fn model(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    /// What columns of one level, one model or one custom field share: their name without capitals and
    /// blanks, as the importer compares labels; the default one where there is none. Blank for others.
    pub fn same(&self) -> String {
        match self.kind {
            Kind::Level | Kind::Kc | Kind::Category | Kind::Cf => {
                fold(self.name.as_deref().unwrap_or(DEFAULT))
            }
            _ => String::new(),
        }
    }

    /// The name that is meant where a category is written without its blank: `A` for
    /// `KCCategory(A)`, of which the importer, which drops eleven characters, loses the parenthesis.
    pub fn meant(&self) -> Option<&str> {
        let is_category = self.kind == Kind::Category;
        let rest = is_category.then(|| self.label.get(10..)).flatten()?;
        rest.strip_prefix('(')?.strip_suffix(')')
    }

    /// Whether the heading has the family's word and something in parentheses, and nothing else.
    pub fn is_plain(&self) -> bool {
        let word = self.field.split(" (").next().unwrap_or_default();
        let (front, back) = match (self.label.find('('), self.label.rfind(')')) {
            (Some(open), Some(close)) if open < close => {
                (&self.label[..open], &self.label[close + 1..])
            }
            _ => (self.label.as_str(), ""),
        };
        fold(front) == fold(word) && back.is_empty()
    }
}

/// A label without blanks and capitals.
pub fn fold(label: &str) -> String {
    let letters = label.chars().filter(|c| !c.is_whitespace());
    letters.flat_map(char::to_lowercase).collect()
}

/// The labels of a file.
pub fn read(plan: &FilePlan) -> Vec<Heading> {
    of(plan.spec(), &plan.labels, &plan.fields)
}

/// Labels, and for each of them its field.
pub fn of(spec: &FileSpec, labels: &[String], fields: &[Option<usize>]) -> Vec<Heading> {
    let mut counts: Vec<(String, u32)> = Vec::new();
    let labels = labels.iter().zip(fields).enumerate();
    let headings = labels.map(|(column, (label, field))| {
        let label = label.trim().to_owned();
        let field = field.map_or("", |field| &spec.fields[field].name);
        let kind = kind(&label, field);
        let internal = match kind {
            Kind::Fixed if !COUNTED.contains(&field) => internal(field),
            Kind::Computed | Kind::Strange | Kind::Blank => internal(&label),
            _ => {
                let word = internal(field.split(" (").next().unwrap_or_default());
                format!("{word}_{}", count(&mut counts, word.clone()))
            }
        };
        Heading {
            column: column as u32,
            name: name(&label, kind),
            label,
            kind,
            field: field.to_owned(),
            internal,
        }
    });
    headings.collect()
}

fn count(counts: &mut Vec<(String, u32)>, word: String) -> u32 {
    let known = counts.iter().position(|(known, _)| *known == word);
    let at = known.unwrap_or_else(|| {
        counts.push((word, 0));
        counts.len() - 1
    });
    counts[at].1 += 1;
    counts[at].1
}

/// Columns of which there may be several, so that the importer numbers them.
pub const COUNTED: [&str; 5] = [
    "Selection",
    "Action",
    "Input",
    "Condition Name",
    "Condition Type",
];

fn kind(label: &str, field: &str) -> Kind {
    match field {
        _ if label.is_empty() => Kind::Blank,
        "" => Kind::Strange,
        "Level (*)" => Kind::Level,
        "KC (*)" => Kind::Kc,
        "KC Category (*)" => Kind::Category,
        "CF (*)" => Kind::Cf,
        _ if COMPUTED.contains(&field) => Kind::Computed,
        _ => Kind::Fixed,
    }
}

/// What stands between the first opening and the last closing parenthesis. Of a category heading the
/// importer drops the first eleven characters unseen, blank or not.
fn name(label: &str, kind: Kind) -> Option<String> {
    let skip = match kind {
        Kind::Category => 11,
        Kind::Level | Kind::Kc | Kind::Cf => 0,
        _ => return None,
    };
    let rest = label
        .char_indices()
        .nth(skip)
        .map_or("", |(at, _)| &label[at..]);
    let (open, close) = (rest.find('(')?, rest.rfind(')')?);
    let name = rest.get(open + 1..close)?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

fn internal(label: &str) -> String {
    let lower = label.to_lowercase();
    let letters = lower.chars().filter(|c| *c != ')');
    let letter = |c: char| match c {
        '(' | '-' => '_',
        c if c.is_whitespace() => '_',
        c => c,
    };
    letters.map(letter).collect()
}
