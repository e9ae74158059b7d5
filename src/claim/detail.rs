//! The lines of a claim that say what was done and given, and how they share points (診療識別, 点数・回数算定単位).

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::{
    commas,
    kinds::PayerMix,
    record::{Record, RecordKind, digits},
};

/// What a line is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DetailKind {
    /// `SI`.
    Procedure,
    /// `IY`.
    Drug,
    /// `TO`.
    Material,
    /// `CO`.
    Comment,
}

/// One line.
#[derive(Debug, Clone, Copy)]
pub struct Detail<'a> {
    /// What it is of.
    pub kind: DetailKind,
    /// 診療識別: its own, or that of the line before it; 0 when there is none.
    pub section: u8,
    /// Whether the line itself names the section: it begins a group (剤).
    pub begins_group: bool,
    /// The record.
    pub record: Record<'a>,
}

/// A comment beside a line.
#[derive(Debug, Clone, Copy)]
pub struct Remark<'a> {
    /// The field of the code, from 1 on; the text is in the next.
    pub field: usize,
    /// コメントコード.
    pub code: &'a [u8],
    /// 文字データ.
    pub text: &'a [u8],
}

impl<'a> Detail<'a> {
    /// A line of a claim, if it is one of those.
    pub(super) fn of(record: Record<'a>, section: &mut u8) -> Option<Self> {
        let kind = match record.kind()? {
            RecordKind::Procedure => DetailKind::Procedure,
            RecordKind::Drug => DetailKind::Drug,
            RecordKind::Material => DetailKind::Material,
            RecordKind::Comment => DetailKind::Comment,
            _ => return None,
        };
        let own = digits(record.field(2)).and_then(|number| u8::try_from(number).ok());
        if let Some(own) = own {
            *section = own;
        }
        Some(Self { kind, section: *section, begins_group: own.is_some(), record })
    }

    /// Number of the line in the file.
    #[must_use]
    pub const fn line(self) -> u64 {
        self.record.line()
    }

    /// 負担区分.
    #[must_use]
    pub fn payer_mix(self) -> Option<PayerMix> {
        PayerMix::of(self.record.field(3))
    }

    /// The code of what was done, given or said: nine digits.
    #[must_use]
    pub fn code(self) -> Option<u32> {
        let field = self.record.field(4);
        if field.len() == 9 { digits(field) } else { None }
    }

    /// The code as it is written.
    #[must_use]
    pub fn code_text(self) -> &'a [u8] {
        self.record.field(4)
    }

    /// 数量データ or 使用量.
    #[must_use]
    pub fn quantity(self) -> Option<Decimal> {
        if self.kind == DetailKind::Comment { None } else { self.record.decimal(5) }
    }

    /// 点数 of the unit that ends with this line, for one time.
    #[must_use]
    pub fn points(self) -> Option<u32> {
        if self.kind == DetailKind::Comment { None } else { self.record.number(6) }
    }

    /// 回数.
    #[must_use]
    pub fn count(self) -> Option<u32> {
        if self.kind == DetailKind::Comment { None } else { self.record.number(7) }
    }

    /// The field of the count of the first day; none on a comment.
    #[must_use]
    pub const fn first_day_field(self) -> Option<usize> {
        match self.kind {
            DetailKind::Procedure | DetailKind::Drug => Some(14),
            DetailKind::Material => Some(18),
            DetailKind::Comment => None,
        }
    }

    /// How often on each day of the month; 0 where nothing stands, or no number.
    #[must_use]
    pub fn days(self) -> [u16; 31] {
        let mut days = [0; 31];
        self.each_day(|place, count| {
            if let Some(day) = days.get_mut(place) {
                *day = count;
            }
        });
        days
    }

    /// The days on which it was done, as bits from the first on.
    pub(super) fn day_bits(self) -> u32 {
        let mut bits = 0;
        self.each_day(|place, _| bits |= u32::try_from(place).map_or(0, |place| 1 << place));
        bits
    }

    /// Hands over the days on which it was done, from 0 on, with how often.
    pub(super) fn each_day(self, mut take: impl FnMut(usize, u16)) {
        let Some(first) = self.first_day_field() else { return };
        commas::fields(self.record.from(first), |place, field| {
            if place > 30 {
                return false;
            }
            match digits(field).map(u16::try_from) {
                Some(Ok(count)) if count > 0 => take(place, count),
                _ => {}
            }
            true
        });
    }

    /// 単位コード of a material.
    #[must_use]
    pub fn unit_code(self) -> Option<u32> {
        if self.kind == DetailKind::Material { self.record.number(8) } else { None }
    }

    /// 単価 of a material, where the claim says what was paid.
    #[must_use]
    pub fn unit_price(self) -> Option<Decimal> {
        if self.kind == DetailKind::Material { self.record.decimal(9) } else { None }
    }

    /// 商品名及び規格又はサイズ of a material.
    #[must_use]
    pub fn product(self) -> Option<Cow<'a, str>> {
        (self.kind == DetailKind::Material).then(|| self.record.text(11)).filter(|text| !text.is_empty())
    }

    /// The comments on this line: its own code and text on `CO`, up to three pairs on the others.
    pub fn remarks(self) -> impl Iterator<Item = Remark<'a>> {
        let first: &[usize] = match self.kind {
            DetailKind::Procedure | DetailKind::Drug if self.record.is_blank(8, 13) => &[],
            DetailKind::Procedure | DetailKind::Drug => &[8, 10, 12],
            DetailKind::Material => &[12, 14, 16],
            DetailKind::Comment => &[4],
        };
        let pairs = first.iter().map(move |field| Remark {
            field: *field,
            code: self.record.field(*field),
            text: self.record.field(field + 1),
        });
        pairs.filter(|remark| !remark.code.is_empty() || !remark.text.is_empty())
    }
}

/// Lines that share their points: the last that is no comment has them, for all and for one time (点数・回数算定単位).
#[derive(Debug, Clone)]
pub struct Unit<'a> {
    /// Its lines, comments too.
    pub lines: Vec<Detail<'a>>,
    /// Number of the group (剤) in the claim, from 0 on.
    pub group: usize,
}

impl<'a> Unit<'a> {
    /// The lines that are no comments.
    pub fn items(&self) -> impl DoubleEndedIterator<Item = Detail<'a>> {
        self.lines.iter().copied().filter(|line| line.kind != DetailKind::Comment)
    }

    /// The comments: those on lines of their own and those beside others.
    pub fn remarks(&self) -> impl Iterator<Item = Remark<'a>> {
        self.lines.iter().flat_map(|line| line.remarks())
    }

    /// 診療識別.
    #[must_use]
    pub fn section(&self) -> u8 {
        self.items().next().or_else(|| self.lines.first().copied()).map_or(0, |line| line.section)
    }

    /// 負担区分.
    #[must_use]
    pub fn payer_mix(&self) -> Option<PayerMix> {
        self.items().next_back().or_else(|| self.lines.last().copied()).and_then(Detail::payer_mix)
    }

    /// The line that has the points.
    #[must_use]
    pub fn priced(&self) -> Option<Detail<'a>> {
        self.items().find(|line| !line.record.field(6).is_empty())
    }

    /// The points of one time; nothing when no line has any.
    #[must_use]
    pub fn points(&self) -> Option<u32> {
        self.priced().and_then(Detail::points)
    }

    /// How often.
    #[must_use]
    pub fn count(&self) -> Option<u32> {
        self.items().next_back().and_then(Detail::count)
    }

    /// Points times count.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        Some(u64::from(self.points()?) * u64::from(self.count()?))
    }

    /// How often on each day.
    #[must_use]
    pub fn days(&self) -> [u16; 31] {
        self.items().next_back().map_or([0; 31], Detail::days)
    }

    /// Number of its first line in the file.
    #[must_use]
    pub fn first_line(&self) -> u64 {
        self.lines.first().map_or(0, |line| line.line())
    }

    /// Number of its last line in the file.
    #[must_use]
    pub fn last_line(&self) -> u64 {
        self.lines.last().map_or(0, |line| line.line())
    }
}

/// Puts the lines of a claim together. A unit is closed by a line with points; comments behind that belong to it as well, and
/// a comment that names a section begins the next group.
pub(super) fn units<'a>(lines: impl Iterator<Item = Detail<'a>>) -> impl Iterator<Item = Unit<'a>> {
    let mut lines = lines.peekable();
    let mut group = 0;
    let mut begun = false;
    core::iter::from_fn(move || {
        let first = lines.next()?;
        if first.begins_group && begun {
            group += 1;
        }
        begun = true;
        let mut priced = has_points(first);
        let mut unit = Unit { lines: vec![first], group };
        while let Some(line) = lines.next_if(|line| {
            let comment = line.kind == DetailKind::Comment;
            !line.begins_group && (comment || !priced)
        }) {
            priced |= has_points(line);
            unit.lines.push(line);
        }
        Some(unit)
    })
}

fn has_points(line: Detail<'_>) -> bool {
    line.kind != DetailKind::Comment && !line.record.field(6).is_empty()
}
