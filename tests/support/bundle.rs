//! A bundle in memory, pushed through a session as the page and the command line do.

use hallpass::layout::{self, ColumnMap, MapRow};
use hallpass::report::Report;
use hallpass::session::{Include, Options, Piece, Print, Session, Task};
use hallpass::source::zip::Pack;
use hallpass::types::date;

/// The day that counts as today in all tests.
pub const TODAY: &str = "2026-11-21";

/// Some files, and what they are checked as.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    /// Names and bytes; `upload.zip/users.csv` is a member of `upload.zip`.
    pub files: Vec<(String, Vec<u8>)>,
    /// Tables of a format of their own; without them the format is recognised.
    pub tables: Option<Tables>,
    /// The format, where it is given.
    pub format: Option<String>,
    /// The profile laid over it.
    pub profile: Option<String>,
    /// The column map by which labels are read.
    pub columns: Option<String>,
}

/// The tables of a layout, as text.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    pub files: String,
    pub layout: String,
    /// Code lists by name.
    pub codes: Vec<(String, String)>,
}

impl Tables {
    fn read(&self) -> layout::Layout {
        let codes = |name: &str| {
            let mut lists = self.codes.iter();
            lists.find(|list| list.0 == name).map(|list| list.1.clone())
        };
        layout::read(&self.files, &self.layout, &codes).unwrap()
    }
}

/// Checks a bundle; the report keeps every finding.
pub fn check(bundle: &Bundle) -> Report {
    let sources = bundle.sources();
    let mut session = bundle.session(&sources);
    drive(&mut session, &sources, Task::Check);
    session.report().unwrap()
}

/// All findings in a bundle that is checked against a layout: a row of CSV for each.
pub fn rows(bundle: &Bundle, layout: layout::Layout) -> String {
    let sources = bundle.sources();
    let mut session = bundle.session(&sources).with_layout(layout);
    drive(&mut session, &sources, Task::Check);
    let pieces = drive(&mut session, &sources, Task::Print(Print::Csv));
    let bytes = pieces.into_iter().flat_map(|piece| match piece {
        Piece::Bytes(bytes) => bytes,
        _ => Vec::new(),
    });
    String::from_utf8(bytes.collect()).unwrap()
}

/// The bundle with the fixes of these rules (of all, where there is none).
pub fn fix(bundle: &Bundle, include: Include, only: &[&str]) -> Bundle {
    fix_and_log(bundle, include, only).0
}

/// The same, and the list of changes.
pub fn fix_and_log(bundle: &Bundle, include: Include, only: &[&str]) -> (Bundle, String) {
    let sources = bundle.sources();
    let mut session = bundle.session(&sources);
    drive(&mut session, &sources, Task::Check);
    let only = only.iter().map(|rule| (*rule).to_owned()).collect();
    let pieces = drive(&mut session, &sources, Task::Fix { include, only });
    let zip = sources.iter().find(|source| source.0.ends_with(".zip"));
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut log = Vec::new();
    for piece in pieces {
        match (piece, zip) {
            (Piece::File(name), Some((zip, _))) => {
                files.push((format!("{zip}/{name}"), Vec::new()))
            }
            (Piece::File(name), None) => files.push((name, Vec::new())),
            (Piece::Bytes(bytes), _) => files.last_mut().unwrap().1.extend(bytes),
            (Piece::Log(bytes), _) => log.extend(bytes),
        }
    }
    let mended = Bundle {
        files,
        ..bundle.clone()
    };
    (mended, String::from_utf8(log).unwrap())
}

/// The column map that is proposed for a bundle.
pub fn propose_columns(bundle: &Bundle) -> Vec<MapRow> {
    let sources = bundle.sources();
    let mut session = bundle.session(&sources);
    drive(&mut session, &sources, Task::Plan);
    session.propose_columns().unwrap()
}

/// The tables of the layout that is proposed for a bundle, by their names.
pub fn propose(bundle: &Bundle) -> Vec<(String, String)> {
    propose_in_pieces(bundle, usize::MAX)
}

/// The same where files come in pieces of so many bytes.
pub fn propose_in_pieces(bundle: &Bundle, piece: usize) -> Vec<(String, String)> {
    let sources = bundle.sources();
    let mut session = bundle.session(&sources);
    let mut tables: Vec<(String, String)> = Vec::new();
    for written in drive_in_pieces(&mut session, &sources, Task::Propose, piece) {
        match written {
            Piece::File(name) => tables.push((name, String::new())),
            Piece::Bytes(bytes) => {
                tables.last_mut().unwrap().1 += std::str::from_utf8(&bytes).unwrap()
            }
            Piece::Log(_) => {}
        }
    }
    tables
}

/// What the bundle can become.
pub fn targets(bundle: &Bundle) -> Vec<hallpass::convert::Becomes> {
    let sources = bundle.sources();
    let mut session = bundle.session(&sources);
    drive(&mut session, &sources, Task::Check);
    session.targets().unwrap()
}

/// The bundle as one of another format, and the list of what was lost.
pub fn convert(
    bundle: &Bundle,
    to: &str,
    set: Vec<(String, String)>,
) -> hallpass::Result<(Bundle, Vec<u8>)> {
    let sources = bundle.sources();
    let mut session = bundle.session(&sources);
    drive(&mut session, &sources, Task::Check);
    let to = to.to_owned();
    let task = Task::Convert { to, set };
    session.begin(task.clone())?;
    let (mut files, mut log): (Vec<(String, Vec<u8>)>, Vec<u8>) = (Vec::new(), Vec::new());
    for piece in drive(&mut session, &sources, task) {
        match piece {
            Piece::File(name) => files.push((name, Vec::new())),
            Piece::Bytes(bytes) => files.last_mut().unwrap().1.extend(bytes),
            Piece::Log(bytes) => log.extend(bytes),
        }
    }
    let bundle = Bundle {
        files,
        ..Bundle::default()
    };
    Ok((bundle, log))
}

impl Bundle {
    /// The files as they would be dropped: loose, or packed.
    fn sources(&self) -> Vec<(String, Vec<u8>)> {
        let mut sources: Vec<(String, Vec<u8>)> = Vec::new();
        let mut packs: Vec<(String, Pack)> = Vec::new();
        for (name, bytes) in &self.files {
            let Some((zip, member)) = name.split_once(".zip/") else {
                sources.push((name.clone(), bytes.clone()));
                continue;
            };
            if packs.iter().all(|pack| pack.0 != zip) {
                packs.push((zip.to_owned(), Pack::new()));
            }
            let pack = &mut packs.iter_mut().find(|pack| pack.0 == zip).unwrap().1;
            pack.start(member).unwrap();
            pack.write(bytes).unwrap();
            pack.finish_member().unwrap();
        }
        for (zip, mut pack) in packs {
            pack.finish().unwrap();
            sources.push((format!("{zip}.zip"), pack.take()));
        }
        sources
    }

    fn session(&self, sources: &[(String, Vec<u8>)]) -> Session {
        let mut session = Session::new(Options {
            as_of: date::days(TODAY.as_bytes()).unwrap(),
            format: self.format.clone(),
            profile: self.profile.clone(),
            samples: usize::MAX,
        });
        if let Some(tables) = &self.tables {
            session = session.with_layout(tables.read());
        }
        if let Some(map) = &self.columns {
            session = session.with_columns(ColumnMap::read(map, "map.csv").unwrap());
        }
        for (name, bytes) in sources {
            session.add(name, bytes.len() as u64);
        }
        session
    }
}

fn drive(session: &mut Session, sources: &[(String, Vec<u8>)], task: Task) -> Vec<Piece> {
    drive_in_pieces(session, sources, task, usize::MAX)
}

fn drive_in_pieces(
    session: &mut Session,
    sources: &[(String, Vec<u8>)],
    task: Task,
    piece: usize,
) -> Vec<Piece> {
    session.begin(task).unwrap();
    let mut pieces = session.take();
    let want = |session: &mut Session| {
        let names = || {
            sources
                .iter()
                .map(|source| source.0.as_str())
                .collect::<Vec<_>>()
        };
        session
            .want()
            .unwrap_or_else(|error| panic!("{:?}: {error}", names()))
    };
    while let Some((source, want)) = want(session) {
        pieces.extend(session.take());
        let wanted = &sources[source].1[want.start as usize..want.end as usize];
        for bytes in wanted.chunks(piece) {
            if !session.push(bytes).unwrap() {
                break;
            }
        }
        session.end().unwrap();
        pieces.extend(session.take());
    }
    pieces.extend(session.take());
    pieces
}
