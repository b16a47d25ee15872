//! One member of an archive: its local header and data in, its bytes out, checked.
//! Holds one piece of output and the decompressor's window, however large the member is.

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::directory::overlap;
use super::wire::{Fields, LOCAL, LOCAL_SIZE};
use super::{HIGHEST_RATIO, Member, Method, UNSUSPICIOUS_SIZE};
use crate::error::{Error, Result};
use crate::source::Progress;

/// The most bytes handed out at once.
const PIECE: usize = 128 << 10;

/// Unpacks one member.
///
/// Push the bytes of [`Member::range`] in pieces of any size until it says
/// [`Enough`](Progress::Enough) or the range is at its end, then call [`end`](Self::end). Bytes are
/// handed out before the checksum at their end is known: what was made of them must be thrown away
/// if an error follows.
#[derive(Debug)]
pub struct Inflate {
    member: Member,
    stage: Stage,
    /// What was pushed of the local header so far.
    header: Vec<u8>,
    /// Compressed bytes that are still to come.
    left: u64,
    /// Bytes really unpacked.
    size: u64,
    crc: Crc,
    piece: Box<[u8]>,
}

#[derive(Debug)]
enum Stage {
    Header,
    Stored,
    Deflated(Box<Decompress>),
    Done,
    /// After an error.
    Failed,
}

impl Inflate {
    /// Begins with a member at the start of its range.
    pub fn new(member: &Member) -> Self {
        Inflate {
            left: member.compressed,
            member: member.clone(),
            stage: Stage::Header,
            header: Vec::new(),
            size: 0,
            crc: Crc::new(),
            piece: vec![0; PIECE].into_boxed_slice(),
        }
    }

    /// Takes the next bytes of the range and hands what they unpack to on to `out`, in pieces of at
    /// most 128 KiB.
    ///
    /// # Errors
    /// The member is damaged, is not what the archive's list declares, or unpacks to an absurd size.
    /// The same for every push after an error.
    pub fn push(&mut self, bytes: &[u8], out: &mut dyn FnMut(&[u8])) -> Result<Progress> {
        let result = self.advance(bytes, out);
        if result.is_err() {
            self.stage = Stage::Failed;
        }
        result
    }

    /// The range is at its end.
    ///
    /// # Errors
    /// The member is not: the archive is cut short or damaged.
    pub fn end(&self) -> Result<()> {
        match self.stage {
            Stage::Done => Ok(()),
            _ => Err(self.damaged("is cut short")),
        }
    }

    /// How many bytes were really unpacked so far.
    pub fn unpacked(&self) -> u64 {
        self.size
    }

    fn advance(&mut self, mut bytes: &[u8], out: &mut dyn FnMut(&[u8])) -> Result<Progress> {
        if let Stage::Header = self.stage {
            let Some(rest) = self.read_header(bytes)? else {
                return Ok(Progress::More);
            };
            bytes = rest;
        }
        let count = usize::try_from(self.left).map_or(bytes.len(), |left| left.min(bytes.len()));
        let bytes = &bytes[..count];
        match std::mem::replace(&mut self.stage, Stage::Failed) {
            Stage::Stored => {
                for piece in bytes.chunks(PIECE) {
                    self.hand_out(piece, out)?;
                }
                self.left -= count as u64;
                self.stage = Stage::Stored;
            }
            Stage::Deflated(mut inflater) => {
                let ended = self.inflate(&mut inflater, bytes, out)?;
                self.stage = Stage::Deflated(inflater);
                match (ended, self.left) {
                    (true, 0) | (false, 1..) => {}
                    (true, _) => return Err(self.damaged("ends before its declared size")),
                    (false, 0) => return Err(self.damaged("does not end where it should")),
                }
            }
            Stage::Done => {
                self.stage = Stage::Done;
                return Ok(Progress::Enough);
            }
            Stage::Header | Stage::Failed => return Err(self.damaged("could not be unpacked")),
        }
        if self.left > 0 {
            return Ok(Progress::More);
        }
        self.verify()?;
        self.stage = Stage::Done;
        Ok(Progress::Enough)
    }

    /// Collects the local header [4.3.7]; once it is whole, reads it and returns what follows it.
    fn read_header<'a>(&mut self, mut bytes: &'a [u8]) -> Result<Option<&'a [u8]>> {
        loop {
            let whole = self
                .header
                .get(LOCAL_SIZE - 4..LOCAL_SIZE)
                .map_or(LOCAL_SIZE, |lengths| {
                    let mut lengths = Fields(lengths);
                    LOCAL_SIZE
                        + usize::from(lengths.u16().unwrap_or(0))
                        + usize::from(lengths.u16().unwrap_or(0))
                });
            if self.header.len() == whole {
                break;
            }
            let (more, rest) = bytes.split_at(bytes.len().min(whole - self.header.len()));
            if more.is_empty() {
                return Ok(None);
            }
            self.header.extend_from_slice(more);
            bytes = rest;
            if self.header.len() == LOCAL_SIZE && !self.header.starts_with(&LOCAL.to_le_bytes()) {
                return Err(self.damaged("is not where the archive's list of contents says"));
            }
        }
        self.check_header()?;
        self.stage = match self.member.method {
            Method::Stored => Stage::Stored,
            // An empty member needs no deflated block; some tools write none.
            Method::Deflated if self.left == 0 => Stage::Stored,
            Method::Deflated => Stage::Deflated(Box::new(Decompress::new(false))),
        };
        Ok(Some(bytes))
    }

    /// The local header must agree with the list of contents: otherwise two readers would see two
    /// archives. Its sizes may be missing (a data descriptor follows), so they are not compared.
    fn check_header(&self) -> Result<()> {
        let member = &self.member;
        let (fixed, names) = self.header.split_at(LOCAL_SIZE);
        let mut fields = Fields(fixed.get(8..).unwrap_or_default());
        let method = if let Method::Stored = member.method {
            0
        } else {
            8
        };
        if fields.u16() != Some(method) || !names.starts_with(&member.raw_name) {
            return Err(self.damaged("has two different headers"));
        }
        match (self.header.len() as u64).checked_add(member.compressed) {
            Some(size) if size <= member.range.size() => Ok(()),
            _ => Err(overlap(&member.name)),
        }
    }

    /// Inflates all of `bytes`; whether the deflated stream ended.
    fn inflate(
        &mut self,
        inflater: &mut Decompress,
        mut bytes: &[u8],
        out: &mut dyn FnMut(&[u8]),
    ) -> Result<bool> {
        let mut piece = std::mem::take(&mut self.piece);
        loop {
            let (before_in, before_out) = (inflater.total_in(), inflater.total_out());
            let status = inflater
                .decompress(bytes, &mut piece, FlushDecompress::None)
                .map_err(|_| self.damaged("has bytes that do not unpack"))?;
            let taken = (inflater.total_in() - before_in) as usize;
            let given = (inflater.total_out() - before_out) as usize;
            bytes = &bytes[taken..];
            self.left -= taken as u64;
            self.hand_out(&piece[..given], out)?;
            let idle = taken == 0 && given == 0;
            let full = given == piece.len();
            if status == Status::StreamEnd || idle || (bytes.is_empty() && !full) {
                self.piece = piece;
                return Ok(status == Status::StreamEnd);
            }
        }
    }

    /// Hands unpacked bytes on, after the guards against bombs and false sizes.
    fn hand_out(&mut self, bytes: &[u8], out: &mut dyn FnMut(&[u8])) -> Result<()> {
        self.size += bytes.len() as u64;
        let limit = UNSUSPICIOUS_SIZE.max(self.member.compressed.saturating_mul(HIGHEST_RATIO));
        if self.size > limit {
            let what = format!(
                "unpacks to more than {HIGHEST_RATIO} times its compressed size: this is no ordinary data file; unpack it by hand if you trust it"
            );
            return Err(Error::entry(&self.member.name, what));
        }
        if self.size > self.member.size {
            return Err(self.damaged("is longer than declared"));
        }
        self.crc.update(bytes);
        if !bytes.is_empty() {
            out(bytes);
        }
        Ok(())
    }

    /// All bytes are there: are they the right ones?
    fn verify(&self) -> Result<()> {
        if self.size != self.member.size {
            return Err(self.damaged("is shorter than declared"));
        }
        if self.crc.sum() != self.member.crc32 {
            return Err(self.damaged("does not match its checksum"));
        }
        Ok(())
    }

    fn damaged(&self, what: &str) -> Error {
        Error::entry(
            &self.member.name,
            format!("{what}: the archive is damaged; copy or download it again"),
        )
    }
}
