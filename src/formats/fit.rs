//! Which format files are of, and which file of its layout each is.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use super::{FORMATS, Format, labels};
use crate::check::has_room;
use crate::layout::{FileSpec, Layout};
use crate::peek::{Peek, plain};
use crate::rules::header::{self, Likeness};

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
        let enough = if self.claim.is_some() { 5 } else { 2 };
        known > 0 && known * enough >= all
    }

    /// The same for another format of the family, which has the same tables.
    fn shared_with(&self, format: &'static Format, peeks: &[Peek]) -> Fit {
        Fit {
            format,
            layout: Arc::clone(&self.layout),
            specs: self.specs.clone(),
            labels: self.labels,
            claim: (format.claim)(peeks),
        }
    }

    /// The format was named: where no file is one of those that it is about, the one that fits best is,
    /// and with it those that have the same labels. Where files may have any name, none of their labels
    /// has to be known: a table may say what they are called. What is far more like another table of the
    /// family stays that.
    pub fn insist(&mut self, peeks: &[Peek]) {
        let files = &self.layout.files;
        let about = |spec: &usize| self.is_about(*spec);
        if self.specs.iter().flatten().any(about) {
            return;
        }
        let tables = peeks.iter().enumerate();
        let tables = tables.filter(|(_, peek)| peek.foreign.is_none() && !peek.labels.is_empty());
        let pairs = tables.flat_map(|(at, peek)| {
            let specs = (0..files.len()).filter(about);
            // Of files that are as like, the first is meant.
            let like = move |spec: usize| header::likeness(&files[spec], peek);
            let other = self.specs[at].map_or(0, |spec| like(spec).known);
            let pairs = specs.map(move |spec| ((like(spec), Reverse(spec)), at));
            pairs.filter(move |((like, _), _)| like.known * 2 >= other)
        });
        let best = pairs.max_by_key(|(like, _)| *like);
        let Some(((like, Reverse(spec)), at)) = best else {
            return;
        };
        if like.known > 0 || files[spec].is_several() {
            let same = |other: &Peek| other.labels == peeks[at].labels && files[spec].is_several();
            self.specs[at] = Some(spec);
            for (other, peek) in peeks.iter().enumerate() {
                let is_open = self.specs[other].is_none() && same(peek);
                if is_open && has_room(&self.layout, &self.specs, spec) {
                    self.specs[other] = Some(spec);
                }
            }
        }
    }

    /// Whether the format is about such a file: those of a family share their tables.
    fn is_about(&self, spec: usize) -> bool {
        let of = &self.layout.files[spec].format;
        of.is_empty() || *of == self.format.id
    }

    /// What a format is taken by: the greatest wins, of equal ones the first in [`FORMATS`].
    pub fn rank(&self) -> (bool, bool, bool, usize, bool) {
        let claimed = self.claim.is_some();
        let dialect = self.format.dialect_of.is_some();
        let about = self.specs.iter().flatten().any(|spec| self.is_about(*spec));
        let known = self.labels.0;
        (self.is_likely(), claimed, claimed == dialect, known, about)
    }
}

/// How well the files fit each format.
///
/// # Errors
/// A table of ours is broken.
pub fn fits(peeks: &[Peek]) -> crate::Result<Vec<Fit>> {
    let mut fits: Vec<Fit> = Vec::new();
    for format in FORMATS {
        let layout = (format.layout)()?;
        let same = fits.last().filter(|fit| Arc::ptr_eq(&fit.layout, &layout));
        let next = match same {
            Some(relative) => relative.shared_with(format, peeks),
            None => fit(format, &layout, peeks),
        };
        fits.push(next);
    }
    Ok(fits)
}

/// How well the files fit a format with these tables.
pub fn fit(format: &'static Format, layout: &Arc<Layout>, peeks: &[Peek]) -> Fit {
    let mut specs = vec![None; peeks.len()];
    for (at, peek) in peeks.iter().enumerate() {
        specs[at] = by_name(layout, peek).filter(|spec| !specs.contains(&Some(*spec)));
    }
    by_labels(layout, peeks, &mut specs);
    by_position(layout, peeks, &mut specs);
    let mut labels = (0, 0);
    for (peek, spec) in peeks.iter().zip(&specs) {
        let known = spec.map_or(0, |spec| known_labels(&layout.files[spec], peek));
        labels = (labels.0 + known, labels.1 + peek.labels.len());
    }
    // Where the format is given, files of which no header is known are meant if they are named so.
    if specs.iter().all(Option::is_none) {
        let named =
            |spec: &FileSpec, peek: &Peek| spec.ending().is_some() && spec.is_called(&peek.name);
        for (at, peek) in peeks.iter().enumerate() {
            let spec = layout.files.iter().position(|spec| named(spec, peek));
            specs[at] = spec.filter(|spec| has_room(layout, &specs, *spec));
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

/// The file of the layout that a file is named as.
fn by_name(layout: &Layout, peek: &Peek) -> Option<usize> {
    let named = |name: &String| name.eq_ignore_ascii_case(&peek.name);
    let is = |spec: &FileSpec| {
        spec.ending().is_none() && (named(&spec.name) || spec.synonyms.iter().any(named))
    };
    layout.files.iter().position(is)
}

/// A file of another name may still be one of the format's: its labels tell.
fn by_labels(layout: &Layout, peeks: &[Peek], specs: &mut [Option<usize>]) {
    // What has hardly a label of any file need not be compared with each. A name of one's own is none.
    let all: HashSet<String> = labels(layout).collect();
    let mut fields = layout.files.iter().flat_map(|file| &file.fields);
    let has_families = fields.any(|field| field.labels().any(|label| label.contains('*')));
    let may_be = |peek: &Peek| {
        let known = |label: &&String| all.contains(&plain(label));
        has_families || peek.labels.iter().filter(known).count() > 2
    };
    for (at, peek) in peeks.iter().enumerate() {
        let is_open = specs[at].is_none() && by_name(layout, peek).is_none();
        if is_open && peek.labels.len() > 2 && may_be(peek) {
            specs[at] = most_like(layout, peek, specs);
        }
    }
}

/// The file of the layout that has the labels of a file, if there may be one more of that kind.
fn most_like(layout: &Layout, peek: &Peek, specs: &[Option<usize>]) -> Option<usize> {
    let is_free = |spec: usize| has_room(layout, specs, spec);
    // Of any name, a second file of a kind is none of another kind.
    let is_open = |spec: &usize| layout.files[*spec].any_name || is_free(*spec);
    // Files of any name stand in the order in which they are taken, but for one of which all is there.
    let size = |spec: &FileSpec, like: &Likeness| match spec.any_name {
        true => usize::from(like.known < header::columns(spec)),
        false => spec.fields.len(),
    };
    let best = (0..layout.files.len())
        .filter(is_open)
        .map(|spec| (header::likeness(&layout.files[spec], peek), spec))
        .max_by_key(|(like, spec)| {
            let size = size(&layout.files[*spec], like);
            (*like, Reverse(size), Reverse(*spec))
        });
    let (like, spec) = best.filter(|(_, spec)| is_free(*spec))?;
    let file = &layout.files[spec];
    let hits = like.known;
    // Under its own name it would have been known; under any, its header alone tells.
    let labels = peek.labels.len() - header::own(file, &peek.labels);
    let most = |all: usize, of: usize| hits * of >= labels * all;
    let is = match file.ending() {
        // Extracts of others may have much beside all that the file has.
        Some(_) => hits > 2 && (most(1, 3) || hits * 5 >= file.fields.len() * 4),
        None => most(4, 5) && hits * 2 >= file.fields.len(),
    };
    is.then_some(spec)
}

/// A file without a header is told by what its columns hold.
fn by_position(layout: &Layout, peeks: &[Peek], specs: &mut [Option<usize>]) {
    for (at, peek) in peeks.iter().enumerate() {
        if specs[at].is_none() {
            let fits = |spec: &usize| header::fits_by_position(&layout.files[*spec], peek);
            let mut free = (0..layout.files.len()).filter(|spec| has_room(layout, specs, *spec));
            let found = free.find(fits);
            specs[at] = found;
        }
    }
}

/// How many labels of a file are known, where it is this one of the layout.
fn known_labels(spec: &FileSpec, peek: &Peek) -> usize {
    match header::fits_by_position(spec, peek) {
        true => peek.labels.len(),
        // What a sender may add is as good as known.
        false => header::likeness(spec, peek).known + header::own(spec, &peek.labels),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::formats::oneroster;
    use crate::peek::{Known, peek};

    /// However many columns a sender adds, the files stay what they are, under their own name or another.
    #[test]
    fn columns_of_ones_own_are_known() {
        let layout = (oneroster::V1P2.layout)().unwrap();
        let users = layout.files.iter().find(|file| file.name == "users.csv");
        let fields = users.unwrap().fields.iter().map(|field| field.name.clone());
        let labels: Vec<String> = fields
            .chain((0..500).map(|n| format!("metadata.{n}")))
            .collect();
        let header = labels.join(",");
        for name in ["users.csv", "people.csv"] {
            let peek = peek(name, header.len() as u64, header.as_bytes(), &Known::new());
            let fit = fit(&oneroster::V1P2, &layout, &[peek]);
            assert!(fit.is_likely(), "{name}: {:?}", fit.labels);
        }
    }
}
