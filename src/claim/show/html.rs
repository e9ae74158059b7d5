//! Pages in HTML: whatever stands in a claim is text, never markup, and a page asks for nothing from anywhere.

/// A page under construction.
pub(super) struct Html(String);

impl Html {
    pub(super) const fn new() -> Self {
        Self(String::new())
    }

    /// Markup of this program's own.
    pub(super) fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// A text of the claim or of a master.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                // Control characters have no place in HTML.
                letter if letter.is_control() => self.0.push('\u{fffd}'),
                letter => self.0.push(letter),
            }
        }
        self
    }

    /// An element with a text in it.
    pub(super) fn element(&mut self, tag: &str, class: &str, text: &str) -> &mut Self {
        self.raw("<").raw(tag);
        if !class.is_empty() {
            self.raw(" class=\"").raw(class).raw("\"");
        }
        self.raw(">").text(text).raw("</").raw(tag).raw(">")
    }

    /// A row of a table: a heading and what it is.
    pub(super) fn pair(&mut self, head: &str, text: &str) -> &mut Self {
        self.raw("<tr>").element("th", "", head).element("td", "", text).raw("</tr>")
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// A number with its thousands parted.
pub(super) fn figure(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        out.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

const STYLE: &str = "\
@page{size:A4;margin:10mm}\
body{margin:0 auto;padding:12px;max-width:190mm;color:#111;background:#fff;font:11px/1.45 system-ui,'Hiragino Sans','Noto Sans JP','Yu Gothic',sans-serif}\
.sheet{break-after:page;margin-bottom:24px}.sheet:last-child{break-after:auto}\
h1{font-size:16px;text-align:center;letter-spacing:.2em;margin:0 0 8px}h2{font-size:12px;margin:10px 0 4px}\
table{border-collapse:collapse;width:100%;margin-bottom:6px}th,td{border:1px solid #555;padding:2px 5px;text-align:left;vertical-align:top}\
th{background:#f1f1ee;font-weight:600;white-space:nowrap}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
.cols{display:grid;grid-template-columns:62mm 1fr;gap:8px}.pairs th{width:1%}.remark{color:#333;padding-left:2em}\
.group td{border-bottom:0;border-top:0}.first td{border-top:1px solid #555}.group:last-child td{border-bottom:1px solid #555}tfoot td{border-top:2px solid #111;font-weight:600}\
.note{color:#555;margin:4px 0}.big{font-size:18px;font-weight:700}.bad{color:#9b1c1c}\
@media(max-width:640px){.cols{grid-template-columns:1fr}}\
@media print{body{padding:0;max-width:none}.note{color:#000}}";

/// A whole page with what stands on it.
pub(super) fn page(title: &str, body: &str) -> String {
    let mut out = Html::new();
    out.raw("<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        // Nothing is loaded and nothing runs.
        .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';style-src 'unsafe-inline'\">")
        .element("title", "", title)
        .raw("<style>")
        .raw(STYLE)
        .raw("</style></head><body>")
        .raw(body)
        .raw("</body></html>\n");
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_no_markup() {
        let mut html = Html::new();
        html.element("td", "n", "<script>&\"'\u{7}");
        assert_eq!(html.finish(), "<td class=\"n\">&lt;script&gt;&amp;&quot;&#39;\u{fffd}</td>");
        assert_eq!([0, 999, 1000, -1_234_567].map(figure), ["0", "999", "1,000", "-1,234,567"]);
    }
}
