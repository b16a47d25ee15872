//! Reads `files.csv` and `layout.csv`. What they may hold is told in `docs/layouts.md`.

mod field;
mod file;
mod row;
mod sound;

use std::collections::{HashMap, HashSet};

use super::{Columns, Key, Layout, Reference, Required};
use crate::Error;
use field::{Read, field};
use file::file;
pub(super) use file::file_of;
pub(super) use row::{FIELDS, FILES, closed};
use row::{Row, rows};

/// Files and fields of a layout, at most: rules look at every pair of some of them.
pub(super) const MOST_FILES: usize = 500;
pub(super) const MOST_FIELDS: usize = 10_000;

/// Sets of fields of a file that no two records share, at most: each is looked at in each record.
pub(super) const MOST_KEYS: usize = 100;

/// Fields that may name the same key, at most: what is known of a key has room for so many.
const MOST_NAMED: usize = 12;

/// A layout from its tables. Where `files` is empty, nothing is said of the files but that they may
/// be missing and may be without records. `codes` gives the text of a code list by its name.
///
/// Errors name the table, the line and the column, and say what is allowed there.
pub fn read(
    files: &str,
    fields: &str,
    codes: &dyn Fn(&str) -> Option<String>,
) -> Result<Layout, Error> {
    let mut layout = Layout::default();
    for row in rows("files.csv", files)? {
        is_path(&row)?;
        if layout.file(row.get("file")).is_some() {
            return Err(row.wrong("file", "a name that no other row has"));
        }
        layout.files.push(file(&row)?);
    }
    let mut known = Read::default();
    let rows = rows("layout.csv", fields)?;
    for (count, row) in rows.iter().enumerate() {
        let name = row.get("file");
        if files.is_empty() && !name.is_empty() && layout.file(name).is_none() {
            is_path(row)?;
            layout.files.push(file_of(name)?);
        }
        let Some(file) = layout.file(name) else {
            return Err(row.wrong("file", "a file of files.csv"));
        };
        let field = field(row, codes, &mut known)?;
        if field.name.is_empty() {
            return Err(row.wrong("field", "a name that no other field of the file has"));
        }
        sound::cells(row, &field)?;
        let relates = field.key != Key::None || field.reference.is_some();
        if relates && layout.files[file].is_several() {
            let wrong = "empty, as there may be several such files";
            return Err(row.wrong(
                ["key", "reference"][usize::from(field.key == Key::None)],
                wrong,
            ));
        }
        layout.files[file].fields.push(field);
        if layout.files.len() > MOST_FILES || count >= MOST_FIELDS {
            return Err(Error::usage(format!(
                "layout.csv, line {}: the layout is too large; expected at most {MOST_FILES} files and {MOST_FIELDS} fields",
                row.line
            )));
        }
    }
    if layout.files.iter().all(|file| file.fields.is_empty()) {
        return Err(Error::usage(
            "layout.csv has no fields; expected at least one",
        ));
    }
    sound::labels(&rows, &layout)?;
    sound::references(&rows, &layout)?;
    whole(&layout, "layout.csv")?;
    Ok(layout)
}

/// Sees that a file is named as one in a bundle can be.
fn is_path(row: &Row) -> Result<(), Error> {
    let name = row.get("file");
    let mut parts = name.split(['/', '\\']);
    let on_drive = name.as_bytes().get(1) == Some(&b':');
    match parts.all(|part| !matches!(part, "" | "." | "..")) && !on_drive {
        true => Ok(()),
        false => Err(row.wrong("file", "the name of a file in a bundle")),
    }
}

/// Sees that conditions, keys and references name fields of the layout, and none too often. `table` is
/// what messages call what it was read from.
pub(super) fn whole(layout: &Layout, table: &str) -> Result<(), Error> {
    let names = layout.files.iter().flat_map(|file| {
        let fields = file.fields.iter();
        fields.map(move |field| (file.name.as_str(), field.name.as_str()))
    });
    let names: HashSet<(&str, &str)> = names.collect();
    for file in &layout.files {
        let single = |key: &String| {
            let field = file.field(key).map(|at| &file.fields[at]);
            !file.is_several() && field.is_some_and(|field| field.columns == Columns::One)
        };
        if let Some(key) = file.keys.iter().flatten().find(|key| !single(key)) {
            return Err(Error::usage(format!(
                "{table}, keys of {}: `{key}` is no field of the file that has one column, of one file",
                file.name
            )));
        }
        for field in &file.fields {
            let conditions = [&field.required, &field.prohibited].into_iter();
            let unknown = conditions.filter_map(|required| match required {
                Required::When(condition) => Some(condition),
                _ => None,
            });
            let known = |name: &str| name == "mode" || names.contains(&(&file.name, name));
            if let Some(condition) = unknown.into_iter().find(|when| !known(&when.field)) {
                return Err(Error::usage(format!(
                    "{table}, {} of {}: `when {}` names no field of the file",
                    field.name, file.name, condition.field
                )));
            }
        }
    }
    let mut named: HashMap<(&str, &str), usize> = HashMap::new();
    let fields = layout.files.iter().flat_map(|file| {
        let fields = file.fields.iter();
        fields.filter_map(move |field| Some((file, field, field.reference.as_ref()?)))
    });
    for (
        file,
        field,
        Reference {
            file: to,
            field: key,
            ..
        },
    ) in fields
    {
        let wrong = |why: &str| {
            Error::usage(format!(
                "{table}, {} of {}: `{to}/{key}` {why}",
                field.name, file.name
            ))
        };
        if !names.contains(&(to, key)) {
            return Err(wrong(
                "is no field of the layout; expected the key of a file",
            ));
        }
        let times = named.entry((to, key)).or_default();
        *times += 1;
        if *times > MOST_NAMED {
            return Err(wrong("is named by more than 12 fields; expected fewer"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Spreadsheets of many countries write semicolons into every table that they save.
    #[test]
    fn semicolons_and_tabs_separate_as_commas_do() {
        let fields = "file,field,type,codes\na.csv,id,string,\na.csv,sex,code,sex\n";
        let files = "file,labels\na.csv,all\n";
        let codes = "code,meaning\nf,female\n";
        let all = |separator: &str| {
            let text = |text: &str| text.replace(',', separator);
            let layout = read(&text(files), &text(fields), &|_| Some(text(codes)));
            format!("{:?}", layout.unwrap().files)
        };
        assert_eq!(all(";"), all(","));
        assert_eq!(all("\t"), all(","));
    }

    #[test]
    fn tables_that_make_no_layout_are_refused() {
        let many: String = (0..=MOST_NAMED)
            .map(|n| format!("b.csv,f{n},string,,a.csv/id\n"))
            .collect();
        let large: String = (0..=MOST_FILES)
            .map(|n| format!("f{n}.csv,id,string\n"))
            .collect();
        for (rows, told) in [
            ("a.csv,id,string\na.csv,id,string\n", "line 3, field: `id`"),
            ("a.csv,,string\n", "line 2, field: ``"),
            ("", "layout.csv has no fields"),
            (
                "a.csv,id,string,,b.csv/id\n",
                "line 2, reference: `b.csv/id`",
            ),
            (
                "a.csv,id,string,,a.csv/no when x=y\n",
                "line 2, reference: `a.csv/no when x=y` is not the key of a file",
            ),
            (
                "a.csv,id,string,\na.csv,b,string,,a.csv/id\n",
                "line 3, reference: `a.csv/id` is not the key",
            ),
            ("/etc/passwd,id,string\n", "line 2, file: `/etc/passwd`"),
            ("../a.csv,id,string\n", "line 2, file: `../a.csv`"),
            ("C:\\a.csv,id,string\n", "line 2, file: `C:"),
            (
                &format!("a.csv,id,string,key\n{many}"),
                "more than 12 fields",
            ),
            (&large, "at most 500 files"),
        ] {
            let table = format!("file,field,type,key,reference\n{rows}");
            for table in [table.clone(), table.replace('\n', "\r\n")] {
                let error = read("", &table, &|_| None).map(|_| ()).unwrap_err();
                assert!(error.to_string().contains(told), "{error} {table:?}");
            }
        }
        let blank = "file,field,type\n\na.csv,id,string\n\na.csv,,string\n";
        let error = read("", blank, &|_| None).map(|_| ()).unwrap_err();
        assert!(error.to_string().contains("line 5, field"), "{error}");
        let stars: String = (0..=1000)
            .map(|n| format!("a.csv,f{n} *,string\n"))
            .collect();
        for (rows, told) in [
            (
                "a.csv,id,string,,yes,yes\n",
                "line 2, prohibited: `yes` is not possible for a field that is required then",
            ),
            (
                "a.csv,id,string,,when x=1|2,when x=2|3\na.csv,x,string,,,\n",
                "line 2, prohibited",
            ),
            (
                "a.csv,id,string,,,\na.csv,ID,string,,,\n",
                "line 3, field: `ID`",
            ),
            (
                "a.csv,id,string,x|y,,\na.csv,b,string,Y,,\n",
                "line 3, aliases: `Y` is a label of `id`, too",
            ),
            (
                "a.csv,id,string,x|b,,\na.csv,B,string,,,\n",
                "line 2, aliases: `b` is a label of `B`",
            ),
            (&stars, "line 1002, field: more than 1000 labels"),
        ] {
            let table = format!("file,field,type,aliases,required,prohibited\n{rows}");
            let error = read("file,case\na.csv,any\n", &table, &|_| None)
                .map(|_| ())
                .unwrap_err();
            assert!(error.to_string().contains(told), "{error}");
        }
        let keys = format!("file,keys\na.csv,{}\n", "id|".repeat(101));
        for (files, told) in [
            (keys.as_str(), "line 2, keys: more than 100 sets of fields"),
            ("file\na.csv\na.csv\n", "line 3, file: `a.csv`"),
            ("file\na.csv\n/b.csv\n", "line 3, file: `/b.csv`"),
            ("file,name\nusers,any\n", "line 2, name: `any`"),
            ("file,stops\na.csv,501\n", "line 2, stops: `501`"),
            (
                "file,confidence\na.csv,none\n",
                "line 2, confidence: `none`",
            ),
        ] {
            let error = read(files, "file,field,type\na.csv,id,string\n", &|_| None);
            let error = error.map(|_| ()).unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
        let fine =
            "file,field,type,key,reference\na.csv,id,string,key,\nb.csv,a,string,,a.csv/id\n";
        assert!(read("", fine, &|_| None).is_ok());
    }
}
