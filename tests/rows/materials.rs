//! 特定器材マスター: columns by their numbers (項番).

use rust_decimal::Decimal;
use serde_json::json;

use super::{Tally, latest, line, masters, rounded, visit};

const REASONS: &[&str] = &["material.modifier", "material.annex", "material.purchase"];

#[test]
fn every_material() {
    let Some(masters) = masters() else { return };
    let mut tally = Tally::default();
    let rows = latest("t_20251128.csv", [28, 30]);
    let rows = rows.iter().filter(|row| row.text(29) == "00000000" || row.text(29) >= "20251201");
    for row in rows {
        for (quantity, paid) in [("1", "1234.56"), ("2.5", "0.07"), ("180", "98765")] {
            let mut amount = json!({ "material": row.text(3), "quantity": quantity });
            let purchase = row.text(11) == "2";
            if purchase {
                amount["price"] = json!(paid);
            }
            // 別表Ⅰ (31 = 1) is of home care: a fee of C. Otherwise a treatment.
            let base = if row.text(31) == "1" { "114003510" } else { "140005610" };
            let order = json!({ "procedure": base, "materials": [amount] });
            let encounter = json!({
                "facility": { "kind": "clinic" },
                "patient": { "birth_date": "1985-06-15" },
                "visits": [{ "date": super::DAY, "consultation": "none", "orders": [order] }],
            });
            let visit = visit(masters, &encounter);
            let times: Decimal = quantity.parse().unwrap();
            let unit = if purchase { paid.parse().unwrap() } else { row.decimal(12) };
            // 21: oxygen is corrected by 1.3. 22: the price of gases is rounded to yen before.
            let oxygen = matches!(row.text(21), "2" | "3" | "4" | "5");
            let mut price = unit * times * if oxygen { Decimal::new(13, 1) } else { Decimal::ONE };
            let divisor = match row.text(22) {
                "2" => {
                    price = Decimal::from(rounded(price));
                    10
                }
                "3" => 50,
                "4" => 1_000,
                _ => 10,
            };
            let mut expected = rounded(price / Decimal::from(divisor));
            if row.text(24) != "0" {
                expected = expected.min(row.text(24).parse().unwrap());
            }
            let priced = matches!(row.text(11), "1" | "2");
            let what = format!("{} {} × {quantity}", row.text(3), row.text(5));
            tally.count(&what, line(&visit, "visits[0].orders[0].materials[0]"), priced.then_some(expected), REASONS);
        }
    }
    tally.print("rows of 特定器材, at three amounts");
    assert!(tally.of("charged at the figure of the row") > 3_000);
}
