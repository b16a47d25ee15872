//! Sources to files of the bundle: zips are opened, folders around everything left off.

use std::collections::HashMap;
use std::sync::Arc;

use super::Session;
use crate::formats;
use crate::layout::Layout;
use crate::source::zip::Member;
use crate::source::{Want, document, is_litter, without_folder, wrapping_folder};
use crate::{Error, Result};

/// A source that was added.
#[derive(Debug)]
pub(super) struct Source {
    /// As it was dropped or named, folders included.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Whether it came without a name of its own.
    pub unnamed: bool,
}

/// A file of the bundle.
#[derive(Debug)]
pub(super) struct File {
    /// Its name in the bundle.
    pub name: String,
    /// The source that is it or holds it.
    pub source: usize,
    /// Where it is in the zip.
    pub member: Option<Member>,
    /// The folder inside its zip that holds all the zip's files.
    pub folder: Option<String>,
    /// What it is, where it is a zip but no bundle: "an Excel workbook".
    pub document: Option<&'static str>,
}

impl File {
    /// Bytes, unpacked.
    pub(super) fn size(&self, sources: &[Source]) -> u64 {
        self.member
            .as_ref()
            .map_or(sources[self.source].size, |member| member.size)
    }

    /// The bytes of the source that hold it.
    pub(super) fn range(&self, sources: &[Source]) -> Want {
        let whole = Want {
            start: 0,
            end: sources[self.source].size,
        };
        self.member.as_ref().map_or(whole, |member| member.range)
    }
}

impl Session {
    /// A source that is a file of the bundle itself.
    pub(super) fn loose(&mut self, source: usize, document: Option<&'static str>) {
        let name = self.sources[source].name.clone();
        if !is_litter(&name) {
            self.files.push(File {
                name,
                source,
                member: None,
                folder: None,
                document,
            });
        }
    }

    /// A source that is a zip: mostly one with files of the bundle.
    pub(super) fn archive(&mut self, source: usize, members: Vec<Member>) {
        let document = document(members.iter().map(|member| member.name.as_str()));
        if document.is_some() {
            return self.loose(source, document);
        }
        let Source { name, size, .. } = &self.sources[source];
        self.wrapping.zips.push((name.clone(), *size));
        let (litter, members): (Vec<Member>, Vec<Member>) = members
            .into_iter()
            .partition(|member| is_litter(&member.name));
        self.wrapping
            .litter
            .extend(litter.into_iter().map(|member| member.name));
        let Source { name, unnamed, .. } = &self.sources[source];
        let name = if *unnamed { "" } else { name };
        self.wrapping.zip.get_or_insert_with(|| name.to_owned());
        let folder = wrapping_folder(members.iter().map(|member| member.name.as_str()));
        let folder = folder.map(str::to_owned);
        for member in members {
            let name = match &folder {
                Some(folder) => without_folder(&member.name, folder).to_owned(),
                None => member.name.clone(),
            };
            self.files.push(File {
                name,
                source,
                member: Some(member),
                folder: folder.clone(),
                document: None,
            });
        }
        self.wrapping.folder = self.wrapping.folder.take().or(folder);
    }

    /// Loose files of one folder are named without it.
    pub(super) fn unfold(&mut self) {
        let loose = self.files.iter().all(|file| file.member.is_none());
        if let Some(folder) = wrapping_folder(self.files.iter().map(|file| file.name.as_str()))
            .filter(|_| loose)
            .map(str::to_owned)
        {
            for (file, peek) in self.files.iter_mut().zip(&mut self.peeks) {
                file.name = without_folder(&file.name, &folder).to_owned();
                peek.name.clone_from(&file.name);
            }
        }
    }

    /// Notes which files have no name of their own.
    pub(super) fn find_unnamed(&mut self) {
        let files = self.files.iter().enumerate();
        let unnamed =
            files.filter(|(_, file)| file.member.is_none() && self.sources[file.source].unnamed);
        self.wrapping.unnamed = unnamed.map(|(at, _)| at).collect();
    }

    /// Of two files with one name, nobody could say which is meant, and only one could be repaired.
    ///
    /// # Errors
    /// There are such files: from two zips, in a zip and beside it, or in two folders.
    pub(super) fn refuse_twins(&self) -> Result<()> {
        let mut names = HashMap::new();
        for file in &self.files {
            let source = &self.sources[file.source].name;
            if let Some(first) = names.insert(&file.name, source)
                && first != source
            {
                let name = &file.name;
                return Err(Error::usage(format!(
                    "`{name}` is there twice, from `{first}` and from `{source}`; give the files of one export only"
                )));
            }
        }
        let mut known: Vec<Arc<Layout>> = self.layout.iter().cloned().collect();
        for format in formats::FORMATS {
            known.push((format.layout)()?);
        }
        let is_known = |name: &str| {
            let mut files = known.iter().flat_map(|layout| &layout.files);
            files.any(|file| file.name.eq_ignore_ascii_case(name))
        };
        // A folder beside the files of a bundle is a surplus one; two folders are two bundles.
        if self.files.iter().any(|file| is_known(&file.name)) {
            return Ok(());
        }
        let mut folders = HashMap::new();
        let inside = self
            .files
            .iter()
            .filter_map(|file| file.name.rsplit_once('/'));
        for (folder, name) in inside.filter(|(_, name)| is_known(name)) {
            if let Some(first) = folders.insert(name.to_lowercase(), folder)
                && first != folder
            {
                return Err(Error::usage(format!(
                    "`{name}` is there twice, in the folders `{first}` and `{folder}`; keep one of these folders"
                )));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::session::{Options, Session, Task};

    /// What is said of empty loose files with these names.
    fn told(names: &[&str]) -> Option<String> {
        let mut session = Session::new(Options {
            as_of: 0,
            format: None,
            profile: None,
            samples: 1,
        });
        for name in names {
            session.add(name, 0);
        }
        session.begin(Task::Check).unwrap();
        loop {
            match session.want() {
                Ok(Some(_)) => session.end().unwrap(),
                Ok(None) => return None,
                Err(error) => return Some(error.to_string()),
            }
        }
    }

    #[test]
    fn two_folders_with_the_same_files_are_two_bundles() {
        let twins = told(&["x/A/users.csv", "x/A/orgs.csv", "x/B/Users.csv"]).unwrap();
        assert!(twins.contains("in the folders `A` and `B`"), "{twins}");
        let fine: [&[&str]; 3] = [
            &["x/users.csv", "x/old/users.csv", "x/older/users.csv"],
            &["x/A/users.csv", "x/B/orgs.csv"],
            &["x/A/notes.csv", "x/B/notes.csv"],
        ];
        for names in fine {
            assert_eq!(told(names), None, "{names:?}");
        }
    }
}
