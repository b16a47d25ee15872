//! What the import would not do, although NEW asks for it: changes of what the receiver protects, and
//! records that name what is not there.

use super::Tell;
use crate::compare::file::File;
use crate::compare::guards::Guard;
use crate::finding::Authority;
use crate::finding::Severity::{Info, Warning};
use crate::formats::Guards;
use crate::report::compare::words::{number, records};

impl Tell {
    /// Changes of what the receiver protects.
    pub fn guarded(&mut self, file: &File) {
        for guard in &file.guards {
            self.items(file, guard);
            let n = guard.told.total;
            if n == 0 {
                continue;
            }
            let row = &guard.row;
            let (name, fields) = (file.name(), row.fields.as_slice());
            let what = match (row.guards, fields) {
                (Guards::Word, [named, said]) => format!(
                    "{} of NEW with another `{said}` for a `{named}` of OLD; expected that of OLD",
                    records(n)
                ),
                (Guards::Items, [item, other]) => format!(
                    "{} of `{other}` would change for the same of `{item}`; expected those of OLD",
                    number(n)
                ),
                (Guards::Matched, _) => format!(
                    "{} that OLD has by another key would change; expected no change there",
                    records(n)
                ),
                (_, []) => format!("{} would change; expected no change there", records(n)),
                (_, fields) => format!(
                    "{} would change in `{}`; expected no change there",
                    records(n),
                    fields.join("`, `")
                ),
            };
            let message = format!("`{name}`: {what}. {} (`{}`)", row.note, row.title);
            let found = self.add(row.rule, row.severity, Some(name), n, message);
            found.authority = Authority::Vendor;
            found.sources = vec![row.source.to_owned()];
            found.keys.clone_from(&guard.told.keys);
        }
    }

    /// Items that match none of OLD, or several.
    fn items(&mut self, file: &File, guard: &Guard) {
        let name = file.name();
        let field = guard.row.fields.first().map_or("", String::as_str);
        let (none, several) = (&guard.unmatched, &guard.ambiguous);
        if none.total > 0 {
            let message = format!(
                "`{name}`: {} of `{field}` in NEW that the same record of OLD does not have; expected new ones alone, because the receiver takes them for new",
                number(none.total)
            );
            let found = self.add("failed-match", Info, Some(name), none.total, message);
            found.keys.clone_from(&none.keys);
        }
        if several.total > 0 {
            let message = format!(
                "`{name}`: {} of `{field}` in NEW that stand more than once in the list of a record; expected each once, because nobody can say which is which",
                number(several.total)
            );
            let found = self.add(
                "ambiguous-match",
                Warning,
                Some(name),
                several.total,
                message,
            );
            found.keys.clone_from(&several.keys);
        }
    }

    /// Records that name what neither side has.
    pub fn names(&mut self, file: &File, files: &[File]) {
        for one in file.names_of_others.iter().filter(|one| one.told.total > 0) {
            let (name, n) = (file.name(), one.told.total);
            let (field, to) = (&file.names[one.slot], files[one.to].name());
            let message = format!(
                "`{name}`: {} with a `{field}` that is neither in NEW nor in {to} of OLD; expected one that is there, because the receiver cannot match it",
                records(n)
            );
            let found = self.add("dangling-reference", Warning, Some(name), n, message);
            found.keys.clone_from(&one.told.keys);
        }
    }
}
