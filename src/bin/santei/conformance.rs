//! `santei conformance`: worked examples with known answers, each taken through the public interface.

use std::{fs, io::Write, path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use santei::{
    copay::{
        AgeClass, CeilingClass, Claim, ClaimPayer, Household, Member, Segment, Setting, settle_claim, settle_household,
    },
    master::Masters,
    money::{Points, Yen},
};
use serde::Deserialize;

use crate::{failure::Failure, load::Packs};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// One month's claim, with insurance and public payers.
    Copay(Arguments),
    /// The monthly ceiling, household totals and refunds.
    Household(Arguments),
}

#[derive(Args)]
pub(crate) struct Arguments {
    /// A file of cases in JSON.
    file: PathBuf,
    #[command(flatten)]
    packs: Packs,
}

pub(crate) fn run(command: &Command, out: &mut impl Write) -> Result<ExitCode, Failure> {
    match command {
        Command::Copay(arguments) => cases::<CopayCase>(arguments, out),
        Command::Household(arguments) => cases::<HouseholdCase>(arguments, out),
    }
}

/// A case that can be tried.
trait Case: for<'de> Deserialize<'de> {
    fn id(&self) -> &str;
    /// What differs: a name, what was expected and what came out.
    fn differs(&self, masters: &Masters) -> Result<Vec<Difference>, String>;
}

type Difference = (String, i64, Option<i64>);

fn cases<C: Case>(arguments: &Arguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let masters = arguments.packs.load()?;
    let help = "give a file of cases in JSON";
    let path = arguments.file.clone();
    let text = fs::read_to_string(&path).map_err(|error| Failure::File { path, error, help })?;
    let mut reader = serde_json::Deserializer::from_str(text.strip_prefix('\u{feff}').unwrap_or(&text));
    let cases: Vec<C> = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| Failure::Other(format!("{}: {error}", arguments.file.display())))?;
    reader.end().map_err(|error| Failure::Other(format!("{}: {error}", arguments.file.display())))?;
    let (mut passed, mut failed) = (0, 0);
    for case in &cases {
        match case.differs(&masters) {
            Ok(differences) if differences.is_empty() => passed += 1,
            Ok(differences) => {
                failed += 1;
                let shown = |value: Option<i64>| value.map_or_else(|| "nothing".to_owned(), |value| value.to_string());
                let list: Vec<String> = differences
                    .iter()
                    .map(|(name, expected, got)| format!("{name} expected {expected}, got {}", shown(*got)))
                    .collect();
                writeln!(out, "{}: {}", case.id(), list.join("; "))?;
            }
            Err(message) => {
                failed += 1;
                writeln!(out, "{}: refused: {message}", case.id())?;
            }
        }
    }
    writeln!(out, "{passed} passed, {failed} failed")?;
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CopayCase {
    id: String,
    #[serde(rename = "source")]
    _source: Option<String>,
    #[serde(rename = "title")]
    _title: Option<String>,
    service_month: String,
    given: CopayGiven,
    expect: CopayExpect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CopayGiven {
    age_class: AgeClass,
    setting: Setting,
    copay_rate: u8,
    ceiling_class: Option<CeilingClass>,
    frequent: bool,
    turns_75_mid_month: bool,
    long_term_illness_ceiling: Option<Yen>,
    relief_measure: bool,
    segments: Vec<CaseSegment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseSegment {
    points: Points,
    public: Vec<CasePayer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CasePayer {
    law: String,
    cap: Option<Yen>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CopayExpect {
    patient: i64,
    not_paid_by_insurer: Option<i64>,
    paid_by_insurer: Option<i64>,
    #[serde(default)]
    public: Vec<ExpectPayer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectPayer {
    base: Option<i64>,
    patient: Option<i64>,
}

fn first_day(month: &str) -> Result<santei::date::ServiceDate, String> {
    format!("{month}-01").parse().map_err(|_| format!("service_month: expected YYYY-MM, got `{month}`"))
}

impl CopayCase {
    fn claim(&self) -> Result<Claim, String> {
        let given = &self.given;
        let mut payers: Vec<ClaimPayer> = Vec::new();
        let mut segments = Vec::new();
        for segment in &given.segments {
            let mut places = Vec::new();
            for payer in &segment.public {
                let known = payers.iter().position(|other| other.law == payer.law);
                if let Some(known) = known
                    && payers.get(known).is_some_and(|other| other.cap != payer.cap)
                {
                    return Err(format!("public payer {} has two caps", payer.law));
                }
                places.push(known.unwrap_or_else(|| {
                    payers.push(ClaimPayer { law: payer.law.clone(), cap: payer.cap, local: false });
                    payers.len() - 1
                }));
            }
            let cost = segment.points.cost().map_err(|error| error.to_string())?;
            segments.push(Segment { cost, payers: places });
        }
        Ok(Claim {
            on: first_day(&self.service_month)?,
            age: given.age_class,
            setting: given.setting,
            insured: true,
            rate_tenths: given.copay_rate,
            class: given.ceiling_class,
            frequent: given.frequent,
            frequent_specified: given.frequent,
            halved: given.turns_75_mid_month,
            long_term_illness: given.long_term_illness_ceiling,
            relief_measure: given.relief_measure,
            payers,
            segments,
        })
    }
}

impl Case for CopayCase {
    fn id(&self) -> &str {
        &self.id
    }

    fn differs(&self, masters: &Masters) -> Result<Vec<Difference>, String> {
        let settled = settle_claim(masters, &self.claim()?).map_err(|refusal| refusal.to_string())?;
        let mut differences = Differences::default();
        differences.compare("patient", Some(self.expect.patient), Some(settled.patient.get()));
        let not_paid = settled.not_paid_by_insurer.get();
        differences.compare("not_paid_by_insurer", self.expect.not_paid_by_insurer, Some(not_paid));
        differences.compare("paid_by_insurer", self.expect.paid_by_insurer, Some(settled.insurer.get()));
        for (index, expected) in self.expect.public.iter().enumerate() {
            // The examples name payers in the order of the claim's segments.
            let got = settled.payers.iter().find(|payer| payer.payer == index);
            differences.compare(&format!("public[{index}].base"), expected.base, got.map(|p| p.base.get()));
            differences.compare(&format!("public[{index}].patient"), expected.patient, got.map(|p| p.patient.get()));
        }
        Ok(differences.0)
    }
}

#[derive(Default)]
struct Differences(Vec<Difference>);

impl Differences {
    fn compare(&mut self, name: &str, expected: Option<i64>, got: Option<i64>) {
        if let Some(expected) = expected
            && got != Some(expected)
        {
            self.0.push((name.to_owned(), expected, got));
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HouseholdCase {
    id: String,
    #[serde(rename = "source")]
    _source: Option<String>,
    #[serde(rename = "title")]
    _title: Option<String>,
    service_month: String,
    given: HouseholdGiven,
    expect: HouseholdExpect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HouseholdGiven {
    ceiling_class: CeilingClass,
    frequent: bool,
    members: Vec<Member>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HouseholdExpect {
    limit: Option<i64>,
    paid: Option<i64>,
    refund: Option<i64>,
    #[serde(rename = "self")]
    own: Option<i64>,
}

impl Case for HouseholdCase {
    fn id(&self) -> &str {
        &self.id
    }

    fn differs(&self, masters: &Masters) -> Result<Vec<Difference>, String> {
        let household = Household {
            on: first_day(&self.service_month)?,
            ceiling_class: self.given.ceiling_class,
            other_class: None,
            frequent: self.given.frequent,
            members: self.given.members.clone(),
        };
        let settled = settle_household(masters, &household).map_err(|refusal| refusal.to_string())?;
        let mut differences = Differences::default();
        differences.compare("limit", self.expect.limit, Some(settled.limit.get()));
        differences.compare("paid", self.expect.paid, Some(settled.paid.get()));
        differences.compare("refund", self.expect.refund, Some(settled.refund.get()));
        differences.compare("self", self.expect.own, Some(settled.own.get()));
        Ok(differences.0)
    }
}
