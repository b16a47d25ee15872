//! Reading the little-endian fields of a zip's headers. Signatures are those of APPNOTE 6.3.10,
//! PKWARE's .ZIP file format specification, clauses in brackets.

/// Local file header [4.3.7].
pub(super) const LOCAL: u32 = 0x0403_4b50;
/// Data descriptor [4.3.9].
pub(super) const DESCRIPTOR: u32 = 0x0807_4b50;
/// Central directory file header [4.3.12].
pub(super) const CENTRAL: u32 = 0x0201_4b50;
/// End of central directory [4.3.16].
pub(super) const END: u32 = 0x0605_4b50;
/// Zip64 end of central directory [4.3.14].
pub(super) const END64: u32 = 0x0606_4b50;
/// Zip64 end of central directory locator [4.3.15].
pub(super) const LOCATOR: u32 = 0x0706_4b50;

/// Lengths of those headers without their variable parts, in bytes.
pub(super) const LOCAL_SIZE: usize = 30;
pub(super) const END_SIZE: usize = 22;
pub(super) const END64_SIZE: usize = 56;
pub(super) const LOCATOR_SIZE: usize = 20;

/// A value that stands for "see the zip64 field" [4.4.1.4].
pub(super) const SEE64_16: u16 = u16::MAX;
/// The same in four bytes.
pub(super) const SEE64_32: u32 = u32::MAX;

/// Takes fields off the front of a header; `None` once there is not enough left.
pub(super) struct Fields<'a>(pub &'a [u8]);

impl<'a> Fields<'a> {
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    pub fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    /// The next field of an extra-field block: its id and its content [4.5.1]. A remainder that is
    /// no field (some tools pad with zeros) ends the block.
    pub fn extra(&mut self) -> Option<(u16, &'a [u8])> {
        let (id, size) = (self.u16()?, self.u16()?);
        Some((id, self.take(size.into())?))
    }
}
