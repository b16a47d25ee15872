//! A check on all processors: parts of the files side by side. The report is the same to the byte as
//! without.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use hallpass::Result;
use hallpass::session::{Part, PartCheck, PartResult, Session, Task};
use hallpass::source::path::Source;
use hallpass::source::print::Listener;

use super::bar::Bar;
use super::drive::drive;
use super::interrupt;

/// Parts shorter than this, in bytes, are not worth a thread.
const LEAST: u64 = 4 << 20;

/// Checks all files.
///
/// # Errors
/// A file cannot be read.
pub fn check(session: &mut Session, sources: &[Source]) -> Result<()> {
    drive(session, sources, Task::Plan, &mut |_| Ok(Listener::There))?;
    let threads = thread::available_parallelism().map_or(1, usize::from);
    // One part is left where all files are small: then the session is as fast by itself.
    loop {
        let parts = session.parts(threads as u64, LEAST);
        if threads < 2 || parts.len() < 2 {
            break;
        }
        let results = check_parts(session, sources, &parts, threads)?;
        session.join(parts.into_iter().zip(results));
    }
    drive(session, sources, Task::Check, &mut |_| Ok(Listener::There))
}

/// The results of the parts, in their order.
fn check_parts(
    session: &Session,
    sources: &[Source],
    parts: &[Part],
    threads: usize,
) -> Result<Vec<PartResult>> {
    let (done, total) = session.progress();
    let done = AtomicU64::new(done);
    let bar = Mutex::new(Bar::new());
    let count = |bytes: usize| {
        let done = done.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64;
        if let Ok(mut bar) = bar.try_lock() {
            bar.show((done, total));
        }
    };
    let checks = parts.iter().map(|part| session.check_part(part));
    let mut queue: Vec<_> = checks.zip(parts).enumerate().collect();
    // The largest first, so that all threads end at about the same time.
    queue.sort_by_key(|(_, (_, part))| part.size());
    let queue = Mutex::new(queue);
    let next = || queue.lock().ok()?.pop();
    let work = || {
        let mut results: Vec<(usize, Result<PartResult>)> = Vec::new();
        while let Some((at, (check, part))) = next() {
            let earlier = results
                .iter_mut()
                .filter_map(|(_, result)| result.as_mut().ok());
            let result = check.map(|check| {
                let check = earlier.fold(check, PartCheck::after);
                check_part(check, part, sources, &count)
            });
            results.push((at, result.unwrap_or_else(|| Ok(PartResult::default()))));
        }
        results
    };
    let mut results: Vec<(usize, Result<PartResult>)> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(parts.len()))
            .map(|_| scope.spawn(work))
            .collect();
        let own = work();
        let others = others.into_iter().map(|thread| match thread.join() {
            Ok(results) => results,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        others.flatten().chain(own).collect()
    });
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

fn check_part(
    mut check: PartCheck,
    part: &Part,
    sources: &[Source],
    count: &dyn Fn(usize),
) -> Result<PartResult> {
    let mut failed = None;
    sources[part.source].read(part.want, &mut |bytes| {
        count(bytes.len());
        let more = interrupt::check().and_then(|()| check.push(bytes));
        more.unwrap_or_else(|error| {
            failed = Some(error);
            false
        })
    })?;
    failed.map_or(Ok(()), Err)?;
    check.end()
}
