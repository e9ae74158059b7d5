//! Why a command did not do its work.

use std::{io, path::PathBuf};

use santei::{fee::Refusal, master::LookupError, pack::PackError};

#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{path}: {error}; {help}")]
    File { path: PathBuf, error: io::Error, help: &'static str },
    #[error("{path}: {error}")]
    Pack { path: PathBuf, error: PackError },
    #[error("the standard masters of this program: {0}")]
    Standard(PackError),
    #[error("the input is refused:\n{0}")]
    Refused(Refusal),
    #[error("{0}")]
    Lookup(#[from] LookupError),
    #[error("{0}")]
    Build(#[from] santei::master::BuildError),
    #[error("{0}")]
    Revision(#[from] santei::master::UnknownRevision),
    #[error("{0}")]
    Other(String),
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
