//! The claims of 2021-10 from another program. Without the file these tests say so and pass.

use std::path::Path;

use santei::claim::check::Severity;

use crate::check;

fn file() -> Option<Vec<u8>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/claims/RECEIPTC_GAIRAI_SAMPLE.UKE");
    let bytes = std::fs::read(&file).ok();
    if bytes.is_none() {
        println!("skipped: there is no file {}", file.display());
    }
    bytes
}

/// The sums, counts, days, order and ages of all claims agree. What is found is so: one patient is born after the month of
/// service, two recipient numbers have six digits, one public payer's check digit is wrong, names are too long or end with
/// a blank, most claims have no disease, and two comments have a text that they do not take.
#[test]
fn what_is_found_is_so() {
    let Some(bytes) = file() else { return };
    let (findings, summary) = check(&bytes);
    assert_eq!((summary.claims, summary.points), (75, 86_392));
    let of = |severity| -> Vec<(&str, u64)> {
        let findings = findings.iter().filter(|finding| finding.severity == severity);
        findings.map(|finding| (finding.rule.id, finding.line)).collect()
    };
    assert_eq!(of(Severity::Error), [("claim.birth", 563)]);
    let count = |rule: &str| findings.iter().filter(|finding| finding.rule.id == rule).count();
    assert_eq!(
        [count("sum.points"), count("sum.claims"), count("sum.total"), count("days.few"), count("days.many")],
        [0; 5]
    );
    let expected: [(&str, &[u64]); 5] = [
        ("number.recipient", &[123, 441]),
        ("number.payer_local", &[4]),
        ("text.blanks", &[585, 616]),
        ("comment.text", &[506, 534]),
        ("code.unknown", &[35]),
    ];
    let mut rest = of(Severity::Warning);
    for (rule, lines) in expected {
        let found: Vec<u64> = rest.iter().filter(|(other, _)| *other == rule).map(|(_, line)| *line).collect();
        assert_eq!(found, lines, "{rule}");
    }
    rest.retain(|(rule, _)| expected.iter().all(|(other, _)| other != rule));
    assert!(rest.iter().all(|(rule, _)| ["claim.no_disease", "field.length"].contains(rule)), "{rest:?}");
    // The standard masters begin later: codes are not checked, and that is said.
    assert_eq!(count("file.masters"), 1);
}
