//! Which data type a bundle is about, and whose layout its header is: told by the labels, by how many
//! of them each layout has, and by the headers of 41 published files.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::OnceLock;

use super::{IDS, TABLES};
use crate::check::Mode;
use crate::layout::{Columns, FileSpec, Order, Required};
use crate::peek::{Peek, plain};
use crate::rules::header;
use crate::tables;

/// The published headers: `programme,columns,labels`, the labels separated by `|`.
const HEADERS: &str = "pearson/headers.csv";

/// Labels that stand for one layout or one published header, without what people change.
struct Labels {
    /// The format that is about such files; empty for a published header.
    format: String,
    /// Whose labels they are.
    title: String,
    /// How many columns it has, but for fillers.
    columns: usize,
    /// As it spells them.
    own: HashSet<String>,
    /// What people write for them.
    others: HashSet<String>,
    /// The names of each field that such a file cannot do without.
    required: Vec<Vec<String>>,
}

impl Labels {
    fn of(spec: &FileSpec) -> Labels {
        let plainly = |labels: &mut dyn Iterator<Item = &String>| -> Vec<String> {
            labels.map(|label| plain(label)).collect()
        };
        let mut labels = Labels::named(&spec.format, &spec.title);
        for field in &spec.fields {
            labels.columns += usize::from(field.columns == Columns::One);
            labels.own.extend(plainly(&mut field.labels()));
            labels.others.extend(plainly(&mut field.synonyms.iter()));
            if field.required == Required::Yes {
                let mut names = field.labels().chain(&field.synonyms);
                labels.required.push(plainly(&mut names));
            }
        }
        labels
    }

    fn named(format: &str, title: &str) -> Labels {
        Labels {
            format: format.to_owned(),
            title: title.to_owned(),
            columns: 0,
            own: HashSet::new(),
            others: HashSet::new(),
            required: Vec::new(),
        }
    }

    /// How many labels of a header are known, and how many are spelled so.
    fn shared(&self, header: &HashSet<String>) -> (usize, usize) {
        let own = header.intersection(&self.own).count();
        let known = |label: &&String| self.own.contains(*label) || self.others.contains(*label);
        (header.iter().filter(known).count(), own)
    }

    /// How many of what such a file cannot do without a header lacks.
    fn missing(&self, header: &HashSet<String>) -> usize {
        let lacks = |names: &&Vec<String>| !names.iter().any(|name| header.contains(name));
        self.required.iter().filter(lacks).count()
    }

    /// Whether a header has half of what such a file cannot do without, or nothing but its labels,
    /// nearly: then it may have lost some.
    fn is_met(&self, header: &HashSet<String>) -> bool {
        let known = self.shared(header).0;
        self.missing(header) * 2 <= self.required.len() || known * 5 >= header.len() * 4
    }
}

/// What in the files says that they are about this data type first of all, in words.
pub fn told(id: &str, peeks: &[Peek]) -> Option<String> {
    let layouts = layouts();
    let headers = peeks.iter().map(|peek| {
        let labels = peek.labels.iter().map(|label| plain(label));
        (peek, labels.filter(|label| !label.is_empty()).collect())
    });
    let known = headers.filter_map(|(peek, header): (_, HashSet<String>)| {
        let best = best(layouts, &header, peek.wide())?;
        Some((peek, header, best))
    });
    let rank = |id: &str| IDS.iter().position(|known| *known == id);
    let (peek, header, best) = known.min_by_key(|(_, _, best)| rank(&layouts[*best].format))?;
    let layout = &layouts[best];
    (layout.format == id).then(|| {
        let near = near(layouts, best, &header);
        let ((shared, _), all) = (layout.shared(&header), header.len());
        let (name, title) = (&peek.name, &layout.title);
        format!("{shared} of {all} labels of {name} are those of {title}; nearest others: {near}")
    })
}

/// The data type that a file is of, by its labels.
pub fn kind(peek: &Peek) -> Option<&'static str> {
    let labels = peek.labels.iter().map(|label| plain(label));
    let header = labels.filter(|label| !label.is_empty()).collect();
    Some(&layouts()[best(layouts(), &header, peek.wide())?].format)
}

/// Whether such a file begins with the columns at hand, in its order and with none between them left out.
pub fn begins(spec: &FileSpec, peek: &Peek) -> bool {
    let header = header::read(spec, Mode::Bulk, &peek.labels, peek.line);
    let Some(last) = header.fields.iter().flatten().max() else {
        return false;
    };
    let before = spec.fields.iter().enumerate().take(last + 1);
    let mut before = before.filter(|(_, field)| field.columns == Columns::One);
    spec.order == Order::Fixed && before.all(|(at, _)| header.fields.contains(&Some(at)))
}

/// The layout that a header is most likely of; its records may have more cells than it has labels.
fn best(layouts: &[Labels], header: &HashSet<String>, wide: Option<usize>) -> Option<usize> {
    let met = (0..layouts.len()).filter(|at| layouts[*at].is_met(header));
    let shared = met.map(|at| (layouts[at].shared(header), at));
    let best = shared.max_by_key(|(shared, at)| {
        let missing = layouts[*at].missing(header);
        let columns = layouts[*at].columns;
        let beside = wide.map_or(0, |wide| wide.abs_diff(columns));
        let is_whole = shared.0 >= columns;
        let first = Reverse(*at);
        (*shared, Reverse(beside), Reverse(missing), is_whole, first)
    });
    let (_, at) = best.filter(|((shared, _), at)| {
        let all = layouts[*at].columns;
        *shared > 2 && (shared * 3 >= header.len() || shared * 5 >= all * 4)
    })?;
    Some(at)
}

/// What else the header may be of: the two next layouts, and the published header that is most like it.
fn near(layouts: &[Labels], best: usize, header: &HashSet<String>) -> String {
    let others = layouts.iter().enumerate().filter(|(at, _)| *at != best);
    let mut others: Vec<(usize, &str)> = others
        .map(|(_, other)| (other.shared(header).0, other.title.as_str()))
        .collect();
    crate::order::sort_by_key(&mut others, |(shared, _)| Reverse(*shared));
    let others = others.iter().take(2);
    let mut told: Vec<String> = others
        .map(|(shared, title)| format!("{title} ({shared})"))
        .collect();
    // Of all labels that either has, as many as possible have to be those of both.
    let like = |labels: &Labels| {
        let (shared, all) = (labels.shared(header).0, labels.own.len());
        shared * 1000 / (all + header.len() - shared).max(1)
    };
    if let Some(published) = published().iter().max_by_key(|labels| like(labels)) {
        let (title, all) = (&published.title, published.own.len());
        let (shared, _) = published.shared(header);
        told.push(format!(
            "the published header of {title} ({shared} of its {all})"
        ));
    }
    told.join(", ")
}

fn layouts() -> &'static [Labels] {
    static ALL: OnceLock<Vec<Labels>> = OnceLock::new();
    ALL.get_or_init(|| {
        let layout = TABLES.layout();
        let files = layout.iter().flat_map(|layout| &layout.files);
        files.map(Labels::of).collect()
    })
}

/// The published header that has all or nearly all of these labels, beside what a layout has.
pub fn results<'a>(labels: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    let labels: HashSet<String> = labels.map(plain).collect();
    let known = |header: &&Labels| header.own.intersection(&labels).count();
    let header = published().iter().max_by_key(known)?;
    (known(&header) * 10 >= labels.len() * 9).then_some(&header.title)
}

fn published() -> &'static [Labels] {
    static ALL: OnceLock<Vec<Labels>> = OnceLock::new();
    ALL.get_or_init(|| {
        let text = tables::find(HEADERS).unwrap_or_default();
        let rows = tables::rows(text).into_iter().skip(1);
        rows.map(|row| {
            let cell = |at: usize| row.get(at).map_or("", String::as_str);
            let mut labels = Labels::named("", cell(0));
            labels.own.extend(cell(2).split('|').map(plain));
            labels
        })
        .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The layouts that the published headers are taken for; none where they are of other files.
    #[test]
    fn published_headers_are_told_by_programme_and_year() {
        let found = published().iter().filter_map(|header| {
            let best = best(layouts(), &header.own, None)?;
            Some((header.title.as_str(), layouts()[best].title.as_str()))
        });
        let found: Vec<(&str, &str)> = found.collect();
        let of = |title: &str| {
            let mut layouts = found.iter().filter(|(known, _)| *known == title);
            layouts.next().map(|(_, layout)| *layout)
        };
        let registrations = "Student Registrations, ";
        for (header, layout) in [
            ("New Mexico PARCC 2015-2016", "PARCC 2016"),
            ("several states PARCC 2016", "PARCC 2016"),
            ("several states PARCC 2018", "2018 and later"),
            ("New Jersey NJSLA 2021-2022", "New Jersey 2022"),
            ("New Jersey NJGPA 2022-2023", "New Jersey 2022"),
            ("Illinois IAR 2021-2022", "Illinois 2023"),
            ("Colorado CMAS 2020-2021", "Colorado CMAS 2021"),
        ] {
            let known = of(header).and_then(|known| known.strip_prefix(registrations));
            assert_eq!(known, Some(layout), "{header}");
        }
        // Lists of scores and files of the newer Pearson Access are none of these.
        assert_eq!(of("Maryland MCAP 2022-2023"), None);
        assert_eq!(of("Illinois IAR 2018-2019"), None);
        assert_eq!(published().len(), 41);
    }
}
