//! What is refused, and in which words; what must not be.

use super::*;

fn message(result: Result<Files>) -> String {
    result.map_or_else(|error| error.to_string(), |files| format!("read {files:?}"))
}

#[test]
fn what_cannot_be_unpacked_safely_is_refused_by_name() {
    type Lie = fn(&mut Raw);
    let cases: &[(&'static [u8], Lie, &str)] = &[
        (b"x", |_| {}, "read [(\"x\", "),
        (b"x", |e| e.flags = 1, "`x` is encrypted"),
        (b"x", |e| e.method = 99, "`x` is encrypted"),
        (b"x", |e| e.method = 9, "`x` is compressed with Deflate64"),
        (
            b"x",
            |e| e.method = 77,
            "`x` is compressed with an unknown method (77)",
        ),
        (b"x", |e| e.flags = 32, "`x` is compressed with patch data"),
        (b"../x", |_| {}, "`../x` leads out of its folder"),
        (b"a\\..\\..\\x", |_| {}, "leads out of its folder"),
        (b"/x", |_| {}, "`/x` is an absolute path"),
        (b"C:\\x", |_| {}, "is an absolute path"),
        (b"\\\\host\\x", |_| {}, "is an absolute path"),
        (b"a\0b", |_| {}, "`a\\u{0}b` has a NUL"),
        (b"", |_| {}, "is not a file name"),
        (b"a\\x", |_| {}, "read [(\"a/x\", "),
        (b"x/", |_| {}, "read []"),
        (b"x", |e| e.external = 0o120_777 << 16, "`x` is a link"),
        (
            b"x",
            |e| e.external = 0o020_666 << 16,
            "`x` is not an ordinary file",
        ),
        (
            b"x",
            |e| (e.external, e.made_by) = (0o120_777 << 16, 0),
            "read [(\"x\", ",
        ),
        (b"x", |e| e.disk = 1, "`x` is in another part"),
        (b"x", |e| e.size += 1, "`x` has two different sizes"),
        (b"x", |e| e.size = u32::MAX, "`x` lacks its zip64 sizes"),
        (b"x", |e| e.crc32 ^= 1, "`x` does not match its checksum"),
        (
            b"x",
            |e| e.start = Some(1),
            "`x` shares bytes with another part",
        ),
        (
            b"x",
            |e| e.local_name = b"y",
            "`x` has two different headers",
        ),
        (b"x", |e| e.method = 8, "`x` has bytes that do not unpack"),
    ];
    for (name, lie, expected) in cases {
        let mut entry = raw(name);
        lie(&mut entry);
        let got = message(read(&build(&[entry], end), 4096));
        assert!(got.contains(expected), "{}: {got}", name.escape_ascii());
    }
}

#[test]
fn entries_must_not_meet() {
    let overlap = Raw {
        start: Some(0),
        ..raw(b"y")
    };
    let cases: &[(&[Raw], &str)] = &[
        (&[raw(b"x"), raw(b"y")], "read [(\"x\", "),
        (&[raw(b"x"), raw(b"x")], "`x` is in the archive twice"),
        (
            &[raw(b"X.csv"), raw(b"x.CSV")],
            "`x.CSV` is in the archive twice (first as `X.csv`)",
        ),
        (
            &[raw(b"a/x"), raw(b"./a\\x")],
            "`a/x` is in the archive twice",
        ),
        (&[raw(b"x"), overlap], "shares bytes with another part"),
    ];
    for (entries, expected) in cases {
        let got = message(read(&build(entries, end), 4096));
        assert!(got.contains(expected), "{got}");
    }
}

#[test]
fn end_records_are_found_and_compared() {
    let one = |ends| build(&[raw(b"x")], ends);
    let good = one(end);
    let cases: &[(&str, Vec<u8>, &str)] = &[
        (
            "comment",
            one(|e, s, o| [&end(e, s, o)[..20], b"\x05\0hello"].concat()),
            "read [(",
        ),
        ("appended", [&good[..], b"\r\n"].concat(), "read [("),
        (
            "put before",
            [b"#!/bin/sh\n", &good[..]].concat(),
            "read [(",
        ),
        ("zip64", one(end64), "read [("),
        (
            "zip64, put before",
            [b"MZ junk", &one(end64)[..]].concat(),
            "read [(",
        ),
        (
            "zip64, record with more in it",
            one(|e, s, o| {
                let mut ends = end64(e, s, o);
                ends.splice(56..56, *b"0123456789");
                ends
            }),
            "read [(",
        ),
        (
            "zip64, values differ",
            one(|e, s, o| [&end64(e, s, o)[..76], &end(e + 1, s, o)].concat()),
            "damaged end records",
        ),
        (
            "several parts",
            one(|e, s, o| {
                let mut end = end(e, s, o);
                end[4] = 1;
                end
            }),
            "several parts",
        ),
        (
            "zip64, several parts",
            one(|e, s, o| {
                let mut end = end64(e, s, o);
                end[72] = 2;
                end
            }),
            "several parts",
        ),
        (
            "too many",
            one(|_, s, o| end(10_001, s, o)),
            "at most 10000",
        ),
        (
            "one announced too many",
            one(|e, s, o| end(e + 1, s, o)),
            "damaged list",
        ),
        (
            "one announced too few",
            one(|e, s, o| end(e - 1, s, o)),
            "damaged list",
        ),
        (
            "list too long",
            one(|e, _, o| end(e, u32::MAX - 1, o)),
            "at most 33554432",
        ),
        (
            "start beyond the end",
            one(|e, s, o| end(e, s, o + 1)),
            "lacks bytes",
        ),
        (
            "a zip's last member",
            [&good[..38], &good].concat(),
            "cut short",
        ),
        ("empty", vec![], "seems to be an empty file"),
        (
            "no zip",
            b"%PDF-1.7 and so on and so on".to_vec(),
            "`a.zip` is not a zip archive; it seems to be a PDF document",
        ),
        ("no members", end(0, 0, 0), "read []"),
    ];
    for (case, zip, expected) in cases {
        for piece in [1, 7, 100_000] {
            let got = message(read(zip, piece));
            assert!(got.contains(expected), "{case}: {got}");
        }
    }
}

#[test]
fn zip64_sizes_are_read_from_the_extra_field() {
    let mut entry = raw(b"x");
    entry.size = u32::MAX;
    entry.extra = [
        shorts(&[0x5455, 1]),
        vec![9],
        shorts(&[1, 8]),
        longs(&[8, 0]),
    ]
    .concat();
    assert_eq!(read(&build(&[entry], end), 9).unwrap()[0].1, b"a,b\n1,2\n");
}

#[test]
fn a_file_that_shrinks_is_noticed() {
    let mut directory = Directory::new("a.zip", 100);
    directory.push(b"PK");
    assert!(
        directory
            .end()
            .unwrap_err()
            .to_string()
            .contains("became shorter")
    );
    assert!(directory.members().is_err());
}

#[test]
fn what_unpacks_to_absurd_sizes_is_stopped_while_unpacking() {
    let megabyte = vec![b'0'; 1 << 20];
    let (mut pack, mut zip) = (Pack::new(), Vec::new());
    for (name, size) in [("large.csv", 63), ("bomb.csv", 70)] {
        pack.start(name).unwrap();
        (0..size).for_each(|_| pack.write(&megabyte).unwrap());
        pack.finish_member().unwrap();
        zip.append(&mut pack.take());
    }
    pack.finish().unwrap();
    zip.append(&mut pack.take());
    let members = list(&zip, 4096).unwrap();
    let (mut inflate, mut size) = (Inflate::new(&members[1]), 0);
    let range = members[1].range;
    let error = inflate
        .push(&zip[range.start as usize..range.end as usize], &mut |out| {
            size += out.len()
        })
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("`bomb.csv` unpacks to more than 200 times"),
        "{error}"
    );
    assert!(size as u64 <= UNSUSPICIOUS_SIZE);
    assert!(inflate.push(b"more", &mut |_| {}).is_err() && inflate.end().is_err());
    assert_eq!(unpack(&zip, &members[0], 4096).unwrap().len(), 63 << 20);
    // A declared size is a promise too.
    let mut modest = members[0].clone();
    modest.size = 1000;
    assert!(
        unpack(&zip, &modest, 4096)
            .unwrap_err()
            .to_string()
            .contains("longer than declared")
    );
}

#[test]
fn the_packer_refuses_what_the_reader_would() {
    let mut pack = Pack::new();
    for name in ["../x", "/x", "", "x/"] {
        assert!(pack.start(name).is_err(), "{name}");
    }
    assert!(pack.write(b"x").is_err() && pack.finish_member().is_err());
    pack.start("x.csv").unwrap();
    assert!(pack.start("y.csv").is_err() && pack.finish().is_err());
    pack.finish_member().unwrap();
    assert!(pack.start("X.CSV").is_err());
    pack.finish().unwrap();
    assert!(pack.finish().is_err() && pack.start("z.csv").is_err());
}
