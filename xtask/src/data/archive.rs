//! Where a bundle goes: a folder, or a zip. The zip is as plain as zips get (deflate, no zip64,
//! every date 1 January 1980), so that the same files always make the same bytes.

use flate2::{Compression, Crc, write::DeflateEncoder};
use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The end of a bundle that files are put into, one after the other.
pub enum Archive {
    /// One file each.
    Folder(PathBuf),
    /// The zip, and for each member in it the fixed part of its header, its name, its offset.
    Zip(BufWriter<File>, Vec<([u8; 26], String, u32)>),
}

impl Archive {
    /// A zip when the name ends in `.zip`, else a folder.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(path: &Path) -> io::Result<Self> {
        if path.extension().is_some_and(|e| e == "zip") {
            return Ok(Self::Zip(BufWriter::new(File::create(path)?), Vec::new()));
        }
        fs::create_dir_all(path)?;
        Ok(Self::Folder(path.to_owned()))
    }

    /// Puts in one file; `fill` writes its bytes.
    ///
    /// # Errors
    /// When writing fails, or a member would not fit into a zip without zip64.
    pub fn file(
        &mut self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        match self {
            Self::Folder(folder) => {
                let mut out = BufWriter::new(File::create(folder.join(name))?);
                fill(&mut out)?;
                out.flush()
            }
            Self::Zip(zip, members) => {
                let start = zip.stream_position()?;
                zip.write_all(&[0; 30])?;
                zip.write_all(name.as_bytes())?;
                let (crc, size) = pack(zip, fill)?;
                let end = zip.stream_position()?;
                let packed = end - start - 30 - name.len() as u64;
                let head = header(crc, small(packed)?, small(size)?, name.len() as u16);
                zip.seek(SeekFrom::Start(start))?;
                zip.write_all(b"PK\x03\x04")?;
                zip.write_all(&head)?;
                zip.seek(SeekFrom::Start(end))?;
                members.push((head, name.to_owned(), small(start)?));
                Ok(())
            }
        }
    }

    /// Writes what is still to be written.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(self) -> io::Result<()> {
        let Self::Zip(mut zip, members) = self else {
            return Ok(());
        };
        let start = zip.stream_position()?;
        for (head, name, offset) in &members {
            zip.write_all(b"PK\x01\x02\x14\x00")?;
            zip.write_all(head)?;
            zip.write_all(&[0; 10])?;
            zip.write_all(&offset.to_le_bytes())?;
            zip.write_all(name.as_bytes())?;
        }
        let size = small(zip.stream_position()? - start)?;
        let count = (members.len() as u16).to_le_bytes();
        zip.write_all(b"PK\x05\x06\0\0\0\0")?;
        zip.write_all(&[count, count].concat())?;
        zip.write_all(&[size.to_le_bytes(), small(start)?.to_le_bytes()].concat())?;
        zip.write_all(&[0; 2])?;
        zip.flush()
    }
}

/// The 26 bytes that the header of a member and its entry in the directory share: version 2.0,
/// names in UTF-8, deflate, 1 January 1980.
fn header(crc: u32, packed: u32, size: u32, name: u16) -> [u8; 26] {
    let mut head = [0; 26];
    head[..10].copy_from_slice(&[20, 0, 0, 8, 8, 0, 0, 0, 0x21, 0]);
    head[10..14].copy_from_slice(&crc.to_le_bytes());
    head[14..18].copy_from_slice(&packed.to_le_bytes());
    head[18..22].copy_from_slice(&size.to_le_bytes());
    head[22..24].copy_from_slice(&name.to_le_bytes());
    head
}

fn small(n: u64) -> io::Result<u32> {
    u32::try_from(n).map_err(|_| io::Error::other("too large for a zip; name a folder instead"))
}

/// Compresses what `fill` writes; answers its checksum and size.
fn pack(
    zip: &mut impl Write,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<(u32, u64)> {
    let out = DeflateEncoder::new(zip, Compression::best());
    let mut member = Member {
        out,
        crc: Crc::new(),
        size: 0,
    };
    fill(&mut member)?;
    member.out.finish()?;
    Ok((member.crc.sum(), member.size))
}

/// Compresses what it is given, and counts and sums it.
struct Member<W: Write> {
    out: DeflateEncoder<W>,
    crc: Crc,
    size: u64,
}

impl<W: Write> Write for Member<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.crc.update(&bytes[..n]);
        self.size += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
