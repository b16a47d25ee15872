//! `hallpass columns`: a table of which column is which field, to be corrected and given with
//! `--columns`.

use std::process::ExitCode;

use hallpass::Result;
use hallpass::layout::to_map;
use hallpass::report::words;
use hallpass::session::Task;
use hallpass::source::path::Source;
use hallpass::source::print::{Listener, print, say};
use hallpass::source::save::{Existing, Save};

use super::arguments::{Columns, Input};
use super::drive::{drive, session};
use super::{interrupt, own};

/// Looks at the files and proposes the map.
///
/// # Errors
/// A file or the layout cannot be read, or the map cannot be written.
pub fn columns(arguments: &Columns) -> Result<ExitCode> {
    let input = Input {
        paths: arguments.paths.clone(),
        format: arguments.format.clone(),
        profile: None,
        layout: arguments.layout.clone(),
        columns: None,
        as_of: None,
    };
    let (mut session, sources) = session(&input, 1)?;
    let save = match arguments.out.as_deref() {
        Some(out) => {
            let tables = own::tables(&arguments.layout);
            let tables = tables.iter().map(|table| table.as_path());
            let read = sources.iter().filter_map(Source::path).chain(tables);
            Some(Save::file(out, Existing::with_force(arguments.force))?.sparing(read)?)
        }
        None => None,
    };
    drive(&mut session, &sources, Task::Plan, &mut |_| {
        Ok(Listener::There)
    })?;
    let rows = session.propose_columns()?;
    let text = to_map(&rows);
    let Some(mut save) = save else {
        print(text.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    };
    save.start("columns.csv")?;
    save.write(text.as_bytes())?;
    save.finish_member()?;
    save.finish()?;
    interrupt::written();
    let open = rows.iter().filter(|row| row.field.is_empty()).count();
    let open = words::plural(open as u64, "column");
    say(&format!(
        "The map is written; {open} of {} without a field\n",
        rows.len()
    ))?;
    Ok(ExitCode::SUCCESS)
}
