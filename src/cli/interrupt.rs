//! A run that is told to end (Ctrl+C, or by the system) ends as one that failed: outputs that are not
//! whole go away with it. Told twice, it ends at once.

use std::sync::atomic::{AtomicBool, Ordering};

use hallpass::source::save;
use hallpass::{Error, Result};

static TOLD: AtomicBool = AtomicBool::new(false);
static WRITTEN: AtomicBool = AtomicBool::new(false);

/// Listens from now on.
pub fn listen() {
    // Where nothing can be listened to, the system ends the run as it always did.
    let _ = ctrlc::set_handler(|| {
        if TOLD.swap(true, Ordering::Relaxed) {
            save::remove_all();
            std::process::exit(2);
        }
    });
}

/// From now on the outputs are where they were asked for.
pub fn written() {
    WRITTEN.store(true, Ordering::Relaxed);
}

/// An error once the run was told to end.
///
/// # Errors
/// It was.
pub fn check() -> Result<()> {
    let became = match WRITTEN.load(Ordering::Relaxed) {
        true => "what was written is there, but was not checked",
        false => "nothing was written",
    };
    match TOLD.load(Ordering::Relaxed) {
        true => Err(Error::usage(format!("the run was interrupted; {became}"))),
        false => Ok(()),
    }
}
