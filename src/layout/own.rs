//! Layouts of the user's own: what part of one a text is, and what several make together. Where
//! texts come from, a folder or a page, is for others to know.

use serde_json::Value;

use super::{Layout, from_descriptor, read};
use crate::decode::{Decode, Start};
use crate::{Error, Result};

/// Bytes of all texts of the layouts that a page takes.
pub const MOST: u64 = 5 << 20;

/// The part of a layout that a text may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The table of fields, `layout.csv`.
    Fields,
    /// The table of files beside it.
    Files,
    /// A list of codes beside it, or in the folder `codes` there.
    Codes,
    /// A Data Package or a Table Schema.
    Descriptor,
    /// A column map, which goes with a layout or a format.
    Map,
}

/// What a descriptor has at least one of.
const DESCRIBING: [&str; 3] = ["\"fields\"", "\"resources\"", "\"schema\""];

/// A text of a layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its name, with the folders that others of the layout may share.
    pub name: String,
    /// All of it.
    pub text: String,
}

/// The part of a layout that a text begins like: its labels tell, and for the tables that have a
/// name of their own one of their labels is enough, so that a fault in the others is told.
pub fn part(name: &str, head: &str) -> Option<Part> {
    let head = head.trim_start_matches('\u{FEFF}').trim_start();
    if head.starts_with('{') {
        let told = DESCRIBING.iter().any(|key| head.contains(key));
        return told.then_some(Part::Descriptor);
    }
    let line = head.lines().next()?;
    let labels = line.split([',', ';', '\t']);
    let labels: Vec<&str> = labels.map(|label| label.trim().trim_matches('"')).collect();
    let has = |label: &&str| labels.contains(label);
    let called = |own: &str| base(name).eq_ignore_ascii_case(own);
    let needed = ["file", "field", "type"];
    if needed.iter().all(has) || called("layout.csv") && needed.iter().any(has) {
        return Some(Part::Fields);
    }
    if called("files.csv") && has(&"file") {
        return Some(Part::Files);
    }
    if ["file", "label", "field"].iter().all(has) {
        return Some(Part::Map);
    }
    let known = |label: &&str| ["code", "meaning", "synonyms"].contains(label);
    (has(&"code") && labels.iter().all(known)).then_some(Part::Codes)
}

/// Whether a text that begins like a descriptor is one: much else is written in JSON. What is none
/// was meant as one if it is called so.
pub fn describes(name: &str, text: &str) -> bool {
    let Ok(all) = serde_json::from_str::<Value>(text.trim_start_matches('\u{FEFF}')) else {
        let name = base(name).to_ascii_lowercase();
        return ["datapackage", "schema"]
            .iter()
            .any(|word| name.contains(word));
    };
    let lists = |value: &Value, key: &str, has: &[&str]| {
        let items = value.get(key).and_then(Value::as_array);
        let is = |item: &Value| has.iter().any(|key| item.get(key).is_some());
        items.is_some_and(|items| items.iter().all(is))
    };
    lists(&all, "fields", &["name"])
        || lists(&all, "resources", &["path", "schema", "data"])
        || all
            .get("schema")
            .is_some_and(|schema| lists(schema, "fields", &["name"]))
}

/// What a table of fields with the tables beside it says, or a descriptor, by its name or beginning.
/// `beside` gives the text of a table by its name there: `files.csv`, `codes/status.csv`.
///
/// # Errors
/// A table cannot be read or is wrong.
pub fn one(
    name: &str,
    text: &str,
    beside: &dyn Fn(&str) -> Result<Option<String>>,
) -> Result<Layout> {
    let plain = |text: &str| text.trim_start_matches('\u{FEFF}').to_owned();
    let is_named = name.to_ascii_lowercase().ends_with(".json");
    if is_named || part(name, text) == Some(Part::Descriptor) {
        return from_descriptor(text, base(name));
    }
    let files = beside("files.csv")?.unwrap_or_default();
    read(&plain(&files), &plain(text), &|list| {
        let list = beside(&format!("codes/{list}.csv"));
        list.ok().flatten().map(|list| plain(&list))
    })
}

/// The layout that these describe together; none where there are none.
///
/// # Errors
/// Two of them describe one file, or one could not be read.
pub fn together(layouts: impl IntoIterator<Item = Result<Layout>>) -> Result<Option<Layout>> {
    let mut whole: Option<Layout> = None;
    for layout in layouts {
        let layout = layout?;
        let Some(whole) = &mut whole else {
            whole = Some(layout);
            continue;
        };
        let twice = layout
            .files
            .iter()
            .find(|file| whole.file(&file.name).is_some());
        if let Some(file) = twice {
            let name = &file.name;
            return Err(Error::usage(format!(
                "`{name}` is described by two layouts; expected one"
            )));
        }
        whole.files.extend(layout.files);
        whole.unread.extend(layout.unread);
    }
    Ok(whole)
}

/// The layout that texts describe, those of one folder together. A list of codes may also lie
/// beside the table of fields.
///
/// # Errors
/// They describe none, or what they describe is wrong.
pub fn of_texts(texts: &[Text]) -> Result<Layout> {
    let begins = |text: &&Text| {
        let part = part(&text.name, &text.text);
        matches!(part, Some(Part::Fields | Part::Descriptor))
    };
    let layouts = texts.iter().filter(begins).map(|Text { name, text }| {
        let folder = &name[..name.len() - base(name).len()];
        let beside = |path: &str| {
            let found = [path, base(path)].iter().find_map(|path| {
                let rest = |text: &&Text| text.name.strip_prefix(folder) == Some(path);
                texts.iter().find(rest)
            });
            Ok(found.map(|found| found.text.clone()))
        };
        one(name, text, &beside)
    });
    together(layouts)?.ok_or_else(|| {
        Error::usage("there is no layout.csv and no descriptor; expected one of them")
    })
}

/// The text of a table or a descriptor: UTF-8 or, with a mark, UTF-16.
///
/// # Errors
/// It is in no encoding of Unicode.
pub fn decoded(name: &str, bytes: &[u8]) -> Result<String> {
    let mut text = Vec::new();
    let mut decode = Decode::new(Start::of(bytes));
    decode.push(bytes, &mut |piece| text.extend_from_slice(piece));
    decode.end(&mut |piece| text.extend_from_slice(piece));
    let what = "is not UTF-8; expected a layout saved as CSV UTF-8, or as JSON";
    String::from_utf8(text).map_err(|_| Error::entry(name, what))
}

/// A name without the folders before it.
pub fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn texts<const N: usize>(all: [(&str, &str); N]) -> Vec<Text> {
        let all = all.map(|(name, text)| (name.to_owned(), text.to_owned()));
        all.map(|(name, text)| Text { name, text }).into()
    }

    #[test]
    fn labels_tell_what_a_text_is_and_names_help_where_they_are_misspelled() {
        for (name, head, is) in [
            ("any.csv", "file,field,type\n", Some(Part::Fields)),
            ("x/Layout.csv", "file,feild,type\n", Some(Part::Fields)),
            (
                "layout.csv",
                "\u{FEFF}\"file\";\"field\"\n",
                Some(Part::Fields),
            ),
            ("layout.csv", "desk,room\n", None),
            ("files.csv", "file,title\n", Some(Part::Files)),
            ("other.csv", "file,title\n", None),
            ("codes/status.csv", "code,meaning\n", Some(Part::Codes)),
            ("codes.csv", "code,name\n", None),
            ("x.json", " {\"fields\": []}", Some(Part::Descriptor)),
            ("x.json", "{\"name\": 1}", None),
            ("users.csv", "sourcedId,status\n", None),
            ("empty.csv", "", None),
        ] {
            assert_eq!(part(name, head), is, "{name}: {head}");
        }
        for (name, text, is) in [
            ("x.json", "{\"fields\": [{\"name\": \"a\"}]}", true),
            ("x.json", "{\"resources\": []}", true),
            ("schema.json", "{\"fields\": [}", true),
            ("x.json", "{\"fields\": [}", false),
            ("x.json", "{\"fields\": [1], \"resources\": {}}", false),
            ("report.json", "{\"schema\": \"hallpass-report/1\"}", false),
        ] {
            assert_eq!(describes(name, text), is, "{text}");
        }
    }

    #[test]
    fn texts_of_one_folder_belong_together() {
        let fields = "file,field,type,codes\na.csv,id,code,status\n";
        let codes = "code\nleft\n";
        for list in ["x/codes/status.csv", "x/status.csv"] {
            let all = texts([("x/layout.csv", fields), (list, codes)]);
            assert_eq!(of_texts(&all).unwrap().files[0].name, "a.csv");
        }
        let apart = texts([("x/layout.csv", fields), ("y/codes/status.csv", codes)]);
        let told = of_texts(&apart).map(|_| ()).unwrap_err().to_string();
        assert!(
            told.starts_with("layout.csv, line 2, codes: `status`"),
            "{told}"
        );
        let plain = "file,field,type\na.csv,id,string\n";
        let twice = texts([("x/layout.csv", plain), ("y/layout.csv", plain)]);
        let told = of_texts(&twice).map(|_| ()).unwrap_err().to_string();
        assert!(told.contains("described by two layouts"), "{told}");
        assert!(of_texts(&[]).is_err());
    }
}
