//! Reads JSON from its bytes, value by value, for inputs that come by the thousand. It reads what is plain: no escapes, no
//! fractions outside texts, nothing twice. For anything else it gives nothing, and the caller reads the whole text again
//! with `serde_json`, which takes everything and says what is wrong. So it must never take what that one refuses, or
//! understand it in another way.

/// A place in a text. What is taken of it is UTF-8, whatever the rest is.
pub(crate) struct Pull<'t> {
    text: &'t [u8],
    at: usize,
}

/// A value that is read from plain JSON; nothing where it is not as plain as that.
pub(crate) trait FromPull: Sized {
    /// Reads the value that stands next.
    fn pull(from: &mut Pull<'_>) -> Option<Self>;
}

impl<'t> Pull<'t> {
    /// Reads the whole text as one value.
    pub(crate) fn whole<T: FromPull>(text: &'t [u8]) -> Option<T> {
        let mut pull = Self { text, at: 0 };
        let value = T::pull(&mut pull)?;
        pull.blanks();
        (pull.at == text.len()).then_some(value)
    }

    fn byte(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    #[inline]
    fn blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.byte() {
            self.at += 1;
        }
    }

    /// Takes a byte that stands next, behind blanks.
    #[inline]
    fn take(&mut self, wanted: u8) -> Option<()> {
        self.blanks();
        (self.byte() == Some(wanted)).then(|| self.at += 1)
    }

    /// A text without escapes.
    #[inline]
    pub(crate) fn text(&mut self) -> Option<&'t str> {
        self.take(b'"')?;
        let rest = self.text.get(self.at..)?;
        let length = super::plain_length(rest)?;
        let text = core::str::from_utf8(rest.get(..length)?).ok()?;
        self.at += length;
        (self.byte() == Some(b'"')).then(|| self.at += 1)?;
        Some(text)
    }

    /// A whole number that is not negative and not written with a leading zero.
    pub(crate) fn number(&mut self) -> Option<u32> {
        self.blanks();
        let start = self.at;
        let mut number = 0u32;
        while let Some(digit @ b'0'..=b'9') = self.byte() {
            number = number.checked_mul(10)?.checked_add(u32::from(digit - b'0'))?;
            self.at += 1;
        }
        let plain = !matches!(self.byte(), Some(b'.' | b'e' | b'E'));
        let length = self.at - start;
        let zero = length > 1 && self.text.get(start) == Some(&b'0');
        (length > 0 && plain && !zero).then_some(number)
    }

    /// A text of so many bytes, with the quotation mark before it and the one behind: `N` counts them too. Nothing is taken
    /// where the next text is not so long.
    #[inline]
    pub(crate) fn exact<const N: usize>(&mut self) -> Option<&'t [u8; N]> {
        self.blanks();
        let bytes = self.text.get(self.at..)?.first_chunk::<N>()?;
        let ends = bytes.first() == Some(&b'"') && bytes.last() == Some(&b'"');
        ends.then(|| self.at += N)?;
        Some(bytes)
    }

    /// Whether a text stands next.
    pub(crate) fn is_text(&mut self) -> bool {
        self.blanks();
        self.byte() == Some(b'"')
    }

    /// Takes the name of a member, which is given with its quotation marks, and the colon behind it, if it stands next;
    /// nothing where the colon is missing.
    #[inline]
    pub(crate) fn name(&mut self, name: &'static str) -> Option<bool> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let stands = rest.starts_with(name.as_bytes());
        if stands {
            self.at += name.len();
            self.take(b':')?;
        }
        Some(stands)
    }

    /// The members of an object; each must be read whole, name and value.
    #[inline]
    pub(crate) fn object(&mut self, mut member: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.take(b'{')?;
        self.blanks();
        if self.byte() == Some(b'}') {
            self.at += 1;
            return Some(());
        }
        loop {
            self.blanks();
            member(self)?;
            self.blanks();
            let next = self.byte()?;
            self.at += 1;
            match next {
                b',' => {}
                b'}' => return Some(()),
                _ => return None,
            }
        }
    }
}

impl FromPull for u32 {
    fn pull(from: &mut Pull<'_>) -> Option<Self> {
        from.number()
    }
}

impl FromPull for bool {
    fn pull(from: &mut Pull<'_>) -> Option<Self> {
        from.blanks();
        let rest = from.text.get(from.at..)?;
        let (value, length) = if rest.starts_with(b"true") {
            (true, 4)
        } else if rest.starts_with(b"false") {
            (false, 5)
        } else {
            return None;
        };
        from.at += length;
        Some(value)
    }
}

impl FromPull for String {
    fn pull(from: &mut Pull<'_>) -> Option<Self> {
        from.text().map(str::to_owned)
    }
}

impl<T: FromPull> FromPull for Vec<T> {
    fn pull(from: &mut Pull<'_>) -> Option<Self> {
        from.take(b'[')?;
        from.blanks();
        let mut values = Self::new();
        if from.byte() == Some(b']') {
            from.at += 1;
            return Some(values);
        }
        loop {
            values.push(T::pull(from)?);
            from.blanks();
            let next = from.byte()?;
            from.at += 1;
            match next {
                b',' => {}
                b']' => return Some(values),
                _ => return None,
            }
        }
    }
}

/// Reads a struct: its members that must be there, and those that may be left out with what they then are. A member is
/// never there twice.
macro_rules! object {
    ($type:ident { $($name:literal $field:ident,)* } { $($optional:literal $may:ident $default:expr,)* }) => {
        impl $crate::json::FromPull for $type {
            fn pull(from: &mut $crate::json::Pull<'_>) -> Option<Self> {
                $(let mut $field = None;)*
                $(let mut $may = None;)*
                // Members mostly stand in the order of the type.
                from.object(|from| {
                    $(if $field.is_none() && from.name(concat!("\"", $name, "\""))? {
                        $field = Some($crate::json::FromPull::pull(from)?);
                        return Some(());
                    })*
                    $(if $may.is_none() && from.name(concat!("\"", $optional, "\""))? {
                        $may = Some($crate::json::FromPull::pull(from)?);
                        return Some(());
                    })*
                    None
                })?;
                Some(Self {
                    $($field: $field?,)*
                    $($may: $may.unwrap_or($default),)*
                })
            }
        }
    };
}
pub(crate) use object;

/// Reads a unit variant by its name.
macro_rules! choices {
    ($type:ident { $($name:literal $variant:ident,)* }) => {
        impl $crate::json::FromPull for $type {
            fn pull(from: &mut $crate::json::Pull<'_>) -> Option<Self> {
                Some(match from.text()? {
                    $($name => Self::$variant,)*
                    _ => return None,
                })
            }
        }
    };
}
pub(crate) use choices;

/// Reads what is written as a text.
macro_rules! parsed {
    ($($type:ty),*) => {$(
        impl $crate::json::FromPull for $type {
            fn pull(from: &mut $crate::json::Pull<'_>) -> Option<Self> {
                from.text()?.parse().ok()
            }
        }
    )*};
}
pub(crate) use parsed;
