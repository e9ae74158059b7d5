//! Claims (レセプト) as monthly files of 医科 records (UKE): read, checked and written.
//!
//! A file is a row of lines, one record each: the facility (`IR`), its claims (`RE` to the next `RE`), and the totals (`GO`).
//! [`Reader`](read::Reader) goes through a file of any size in a memory that does not grow with it, and loses nothing: what it gives,
//! put together, is the file byte by byte. [`Record`](record::Record) is one line with its fields, [`Claim`](view::Claim) the
//! records of one claim by what they mean.
//!
//! ```
//! use santei::claim::{read::{Reader, SegmentKind}, view::Claim};
//!
//! let file = "IR,1,13,1,1234567,,Clinic,202607,00,\r\n\
//!     RE,1,1112,202607,TARO,1,19800401,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n\
//!     HO,  138057,1,2,1,291,,,,,,,,,\r\n\
//!     SI,11,1,111000110,,291,1,,,,,,,,,,1,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n\
//!     GO,1,291,99\r\n\x1a";
//! let mut reader = Reader::new(file.as_bytes());
//! let mut again = Vec::new();
//! while let Some(batch) = reader.next_batch()? {
//!     for segment in batch.segments().filter(|segment| segment.kind() == SegmentKind::Claim) {
//!         let claim = Claim::of(segment);
//!         assert_eq!(claim.header().and_then(|header| header.service_month()).unwrap().to_string(), "2026-07");
//!         assert_eq!(claim.insurer().and_then(|insurer| insurer.total_points()), Some(291));
//!         assert_eq!(claim.units().count(), 1);
//!     }
//!     again.extend_from_slice(batch.bytes());
//! }
//! assert_eq!(again, file.as_bytes());
//! # Ok::<(), std::io::Error>(())
//! ```

pub mod check;
mod commas;
pub mod compose;
pub mod detail;
pub mod kinds;
pub mod layout;
pub mod read;
pub mod recompute;
pub mod record;
pub mod show;
pub mod summary;
pub mod text;
pub mod view;
pub mod write;
