//! The formats that ship: one folder each, and two lines here.

pub mod datashop;
mod fit;
mod import;
pub mod managebac;
pub mod oneroster;
pub mod pearson;
pub mod test_central;

use std::sync::{Arc, OnceLock};

use crate::check::Mode;
use crate::convert::{Mapping, Recast};
use crate::layout::Layout;
use crate::order::sort_by_key;
use crate::peek::{Known, Peek, plain};
use crate::profile::{self, Profile, Title};
use crate::rules::{self, Rule};
use crate::tables;
pub use fit::{Fit, fit, fits};
pub use import::{Belongs, Guards, Import, Manifest, Matching, Missing, Modes, Protected, Way};

/// All formats, as `hallpass formats` lists them. Where nothing tells versions apart, the first is
/// taken: the latest.
pub static FORMATS: &[&Format] = &[
    &oneroster::V1P2,
    &oneroster::V1P1,
    &managebac::V1P2,
    &datashop::TRANSACTIONS,
    &datashop::STUDENT_STEP,
    &datashop::STUDENT_PROBLEM,
    &datashop::KC_MODEL,
    &pearson::STUDENT_REGISTRATIONS,
    &pearson::STUDENTS,
    &pearson::PERSONAL_NEEDS_PROFILE,
    &pearson::USERS,
    &pearson::ORGANIZATIONS,
    &pearson::ORGANIZATION_PARTICIPATION,
    &pearson::ORGANIZATION_PARTICIPATION_PRELOADS,
    &pearson::PREID,
    &pearson::TEST_ATTEMPTS,
    &pearson::ONLINE_TEST_ATTEMPTS,
    &test_central::CANDIDATES,
];

/// All profiles, by the formats that they are laid over.
pub static PROFILES: &[&Profiles] = &[
    &oneroster::PROFILES,
    &datashop::PROFILES,
    &test_central::PROFILES,
];

/// How formats become others.
pub static MAPPINGS: &[&Mapping] = &[
    &oneroster::convert::V1P0_TO_V1P1,
    &oneroster::convert::V1P1_TO_V1P2,
    &oneroster::convert::V1P2_TO_V1P1,
    &managebac::convert::FROM_V1P2,
    &managebac::convert::FROM_V1P2_WITH_PROGRAMS,
    &managebac::convert::TO_V1P2,
    &datashop::rollup::TO_STUDENT_STEP,
    &datashop::rollup::TO_STUDENT_PROBLEM,
    &datashop::rollup::TO_KC_MODEL,
    &pearson::convert::TO_STUDENTS,
    &pearson::convert::TO_NEEDS,
    &pearson::convert::TO_PREID,
    &pearson::convert::WHOLE,
    &pearson::convert::FROM_STUDENTS,
    &pearson::convert::FROM_NEEDS,
    &pearson::convert::TO_PRELOADS,
    &test_central::convert::FROM_V1P2,
    &test_central::convert::FROM_V1P1,
    &test_central::convert::WITH_HEADER,
    &pearson::convert::FROM_ONEROSTER[0],
    &pearson::convert::FROM_ONEROSTER[1],
    &pearson::convert::FROM_ONEROSTER[2],
    &pearson::convert::FROM_ONEROSTER[3],
    &pearson::convert::FROM_ONEROSTER[4],
    &pearson::convert::FROM_ONEROSTER[5],
    &pearson::convert::FROM_ONEROSTER[6],
    &pearson::convert::FROM_ONEROSTER[7],
    &pearson::convert::STUDENTS_TO_ONEROSTER,
    &pearson::convert::USERS_TO_ONEROSTER,
    &pearson::convert::ORGANIZATIONS_TO_ONEROSTER,
];

/// How files of a format become one file of it.
pub static RECASTS: &[&Recast] = &[&datashop::recast::TRANSACTIONS];

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
    // Bulk files hold all there is: what they lack is to go.
    import: &Import {
        missing: Missing::Archived,
        ..Import::UNKNOWN
    },
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
    /// Rules beside those that every format shares; of these, some that have to come later.
    pub rules: &'static [&'static Rule],
    /// How the records of a file are meant, told by the files' first records.
    pub mode: fn(&[Peek], file: &str) -> Mode,
    /// How receivers take such files.
    pub import: &'static Import,
    /// What no look at the files can tell.
    pub cannot_check: &'static [&'static str],
}

/// By its id.
impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

/// The profiles of some relatives.
pub struct Profiles {
    /// The formats that they may be laid over, by their ids.
    pub formats: &'static [&'static str],
    /// Where their tables are, below `src/formats`: the list `profiles.csv`, and one for each by its id.
    pub folder: &'static str,
    /// Rules that only they switch on, beside those of [`rules::PROFILE`].
    pub rules: &'static [&'static Rule],
}

impl Profiles {
    /// What there is to say of each as such.
    ///
    /// # Errors
    /// Our list is broken.
    pub fn titles(&self) -> crate::Result<Vec<Title>> {
        profile::titles(self.table("profiles")?)
    }

    /// The profile with that id laid over one of the formats, of which it is a profile; none where it
    /// is not listed.
    fn find(&self, id: &str, over: &'static Format) -> crate::Result<Option<Profile>> {
        let Some(title) = named(id, &self.titles()?).cloned() else {
            return Ok(None);
        };
        if !self.formats.contains(&over.id) {
            return Err(crate::Error::usage(format!(
                "`{id}` is a profile for {}, but the files are {}; expected no profile",
                self.formats.join(", "),
                over.title
            )));
        }
        let table = self.table(&title.id)?;
        profile::read(title, table, over).map(Some)
    }

    /// A table that is missing is no profile without facts: it would let everything pass.
    fn table(&self, name: &str) -> crate::Result<&'static str> {
        let path = format!("{}/{name}.csv", self.folder);
        let missing = || crate::Error::bug(format!("the table `{path}` is missing"));
        tables::find(&path).ok_or_else(missing)
    }
}

/// What there is to say of each profile as such.
///
/// # Errors
/// A list of ours is broken.
pub fn profiles() -> crate::Result<Vec<Title>> {
    let titles = PROFILES.iter().map(|profiles| profiles.titles());
    Ok(titles.collect::<crate::Result<Vec<_>>>()?.concat())
}

/// The profile with that id laid over a format.
///
/// # Errors
/// There is no such profile, or it is one of other formats.
pub fn profile(id: &str, over: &'static Format) -> crate::Result<Profile> {
    for profiles in PROFILES {
        if let Some(profile) = profiles.find(id, over)? {
            return Ok(profile);
        }
    }
    Err(unknown_profile(id, &profiles()?))
}

/// Sees that there is a profile with that id.
///
/// # Errors
/// There is none.
pub fn find_profile(id: &str) -> crate::Result<Title> {
    let known = profiles()?;
    let title = named(id, &known).cloned();
    title.ok_or_else(|| unknown_profile(id, &known))
}

/// The profile of that id; capitals do not matter.
fn named<'a>(id: &str, known: &'a [Title]) -> Option<&'a Title> {
    known.iter().find(|title| title.id.eq_ignore_ascii_case(id))
}

/// Names the profiles in whose id or name the text stands; all, where it stands in none.
fn unknown_profile(id: &str, known: &[Title]) -> crate::Error {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|char| char.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let part = plain(id);
    let near = |title: &&Title| {
        let names = [&title.id, &title.title];
        part.len() > 2 && names.iter().any(|name| plain(name).contains(&part))
    };
    let ids = |titles: Vec<&Title>, between: &str| {
        let ids: Vec<&str> = titles.iter().map(|title| title.id.as_str()).collect();
        ids.join(between)
    };
    let text = match ids(known.iter().filter(near).collect(), "` or `") {
        none if none.is_empty() => format!("expected one of {}", ids(known.iter().collect(), ", ")),
        near => format!("did you mean `{near}`?"),
    };
    crate::Error::usage(format!("`{id}` is no profile; {text}"))
}

impl Format {
    /// The shared rules, the format's own, and those that its profiles switch on.
    pub fn all_rules(&self) -> Vec<&'static Rule> {
        let profiles = PROFILES.iter().filter(|p| p.formats.contains(&self.id));
        let asked = profiles.flat_map(|profiles| rules::PROFILE.iter().chain(profiles.rules));
        // A shared rule that the format lists itself stands where the format has it.
        let moved = |rule: &&&Rule| self.rules.iter().any(|own| std::ptr::eq(*own, **rule));
        let shared = rules::SHARED.iter().filter(|rule| !moved(rule));
        let own = shared.chain(self.rules);
        own.chain(asked).copied().collect()
    }
}

/// The format with that id.
pub fn find(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id).copied()
}

/// The rule with that name, of any format.
pub fn rule(name: &str) -> Option<&'static Rule> {
    listed().find(|rule| rule.name == name)
}

/// All rules as formats list them, some of them more than once.
fn listed() -> impl Iterator<Item = &'static Rule> {
    let own = FORMATS.iter().flat_map(|format| format.rules);
    let asked = PROFILES.iter().flat_map(|profiles| profiles.rules);
    let shared = rules::SHARED.iter().chain(rules::PROFILE);
    shared.chain(own).chain(asked).copied()
}

/// All rules of all formats, each once.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules: Vec<&'static Rule> = listed().collect();
    sort_by_key(&mut rules, |rule| rule.name);
    rules.dedup_by_key(|rule| rule.name);
    rules
}

/// The labels of all formats, put together once.
///
/// # Errors
/// A table of ours is missing or broken.
pub fn known_labels() -> crate::Result<Arc<Known>> {
    static ALL: OnceLock<Arc<Known>> = OnceLock::new();
    if let Some(all) = ALL.get() {
        return Ok(Arc::clone(all));
    }
    let mut known = Known::new();
    let mut before: Option<Arc<Layout>> = None;
    for format in FORMATS {
        let layout = (format.layout)()?;
        // Formats of one family, which stand together, share their tables.
        if !before.is_some_and(|before| Arc::ptr_eq(&before, &layout)) {
            known.extend(labels(&layout));
        }
        before = Some(layout);
    }
    Ok(Arc::clone(ALL.get_or_init(|| Arc::new(known))))
}

/// The labels of a layout, without what people change.
pub fn labels(layout: &Layout) -> impl Iterator<Item = String> {
    let fields = layout.files.iter().flat_map(|file| &file.fields);
    let labels = fields.flat_map(|field| field.labels().chain(&field.synonyms));
    let mapped = layout.files.iter().flat_map(|file| &file.mapped.labels);
    let labels = labels.chain(mapped.map(|(label, _)| label));
    labels.map(|label| plain(label))
}
