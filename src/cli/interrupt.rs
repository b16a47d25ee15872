//! A run that is told to end (Ctrl+C, or by the system) ends as one that failed: outputs that are not
//! whole go away with it. Told twice, it ends at once.

use std::sync::atomic::{AtomicBool, Ordering};

use hallpass::{Error, Result};

static TOLD: AtomicBool = AtomicBool::new(false);

/// Listens from now on.
pub fn listen() {
    // Where nothing can be listened to, the system ends the run as it always did.
    let _ = ctrlc::set_handler(|| {
        if TOLD.swap(true, Ordering::Relaxed) {
            std::process::exit(2);
        }
    });
}

/// An error once the run was told to end.
///
/// # Errors
/// It was.
pub fn check() -> Result<()> {
    match TOLD.load(Ordering::Relaxed) {
        true => Err(Error::usage("the run was interrupted; nothing was written")),
        false => Ok(()),
    }
}
