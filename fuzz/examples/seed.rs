//! Writes the first inputs of all targets into `corpus/`: the files of `www/samples`, whole and cut
//! short, each led by the bytes that the target takes as its settings.

use std::fs;
use std::path::Path;

use hallpass::source::zip::{Directory, Inflate};

/// Names in the order of the `check` target.
const NAMES: &[&str] = &[
    "manifest.csv",
    "academicSessions.csv",
    "classes.csv",
    "courses.csv",
    "demographics.csv",
    "enrollments.csv",
    "orgs.csv",
    "users.csv",
    "roles.csv",
    "results.csv",
];

/// Records kept of each file, so that an input is read in no time.
const RECORDS: usize = 6;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for sample in ["clean", "faulty"] {
        let bytes = fs::read(root.join(format!("../www/samples/{sample}.zip"))).expect("a sample");
        let files = unpack(&bytes);
        let write = |target: &str, name: &str, settings: &[u8], bytes: &[u8]| {
            let folder = root.join("corpus").join(target);
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(
                folder.join(format!("{sample}-{name}")),
                [settings, bytes].concat(),
            )
            .expect("a seed");
        };
        write("zip", "whole", &[7], &bytes);
        write("zip", "short", &[7], &bytes[..bytes.len() - 100]);
        let mut bundle = Vec::new();
        for (name, text) in &files {
            let name = name.rsplit('/').next().unwrap_or_default();
            write("records", name, &[0, 3], text);
            write("records", &format!("{name}-width"), &[5 << 3, 3], text);
            if let Some(place) = NAMES.iter().position(|known| *known == name) {
                write("check", name, &[5, place as u8], text);
                bundle.extend_from_slice(&[0x1C, place as u8]);
                bundle.extend_from_slice(text);
            }
        }
        write("check", "bundle", &[5], &bundle[1..]);
        write("check", "zip", &[5], &bytes);
    }
}

/// The members of an archive, cut to some records.
fn unpack(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut directory = Directory::new("sample", bytes.len() as u64);
    while let Some(want) = directory.want() {
        directory.push(&bytes[want.start as usize..want.end as usize]);
        directory.end().expect("a zip");
    }
    let mut files = Vec::new();
    for member in directory.members().expect("members") {
        let mut text = Vec::new();
        let range = member.range.start as usize..member.range.end as usize;
        let mut inflate = Inflate::new(&member);
        inflate
            .push(&bytes[range], &mut |piece| text.extend_from_slice(piece))
            .expect("a member");
        let short = text
            .split_inclusive(|b| *b == b'\n')
            .take(RECORDS)
            .flatten()
            .copied()
            .collect();
        files.push((member.name, short));
    }
    files
}
