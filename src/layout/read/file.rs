//! A row of files.csv.

use super::row::{Row, confidence};
use crate::Error;
use crate::layout::{
    Case, Extra, FileSpec, Header, Labels, Mapped, Mark, Order, Quotes, Received, Refuses, Similar,
};

pub(super) fn file(row: &Row) -> Result<FileSpec, Error> {
    let name = row.get("file");
    if name.rfind('*').is_some_and(|at| at > 0 || name.len() == 1) {
        return Err(row.wrong("file", "a name, or `*` and an ending such as `*.txt`"));
    }
    Ok(FileSpec {
        name: name.to_owned(),
        any_name: match row.get("name") {
            "any" | "free" | "many" if name.rfind('.').is_some_and(|at| at > 0) => true,
            "" => false,
            _ => {
                return Err(row.wrong(
                    "name",
                    "any, many or free, for a file with an ending, or blank",
                ));
            }
        },
        any_ending: row.get("name") == "free",
        many: row.get("name") == "many",
        format: row.get("format").to_owned(),
        title: row.get("title").to_owned(),
        required: row.yes("required")?,
        synonyms: row.list("synonyms"),
        delimiter: match row.get("delimiter") {
            "comma" | "" => b',',
            "tab" => b'\t',
            "semicolon" => b';',
            "pipe" => b'|',
            _ => return Err(row.wrong("delimiter", "comma, tab, semicolon or pipe")),
        },
        quotes: match row.get("quotes") {
            "enclose" | "" => Quotes::Enclose,
            "needed" => Quotes::Needed,
            "literal" => Quotes::Literal,
            _ => return Err(row.wrong("quotes", "enclose, needed or literal")),
        },
        mark: match row.get("mark") {
            "allowed" | "" => Mark::Allowed,
            "doubtful" => Mark::Doubtful,
            "refused" => Mark::Refused,
            _ => return Err(row.wrong("mark", "allowed, doubtful or refused")),
        },
        header: match row.get("header") {
            "required" | "" => Header::Required,
            "optional" => Header::Optional,
            _ => return Err(row.wrong("header", "required or optional")),
        },
        labels: match row.get("labels") {
            "all" => Labels::All,
            "required" | "" => Labels::Required,
            _ => return Err(row.wrong("labels", "all or required")),
        },
        order: match row.get("order") {
            "fixed" => Order::Fixed,
            "advised" => Order::Advised,
            "any" | "" => Order::Any,
            _ => return Err(row.wrong("order", "fixed, advised or any")),
        },
        case: match row.get("case") {
            "exact" | "" => Case::Exact,
            "any" => Case::Any,
            "any with blanks" => Case::AnyWithBlanks,
            _ => return Err(row.wrong("case", "exact, any or `any with blanks`")),
        },
        similar: match row.get("similar") {
            "meant" | "" => Similar::Meant,
            "strange" => Similar::Strange,
            _ => return Err(row.wrong("similar", "meant or strange")),
        },
        extra: match row.get("extra") {
            "no" | "" => Extra::None,
            "yes" => Extra::Any,
            pattern => match pattern.strip_suffix('*') {
                Some(prefix) if !prefix.is_empty() => Extra::Prefixed(prefix.to_owned()),
                _ => return Err(row.wrong("extra", "yes, no or a beginning such as `metadata.*`")),
            },
        },
        ragged: received(row, "ragged", Received::Refused)?,
        blank: received(row, "blank", Received::Taken)?,
        refuses: match row.get("refuses") {
            "record" | "" => Refuses::Record,
            "file" => Refuses::File,
            _ => return Err(row.wrong("refuses", "record or file")),
        },
        may_be_empty: row.yes("empty")?,
        may_break_lines: row.yes("breaks")?,
        missing: row.list("missing"),
        keys: keys(row)?,
        stops: match row.get("stops") {
            "" => None,
            text => {
                let most = text.parse().ok().filter(|most| (1..=500).contains(most));
                Some(most.ok_or_else(|| row.wrong("stops", "a number from 1 to 500"))?)
            }
        },
        confidence: confidence(row)?,
        source: row.get("source").to_owned(),
        mapped: Mapped::default(),
        fields: Vec::new(),
    })
}

fn received(row: &Row, label: &str, usual: Received) -> Result<Received, Error> {
    match row.get(label) {
        "" => Ok(usual),
        "taken" => Ok(Received::Taken),
        "refused" => Ok(Received::Refused),
        _ => Err(row.wrong(label, "taken or refused")),
    }
}

/// A file of which there is nothing to say but its name.
pub(in crate::layout) fn file_of(name: &str) -> Result<FileSpec, Error> {
    file(&Row::of_file(name))
}

/// Sets of fields that no two records share: `student+course|seat`.
fn keys(row: &Row) -> Result<Vec<Vec<String>>, Error> {
    let sets = row.list("keys").into_iter().map(|set| {
        let fields = set.split('+').map(|field| field.trim().to_owned());
        let fields: Vec<String> = fields.filter(|field| !field.is_empty()).collect();
        let once = (1..fields.len()).all(|at| !fields[..at].contains(&fields[at]));
        (once && !fields.is_empty()).then_some(fields)
    });
    let sets: Option<Vec<_>> = sets.collect();
    let sets =
        sets.ok_or_else(|| row.wrong("keys", "fields such as `student+course`, each once"))?;
    match sets.len() > super::MOST_KEYS {
        true => Err(row.told(
            "keys",
            &format!(
                "more than {} sets of fields; expected fewer",
                super::MOST_KEYS
            ),
        )),
        false => Ok(sets),
    }
}
