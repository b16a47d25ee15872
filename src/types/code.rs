//! Codes: a closed list of words, or an open one that also takes private terms (`ext:…`). The list
//! comes from a table `code,meaning,synonyms`; what other words most likely mean is told by
//! `spelling`.

use super::{Mend, Texts, plain::plain, spelling::Spelled};
use crate::formula::bare;
use crate::order::sort_by;
use crate::tables;
use std::{
    cmp::Ordering,
    sync::{Arc, OnceLock},
};

/// How a private term begins (OneRoster 1.2, "Extending the vocabularies").
pub const PRIVATE: &str = "ext:";

/// How many codes a message names.
const NAMED: usize = 12;

/// One code of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The word as it has to be written.
    pub code: String,
    /// What it stands for; may be empty.
    pub meaning: String,
    /// What people write for it.
    pub synonyms: Vec<String>,
}

/// A list of codes. Copies share one list.
#[derive(Clone, Debug)]
pub struct CodeList(Arc<Lookup>);

impl PartialEq for CodeList {
    fn eq(&self, other: &CodeList) -> bool {
        self.codes() == other.codes()
    }
}

impl Eq for CodeList {}

#[derive(Debug)]
struct Lookup {
    /// In the order of the table.
    codes: Vec<Code>,
    /// The same as they are looked up.
    texts: Texts,
    /// What words are compared with, one for each code; made when the first word is refused.
    spelled: OnceLock<Vec<Spelled>>,
}

impl CodeList {
    /// Reads a table with the columns `code`, `meaning` and `synonyms` (separated by `|`); the
    /// last two may be left out.
    ///
    /// # Errors
    /// Words for the author of the table: it has no column `code`, has no codes, or a code is empty,
    /// has blanks around it, or stands there twice.
    pub fn read(table: &str) -> Result<CodeList, String> {
        let table = table.strip_prefix('\u{FEFF}').unwrap_or(table);
        let mut rows = tables::rows(table).into_iter();
        let labels = rows.next().unwrap_or_default();
        let column = |label| labels.iter().position(|l| l == label);
        let code = column("code")
            .ok_or("a code list needs a column `code`; expected `code,meaning,synonyms`")?;
        let (meaning, synonyms) = (column("meaning"), column("synonyms"));
        let mut codes = Vec::new();
        for row in rows {
            let cell =
                |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", |cell| bare(cell));
            codes.push(Code {
                code: cell(Some(code)).to_owned(),
                meaning: cell(meaning).to_owned(),
                synonyms: cell(synonyms)
                    .split('|')
                    .map(str::trim)
                    .filter(|s| !s.is_empty())
                    .map(str::to_owned)
                    .collect(),
            });
        }
        CodeList::new(codes)
    }

    /// A list of these codes, in this order.
    ///
    /// # Errors
    /// Words for the author of the list: it is empty, or a code is empty, has blanks around it, or
    /// stands there twice.
    pub fn new(codes: Vec<Code>) -> Result<CodeList, String> {
        if codes.is_empty() {
            return Err("the code list has no codes; expected at least one".to_owned());
        }
        if let Some(blank) = codes
            .iter()
            .find(|c| c.code.is_empty() || c.code.trim() != c.code)
        {
            return Err(format!(
                "`{}` is not a code; expected a word without blanks around it",
                blank.code
            ));
        }
        let mut sorted: Vec<&str> = codes.iter().map(|c| c.code.as_str()).collect();
        sort_by(&mut sorted, |a, b| by_length(a, b));
        if let Some(twice) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            let twice = twice[0];
            return Err(format!(
                "`{twice}` is in the code list twice; expected once"
            ));
        }
        let texts = Texts::new(sorted.into_iter());
        Ok(CodeList(Arc::new(Lookup {
            codes,
            texts,
            spelled: OnceLock::new(),
        })))
    }

    /// The codes in the order of the table.
    #[must_use]
    pub fn codes(&self) -> &[Code] {
        &self.0.codes
    }

    /// How each code is compared with words that are none.
    pub(super) fn spelled(&self) -> &[Spelled] {
        let spelled = || self.codes().iter().map(Spelled::new).collect();
        self.0.spelled.get_or_init(spelled)
    }

    /// Is this one of the codes, to the letter?
    #[must_use]
    pub fn contains(&self, cell: &[u8]) -> bool {
        self.0.texts.has(cell)
    }

    /// Whether all of these are.
    pub fn contains_all<'a>(&self, cells: impl Iterator<Item = &'a [u8]>) -> bool {
        self.0.texts.have_all(cells)
    }

    /// The codes in words: "one of `a`, `b`".
    pub(super) fn expected(&self) -> String {
        let codes = self.codes();
        let named: Vec<_> = codes
            .iter()
            .take(NAMED)
            .map(|c| format!("`{}`", c.code))
            .collect();
        match codes.len() - named.len() {
            0 if named.len() == 1 => named.concat(),
            0 => format!("one of {}", named.join(", ")),
            more => format!("one of {} and {more} more", named.join(", ")),
        }
    }
}

fn by_length(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// Is this a private term: `ext:` and something after it?
#[must_use]
pub fn is_private(cell: &[u8]) -> bool {
    cell.strip_prefix(PRIVATE.as_bytes())
        .is_some_and(|term| !term.trim_ascii().is_empty())
}

/// A private term with its beginning in another case or blanks around it.
pub(super) fn mend_private(cell: &str) -> Option<Mend> {
    let text = plain(cell);
    let (start, term) = text.split_once(':')?;
    start
        .trim()
        .eq_ignore_ascii_case("ext")
        .then(|| Mend::review(format!("{PRIVATE}{}", term.trim())))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::types::{
        Type,
        tests::{check, codes},
    };

    #[test]
    fn codes_are_exact() {
        for (cell, is_code) in [
            ("A", true),
            ("a", true),
            ("Área", true),
            ("B", false),
            ("", false),
            ("student ", false),
        ] {
            assert_eq!(codes().contains(cell.as_bytes()), is_code, "{cell}");
        }
    }

    #[test]
    fn open_codes_take_private_terms() {
        let kinds = [
            ("EXT:cook", "? ext:cook"),
            ("Student", "student"),
            ("ext:", ""),
            ("ext: ", ""),
            ("cook", ""),
        ];
        check(&Type::OpenCode(codes()), &["student", "ext:cook"], &kinds);
    }

    #[test]
    fn tables_that_are_not_code_lists() {
        for (table, words) in [
            ("name\na\n", "needs a column `code`"),
            ("code\n", "no codes"),
            ("code\n a\n", "` a` is not a code"),
            ("code\na\nb\na\n", "`a` is in the code list twice"),
        ] {
            let error = CodeList::read(table).unwrap_err();
            assert!(error.contains(words), "{error}");
        }
    }

    #[test]
    fn messages_name_some_codes() {
        let long: String = (0..15).map(|n| format!("c{n}\n")).collect();
        assert_eq!(
            CodeList::read("code\na\nb\n").unwrap().expected(),
            "one of `a`, `b`"
        );
        assert_eq!(CodeList::read("code\na\n").unwrap().expected(), "`a`");
        assert!(
            CodeList::read(&format!("code\n{long}"))
                .unwrap()
                .expected()
                .ends_with("`c11` and 3 more")
        );
    }
}
