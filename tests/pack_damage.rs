//! A pack that is not whole is refused, wherever it was hurt. `src/pack` tries every byte of a tiny pack; this is the pack
//! that the library carries.
#![cfg(feature = "standard")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use santei::{
    master::Masters,
    pack::{Pack, PackError, Tag},
};

/// Where the pack is hurt: each byte of the head and the directory, the borders of each section, and a thousand places
/// in between that are the same in every run.
fn places(pack: &Pack) -> Vec<usize> {
    let sections = pack.sections();
    let body = pack.size() - sections.iter().map(|section| section.bytes).sum::<usize>();
    let mut places: Vec<usize> = (0..body).collect();
    let mut at = body;
    for section in &sections {
        let end = at + section.bytes;
        places.extend([at, at + 1, at + 8, end - 1]);
        at = end;
    }
    // A linear congruence: every part of the pack, no two runs different.
    let mut state = 1_usize;
    places.extend((0..1_000).map(|_| {
        state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345) % (1 << 31);
        state % pack.size()
    }));
    places.sort_unstable();
    places.dedup();
    places.retain(|place| *place < pack.size());
    places
}

fn refused(bytes: Vec<u8>, known: &[Tag]) -> PackError {
    Pack::from_vec(bytes, known).unwrap_err()
}

#[test]
fn a_changed_byte_anywhere() {
    let masters = Masters::standard().unwrap();
    for pack in masters.packs() {
        let known: Vec<_> = pack.tags().collect();
        let mut bytes = pack.as_bytes().to_vec();
        for place in places(pack) {
            let flip = [1, 0x80, 0xff][place % 3];
            bytes[place] ^= flip;
            assert!(Pack::from_vec(bytes.clone(), &known).is_err(), "byte {place} ^ {flip:#x}");
            bytes[place] ^= flip;
        }
        assert!(Pack::from_vec(bytes, &known).is_ok());
    }
}

#[test]
fn cut_anywhere() {
    let masters = Masters::standard().unwrap();
    for pack in masters.packs() {
        let known: Vec<_> = pack.tags().collect();
        for place in places(pack) {
            let error = refused(pack.as_bytes()[..place].to_vec(), &known);
            let told = match place {
                0..8 => matches!(error, PackError::NotAPack),
                _ => matches!(error, PackError::Length { got, .. } if got == place as u64),
            };
            assert!(told, "cut at {place}: {error}");
        }
    }
}

#[test]
fn something_appended_or_moved() {
    let masters = Masters::standard().unwrap();
    let pack = &masters.packs()[0];
    let known: Vec<_> = pack.tags().collect();
    let longer = [pack.as_bytes(), b"\n"].concat();
    assert!(matches!(refused(longer, &known), PackError::Length { .. }));
    let before = [b"\xef\xbb\xbf", pack.as_bytes()].concat();
    assert_eq!(refused(before, &known), PackError::NotAPack);
    // As a transfer in text mode does it.
    let lines = pack.as_bytes().split(|byte| *byte == b'\n').collect::<Vec<_>>().join(&b"\r\n"[..]);
    assert!(matches!(refused(lines, &known), PackError::Length { .. } | PackError::Damaged { .. }));
}

#[test]
fn a_table_that_is_not_known() {
    let masters = Masters::standard().unwrap();
    let pack = &masters.packs()[0];
    let known: Vec<_> = pack.tags().skip(1).collect();
    let error = refused(pack.as_bytes().to_vec(), &known);
    assert_eq!(error, PackError::UnknownRequired { tag: Tag(*b"PROC"), version: 1 });
    let told = error.to_string();
    assert!(told.contains("PROC") && told.contains("version 1") && told.contains("newer Santei"), "{told}");
}
