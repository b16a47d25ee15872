//! Which version of OneRoster files are of: told by what the manifest says and by what the files
//! hold. Where the two disagree, what they hold counts.

use crate::layout::{FileSpec, Layout};
use crate::peek::{Peek, plain};
use crate::tables;

/// A version that has tables. Files of 1.0 are checked as 1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 1.1, with 1.1.1.
    V1P1,
    /// 1.2, with 1.2.1.
    V1P2,
}

impl Version {
    /// The version that a layout describes: since 1.2 roles have a file of their own.
    pub fn of(layout: &Layout) -> Version {
        match layout.file(ROLES) {
            Some(_) => Version::V1P2,
            None => Version::V1P1,
        }
    }

    /// What `oneroster.version` may say: the version, its revision, a national profile.
    pub fn editions(self) -> &'static [&'static str] {
        match self {
            Version::V1P1 => &["1.1", "1.1.1"],
            Version::V1P2 => &["1.2", "1.2.1", "1.2_JP"],
        }
    }

    /// What `oneroster.version` says first of all.
    pub fn number(self) -> &'static str {
        self.editions()[0]
    }

    /// What in the files says that they are of this version, in words.
    pub fn claim(self, peeks: &[Peek]) -> Option<String> {
        let (version, why) = told(peeks)?;
        (version == self).then_some(why)
    }
}

const ROLES: &str = "roles.csv";

/// What makes files of 1.1 of those of 1.0.
pub const CURRENT: &str = "hallpass convert --to oneroster-1.1";

/// The table of the headers of 1.0, without columns of one's own.
const V1P0: &str = "oneroster/v1p0/headers.csv";

/// Labels that evidence names.
const NAMED: usize = 2;

/// The version of the files, and what tells it.
fn told(peeks: &[Peek]) -> Option<(Version, String)> {
    let held = held(peeks);
    let is = |version| held.as_ref().is_none_or(|held| held.0 == version);
    if let Some(said) = said(peeks) {
        return if is(said.0) { Some(said) } else { held };
    }
    let mut outdated = peeks
        .iter()
        .filter_map(|peek| Some((peek, outdated(peek)?)));
    match outdated.next() {
        Some((peek, what)) if is(Version::V1P1) => {
            let why = format!("{} has {what}, which `{CURRENT}` makes current", peek.name);
            Some((Version::V1P1, why))
        }
        _ => held,
    }
}

/// What the manifest says.
fn said(peeks: &[Peek]) -> Option<(Version, String)> {
    let said = super::manifest(peeks, "oneroster.version")?;
    let digits: String = said.chars().filter(char::is_ascii_digit).collect();
    let version = match digits.get(..2)? {
        "10" | "11" => Version::V1P1,
        "12" => Version::V1P2,
        _ => return None,
    };
    let why = format!("manifest.csv says `oneroster.version` is `{said}`");
    Some((version, why))
}

/// What the files hold, where that is of one version alone. Roles in a file of their own say
/// enough: users may have kept theirs from 1.1.
pub fn held(peeks: &[Peek]) -> Option<(Version, String)> {
    let has_roles = peeks
        .iter()
        .any(|peek| peek.name.eq_ignore_ascii_case(ROLES));
    if has_roles {
        return Some((Version::V1P2, format!("there is a file {ROLES}")));
    }
    let earlier = (super::V1P1.layout)().ok()?;
    let later = (super::V1P2.layout)().ok()?;
    match (own(peeks, &earlier, &later), own(peeks, &later, &earlier)) {
        (Some(why), None) => Some((Version::V1P1, why)),
        (None, Some(why)) => Some((Version::V1P2, why)),
        _ => None,
    }
}

/// What is of one version and not of another: a file, or labels of a file.
fn own(peeks: &[Peek], has: &Layout, lacks: &Layout) -> Option<String> {
    peeks.iter().find_map(|peek| {
        let spec = spec(has, peek)?;
        let Some(other) = self::spec(lacks, peek) else {
            return Some(format!("there is a file {}", spec.name));
        };
        let fields = spec.fields.iter().map(|field| field.name.as_str());
        let own = fields.filter(|name| other.field(name).is_none());
        let there = own.filter(|name| {
            let name = plain(name);
            peek.labels.iter().any(|label| plain(label) == name)
        });
        Some(format!("{} has {}", spec.name, words(there)?))
    })
}

/// What a file has of the header that 1.0 gave it: labels, or all of it.
pub fn outdated(peek: &Peek) -> Option<String> {
    let mut headers = tables::find(V1P0)?
        .lines()
        .filter_map(|line| line.split_once(','));
    let (name, header) = headers.find(|(name, _)| name.eq_ignore_ascii_case(&peek.name))?;
    let layout = (super::V1P1.layout)().ok()?;
    let now = &layout.files[layout.file(name)?];
    let labels = || header.split('|');
    let own = labels().filter(|label| now.field(label).is_none());
    if let Some(labels) = words(own.filter(|label| peek.labels.iter().any(|l| l.trim() == *label)))
    {
        return Some(format!("{labels} from OneRoster 1.0"));
    }
    let ours = |label: &&str| !label.starts_with("metadata.");
    let is_old = labels().eq(peek.labels.iter().map(|label| label.trim()).filter(ours));
    let is_new = labels().eq(now.fields.iter().map(|field| field.name.as_str()));
    (is_old && !is_new).then(|| "the header of OneRoster 1.0".to_owned())
}

/// The layout's file of that name.
fn spec<'a>(layout: &'a Layout, peek: &Peek) -> Option<&'a FileSpec> {
    let mut files = layout.files.iter();
    files.find(|spec| spec.name.eq_ignore_ascii_case(&peek.name))
}

/// The first labels in words, if there are any.
fn words<'a>(labels: impl Iterator<Item = &'a str>) -> Option<String> {
    let labels: Vec<String> = labels.take(NAMED).map(|l| format!("`{l}`")).collect();
    (!labels.is_empty()).then(|| labels.join(" and "))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::peek::{Known, peek};

    const USERS: &str = "users.csv: sourcedId,enabledUser,username";
    const USERS_1P1: &str = "users.csv: sourcedId,enabledUser,orgSourcedIds,role,username";
    const USERS_1P2: &str = "users.csv: sourcedId,enabledUser,username,pronouns";
    const ROLES: &str = "roles.csv: sourcedId,userSourcedId,roleType,role,orgSourcedId";
    const CLASSES_1P0: &str = "classes.csv: sourcedId,title,grade,termSourcedId";
    const ENROLLMENTS_1P0: &str = "enrollments.csv: sourcedId,classSourcedId,schoolSourcedId,\
                                   userSourcedId,role,status,dateLastModified,primary";

    /// What tells the version of files, each told as its name and its header.
    fn why(version: &str, files: &[&str]) -> String {
        let mut peeks = Vec::new();
        if !version.is_empty() {
            let text = format!("propertyName,value\noneroster.version,{version}\n");
            peeks.push(("manifest.csv", text));
        }
        peeks.extend(files.iter().map(|file| {
            let (name, header) = file.split_once(": ").unwrap();
            (name, format!("{header}\n"))
        }));
        let look =
            |(name, text): &(&str, String)| peek(name, 9, text.as_bytes(), &Known::default());
        match told(&peeks.iter().map(look).collect::<Vec<_>>()) {
            Some((version, why)) => format!("{}: {why}", version.number()),
            None => "nothing".to_owned(),
        }
    }

    #[test]
    fn the_manifest_is_asked_first() {
        let says = |v: &str| format!("manifest.csv says `oneroster.version` is `{v}`");
        assert_eq!(why("1.1", &[USERS]), format!("1.1: {}", says("1.1")));
        assert_eq!(
            why("1.1.1", &[USERS_1P1]),
            format!("1.1: {}", says("1.1.1"))
        );
        assert_eq!(why("1.2", &[ROLES]), format!("1.2: {}", says("1.2")));
        assert_eq!(why("v1.2", &[USERS]), format!("1.2: {}", says("v1.2")));
        assert_eq!(
            why("1.2.1", &[USERS_1P2]),
            format!("1.2: {}", says("1.2.1"))
        );
        assert_eq!(why("1.0", &[USERS_1P1]), format!("1.1: {}", says("1.0")));
        // A label of 1.0 in a bundle of later times is a mistake of its own.
        assert_eq!(why("1.2", &[CLASSES_1P0]), format!("1.2: {}", says("1.2")));
        // What speaks for both speaks for neither.
        let both = "users.csv: sourcedId,orgSourcedIds,role,pronouns";
        assert_eq!(why("1.1", &[both]), format!("1.1: {}", says("1.1")));
    }

    #[test]
    fn what_files_hold_counts() {
        let roles = "1.2: there is a file roles.csv";
        let users = "1.1: users.csv has `orgSourcedIds` and `role`";
        assert_eq!(why("1.1", &[USERS_1P1, ROLES]), roles);
        assert_eq!(why("1.1", &[USERS_1P2]), "1.2: users.csv has `pronouns`");
        assert_eq!(why("1.2", &[USERS_1P1]), users);
        assert_eq!(why("2.0", &[USERS_1P1]), users);
        for (file, told) in [
            (USERS_1P1, users),
            (USERS_1P2, "1.2: users.csv has `pronouns`"),
            (ROLES, roles),
            (
                "scoreScales.csv: sourcedId",
                "1.2: there is a file scoreScales.csv",
            ),
            (
                "lineItems.csv: gradingPeriodSourcedId",
                "1.1: lineItems.csv has `gradingPeriodSourcedId`",
            ),
            (USERS, "nothing"),
        ] {
            assert_eq!(why("", &[file]), told);
        }
    }

    #[test]
    fn files_of_1_0_are_known_by_their_headers() {
        let current = "which `hallpass convert --to oneroster-1.1` makes current";
        let classes = format!(
            "1.1: classes.csv has `grade` and `termSourcedId` from OneRoster 1.0, {current}"
        );
        assert_eq!(why("", &[USERS_1P1, CLASSES_1P0]), classes);
        assert_eq!(
            why("", &[ENROLLMENTS_1P0]),
            format!("1.1: enrollments.csv has the header of OneRoster 1.0, {current}")
        );
        assert_eq!(
            why("", &[CLASSES_1P0, ROLES]),
            "1.2: there is a file roles.csv"
        );
        // Its header is the same in all versions.
        let orgs =
            "orgs.csv: sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId";
        assert_eq!(why("", &[orgs]), "nothing");
    }
}
