//! Two bundles in memory, pushed through a comparison as the page and the command line do.

use hallpass::compare::{Comparison, Options, Side, Task, as_of};
use hallpass::session::Piece;

/// Names and bytes.
pub type Files = Vec<(String, Vec<u8>)>;

/// Two bundles that were compared.
pub struct Compared {
    pub comparison: Comparison,
    sources: Files,
}

/// Compares two bundles; bytes come in pieces of this size.
pub fn compare(old: &Files, new: &Files, piece: usize) -> Compared {
    compare_for(None, old, new, piece)
}

/// Compares two bundles for a receiver.
pub fn compare_for(profile: Option<&str>, old: &Files, new: &Files, piece: usize) -> Compared {
    let (as_of, instant) = as_of(super::bundle::TODAY).unwrap();
    let mut comparison = Comparison::new(Options {
        as_of,
        instant,
        format: None,
        samples: 5,
        threshold: None,
        profile: profile.map(str::to_owned),
    });
    for (side, files) in [(Side::Old, old), (Side::New, new)] {
        for (name, bytes) in files {
            comparison.add(side, name, bytes.len() as u64);
        }
    }
    let sources = old.iter().chain(new).cloned().collect();
    let mut compared = Compared {
        comparison,
        sources,
    };
    compared.run(Task::Compare, piece);
    compared
}

impl Compared {
    /// Does a task; what was written.
    pub fn run(&mut self, task: Task, piece: usize) -> Files {
        let Compared {
            comparison,
            sources,
        } = self;
        comparison.begin(task).unwrap();
        let mut files = Files::new();
        let mut take = |comparison: &mut Comparison| {
            for piece in comparison.take() {
                match piece {
                    Piece::File(name) => files.push((name, Vec::new())),
                    Piece::Bytes(bytes) => files.last_mut().unwrap().1.extend(bytes),
                    Piece::Log(_) => panic!("a comparison has no log"),
                }
            }
        };
        take(comparison);
        while let Some((source, want)) = comparison.want().unwrap() {
            take(comparison);
            let bytes = &sources[source].1[want.start as usize..want.end as usize];
            for bytes in bytes.chunks(piece) {
                if !comparison.push(bytes).unwrap() {
                    break;
                }
            }
            comparison.end().unwrap();
            take(comparison);
        }
        take(comparison);
        files
    }
}
