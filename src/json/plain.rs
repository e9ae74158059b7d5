//! Values that write themselves: what a calculation gives, without a serializer between. The names of members stand in
//! the program with their quotation marks and commas, so that a member costs one copy of its name and one of its value.

use core::fmt;

use super::escaped;
use crate::{
    date::ServiceDate,
    master::Certainty,
    money::{Points, Yen},
};

/// A value that writes itself as JSON, the bytes that `serde_json` would write for it.
pub(crate) trait Json {
    /// Appends the JSON.
    fn json(&self, out: &mut String);
}

/// Appends members of a struct: what stands before the first, and their names.
macro_rules! members {
    ($out:ident, $value:expr, $start:literal; $first:ident $(, $field:ident)*) => {{
        $out.push_str(concat!($start, "\"", stringify!($first), "\":"));
        $crate::json::Json::json(&$value.$first, $out);
        $(
            $out.push_str(concat!(",\"", stringify!($field), "\":"));
            $crate::json::Json::json(&$value.$field, $out);
        )*
    }};
}
pub(crate) use members;

/// Unit variants, by what stands for each.
macro_rules! variants {
    ($type:ty { $($variant:ident $text:literal),* $(,)? }) => {
        impl $crate::json::Json for $type {
            fn json(&self, out: &mut String) {
                out.push_str(match self {
                    $(Self::$variant => concat!("\"", $text, "\""),)*
                });
            }
        }
    };
}
pub(crate) use variants;

impl Json for str {
    #[inline]
    fn json(&self, out: &mut String) {
        super::text(out, self);
    }
}

impl Json for String {
    #[inline]
    fn json(&self, out: &mut String) {
        super::text(out, self);
    }
}

impl Json for bool {
    #[inline]
    fn json(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Json for $type {
            #[inline]
            fn json(&self, out: &mut String) {
                out.push_str(itoa::Buffer::new().format(*self));
            }
        }
    )*};
}

numbers!(u8, u32, i64, usize);

impl<T: Json> Json for Option<T> {
    #[inline]
    fn json(&self, out: &mut String) {
        match self {
            Some(value) => value.json(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: Json> Json for Vec<T> {
    fn json(&self, out: &mut String) {
        out.push('[');
        for (place, value) in self.iter().enumerate() {
            if place > 0 {
                out.push(',');
            }
            value.json(out);
        }
        out.push(']');
    }
}

impl Json for Points {
    #[inline]
    fn json(&self, out: &mut String) {
        self.get().json(out);
    }
}

impl Json for Yen {
    #[inline]
    fn json(&self, out: &mut String) {
        self.get().json(out);
    }
}

impl Json for ServiceDate {
    fn json(&self, out: &mut String) {
        out.push('"');
        // INVARIANT: ASCII digits and hyphens.
        out.push_str(core::str::from_utf8(&self.letters()).unwrap_or_default());
        out.push('"');
    }
}

variants!(Certainty {
    Official "official",
    Confirmed "confirmed",
    Single "single",
    Unverified "unverified",
});

/// Appends what a value shows of itself, in quotation marks.
pub(crate) fn shown(value: &impl fmt::Display, out: &mut String) {
    use fmt::Write as _;
    struct Escaped<'o>(&'o mut String);
    impl fmt::Write for Escaped<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            escaped(self.0, text);
            Ok(())
        }
    }
    out.push('"');
    // A text takes whatever is written into it.
    let _ = write!(Escaped(out), "{value}");
    out.push('"');
}
