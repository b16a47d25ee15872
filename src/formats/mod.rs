//! The formats that ship: one folder each, and two lines here.

pub mod managebac;
pub mod oneroster;

use std::sync::Arc;

use crate::check::Mode;
use crate::layout::{FileSpec, Layout};
use crate::order::sort_by_key;
use crate::peek::{Known, Peek, plain};
use crate::rules::{Rule, header};

/// All formats, as `hallpass formats` lists them. Where nothing tells versions apart, the first is
/// taken: the latest.
pub static FORMATS: &[&Format] = &[&oneroster::V1P2, &oneroster::V1P1, &managebac::V1P2];

/// What users describe in tables of their own; see `docs/layouts.md`. Never recognised: it has to
/// be given, with [`crate::session::Session::with_layout`].
pub static OWN: Format = Format {
    id: "own-layout",
    title: "your own layout",
    dialect_of: None,
    layout: || Err(crate::Error::bug("your own layout was not given")),
    claim: |_| None,
    rules: &[],
    mode: |_, _| Mode::Bulk,
    cannot_check: &[],
};

/// A published exchange in one version.
pub struct Format {
    /// As commands and reports spell it.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The id of the format of which it is one receiver's dialect. The dialect is taken for what it
    /// claims, and for nothing else: files of the one are files of the other, too.
    pub dialect_of: Option<&'static str>,
    /// Its tables.
    pub layout: fn() -> crate::Result<Arc<Layout>>,
    /// What in the files says that they are of this format and not of a relative, in words.
    pub claim: fn(&[Peek]) -> Option<String>,
    /// Rules beside those that every format shares.
    pub rules: &'static [&'static Rule],
    /// How the records of a file are meant, told by the files' first records.
    pub mode: fn(&[Peek], file: &str) -> Mode,
    /// What no look at the files can tell.
    pub cannot_check: &'static [&'static str],
}

impl Format {
    /// The shared rules and the format's own.
    pub fn all_rules(&self) -> Vec<&'static Rule> {
        crate::rules::SHARED
            .iter()
            .chain(self.rules)
            .copied()
            .collect()
    }
}

/// The format with that id.
pub fn find(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id).copied()
}

/// The rule with that name, of any format.
pub fn rule(name: &str) -> Option<&'static Rule> {
    rules().into_iter().find(|rule| rule.name == name)
}

/// All rules of all formats, each once.
pub fn rules() -> Vec<&'static Rule> {
    let own = FORMATS
        .iter()
        .flat_map(|format| format.rules.iter().copied());
    let mut rules: Vec<&'static Rule> = crate::rules::SHARED.iter().copied().chain(own).collect();
    sort_by_key(&mut rules, |rule| rule.name);
    rules.dedup_by_key(|rule| rule.name);
    rules
}

/// The labels of all formats.
pub fn known_labels() -> crate::Result<Known> {
    let mut known = Known::new();
    for format in FORMATS {
        known.extend(labels(&*(format.layout)()?));
    }
    Ok(known)
}

/// The labels of a layout, without what people change.
pub fn labels(layout: &Layout) -> impl Iterator<Item = String> {
    let fields = layout.files.iter().flat_map(|file| &file.fields);
    fields.flat_map(|field| {
        std::iter::once(&field.name)
            .chain(&field.synonyms)
            .map(|label| plain(label))
    })
}

/// How well files fit a format.
pub struct Fit {
    /// The format.
    pub format: &'static Format,
    /// Its tables.
    pub layout: Arc<Layout>,
    /// For each file its place in the layout.
    pub specs: Vec<Option<usize>>,
    /// Labels of the files that the format knows, and all labels.
    pub labels: (usize, usize),
    /// What says that they are of this format and not of a relative.
    pub claim: Option<String>,
}

impl Fit {
    /// Whether the files can be taken for this format.
    pub fn is_likely(&self) -> bool {
        let (known, all) = self.labels;
        known > 0 && known * 2 >= all
    }

    /// What a format is taken by: the greatest wins, of equal ones the first in [`FORMATS`].
    pub fn rank(&self) -> (bool, bool, bool, usize) {
        let claimed = self.claim.is_some();
        let dialect = self.format.dialect_of.is_some();
        (self.is_likely(), claimed, claimed == dialect, self.labels.0)
    }
}

/// How well the files fit a format with these tables.
pub fn fit(format: &'static Format, layout: &Arc<Layout>, peeks: &[Peek]) -> Fit {
    let mut specs = vec![None; peeks.len()];
    let by_name = |peek: &Peek| {
        layout.files.iter().position(|spec| {
            let named = |name: &String| name.eq_ignore_ascii_case(&peek.name);
            spec.ending().is_none() && (named(&spec.name) || spec.synonyms.iter().any(named))
        })
    };
    let hits = |peek: &Peek, spec: usize| {
        let spec = &layout.files[spec];
        let knows = |label: &&String| header::knows(spec, label);
        peek.labels.iter().filter(knows).count()
    };
    for (at, peek) in peeks.iter().enumerate() {
        specs[at] = by_name(peek).filter(|spec| !specs.contains(&Some(*spec)));
    }
    // A file of another name may still be one of the format's: its labels tell.
    for (at, peek) in peeks.iter().enumerate() {
        if specs[at].is_none() && by_name(peek).is_none() && peek.labels.len() > 2 {
            let is_free = |spec: &usize| {
                layout.files[*spec].ending().is_some() || !specs.contains(&Some(*spec))
            };
            let free = (0..layout.files.len()).filter(is_free);
            let best = free
                .map(|spec| (hits(peek, spec), spec))
                .max_by_key(|(hits, spec)| {
                    (
                        *hits,
                        std::cmp::Reverse(layout.files[*spec].fields.len()),
                        std::cmp::Reverse(*spec),
                    )
                });
            if let Some((hits, spec)) = best {
                // Under its own name it would have been known; under any, its header alone tells.
                let most = |all: usize, of: usize| hits * of >= peek.labels.len() * all;
                let is = match layout.files[spec].ending() {
                    Some(_) => hits > 2 && most(1, 3),
                    None => most(4, 5) && hits * 2 >= layout.files[spec].fields.len(),
                };
                specs[at] = is.then_some(spec);
            }
        }
    }
    let mut labels = (0, 0);
    for (peek, spec) in peeks.iter().zip(&specs) {
        let known = spec.map_or(0, |spec| hits(peek, spec));
        labels = (labels.0 + known, labels.1 + peek.labels.len());
    }
    // Where the format is given, files of which no header is known are meant if they are named so.
    if specs.iter().all(Option::is_none) {
        for (at, peek) in peeks.iter().enumerate() {
            let any = |spec: &FileSpec| spec.ending().is_some() && spec.is_called(&peek.name);
            specs[at] = layout.files.iter().position(any);
        }
    }
    Fit {
        format,
        layout: Arc::clone(layout),
        specs,
        labels,
        claim: (format.claim)(peeks),
    }
}
