//! The masters that a command works on: the standard ones, and packs in front of them.

use std::{
    fs,
    path::{Path, PathBuf},
};

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
        self.packs.iter().try_for_each(|path| add(&mut masters, path))?;
        Ok(masters)
    }
}

/// Puts a pack in front of the masters.
pub(crate) fn add(masters: &mut Masters, path: &Path) -> Result<(), Failure> {
    let path = path.to_path_buf();
    let help = "give a pack made by `santei pack DIR -o FILE`";
    match fs::read(&path) {
        Ok(bytes) => masters.add_pack(bytes).map_err(|error| Failure::Pack { path, error }),
        Err(error) => Err(Failure::File { path, error, help }),
    }
}

#[cfg(feature = "standard")]
pub(crate) fn standard() -> Result<Masters, santei::pack::PackError> {
    Masters::standard()
}

#[cfg(not(feature = "standard"))]
pub(crate) fn standard() -> Result<Masters, santei::pack::PackError> {
    Masters::empty()
}
