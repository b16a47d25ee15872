//! Which field of a file a label names.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{FileSpec, Similar};
use crate::peek::plain;

/// How a label names a field, and its place in the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named<'a> {
    /// As a column map says, which means this label.
    Mapped(usize, &'a str),
    /// As receivers take it.
    Exactly(usize),
    /// In another spelling.
    Nearly(usize),
    /// By a label seen for it.
    Formerly(usize),
    /// By a label seen for two, so that it is neither; of more, the first two.
    Either(usize, usize),
}

/// The labels of the fields of a file, to be looked up: a layout may have very many.
pub struct Names<'a> {
    spec: &'a FileSpec,
    exact: HashMap<Cow<'a, str>, usize>,
    /// Labels with a `*`.
    families: Vec<(Cow<'a, str>, usize)>,
    near: HashMap<String, usize>,
    /// What was seen for a field, and which other it was seen for, too.
    former: HashMap<String, (usize, Option<usize>)>,
    /// What a map names, and the field that this is.
    mapped: HashMap<&'a str, (&'a str, usize)>,
}

impl<'a> Names<'a> {
    /// Those of this file. What is nearly a label is none where the layout takes it for a strange one.
    pub fn of(spec: &'a FileSpec) -> Names<'a> {
        let mut names = Names {
            spec,
            exact: HashMap::new(),
            families: Vec::new(),
            near: HashMap::new(),
            former: HashMap::new(),
            mapped: HashMap::new(),
        };
        let fields = || spec.fields.iter().enumerate();
        // The label of a field is its own, whichever other has it among its aliases.
        let own = fields().map(|(at, field)| (at, &field.name));
        let aliases = fields().flat_map(|(at, field)| field.aliases.iter().map(move |a| (at, a)));
        for (at, label) in own.chain(aliases) {
            let label = spec.case.fold(label);
            match label.contains('*') {
                true => names.families.push((label, at)),
                false => drop(names.exact.entry(label).or_insert(at)),
            }
        }
        // Of labels that fit equally well, the first field has it.
        names.families.sort_by_key(|(_, at)| *at);
        if spec.similar == Similar::Meant {
            for (at, field) in fields() {
                // What stands for a name of one's own has no other spelling.
                if !field.is_family() {
                    names.near.entry(plain(&field.name)).or_insert(at);
                }
                for synonym in &field.synonyms {
                    let (first, other) = names.former.entry(plain(synonym)).or_insert((at, None));
                    if *first != at {
                        other.get_or_insert(at);
                    }
                }
            }
        }
        for (label, field) in &spec.mapped.labels {
            if let Some(at) = names.exactly(field) {
                names.mapped.entry(label.trim()).or_insert((field, at));
            }
        }
        names
    }

    /// The field that a label names, and how.
    pub fn named(&self, label: &str) -> Option<Named<'a>> {
        let exactly = self.exactly(label).map(Named::Exactly);
        let mapped = self.mapped.get(label.trim());
        let mapped = mapped.filter(|(field, _)| *field != label);
        if let Some(named) = mapped
            .map(|(field, at)| Named::Mapped(*at, field))
            .or(exactly)
        {
            return Some(named);
        }
        let plainly = plain(label);
        if plainly.is_empty() {
            return None;
        }
        let near = self.near.get(&plainly).copied().map(Named::Nearly);
        near.or_else(|| match self.former.get(&plainly)? {
            (at, None) => Some(Named::Formerly(*at)),
            (at, Some(other)) => Some(Named::Either(*at, *other)),
        })
    }

    /// The field that receivers take the label for: of several the one whose own part is longest, so
    /// that `KC Category (x)` is not one of `KC*`.
    pub fn exactly(&self, label: &str) -> Option<usize> {
        let folded = self.spec.case.fold(label);
        if let Some(at) = self.exact.get(&folded) {
            return Some(*at);
        }
        let mut best: Option<(usize, usize)> = None;
        for (known, at) in &self.families {
            if let Some(own) = own_part(known, &folded)
                && best.is_none_or(|(most, _)| own > most)
            {
                best = Some((own, *at));
            }
        }
        best.map(|(_, at)| at)
    }
}

/// Where a label is one of a family: how long the family's own part of it is.
fn own_part(known: &str, label: &str) -> Option<usize> {
    let (start, end) = known.split_once('*')?;
    let own = start.len() + end.len();
    let fits = label.starts_with(start) && label.ends_with(end) && label.len() >= own;
    fits.then_some(own)
}
