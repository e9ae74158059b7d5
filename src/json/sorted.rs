//! JSON in which the order of lists does not count.

/// The same JSON, items of lists and members of objects in the order of their texts. It takes what this module has
/// written: on one line, without blanks.
///
/// Two values have one such text when they differ in the order of their lists alone.
pub(crate) fn sorted(json: &str) -> String {
    let mut rest = json;
    let mut out = String::with_capacity(json.len());
    value(&mut rest, &mut out);
    out
}

fn value(rest: &mut &str, out: &mut String) {
    let end = match rest.as_bytes().first() {
        Some(b'[') => return several(rest, ']', out),
        Some(b'{') => return several(rest, '}', out),
        Some(b'"') => end_of_text(rest.as_bytes()),
        _ => rest.find([',', ']', '}', ':']).unwrap_or(rest.len()),
    };
    let (own, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
    out.push_str(own);
    *rest = behind;
}

/// The items of a list, or the members of an object: their order is that of their names.
fn several(rest: &mut &str, end: char, out: &mut String) {
    let mut letters = rest.chars();
    out.extend(letters.next());
    *rest = letters.as_str();
    let mut items = Vec::new();
    while !rest.is_empty() && !rest.starts_with(end) {
        let before = rest.len();
        let mut item = String::new();
        value(rest, &mut item);
        if let Some(behind) = rest.strip_prefix(':') {
            *rest = behind;
            item.push(':');
            value(rest, &mut item);
        }
        items.push(item);
        *rest = rest.strip_prefix(',').unwrap_or(rest);
        if rest.len() == before {
            // No JSON.
            break;
        }
    }
    *rest = rest.strip_prefix(end).unwrap_or(rest);
    crate::order::sort(&mut items);
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        out.push_str(item);
    }
    out.push(end);
}

/// Where a text ends that begins with its quotation mark.
fn end_of_text(bytes: &[u8]) -> usize {
    let mut escaped = false;
    let end = bytes.iter().skip(1).position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    end.map_or(bytes.len(), |end| end + 2)
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};
    use serde_json::Value;

    use super::*;

    /// Any JSON value without floats.
    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "[a-z\\\\\"\\[\\]{}:,\n 初]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..5).prop_map(Value::from),
                vec(("[a-z\"]{0,3}", inner), 0..5).prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    fn any_order(value: &Value) -> Value {
        let mut value = value.clone();
        match &mut value {
            Value::Array(items) => {
                items.iter_mut().for_each(|item| *item = any_order(item));
                items.reverse();
            }
            Value::Object(members) => members.values_mut().for_each(|member| *member = any_order(member)),
            _ => {}
        }
        value
    }

    proptest! {
        #[test]
        fn the_order_of_lists_does_not_count(value in json()) {
            let text = sorted(&crate::json::to_string(&value));
            prop_assert_eq!(&text, &sorted(&crate::json::to_string(&any_order(&value))));
            prop_assert_eq!(&text, &sorted(&text));
            prop_assert_eq!(text.len(), crate::json::to_string(&value).len());
            prop_assert!(serde_json::from_str::<Value>(&text).is_ok());
        }

        #[test]
        fn nothing_panics(text in "[a\\[\\]{}:,\\\\\"初 ]{0,40}") {
            sorted(&text);
        }
    }

    #[test]
    fn an_order() {
        let text = r#"{"visit":{"b":[{"n":2,"c":"x\"]"},{"n":10,"c":"a"}],"a":null},"m":[3,1,[]]}"#;
        let expected = r#"{"m":[1,3,[]],"visit":{"a":null,"b":[{"c":"a","n":10},{"c":"x\"]","n":2}]}}"#;
        assert_eq!(sorted(text), expected);
    }
}
