//! Imaging. Sources: 告示 令和8年第69号 (E 第1節 通則2 to 4, E001, E002), 保医発0305第6号 of 2026 第4部 第1節 1(4) to (9), E001(4), E002(7); the
//! same texts and figures in the notifications of 2020, 2022 and 2024 (PT-001, PT-003, PT-005).

use crate::{
    d_tests::{born, only},
    support::{
        Bundled, Charged, Excluded, Limited, NeedsReview, Value, at_clinic, calculate, json, lines, points, verdict,
    },
};

const DATES: [&str; 6] = ["2022-04-01", "2024-05-31", "2024-06-01", "2026-05-31", "2026-06-01", "2027-06-01"];

fn film(code: &str, films: u32) -> Value {
    json!({ "procedure": code, "quantity": films })
}

fn at(site: &str, mut order: Value) -> Value {
    order["site"] = json!(site);
    order
}

fn charged(date: &str, orders: &[Value]) -> i64 {
    points(&only(date, json!(orders)))
}

/// PT-001: two plain digital films of the head, 85 + 42.5 and 68 + 34; three are 170 and 136.
#[test]
fn plain_films_in_every_revision() {
    for date in DATES {
        assert_eq!(charged(date, &[film("170000410", 2), film("170027910", 2)]), 128 + 102);
        assert_eq!(charged(date, &[film("170000410", 3), film("170027910", 3)]), 170 + 136);
        // Another part of the body: 43 + 21.5; analog: 60 + 30.
        assert_eq!(charged(date, &[film("170000510", 2), film("170001910", 2)]), 65 + 90);
    }
}

/// PT-003: two indirect analog films of the chest, 42.5 + 21.25 and 30 + 15; digital 34 + 17. Five at most.
#[test]
fn indirect_films() {
    for date in DATES {
        assert_eq!(charged(date, &[film("170000910", 1), film("170002410", 1)]), 43 + 30);
        assert_eq!(charged(date, &[film("170000910", 2), film("170002410", 2)]), 64 + 45);
        assert_eq!(charged(date, &[film("170000910", 3), film("170028310", 2)]), 85 + 51);
        assert_eq!(charged(date, &[film("170000910", 5), film("170000910", 6)]), 128 + 128);
    }
}

/// PT-005, E002 注2: 80, 50 and 30 of 100, of all films together; of indirect ones too, where they are half.
#[test]
fn films_of_children_in_every_revision() {
    for year in [2022, 2024, 2026] {
        let date = format!("{year}-07-15");
        let child =
            |code: &str, films: u32, birth: String| points(&born(only(&date, json!([film(code, films)])), &birth));
        let newborn = |films| child("170027910", films, format!("{year}-06-18"));
        assert_eq!([newborn(1), newborn(2), newborn(3)], [122, 184, 245]);
        // The 28th day, and the day before the third and the sixth birthday.
        assert_eq!(child("170027910", 3, format!("{year}-06-17")), 204);
        assert_eq!(child("170027910", 3, format!("{}-07-16", year - 3)), 204);
        assert_eq!(child("170027910", 3, format!("{}-07-15", year - 3)), 177); // 136 × 1.3 = 176.8
        assert_eq!(child("170027910", 3, format!("{}-07-15", year - 6)), 136);
        // 30 + 15 at 1.8.
        assert_eq!(child("170002410", 2, format!("{year}-06-18")), 81);
        // The diagnosis has no age addition.
        assert_eq!(child("170000410", 2, format!("{year}-06-18")), 128);
    }
}

/// 通則3: orders of one part at one time count their films together; of different parts each begins anew.
#[test]
fn films_of_one_part() {
    let chest = |films| at("chest", film("170000410", films));
    let date = "2026-07-01";
    assert_eq!(charged(date, &[chest(1), chest(1)]), 128);
    assert_eq!(charged(date, &[chest(1), at("head", film("170000410", 1))]), 170);
    assert_eq!(charged(date, &[chest(3), chest(2)]), 255);
    assert_eq!(charged(date, &[chest(3), chest(3)]), 255);
    assert_eq!(charged(date, &[chest(1), chest(1), at("head", film("170000410", 2)), chest(1)]), 170 + 128);
    let calculation = calculate(&only(date, json!([chest(1), chest(1)])));
    assert_eq!(lines(&calculation, "170000410")[0].quantity.as_deref(), Some("2"));
    // With the age addition once over all of it.
    let two = json!([at("chest", film("170027910", 1)), at("chest", film("170027910", 2))]);
    assert_eq!(points(&born(only("2026-07-15", two), "2026-07-01")), 245);
    // Without a name, other parts are assumed, and the line says so.
    let calculation = calculate(&only(date, json!([film("170000410", 1), film("170000410", 1)])));
    assert_eq!(calculation.statement.total_points.get(), 170);
    let line = lines(&calculation, "170000410")[0];
    assert!(line.reasons.iter().any(|reason| reason.rule == "e.films.apart"));
    assert_eq!(line.certainty, santei::master::Certainty::Unverified);
    let one = calculate(&only(date, json!([film("170000410", 2)])));
    assert!(lines(&one, "170000410")[0].certainty < santei::master::Certainty::Unverified);
}

/// 通則2: of two ways of photographing one part, the second diagnosis is half; which was the first, the input says by code.
#[test]
fn two_ways_of_one_part() {
    let date = "2026-07-01";
    let plain = at("stomach", film("170000410", 1));
    let contrast = at("stomach", film("170000810", 2));
    let open = calculate(&only(date, json!([plain, contrast])));
    assert_eq!(verdict(&open, "170000410"), NeedsReview);
    assert_eq!(verdict(&open, "170000810"), NeedsReview);
    // 72 + 36, and the plain one beside it 42.5.
    assert_eq!(charged(date, &[contrast.clone(), at("stomach", film("170022730", 1))]), 108 + 43);
    // Of different parts both are whole.
    assert_eq!(charged(date, &[contrast, at("chest", film("170000410", 1))]), 108 + 85);
}

/// 通知1(5): analog and digital are one method; both together are five films at most.
#[test]
fn analog_and_digital() {
    let date = "2026-07-01";
    let both = [at("chest", film("170027910", 1)), at("chest", film("170001910", 1))];
    assert_eq!(verdict(&calculate(&only(date, json!(both))), "170001910"), NeedsReview);
    let mixed = |digital, analog| [at("chest", film("170027910", digital)), at("chest", film("170032050", analog))];
    assert_eq!(charged(date, &mixed(1, 1)), 68 + 30);
    assert_eq!(charged(date, &mixed(1, 4)), 68 + 120);
    assert_eq!(charged(date, &mixed(3, 2)), 136 + 60);
    assert_eq!(charged(date, &mixed(3, 3)), 136 + 60);
    assert_eq!(charged(date, &mixed(4, 3)), 170 + 30);
    let full = calculate(&only(date, json!(mixed(5, 1))));
    assert_eq!(verdict(&full, "170032050"), Limited);
    assert_eq!(full.statement.total_points.get(), 204);
}

/// E001(4): with an indirect photograph of the same part, only that one.
#[test]
fn direct_beside_indirect() {
    let orders = ["170000910", "170002410", "170000410", "170027910"].map(|code| at("chest", film(code, 1)));
    let calculation = calculate(&only("2026-07-01", json!(orders)));
    assert_eq!(verdict(&calculation, "170000410"), Bundled);
    assert_eq!(verdict(&calculation, "170027910"), Bundled);
    assert_eq!(calculation.statement.total_points.get(), 43 + 30);
}

/// 通則4: for what was photographed here; 通知2(3): not for reading alone.
#[test]
fn electronic_images() {
    let electronic = json!({ "procedure": "170000210" });
    let date = "2026-07-01";
    assert_eq!(charged(date, &[film("170000410", 1), film("170027910", 1), electronic.clone()]), 85 + 68 + 57);
    // With it no film is charged; without it, one of 120 yen is 12 points.
    let printed = |mut orders: Vec<Value>| {
        orders[1]["materials"] = json!([{ "material": "700010000", "quantity": 1 }]);
        calculate(&only("2026-05-31", json!(orders)))
    };
    let films = || vec![film("170000410", 1), film("170027910", 1)];
    assert_eq!(printed(films()).statement.total_points.get(), 85 + 68 + 12);
    let with_images = [films(), vec![electronic.clone()]].concat();
    let calculation = printed(with_images);
    assert_eq!(verdict(&calculation, "700010000"), Excluded);
    assert_eq!(calculation.statement.total_points.get(), 85 + 68 + 57);
    // Of two parts of the body, nobody says which was printed.
    let two = [films(), vec![electronic.clone(), at("hand", film("170027910", 1))]].concat();
    assert_eq!(verdict(&printed(two), "700010000"), NeedsReview);
    let elsewhere = calculate(&only(date, json!([{ "procedure": "170001250" }, electronic])));
    assert_eq!(verdict(&elsewhere, "170000210"), Excluded);
    assert_eq!(elsewhere.statement.total_points.get(), 85);
}

/// E 通則3, D 第1節第1款 通則1: out of hours, on a holiday, late at night; not with 夜間・早朝等加算.
#[test]
fn emergencies_out_of_hours() {
    for code in ["170016010", "160000210"] {
        let visit = |consultation: &str, class: &str| {
            let orders = json!([{ "procedure": code }]);
            calculate(&at_clinic(json!([
                { "date": "2026-07-01", "consultation": consultation, "time_class": class, "orders": orders }
            ])))
        };
        for class in ["after_hours", "holiday", "late_night", "emergency_night"] {
            assert_eq!(verdict(&visit("first", class), code), Charged, "{class}");
        }
        for class in ["in_hours", "early_or_late"] {
            assert_eq!(verdict(&visit("first", class), code), Excluded, "{class}");
        }
        assert_eq!(verdict(&calculate(&only("2026-07-01", json!([{ "procedure": code }]))), code), NeedsReview);
    }
}
