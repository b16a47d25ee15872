//! Reads what a session wants and hands on what it writes.

use hallpass::compare::Comparison;
use hallpass::session::{Options, Piece, Session, Task};
use hallpass::source::Want;
use hallpass::source::path::{self, Source};
use hallpass::source::print::Listener;
use hallpass::{Error, Result, formats, types};

use super::arguments::Input;
use super::bar::Bar;
use super::interrupt;
use super::own::{column_map, own_layout};

/// A session with the files that the paths name.
///
/// # Errors
/// A path cannot be opened, or an option does not mean anything.
pub fn session(input: &Input, samples: usize) -> Result<(Session, Vec<Source>)> {
    // Standard input is not waited for where an option is wrong.
    let session = empty(input, samples)?;
    let sources = path::open(&input.paths)?;
    Ok((with(session, &sources), sources))
}

/// A session with these files, taken for what the options say.
///
/// # Errors
/// An option does not mean anything.
pub fn session_of(input: &Input, sources: &[Source], samples: usize) -> Result<Session> {
    Ok(with(empty(input, samples)?, sources))
}

fn with(mut session: Session, sources: &[Source]) -> Session {
    for source in sources {
        match source.path() {
            Some(_) => session.add(&source.name, source.size),
            None => session.add_unnamed(&source.name, source.size),
        };
    }
    session
}

fn empty(input: &Input, samples: usize) -> Result<Session> {
    let as_of = match &input.as_of {
        Some(text) => types::date::days(text.as_bytes())
            .ok_or_else(|| Error::usage(format!("`{text}` is not a date; expected YYYY-MM-DD")))?,
        None => today(),
    };
    if let Some(id) = &input.format
        && formats::find(id).is_none()
    {
        return Err(unknown_format(id));
    }
    if let Some(id) = &input.profile {
        formats::find_profile(id)?;
    }
    let session = Session::new(Options {
        as_of,
        format: input.format.clone(),
        profile: input.profile.clone(),
        samples,
    });
    let session = match own_layout(&input.layout)? {
        Some(own) => session.with_layout(own),
        None => session,
    };
    Ok(match &input.columns {
        Some(path) => session.with_columns(column_map(path)?),
        None => session,
    })
}

/// There is no format with that id.
pub fn unknown_format(id: &str) -> Error {
    Error::usage(format!(
        "`{id}` is no format; `hallpass formats` lists them"
    ))
}

/// Today where the person is, in days since 1970: the only place that reads the clock.
pub fn today() -> i32 {
    chrono::Local::now().date_naive().to_epoch_days()
}

/// Something that says which bytes it wants and is pushed them.
pub trait Driven {
    /// The range wanted next, and of which source.
    fn want(&mut self) -> Result<Option<(usize, Want)>>;
    /// Takes bytes of it; false where the rest is not needed.
    fn push(&mut self, bytes: &[u8]) -> Result<bool>;
    /// The range is at its end.
    fn end(&mut self) -> Result<()>;
    /// Bytes read, and in all.
    fn progress(&self) -> (u64, u64);
    /// What was written since the last time.
    fn take(&mut self) -> Vec<Piece>;
}

/// Has a type's own methods drive it.
macro_rules! driven {
    ($type:ty) => {
        impl Driven for $type {
            fn want(&mut self) -> Result<Option<(usize, Want)>> {
                <$type>::want(self)
            }
            fn push(&mut self, bytes: &[u8]) -> Result<bool> {
                <$type>::push(self, bytes)
            }
            fn end(&mut self) -> Result<()> {
                <$type>::end(self)
            }
            fn progress(&self) -> (u64, u64) {
                <$type>::progress(self)
            }
            fn take(&mut self) -> Vec<Piece> {
                <$type>::take(self)
            }
        }
    };
}

driven!(Session);
driven!(Comparison);

/// Runs a task of a session to its end: see [`run`].
///
/// # Errors
/// A file cannot be read, or `each` fails.
pub fn drive(
    session: &mut Session,
    sources: &[Source],
    task: Task,
    each: &mut dyn FnMut(Piece) -> Result<Listener>,
) -> Result<()> {
    session.begin(task)?;
    run(session, sources, each)
}

/// Runs the task that was begun to its end, or until nobody wants more of what it writes, which is
/// handed on piece by piece.
///
/// # Errors
/// A file cannot be read, or `each` fails.
pub fn run(
    session: &mut dyn Driven,
    sources: &[Source],
    each: &mut dyn FnMut(Piece) -> Result<Listener>,
) -> Result<()> {
    let mut bar = Bar::new();
    let mut hand_on = |session: &mut dyn Driven| {
        let mut pieces = session.take().into_iter();
        pieces.try_fold(Listener::There, |listener, piece| match listener {
            Listener::There => each(piece),
            Listener::Gone => Ok(listener),
        })
    };
    while let Some((source, want)) = session.want()? {
        let mut listener = hand_on(session)?;
        let mut failed = None;
        if listener == Listener::Gone {
            return Ok(());
        }
        sources[source].read(want, &mut |bytes| {
            let more = interrupt::check().and_then(|()| session.push(bytes));
            let more = more.and_then(|more| {
                listener = hand_on(session)?;
                Ok(more && listener == Listener::There)
            });
            bar.show(session.progress());
            more.unwrap_or_else(|error| {
                failed = Some(error);
                false
            })
        })?;
        failed.map_or(Ok(()), Err)?;
        if listener == Listener::Gone {
            return Ok(());
        }
        session.end()?;
    }
    hand_on(session).map(|_| ())
}
