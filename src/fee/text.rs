//! The texts of a statement while it is calculated: next to all of them stand in the tables, in the program or in the
//! input, and are written once into the result.

use core::fmt;

use rust_decimal::Decimal;

use crate::{
    json::{self, Json},
    money::text_of,
};

use super::path::Path;

/// A text that is made when it is needed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Text<'m> {
    /// One that stands somewhere.
    Stands(&'m str),
    /// One that was put together.
    Made(String),
    /// A code of nine digits.
    Code(u32),
    /// A figure.
    Figure(Decimal),
    /// Where something stands in the input.
    Path(Path),
}

impl Text<'_> {
    /// The text, for one that stands somewhere or was put together.
    pub(crate) fn words(&self) -> &str {
        match self {
            Self::Stands(text) => text,
            Self::Made(text) => text,
            Self::Code(_) | Self::Figure(_) | Self::Path(_) => "",
        }
    }
}

impl From<Text<'_>> for String {
    fn from(text: Text<'_>) -> Self {
        match text {
            Text::Stands(text) => text.to_owned(),
            Text::Made(text) => text,
            Text::Code(code) => itoa::Buffer::new().format(code).to_owned(),
            Text::Figure(figure) => text_of(figure),
            Text::Path(path) => path.to_string(),
        }
    }
}

impl<'m> From<&'m str> for Text<'m> {
    #[inline]
    fn from(text: &'m str) -> Self {
        Self::Stands(text)
    }
}

impl From<String> for Text<'_> {
    #[inline]
    fn from(text: String) -> Self {
        Self::Made(text)
    }
}

impl Json for Text<'_> {
    fn json(&self, out: &mut String) {
        match self {
            Self::Stands(text) => text.json(out),
            Self::Made(text) => text.json(out),
            Self::Code(code) => {
                out.push('"');
                code.json(out);
                out.push('"');
            }
            Self::Figure(figure) if figure.scale() == 0 && figure.is_sign_positive() => {
                out.push('"');
                out.push_str(itoa::Buffer::new().format(figure.mantissa()));
                out.push('"');
            }
            Self::Figure(figure) => json::shown(figure, out),
            Self::Path(path) => path.json(out),
        }
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stands(text) => f.write_str(text),
            Self::Made(text) => f.write_str(text),
            Self::Code(code) => fmt::Display::fmt(code, f),
            Self::Figure(figure) => fmt::Display::fmt(figure, f),
            Self::Path(path) => fmt::Display::fmt(path, f),
        }
    }
}
