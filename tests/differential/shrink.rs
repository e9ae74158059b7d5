//! The smallest encounter that still differs.

use serde_json::Value;

/// Leaves out what can be left out while `differs` still holds.
pub(crate) fn smallest(encounter: &Value, differs: &dyn Fn(&Value) -> bool) -> Value {
    let mut small = encounter.clone();
    loop {
        let Some(smaller) = smaller(&small).into_iter().find(|one| differs(one)) else { return small };
        small = smaller;
    }
}

/// Every encounter with one thing less.
fn smaller(encounter: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    shorten(encounter, "/history", 0, &mut all);
    shorten(encounter, "/facility/registrations", 0, &mut all);
    shorten(encounter, "/visits", 1, &mut all);
    for (place, visit) in encounter["visits"].as_array().into_iter().flatten().enumerate() {
        let visit_path = format!("/visits/{place}");
        for field in ["time_class", "telemedicine", "second_department", "outpatient_management", "prescriptions"] {
            without(encounter, &visit_path, field, &mut all);
        }
        if visit["consultation"] != "none" {
            let mut less = encounter.clone();
            less["visits"][place]["consultation"] = Value::from("none");
            for field in ["time_class", "telemedicine", "second_department"] {
                less["visits"][place].as_object_mut().unwrap().remove(field);
            }
            all.push(less);
        }
        shorten(encounter, &format!("{visit_path}/orders"), 0, &mut all);
        shorten(encounter, &format!("{visit_path}/prescriptions"), 0, &mut all);
        for (number, order) in visit["orders"].as_array().into_iter().flatten().enumerate() {
            let path = format!("{visit_path}/orders/{number}");
            shorten(encounter, &format!("{path}/additions"), 0, &mut all);
            for field in ["additions", "drugs", "specimen"] {
                without(encounter, &path, field, &mut all);
            }
            fewer(encounter, &path, order, &mut all);
        }
        for (number, one) in visit["prescriptions"].as_array().into_iter().flatten().enumerate() {
            let path = format!("{visit_path}/prescriptions/{number}/rps");
            shorten(encounter, &path, 1, &mut all);
            for (rp, _) in one["rps"].as_array().into_iter().flatten().enumerate() {
                shorten(encounter, &format!("{path}/{rp}/drugs"), 1, &mut all);
            }
        }
    }
    for (place, past) in encounter["history"].as_array().into_iter().flatten().enumerate() {
        fewer(encounter, &format!("/history/{place}"), past, &mut all);
    }
    for (path, field) in [("", "history"), ("/facility", "registrations"), ("/patient", "sex")] {
        without(encounter, path, field, &mut all);
    }
    all
}

/// The count as 1, and one less.
fn fewer(encounter: &Value, path: &str, line: &Value, all: &mut Vec<Value>) {
    without(encounter, path, "count", all);
    if let Some(count) = line["count"].as_i64().filter(|count| *count > 2) {
        for less in [count / 2, count - 1] {
            let mut one = encounter.clone();
            one.pointer_mut(path).unwrap()["count"] = Value::from(less);
            all.push(one);
        }
    }
}

/// A list without each of its entries, down to a length.
fn shorten(encounter: &Value, path: &str, least: usize, all: &mut Vec<Value>) {
    let Some(list) = encounter.pointer(path).and_then(Value::as_array) else { return };
    if list.len() <= least {
        return;
    }
    for place in 0..list.len() {
        let mut less = encounter.clone();
        less.pointer_mut(path).unwrap().as_array_mut().unwrap().remove(place);
        all.push(less);
    }
}

fn without(encounter: &Value, path: &str, field: &str, all: &mut Vec<Value>) {
    let mut less = encounter.clone();
    if less.pointer_mut(path).and_then(Value::as_object_mut).is_some_and(|object| object.remove(field).is_some()) {
        all.push(less);
    }
}
