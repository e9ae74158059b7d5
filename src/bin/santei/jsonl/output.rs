//! Where results go. A file appears under its name only when it is whole.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::failure::Failure;

const HELP: &str = "give a file that can be written";

pub(crate) enum Output {
    Standard(io::Stdout),
    /// A device or a pipe, which cannot be replaced by another file.
    Direct(File, PathBuf),
    /// Written beside the file that it becomes at the end, under a name that ends in `.partial`.
    Whole(NamedTempFile, PathBuf),
}

impl Output {
    /// Standard output when no file is named.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path.filter(|path| path.as_os_str() != "-") else { return Ok(Self::Standard(io::stdout())) };
        let fault = |error| Failure::File { path: path.to_path_buf(), error, help: HELP };
        let special = fs::metadata(path).is_ok_and(|data| !data.is_file() && !data.is_dir());
        if special {
            let file = File::options().write(true).open(path).map_err(fault)?;
            return Ok(Self::Direct(file, path.to_path_buf()));
        }
        // Through a link to the file that is meant.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        if target.is_dir() {
            return Err(fault(io::Error::from(io::ErrorKind::IsADirectory)));
        }
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut builder = tempfile::Builder::new();
        let prefix = format!(".{name}.");
        builder.prefix(&prefix).suffix(".partial");
        #[cfg(unix)]
        {
            // As any new file has them: the process's mask takes away from these.
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder).map_err(fault)?;
        Ok(Self::Whole(file, target))
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Standard(out) => out.write_all(bytes).map_err(Failure::Output),
            Self::Direct(file, path) => file.write_all(bytes).map_err(|error| fault(path, error)),
            Self::Whole(file, path) => file.write_all(bytes).map_err(|error| fault(path, error)),
        }
    }

    /// Everything is written: the file takes its name. One that is dropped before leaves nothing behind.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Standard(mut out) => out.flush().map_err(Failure::Output),
            Self::Direct(mut file, path) => file.flush().map_err(|error| fault(&path, error)),
            Self::Whole(file, path) => file.persist(&path).map(drop).map_err(|error| fault(&path, error.error)),
        }
    }
}

fn fault(path: &Path, error: io::Error) -> Failure {
    Failure::File { path: path.to_path_buf(), error, help: HELP }
}
