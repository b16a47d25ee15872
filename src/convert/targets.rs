//! What checked files can become, told before anything is converted.

use serde::Serialize;

/// A format that the files can become.
#[derive(Clone, Debug, Serialize)]
pub struct Becomes {
    /// Its id.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// What comes out is called so, where that is one file and no bundle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Values that only people know.
    pub asks: Vec<Asks>,
    /// What will be missing or different, as far as it shows before.
    pub loses: Vec<String>,
}

/// A value that only people know.
#[derive(Clone, Debug, Serialize)]
pub struct Asks {
    /// What it is called where values are given.
    pub name: String,
    /// What it is, for people.
    pub title: String,
    /// Its type, as layouts name it; or `names`, `table`, `secret`: see [`super::Answer`].
    pub kind: String,
    /// Whether there is no conversion without it.
    pub required: bool,
    /// A word for what it is about, where several belong together; else empty.
    pub group: String,
}
