//! The masters that a command works on: the standard ones, and packs in front of them.

use std::{fs, path::PathBuf};

use clap::Args;
use santei::master::Masters;

use crate::failure::Failure;

#[derive(Args)]
pub(crate) struct Packs {
    /// A pack made by `santei pack`, looked up before the standard masters; the last one given first.
    #[arg(long = "pack", value_name = "FILE")]
    packs: Vec<PathBuf>,
    /// Leave the standard masters out.
    #[arg(long, requires = "packs")]
    no_standard: bool,
}

impl Packs {
    pub(crate) fn load(&self) -> Result<Masters, Failure> {
        let masters = if self.no_standard { Masters::empty() } else { standard() };
        let mut masters = masters.map_err(Failure::Standard)?;
        for path in &self.packs {
            let bytes = fs::read(path).map_err(|error| Failure::File {
                path: path.clone(),
                error,
                help: "give a pack made by `santei pack DIR -o FILE`",
            })?;
            masters.add_pack(bytes).map_err(|error| Failure::Pack { path: path.clone(), error })?;
        }
        Ok(masters)
    }
}

#[cfg(feature = "standard")]
fn standard() -> Result<Masters, santei::pack::PackError> {
    Masters::standard()
}

#[cfg(not(feature = "standard"))]
fn standard() -> Result<Masters, santei::pack::PackError> {
    Masters::empty()
}
