//! Makes the checksums of a pack hold, so that the fuzzer reaches what stands behind them.

const HEADER: usize = 32;
const ENTRY: usize = 32;

/// Corrects length, places and checksums of something that is nearly a pack. The two spare bytes of the header, which no
/// reader looks at, say how much: bit 0 leaves the places and lengths of the sections as they are, bit 1 leaves the
/// total length, bit 2 the magic and the version.
pub fn seal(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    if out.len() < HEADER {
        out.resize(HEADER, 0);
    }
    let mode = out[10];
    if mode & 4 == 0 {
        out[..8].copy_from_slice(b"SANTEIPK");
        out[8..10].copy_from_slice(&1u16.to_le_bytes());
    }
    let room = (out.len() - HEADER) / ENTRY;
    let sections = (u32_at(&out, 12) as usize).min(room);
    let body = HEADER + sections * ENTRY;
    if mode & 1 == 0 {
        out[12..16].copy_from_slice(&(sections as u32).to_le_bytes());
        let mut next = body;
        for index in 0..sections {
            let entry = HEADER + index * ENTRY;
            let left = out.len() - next;
            let length = if index + 1 == sections { left } else { (u64_at(&out, entry + 16) as usize).min(left) };
            out[entry + 8..entry + 16].copy_from_slice(&(next as u64).to_le_bytes());
            out[entry + 16..entry + 24].copy_from_slice(&(length as u64).to_le_bytes());
            next += length;
        }
        if sections == 0 {
            out.truncate(body);
        }
    }
    for index in 0..sections {
        let entry = HEADER + index * ENTRY;
        let start = u64_at(&out, entry + 8) as usize;
        let end = start.saturating_add(u64_at(&out, entry + 16) as usize);
        if let Some(data) = out.get(start..end) {
            let sum = crc32fast::hash(data);
            out[entry + 28..entry + 32].copy_from_slice(&sum.to_le_bytes());
        }
    }
    if mode & 2 == 0 {
        let length = out.len() as u64;
        out[16..24].copy_from_slice(&length.to_le_bytes());
    }
    let sum = crc32fast::hash(&out[HEADER..body]);
    out[24..28].copy_from_slice(&sum.to_le_bytes());
    let sum = crc32fast::hash(&out[..28]);
    out[28..32].copy_from_slice(&sum.to_le_bytes());
    out
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())
}
