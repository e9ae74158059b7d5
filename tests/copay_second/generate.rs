//! Months of every kind: all ages and classes, every table, one to four payers, small and very large bills.

use crate::patient::{Local, Patient, Payer, Visit};

pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: i64) -> i64 {
        (self.next() % limit as u64) as i64
    }

    fn percent(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as i64) as usize]
    }
}

const MONTHS: [(i64, i64); 18] = [
    (2015, 1),
    (2016, 12),
    (2017, 7),
    (2017, 8),
    (2018, 7),
    (2018, 8),
    (2019, 3),
    (2020, 9),
    (2022, 10),
    (2023, 4),
    (2023, 10),
    (2024, 2),
    (2025, 9),
    (2025, 10),
    (2026, 7),
    (2026, 8),
    (2026, 12),
    (2027, 7),
];

pub(crate) fn patient(random: &mut Random) -> Patient {
    let (year, month) = random.of(&MONTHS);
    let inpatient = random.percent(40);
    let years = random.of(&[1, 3, 6, 7, 30, 55, 69, 70, 71, 73, 74, 75, 76, 77, 80, 85, 90]);
    let born_month = if random.percent(40) { month } else { 1 + random.below(12) };
    let born_day = if random.percent(25) { 1 } else { 1 + random.below(28) };
    let born = (year - years - random.below(2), born_month, born_day);
    let mut days: Vec<i64> = (1..=28).collect();
    let count = 1 + random.below(5);
    let mut visit_days = Vec::new();
    for _ in 0..count {
        let at = random.below(days.len() as i64) as usize;
        visit_days.push(days.remove(at));
    }
    // One insurance a month: around the 75th birthday only the days of one side.
    let seventy_fifth = (born.0 + 75, born.1) == (year, month);
    if seventy_fifth {
        let after = random.percent(50) || born_day == 1;
        visit_days.retain(|day| (*day >= born_day) == after);
        if visit_days.is_empty() {
            visit_days.push(if after { born_day } else { born_day - 1 });
        }
    }
    let first = *visit_days.iter().min().unwrap();
    let late = (year, month, first) >= (born.0 + 75, born.1, born.2);
    let seventy =
        if born_day == 1 { (born.0 + 70, born_month) } else { (born.0 + 70 + born_month / 12, born_month % 12 + 1) };
    let old = late || (year, month) >= seventy;
    let number = year * 100 + month;
    let (class, income) = class(random, late, old, number);
    let payers = payers(random, inpatient, number);
    let mut visits: Vec<Visit> = visit_days.into_iter().map(|day| visit(random, day, &payers)).collect();
    for visit in visits.iter_mut().filter(|_| inpatient) {
        visit.stay = 1 + random.below(9);
    }
    let high = matches!(class, Some("ア" | "イ"));
    let long_term = random.percent(10).then(|| if high && random.percent(50) { 20_000 } else { 10_000 });
    Patient {
        born,
        year,
        month,
        class,
        income,
        frequent: random.percent(25),
        frequent_specified: random.percent(25),
        long_term,
        inpatient,
        payers,
        visits,
    }
}

fn class(random: &mut Random, late: bool, old: bool, number: i64) -> (Option<&'static str>, Option<&'static str>) {
    if !old {
        let class = random.of(&["ア", "イ", "ウ", "エ", "オ", ""]);
        return ((!class.is_empty()).then_some(class), None);
    }
    let income = if late && number >= 202_210 {
        random.of(&["low", "general", "above_threshold", "above_threshold", "active"])
    } else {
        random.of(&["low", "general", "active"])
    };
    let class = match income {
        "active" if number < 201_808 => "現役並み",
        "active" => random.of(&["現役並みⅢ", "現役並みⅡ", "現役並みⅠ"]),
        "low" => random.of(&["低所得Ⅱ", "低所得Ⅰ"]),
        "above_threshold" => "一般Ⅱ",
        _ if late && number >= 202_210 => "一般Ⅰ",
        _ => "一般",
    };
    (random.percent(85).then_some(class), Some(income))
}

fn payers(random: &mut Random, inpatient: bool, number: i64) -> Vec<Payer> {
    let mut payers: Vec<Payer> = Vec::new();
    if random.percent(30) {
        return payers;
    }
    let laws: &[&'static str] = if inpatient {
        &["10", "11", "15", "16", "18", "19", "20", "24", "28", "38", "51", "52", "54", "12"]
    } else {
        &["10", "15", "16", "18", "19", "21", "28", "38", "51", "52", "54", "12"]
    };
    for _ in 0..1 + random.below(2) {
        let law = random.of(laws);
        if payers.iter().any(|payer| payer.law == law) {
            continue;
        }
        let cap = random.percent(55).then(|| random.of(&[0, 1_000, 2_500, 5_000, 10_000, 20_000, 30_000, 100_000]));
        payers.push(Payer { law, cap, local: Local::default() });
    }
    if random.percent(20) && !payers.iter().any(|payer| payer.law == "12") && number > 0 {
        let cap = random.percent(20).then(|| random.of(&[500, 3_333]));
        payers.push(Payer { law: "12", cap, local: Local::default() });
    } else if random.percent(35) {
        let mut local = Local::default();
        match random.below(6) {
            0 => local.visit = Some(random.of(&[0, 200, 300, 500])),
            1 => {
                local.day = Some(random.of(&[400, 500, 800]));
                local.days = Some(random.of(&[1, 2, 4]));
            }
            2 => local.month = Some(random.of(&[0, 200, 600, 1_600, 6_000])),
            3 => {
                local.percent = Some(10);
                local.month = Some(18_000);
            }
            4 => {
                local.percent = Some(20);
                local.day = Some(400);
                local.days = Some(2);
            }
            _ => {
                local.visit = Some(500);
                local.visits = Some(2);
                local.month = Some(2_500);
            }
        }
        payers.push(Payer { law: "local", cap: None, local });
    }
    // The order of the input is not the order in which they pay.
    if random.percent(50) {
        payers.reverse();
    }
    payers
}

fn visit(random: &mut Random, day: i64, payers: &[Payer]) -> Visit {
    let mut segments = Vec::new();
    let last: Vec<usize> = (0..payers.len()).filter(|at| matches!(payers[*at].law, "12" | "local")).collect();
    for _ in 0..1 + random.below(3) {
        let most = random.of(&[10, 100, 1_000, 10_000, 60_000, 300_000]);
        let points = random.below(most) + i64::from(random.percent(90));
        let mut under = Vec::new();
        let first: Vec<usize> = (0..payers.len()).filter(|at| !last.contains(at)).collect();
        if !first.is_empty() && random.percent(60) {
            under.push(random.of(&first));
        }
        if !last.is_empty() && random.percent(50) {
            under.push(random.of(&last));
        }
        segments.push((points, under));
    }
    Visit { day, stay: 1, segments }
}
