//! `hallpass layout`: the layout of a format, or one that is proposed for files of the user's.

use std::path::Path;
use std::process::ExitCode;

use hallpass::layout::{Layout, Table, read, to_codes, to_csv, to_data_package, to_tables};
use hallpass::report::words;
use hallpass::session::{Piece, Task};
use hallpass::source::path::Source;
use hallpass::source::print::{Listener, print, say};
use hallpass::source::save::{Existing, Save};
use hallpass::{Result, formats};

use super::arguments::{Input, LayoutForm, LayoutOf};
use super::drive::{drive, session, unknown_format};
use super::interrupt;

/// Prints the layout of a format, or proposes one.
///
/// # Errors
/// There is no such format, a file cannot be read, or the output cannot be written.
pub fn layout(arguments: &LayoutOf) -> Result<ExitCode> {
    let Some(id) = &arguments.id else {
        return propose(arguments);
    };
    let known = formats::find(id).ok_or_else(|| unknown_format(id))?;
    let layout = (known.layout)()?.of(known.id);
    let Some(out) = &arguments.out else {
        print(form(&layout, known.id, arguments.form).as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    };
    let save = Save::new(out, Existing::with_force(arguments.force))?;
    write(
        save,
        out,
        &written(to_tables(&layout), &layout, known.id, arguments.form),
    )?;
    Ok(ExitCode::SUCCESS)
}

fn form(layout: &Layout, id: &str, form: LayoutForm) -> String {
    match form {
        LayoutForm::Csv => to_csv(layout),
        LayoutForm::Codes => to_codes(layout),
        LayoutForm::Datapackage => to_data_package(layout, id),
    }
}

/// The tables of a layout as they are, or what they say as one file in another form.
fn written(tables: Vec<Table>, layout: &Layout, id: &str, as_form: LayoutForm) -> Vec<Table> {
    let whole = |name: &str| Table {
        name: name.to_owned(),
        text: form(layout, id, as_form),
    };
    match as_form {
        LayoutForm::Csv => tables,
        LayoutForm::Codes => vec![whole("codes.csv")],
        LayoutForm::Datapackage => vec![whole("datapackage.json")],
    }
}

/// Proposes a layout for files; the tables themselves, or what they say in another form.
fn propose(arguments: &LayoutOf) -> Result<ExitCode> {
    let input = Input {
        paths: arguments.from.clone(),
        format: None,
        profile: None,
        layout: Vec::new(),
        columns: None,
        as_of: None,
    };
    let existing = Existing::with_force(arguments.force);
    let (mut session, sources) = session(&input, 1)?;
    let save = arguments.out.as_deref();
    let save =
        save.map(|out| Save::new(out, existing)?.sparing(sources.iter().filter_map(Source::path)));
    let save = save.transpose()?;
    let mut tables: Vec<Table> = Vec::new();
    drive(&mut session, &sources, Task::Propose, &mut |piece| {
        match (piece, tables.last_mut()) {
            (Piece::File(name), _) => tables.push(Table {
                name,
                text: String::new(),
            }),
            (Piece::Bytes(bytes), Some(table)) => table.text += &String::from_utf8_lossy(&bytes),
            (Piece::Log(note), _) => eprint!("hallpass: {}", String::from_utf8_lossy(&note)),
            (Piece::Bytes(_), None) => {}
        }
        Ok(Listener::There)
    })?;
    let text = |name: &str| {
        let table = tables.iter().find(|table| table.name == name);
        table.map(|table| table.text.clone())
    };
    let table = |name: &str| text(name).unwrap_or_default();
    let codes = |name: &str| text(&format!("codes/{name}.csv"));
    let layout = read(&table("files.csv"), &table("layout.csv"), &codes)?;
    let written = written(tables, &layout, "layout", arguments.form);
    match (save, &arguments.out) {
        (Some(save), Some(out)) => write(save, out, &written)?,
        _ => {
            print(written[0].text.as_bytes())?;
            if written.len() > 1 {
                let more = words::plural(written.len() as u64 - 1, "table");
                eprintln!(
                    "hallpass: with --out, {more} more of the layout are written: files.csv and code lists"
                );
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write(mut save: Save, out: &Path, tables: &[Table]) -> Result<()> {
    for table in tables {
        save.start(&table.name)?;
        save.write(table.text.as_bytes())?;
        save.finish_member()?;
    }
    save.finish()?;
    interrupt::written();
    let shown = words::plural(tables.len() as u64, "table");
    let (out, more) = (out.display(), "look at what they say before you use them");
    say(&format!("{shown} written to {out}; {more}\n"))?;
    Ok(())
}
