//! ZIP archives, as the masters are published: opened in memory, with limits against archives made to burst.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

/// What a file may hold when everything in it is unpacked.
pub(super) const LIMIT: u64 = 512 << 20;
/// How many entries an archive may have.
const ENTRIES: usize = 10_000;
/// How much larger than packed an entry may be. Masters reach about 1:40, deflate could reach 1:1000.
const RATIO: u64 = 300;
/// Below this size the ratio does not matter.
const SMALL: u64 = 1 << 20;

/// Whether the bytes are a ZIP archive.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// What came out of an archive.
pub(super) enum Entry {
    /// A file, with its name.
    File(String, Vec<u8>),
    /// What could not be unpacked, with its name where it has one, and the reason.
    Refused(Option<String>, String),
}

/// Unpacks an archive entry by entry. `left` is how many bytes may still be unpacked, here and in what `found` unpacks.
pub(super) fn unpack(bytes: &[u8], left: &mut u64, found: &mut dyn FnMut(Entry, &mut u64)) {
    let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => return found(Entry::Refused(None, error.to_string()), left),
    };
    if archive.len() > ENTRIES {
        return found(Entry::Refused(None, format!("{} entries, more than {ENTRIES}", archive.len())), left);
    }
    for index in 0..archive.len() {
        let mut entry = match archive.by_index(index) {
            Ok(entry) if entry.is_dir() => continue,
            Ok(entry) => entry,
            Err(error) => {
                found(Entry::Refused(None, error.to_string()), left);
                continue;
            }
        };
        let name = name(entry.name_raw());
        // The sizes in the directory are claims: the limit counts what really comes out.
        let most = most(*left, entry.compressed_size());
        let mut out = Vec::new();
        match entry.by_ref().take(most.saturating_add(1)).read_to_end(&mut out) {
            Err(error) => found(Entry::Refused(Some(name), error.to_string()), left),
            Ok(size) if size as u64 > most => {
                *left = 0;
                found(Entry::Refused(Some(name), format!("more than {most} bytes when unpacked")), left);
                return;
            }
            Ok(size) => {
                *left = left.saturating_sub(size as u64);
                found(Entry::File(name, out), left);
            }
        }
    }
}

/// Unpacks an archive without keeping anything, to know that it stays within `left`.
pub(super) fn measure(bytes: &[u8], left: &mut u64) -> Result<(), String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    if archive.len() > ENTRIES {
        return Err(format!("{} entries, more than {ENTRIES}", archive.len()));
    }
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|error| error.to_string())?;
        let most = most(*left, entry.compressed_size());
        let size = io::copy(&mut entry.by_ref().take(most.saturating_add(1)), &mut io::sink());
        let size = size.map_err(|error| error.to_string())?;
        if size > most {
            return Err(format!("more than {most} bytes when unpacked"));
        }
        *left = left.saturating_sub(size);
    }
    Ok(())
}

/// How many bytes may come out of an entry.
fn most(left: u64, packed: u64) -> u64 {
    left.min(packed.saturating_mul(RATIO).max(SMALL))
}

/// The name of an entry without its folders: UTF-8, or CP932 from the tools of the publishers.
fn name(raw: &[u8]) -> String {
    let text = match core::str::from_utf8(raw) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::SHIFT_JIS.decode_without_bom_handling(raw).0.into_owned(),
    };
    text.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}
