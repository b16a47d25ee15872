//! Pushed bytes of a source to bytes of a file of the bundle.

use crate::Result;
use crate::source::Progress;
use crate::source::zip::{Inflate, Member};

/// Passes bytes on as they are, or inflated.
pub enum Feed {
    /// A loose file.
    Plain,
    /// A member of a zip.
    Zip(Box<Inflate>),
}

impl Feed {
    /// For a file that is a member, or not.
    pub fn new(member: Option<&Member>) -> Feed {
        match member {
            Some(member) => Feed::Zip(Box::new(Inflate::new(member))),
            None => Feed::Plain,
        }
    }

    /// Takes bytes of the source; false when no more are needed.
    pub fn push(&mut self, bytes: &[u8], each: &mut dyn FnMut(&[u8])) -> Result<bool> {
        match self {
            Feed::Plain => {
                each(bytes);
                Ok(true)
            }
            Feed::Zip(inflate) => Ok(inflate.push(bytes, each)? == Progress::More),
        }
    }

    /// The source's range ended: whether that was all.
    pub fn end(self) -> Result<()> {
        match self {
            Feed::Plain => Ok(()),
            Feed::Zip(inflate) => inflate.end(),
        }
    }
}
