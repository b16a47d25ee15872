//! However an archive is cut into pieces, it reads the same; whatever is done to it, nothing panics
//! and no wrong byte is taken for a right one.

use proptest::prelude::*;

use super::*;

const SAMPLE: [(&str, &str); 3] = [
    ("orgs.csv", "sourcedId,name\no1,Nord\n"),
    ("empty.csv", ""),
    ("é/users.csv", "x,y\n"),
];

#[test]
fn every_size_of_pieces_reads_the_same() {
    let zip = pack(&SAMPLE, 5);
    assert_eq!(
        zip,
        pack(&SAMPLE, 5),
        "the same members give the same bytes"
    );
    let whole = read(&zip, zip.len()).unwrap();
    assert_eq!(
        whole,
        SAMPLE.map(|(name, text)| (name.to_owned(), text.into()))
    );
    for piece in 1..zip.len() {
        assert_eq!(read(&zip, piece).unwrap(), whole, "{piece}");
    }
    // … and every single place to cut a member's range in two.
    for member in list(&zip, 999).unwrap() {
        let range = &zip[member.range.start as usize..member.range.end as usize];
        for cut in 0..=range.len() {
            let (mut inflate, mut bytes) = (Inflate::new(&member), Vec::new());
            for part in [&range[..cut], &range[cut..]] {
                inflate
                    .push(part, &mut |out| bytes.extend_from_slice(out))
                    .unwrap();
            }
            inflate.end().unwrap();
            assert!(whole.contains(&(member.name.clone(), bytes)));
        }
    }
}

#[test]
fn archives_cut_anywhere_are_refused() {
    for zip in [
        pack(&SAMPLE, 99),
        build(&[raw(b"x"), raw(b"y")], end),
        build(&[raw(b"x")], end64),
    ] {
        for cut in 0..zip.len() {
            assert!(
                read(&zip[..cut], 64).is_err(),
                "cut at {cut} of {}",
                zip.len()
            );
            assert!(
                read(&zip[cut + 1..], 64).is_err(),
                "first {} missing",
                cut + 1
            );
        }
        // Cut after the list was read: the member's range ends early.
        for member in list(&zip, 64).unwrap() {
            let data = &zip[member.range.start as usize..]
                [..30 + member.raw_name.len() + member.compressed as usize];
            for cut in 0..data.len() {
                let mut inflate = Inflate::new(&member);
                assert_eq!(
                    inflate.push(&data[..cut], &mut |_| {}).unwrap(),
                    Progress::More
                );
                assert!(inflate.end().unwrap_err().to_string().contains("cut short"));
            }
        }
    }
}

#[test]
fn a_flipped_bit_never_changes_the_bytes_of_a_file() {
    for zip in [pack(&SAMPLE, 99), build(&[raw(b"x"), raw(b"y")], end64)] {
        let texts: Vec<Vec<u8>> = read(&zip, 64)
            .unwrap()
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        let mut refused = 0;
        for bit in 0..zip.len() * 8 {
            let mut flipped = zip.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            match read(&flipped, 64) {
                Ok(files) => assert!(
                    files.iter().all(|(_, text)| texts.contains(text)),
                    "bit {bit}"
                ),
                Err(_) => refused += 1,
            }
        }
        assert!(
            refused > zip.len() * 4,
            "{refused} of {} refused",
            zip.len() * 8
        );
    }
}

proptest! {
    #[test]
    fn what_is_packed_is_read_back(
        files in prop::collection::btree_map("[a-z]{1,3}(/[a-zé ]{1,4})?", prop::collection::vec(any::<u8>(), 0..5000), 0..6),
        (inward, outward) in (1usize..6000, 1usize..6000),
    ) {
        let files: Vec<_> = files.into_iter().collect();
        prop_assert_eq!(read(&pack(&files, inward), outward).unwrap(), files);
    }

    #[test]
    fn nothing_panics_or_runs_for_ever(mut bytes in prop::collection::vec(any::<u8>(), 0..300), ends in any::<[u16; 4]>()) {
        let _ = read(&bytes, 64);
        let [entries, size, start, _] = ends.map(|n| n % 300);
        bytes.splice(0..0, longs(&[CENTRAL]));
        bytes.extend(end(entries % 3, size.into(), start.into()));
        let _ = read(&bytes, 64);
        let member = Member {
            name: "x".into(), method: Method::Deflated, compressed: size.into(), size: u64::from(ends[3]), crc32: 0,
            range: Want { start: 0, end: bytes.len() as u64 }, raw_name: vec![],
        };
        let header = [longs(&[LOCAL]), shorts(&[20, 0, 8, 0, 33]), longs(&[0, 0, 0]), shorts(&[0, 0])].concat();
        prop_assert!(unpack(&[header, bytes].concat(), &member, 64).is_err() || size == 0);
    }
}
