//! A layout as the tables that it is read from, to begin one of one's own with.

use super::read::FILES;
use super::write::{lists, table, to_csv};
use super::{
    Case, Confidence, Extra, FileSpec, Header, Labels, Layout, Mark, Order, Quotes, Received,
    Refuses, Similar, Table,
};

/// `layout.csv`, `files.csv` and a table in `codes` for each list, without what is only said of
/// formats that share their tables.
pub fn to_tables(layout: &Layout) -> Vec<Table> {
    let files = layout.files.iter().map(file);
    let text = |name: String, text| Table { name, text };
    let mut tables = vec![
        text("layout.csv".to_owned(), to_csv(layout)),
        text("files.csv".to_owned(), table(&FILES[..SAID], files)),
    ];
    let lists = lists(layout).into_iter();
    tables.extend(lists.map(|(name, rows)| {
        let rows = table(&["code", "meaning", "synonyms"], rows.into_iter());
        text(format!("codes/{name}.csv"), rows)
    }));
    tables
}

/// What is said of a file: all that is in [`FILES`] but the format.
const SAID: usize = FILES.len() - 1;

/// The row of a file, in the order of [`FILES`]; what is usual stays blank.
fn file(spec: &FileSpec) -> Vec<String> {
    let yes = |is: bool| if is { "yes" } else { "" };
    let keys: Vec<String> = spec.keys.iter().map(|key| key.join("+")).collect();
    let cells: [&str; SAID] = [
        &spec.name,
        match spec.any_name {
            true if spec.any_ending => "free",
            true if spec.many => "many",
            true => "any",
            false => "",
        },
        &spec.title,
        yes(spec.required),
        &spec.synonyms.join("|"),
        match spec.delimiter {
            b'\t' => "tab",
            b';' => "semicolon",
            b'|' => "pipe",
            _ => "",
        },
        match spec.quotes {
            Quotes::Enclose => "",
            Quotes::Needed => "needed",
            Quotes::Literal => "literal",
        },
        match spec.mark {
            Mark::Allowed => "",
            Mark::Doubtful => "doubtful",
            Mark::Refused => "refused",
        },
        match spec.header {
            Header::Required => "",
            Header::Optional => "optional",
        },
        match spec.labels {
            Labels::All => "all",
            Labels::Required => "",
        },
        match spec.order {
            Order::Fixed => "fixed",
            Order::Advised => "advised",
            Order::Any => "",
        },
        match spec.case {
            Case::Exact => "",
            Case::Any => "any",
            Case::AnyWithBlanks => "any with blanks",
        },
        match spec.similar {
            Similar::Meant => "",
            Similar::Strange => "strange",
        },
        &match &spec.extra {
            Extra::None => String::new(),
            Extra::Any => "yes".to_owned(),
            Extra::Prefixed(beginning) => format!("{beginning}*"),
        },
        match spec.ragged {
            Received::Taken => "taken",
            Received::Refused => "",
        },
        match spec.blank {
            Received::Taken => "",
            Received::Refused => "refused",
        },
        match spec.refuses {
            Refuses::Record => "",
            Refuses::File => "file",
        },
        yes(spec.may_be_empty),
        yes(spec.may_break_lines),
        &spec.missing.join("|"),
        &keys.join("|"),
        &spec.stops.map_or(String::new(), |most| most.to_string()),
        match spec.confidence {
            Confidence::High => "",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        },
        &spec.source,
    ];
    cells.map(str::to_owned).into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::formats::FORMATS;
    use crate::layout::own::{Text, of_texts};

    #[test]
    fn every_layout_that_ships_reads_the_same_from_the_tables_that_are_made_of_it() {
        for format in FORMATS {
            let mut layout = (format.layout)().unwrap().of(format.id);
            for file in &mut layout.files {
                file.format.clear();
            }
            let texts = to_tables(&layout).into_iter();
            let texts: Vec<Text> = texts
                .map(|Table { name, text }| Text { name, text })
                .collect();
            let again = of_texts(&texts).unwrap();
            for (file, same) in layout.files.iter().zip(&again.files) {
                assert_eq!(format!("{file:?}"), format!("{same:?}"), "{}", format.id);
            }
            assert_eq!(layout.files.len(), again.files.len());
        }
    }
}
