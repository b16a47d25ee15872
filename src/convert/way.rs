//! What files can become: another format, by a table, or the same one anew.

use super::ask::{Ask, Asked};
use super::{Conversion, Converts, Given, Mapping, Recast, Recasting};
use crate::formats::{self, Format};
use crate::peek::Peek;
use crate::{Error, Result};

/// One thing that files can become.
#[derive(Clone, Copy)]
pub(crate) enum Way {
    /// Another format.
    Other(&'static Mapping, &'static Format),
    /// The same format anew.
    Anew(&'static Recast, &'static Format),
}

impl Way {
    /// The format that comes out.
    pub fn to(&self) -> &'static Format {
        match self {
            Way::Other(_, to) | Way::Anew(_, to) => to,
        }
    }

    /// What comes out, for people.
    pub fn title(&self) -> &'static str {
        match self {
            Way::Other(_, to) => to.title,
            Way::Anew(recast, _) => recast.title,
        }
    }

    /// Values that only people know.
    pub fn asks(&self) -> &'static [Ask] {
        match self {
            Way::Other(mapping, _) => mapping.asks,
            Way::Anew(recast, _) => recast.asks,
        }
    }

    /// Prepares it for files of the source. `others` are those that cannot be read, and why.
    ///
    /// # Errors
    /// A table of ours is broken, or a value that was given cannot be read.
    pub fn start(
        &self,
        given: Vec<Given>,
        others: &[(String, String)],
        peeks: &[Peek],
        asked: &Asked<'_>,
    ) -> Result<Box<dyn Converts>> {
        Ok(match self {
            Way::Other(mapping, to) => {
                Box::new(Conversion::new(mapping, to, given, others, peeks, asked)?)
            }
            Way::Anew(recast, to) => Box::new(Recasting::new(recast, to, given, others, asked)?),
        })
    }
}

/// What files of a format can become.
pub(crate) fn ways(from: &Format, peeks: &[Peek]) -> Vec<Way> {
    let mappings = formats::MAPPINGS.iter();
    let mappings = mappings.filter(|mapping| mapping.from == from.id && (mapping.fits)(peeks));
    let other =
        mappings.filter_map(|mapping| Some(Way::Other(mapping, formats::find(mapping.to)?)));
    let recasts = formats::RECASTS.iter();
    let recasts = recasts.filter(|recast| recast.format == from.id);
    let anew = recasts.filter_map(|recast| Some(Way::Anew(recast, formats::find(recast.format)?)));
    other.chain(anew).collect()
}

/// The way to the format with that id.
///
/// # Errors
/// There is no such format, or no way to it.
pub(crate) fn way(from: &Format, to: &str, peeks: &[Peek]) -> Result<Way> {
    let ways = ways(from, peeks);
    if let Some(found) = ways.iter().find(|way| way.to().id == to) {
        return Ok(*found);
    }
    let can: Vec<String> = ways
        .iter()
        .map(|way| format!("`{}`", way.to().id))
        .collect();
    let can = match can.as_slice() {
        [] => "no other format yet".to_owned(),
        can => can.join(" or "),
    };
    let title = from.title;
    Err(Error::usage(match formats::find(to) {
        None => format!("`{to}` is no format; expected {can}"),
        Some(to) if to.id == from.id => {
            format!(
                "`{}` is what the files are already; they can become {can}",
                to.id
            )
        }
        Some(_) => format!("`{to}` cannot be made of {title}; that can become {can}"),
    }))
}

/// What may be given for a value of that name where files become the format with that id.
pub fn kind_of(to: &str, name: &str) -> Option<&'static super::Answer> {
    let mappings = formats::MAPPINGS.iter().filter(|mapping| mapping.to == to);
    let recasts = formats::RECASTS.iter().filter(|recast| recast.format == to);
    let mappings = mappings.flat_map(|mapping| mapping.asks);
    let mut asks = mappings.chain(recasts.flat_map(|recast| recast.asks));
    asks.find(|ask| ask.name == name).map(|ask| &ask.kind)
}
