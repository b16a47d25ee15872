//! What a file most likely is, from its first bytes, in words for a message.
//! A guess to help a person; nothing is decided on it.

/// Files people send by mistake, by their first bytes.
const KNOWN: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"PK\x07\x08", "one part of a zip archive in several parts"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\0", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"%PDF-", "a PDF document"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Excel or Word document, or a workbook with a password",
    ),
    (b"\xff\xfe\0\0", "a text file in UTF-32"),
    (b"\0\0\xfe\xff", "a text file in UTF-32"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (
        b"<!DOCTYPE",
        "a web page, perhaps a sign-in page saved in place of the download",
    ),
    (
        b"<html",
        "a web page, perhaps a sign-in page saved in place of the download",
    ),
    (b"<?xml", "an XML file"),
];

/// What a file that begins with `head` (some dozens of bytes are enough) seems to be, with its
/// article: `a PDF document`.
pub fn looks_like(head: &[u8]) -> &'static str {
    let known = KNOWN.iter().find(|(start, _)| {
        head.get(..start.len())
            .is_some_and(|bytes| bytes.eq_ignore_ascii_case(start))
    });
    let is_text = |b: &u8| !matches!(b, 0..=8 | 14..=26 | 28..=31 | 127);
    match known {
        Some((_, words)) => words,
        None if head.is_empty() => "an empty file",
        None if head.iter().all(|b| *b == 0) => {
            "a file of zeros, perhaps a download that did not finish"
        }
        None if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") => "a text file",
        None if head.iter().all(is_text) => "a text file",
        None => "a file of unknown kind",
    }
}

/// What to do about a file that [`looks_like`] or [`document`] says it is something else, in words
/// that go on from "expected tables as CSV text: ".
pub fn advice(what: &str) -> &'static str {
    let is = |words: &[&str]| words.iter().any(|word| what.contains(word));
    if is(&["Excel", "OpenDocument"]) {
        "save each sheet as CSV UTF-8"
    } else if is(&["UTF-32"]) {
        "save it as CSV UTF-8"
    } else if is(&["web page", "did not finish"]) {
        "download the file again"
    } else if is(&["empty"]) {
        "export the file again"
    } else if is(&["in several parts"]) {
        "join the parts and unpack them first"
    } else if is(&["archive", "gzip", "bzip2", "xz", "Zstandard"]) {
        "unpack it first"
    } else {
        "export the data itself as CSV"
    }
}

/// What a zip with these members is, where it is the document of an office program and no archive
/// that someone packed: `an Excel workbook`.
pub fn document<'a>(members: impl IntoIterator<Item = &'a str>) -> Option<&'static str> {
    let (mut office, mut kind) = (false, None);
    for name in members {
        match name {
            "[Content_Types].xml" | "mimetype" => office = true,
            "xl/workbook.xml" | "xl/workbook.bin" => kind = Some("an Excel workbook"),
            "word/document.xml" => kind = Some("a Word document"),
            "content.xml" => kind = Some("an OpenDocument file"),
            _ => {}
        }
    }
    kind.filter(|_| office)
}

#[cfg(test)]
mod tests {
    use super::{advice, document, looks_like};

    #[test]
    fn there_is_something_to_do_about_each() {
        let cases = [
            ("an Excel workbook", "save each sheet as CSV UTF-8"),
            (
                "an old Excel or Word document, or a workbook with a password",
                "save each sheet as CSV UTF-8",
            ),
            ("a PDF document", "export the data itself as CSV"),
            ("a zip archive", "unpack it first"),
            ("an xz file", "unpack it first"),
            ("an empty zip archive", "export the file again"),
            ("an empty file", "export the file again"),
            ("a text file in UTF-32", "save it as CSV UTF-8"),
        ];
        for (what, words) in cases {
            assert_eq!(advice(what), words, "{what}");
        }
    }

    #[test]
    fn a_workbook_is_no_bundle() {
        let cases: &[(&[&str], Option<&str>)] = &[
            (
                &["[Content_Types].xml", "xl/workbook.xml"],
                Some("an Excel workbook"),
            ),
            (&["mimetype", "content.xml"], Some("an OpenDocument file")),
            (&["xl/workbook.xml"], None),
            (&["users.csv"], None),
        ];
        for (members, words) in cases {
            assert_eq!(document(members.iter().copied()), *words, "{members:?}");
        }
    }

    #[test]
    fn common_mistakes_are_named() {
        let cases: &[(&[u8], &str)] = &[
            (b"", "an empty file"),
            (b"%PDF-1.7", "a PDF document"),
            (
                b"<!doctype html>",
                "a web page, perhaps a sign-in page saved in place of the download",
            ),
            (b"sourcedId,status\n", "a text file"),
            (
                b"\0\0\0\0",
                "a file of zeros, perhaps a download that did not finish",
            ),
            (b"\x01\x02", "a file of unknown kind"),
        ];
        for (head, words) in cases {
            assert_eq!(looks_like(head), *words);
        }
    }
}
