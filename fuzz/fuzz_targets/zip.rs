//! Arbitrary bytes as a zip. Whatever it declares, members come out with safe names, with the size
//! and checksum that were declared, the same however the bytes are cut, or not at all.

#![no_main]

use hallpass::source::zip::{Directory, Inflate, Member};
use hallpass::source::{Progress, Want, safe_name};
use libfuzzer_sys::fuzz_target;

/// Members of a seed unpack to a few kilobytes; what grows beyond this is left.
const ENOUGH: usize = 1 << 20;

fn range(bytes: &[u8], want: Want) -> &[u8] {
    assert!(
        want.start <= want.end && want.end <= bytes.len() as u64,
        "{want:?} is outside"
    );
    &bytes[want.start as usize..want.end as usize]
}

fn members(bytes: &[u8], piece: usize) -> Option<Vec<Member>> {
    let mut directory = Directory::new("seed.zip", bytes.len() as u64);
    while let Some(want) = directory.want() {
        range(bytes, want)
            .chunks(piece)
            .for_each(|piece| directory.push(piece));
        directory.end().ok()?;
    }
    directory.members().ok()
}

fn unpack(bytes: &[u8], member: &Member, piece: usize) -> Option<Vec<u8>> {
    let mut inflate = Inflate::new(member);
    let mut out = Vec::new();
    for piece in range(bytes, member.range).chunks(piece) {
        match inflate.push(piece, &mut |bytes| out.extend_from_slice(bytes)) {
            Ok(Progress::More) if out.len() <= ENOUGH => {}
            Ok(Progress::More) => return None,
            Ok(Progress::Enough) => break,
            Err(_) => return None,
        }
    }
    inflate.end().ok()?;
    assert_eq!(out.len() as u64, member.size, "not the declared size");
    Some(out)
}

fuzz_target!(|data: &[u8]| {
    let [size, bytes @ ..] = data else { return };
    let piece = usize::from(*size).max(1);
    let whole = members(bytes, usize::MAX);
    assert_eq!(whole, members(bytes, piece), "the cut shows in the list");
    for member in whole.iter().flatten().take(20) {
        assert_eq!(safe_name(&member.name).as_deref(), Ok(member.name.as_str()));
        let once = unpack(bytes, member, usize::MAX);
        if once.as_ref().is_none_or(|out| out.len() < ENOUGH / 16) {
            assert_eq!(
                once,
                unpack(bytes, member, piece),
                "the cut shows in a member"
            );
        }
    }
});
