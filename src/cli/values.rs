//! Values given with `--set`: what stands there, or what the file holds that it names.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use hallpass::convert::{Answer, LARGE, kind_of};
use hallpass::{Error, Result, decode};

/// What begins a value that is the path of a file.
const FILE: char = '@';

/// Values with what their files hold, and these files.
#[derive(Default)]
pub struct Values {
    /// Names and values.
    pub set: Vec<(String, String)>,
    /// The files that were read.
    pub files: Vec<PathBuf>,
}

/// Reads the files that values for the format `to` name: a table is always in a file, names and
/// secrets may be, behind an `@`.
///
/// # Errors
/// A file cannot be read, or there is no value: whoever names one does not mean none, and a secret that
/// is not there hides nothing.
pub fn read(to: &str, set: &[(String, String)]) -> Result<Values> {
    let mut values = Values::default();
    for (name, text) in set {
        let file = match kind_of(to, name) {
            Some(Answer::Table) => Some(text.strip_prefix(FILE).unwrap_or(text)),
            Some(Answer::Names | Answer::Secret) => text.strip_prefix(FILE),
            _ => None,
        };
        let Some(path) = file.filter(|path| !path.is_empty()) else {
            if text.trim().is_empty() {
                let told = format!("`{name}` is given without a value; expected one");
                return Err(Error::usage(told));
            }
            values.set.push((name.clone(), text.clone()));
            continue;
        };
        let path = Path::new(path);
        let refused = |cause| {
            let path = path.display();
            Error::usage(format!(
                "`{path}`, given for `{name}`, could not be read: {cause}"
            ))
        };
        let bytes = small(path).map_err(refused)?;
        // The line break at the end of a file is no part of a secret.
        let text = decode::text(&bytes).trim_end().to_owned();
        if text.is_empty() {
            return Err(refused(std::io::Error::other("there is nothing in it")));
        }
        values.set.push((name.clone(), text));
        values.files.push(path.to_owned());
    }
    Ok(values)
}

/// The bytes of a file, no more than tell that it is too large.
fn small(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = LARGE as u64 + 1;
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
