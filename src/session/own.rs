//! Layouts of the user's own among the files: found by what files begin with, read whole, and told
//! from the files that they are for.

use super::{Error, Result, Session};
use crate::layout::own::{self, MOST, Part, Text, base};
use crate::layout::{ColumnMap, Layout};

/// What the task [`super::Task::Layout`] found.
#[derive(Debug)]
pub struct Own {
    /// The texts of layouts.
    pub texts: Vec<Text>,
    /// What they describe together, or why they describe nothing; nothing where there is only a map.
    pub layout: Result<Layout>,
    /// The column map, if there is one.
    pub map: Option<Text>,
    /// The sources that hold something else, too.
    pub rest: Vec<usize>,
}

impl Session {
    /// The layouts that the task [`super::Task::Layout`] found; none where there is none.
    pub fn own(&self) -> Option<Own> {
        let (mut files, mut texts, mut fault) = (Vec::new(), Vec::new(), None);
        let mut size = 0;
        for file in self.layout_texts() {
            let name = self.text_name(file);
            let is_descriptor = self.peeks[file].part == Some(Part::Descriptor);
            let read = self.texts.iter().find(|(known, _)| *known == file);
            match read.map(|(_, bytes)| own::decoded(&name, bytes)) {
                Some(Ok(text)) if is_descriptor && !own::describes(&name, &text) => continue,
                // Much of other kinds is written so.
                None | Some(Err(_)) if is_descriptor && base(&name) != "datapackage.json" => {
                    continue;
                }
                Some(Ok(text)) => texts.push(Text { name, text }),
                Some(Err(error)) => fault = Some(error),
                None => {}
            }
            files.push(file);
            size += self.files[file].size(&self.sources);
        }
        if size > MOST {
            let told = format!(
                "the layout has {size} bytes; expected at most {MOST}, its lists of codes included"
            );
            fault = Some(Error::usage(told));
        }
        let maps = self.map_texts();
        let map = maps.first().and_then(|file| {
            let name = self.text_name(*file);
            let (_, bytes) = self.texts.iter().find(|(known, _)| known == file)?;
            let read = |text: String| {
                ColumnMap::read(&text, &name)?;
                Ok(text)
            };
            match own::decoded(&name, bytes).and_then(read) {
                Ok(text) => Some(Text { name, text }),
                Err(error) => {
                    fault.get_or_insert(error);
                    None
                }
            }
        });
        files.extend(maps);
        let known = |at: usize| files.contains(&at);
        let rest = (0..self.sources.len()).filter(|source| {
            let mut inside = (0..self.files.len()).filter(|at| self.files[*at].source == *source);
            let first = inside.next();
            first.is_none_or(|first| !known(first)) || inside.any(|at| !known(at))
        });
        let rest = rest.collect();
        (!files.is_empty()).then(|| Own {
            layout: match fault {
                Some(fault) => Err(fault),
                None if texts.is_empty() => Ok(Layout::default()),
                None => own::of_texts(&texts),
            },
            texts,
            map,
            rest,
        })
    }

    /// The files that may be a layout: descriptors, and tables of fields with what lies beside them.
    pub(super) fn layout_texts(&self) -> Vec<usize> {
        let all = 0..self.peeks.len();
        let tables = all
            .clone()
            .filter(|at| self.peeks[*at].part == Some(Part::Fields));
        let folders = tables.map(|at| folder(&self.text_name(at)).to_owned());
        let folders: Vec<String> = folders.collect();
        let belongs = |at: &usize| match self.peeks[*at].part {
            Some(Part::Files | Part::Codes) => {
                let name = self.text_name(*at);
                let folder = folder(&name);
                let above = folder.strip_suffix("codes/").unwrap_or(folder);
                let mut known = folders.iter();
                known.any(|known| known == folder || known == above)
            }
            Some(Part::Map) => false,
            part => part.is_some(),
        };
        all.filter(belongs).collect()
    }

    /// The files that are column maps.
    pub(super) fn map_texts(&self) -> Vec<usize> {
        let all = 0..self.peeks.len();
        all.filter(|at| self.peeks[*at].part == Some(Part::Map))
            .collect()
    }

    /// What a file is called among others of a layout: those of a zip are apart from the rest.
    fn text_name(&self, file: usize) -> String {
        let file = &self.files[file];
        match file.member {
            Some(_) => format!("{}/{}", self.sources[file.source].name, file.name),
            None => file.name.clone(),
        }
    }
}

/// The folders before a name, with the last `/`.
fn folder(name: &str) -> &str {
    &name[..name.len() - base(name).len()]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::session::{Options, Task};
    use crate::source::zip::Pack;

    const FIELDS: &str = "file,field,type,codes\nstudents.csv,status,code,status\n";
    const CODES: &str = "code,meaning\nleft,Went to the school\n";
    const DATA: &str = "status\nleft\n";

    fn session(files: &[(&str, &[u8])], task: Task) -> Session {
        let options = Options {
            as_of: 0,
            format: None,
            profile: None,
            samples: 9,
        };
        run(Session::new(options), files, task)
    }

    fn run(mut session: Session, files: &[(&str, &[u8])], task: Task) -> Session {
        for (name, bytes) in files {
            session.add(name, bytes.len() as u64);
        }
        session.begin(task).unwrap();
        while let Some((source, want)) = session.want().unwrap() {
            let range = want.start as usize..want.end as usize;
            session.push(&files[source].1[range]).unwrap();
            session.end().unwrap();
        }
        session
    }

    fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
        let mut pack = Pack::new();
        for (name, text) in files {
            pack.start(name).unwrap();
            pack.write(text.as_bytes()).unwrap();
            pack.finish_member().unwrap();
        }
        pack.finish().unwrap();
        pack.take()
    }

    fn found(files: &[(&str, &[u8])]) -> Option<Own> {
        session(files, Task::Layout).own()
    }

    #[test]
    fn a_layout_is_told_from_what_it_is_for() {
        let files: [(&str, &[u8]); 4] = [
            ("x/students.csv", DATA.as_bytes()),
            ("x/layout.csv", FIELDS.as_bytes()),
            ("x/codes/status.csv", CODES.as_bytes()),
            ("x/notes.json", b"{\"name\": \"no descriptor\"}"),
        ];
        let own = found(&files).unwrap();
        assert_eq!(own.rest, [0, 3]);
        assert_eq!(own.layout.unwrap().files[0].name, "students.csv");
        assert!(found(&files[..1]).is_none());
        let lone = found(&files[2..]);
        assert!(lone.is_none(), "a list of codes alone is none: {lone:?}");
    }

    #[test]
    fn a_column_map_is_found_with_a_layout_and_without() {
        let map = "file,label,field\nstudents.csv,State,status\n";
        let data = ("students.csv", DATA.as_bytes());
        let alone = found(&[("map.csv", map.as_bytes()), data]).unwrap();
        assert_eq!((alone.texts.len(), &alone.rest), (0, &vec![1]));
        assert_eq!(alone.map.unwrap().text, map);
        assert!(alone.layout.is_ok());
        let both = found(&[
            ("layout.csv", FIELDS.as_bytes()),
            ("codes/status.csv", CODES.as_bytes()),
            ("map.csv", map.as_bytes()),
        ]);
        let both = both.unwrap();
        assert_eq!((both.texts.len(), both.rest.len()), (2, 0));
        assert!(both.map.is_some());
        let latin = found(&[("map.csv", b"file,label,field\nx,\xE9,y\n")]);
        let fault = latin.unwrap().layout.map(|_| ()).unwrap_err();
        assert!(fault.to_string().contains("is not UTF-8"), "{fault}");
    }

    #[test]
    fn a_zip_may_hold_both_and_the_tables_are_no_strange_files_then() {
        let tables = [("layout.csv", FIELDS), ("codes/status.csv", CODES)];
        let alone = zipped(&tables);
        let both = zipped(&[tables[0], tables[1], ("students.csv", DATA)]);
        assert!(found(&[("own.zip", &alone)]).unwrap().rest.is_empty());
        let own = found(&[("all.zip", &both)]).unwrap();
        assert_eq!(own.rest, [0]);
        let options = session(&[("a.csv", b"")], Task::Plan).options;
        let with = Session::new(options).with_layout(own::of_texts(&own.texts).unwrap());
        let report = run(with, &[("all.zip", &both)], Task::Check)
            .report()
            .unwrap();
        assert_eq!(report.groups, [], "{report:?}");
    }

    #[test]
    fn what_is_wrong_with_a_layout_is_told() {
        let wrong = FIELDS.replace(",code,status", ",cod,");
        let large = format!("{FIELDS}{}", "#".repeat(MOST as usize));
        for (name, text, told) in [
            (
                "layout.csv",
                wrong.as_bytes(),
                "layout.csv, line 2, type: `cod`",
            ),
            ("layout.csv", large.as_bytes(), "expected at most 5242880"),
            (
                "layout.csv",
                b"file,field,type\n\xE9,a,b\n",
                "`layout.csv` is not UTF-8",
            ),
            ("schema.json", b"{\"fields\": [", "schema.json is not JSON"),
        ] {
            let fault = found(&[(name, text)]).unwrap().layout;
            let fault = fault.map(|_| ()).unwrap_err().to_string();
            assert!(fault.contains(told), "{fault}");
        }
    }
}
