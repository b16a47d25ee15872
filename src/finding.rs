//! What a rule says when it sees a fault. Plain words about one place in one file; never an error
//! of ours (see [`crate::Error`]) and never serialised as it stands (see [`crate::report`]).

/// How bad a finding is, after the verbs of its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A MUST is broken: the receiver will refuse something.
    Error,
    /// Allowed, but almost surely a mistake; or a SHOULD is broken.
    Warning,
    /// Worth knowing.
    Info,
}

/// What the receiver does with the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Consequence {
    /// The whole file is refused.
    FileRefused,
    /// The record is left out.
    RecordDropped,
    /// The value is left out.
    ValueDropped,
    /// It is taken, and means something else than was meant.
    AcceptedButWrong,
    /// Nothing happens.
    Note,
}

/// Who says that it is a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Authority {
    /// The published document of the format.
    Spec,
    /// The receiver's own documentation.
    Vendor,
    /// Experience.
    Practice,
}

/// How far a fix can be trusted to keep the meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// The meaning is certainly kept; applied by default.
    Safe,
    /// Probably what was meant; applied when asked for, after a look.
    Review,
    /// We can point at it; the person must decide.
    Shown,
}
