//! Claims for JavaScript: files read, checked, recomputed, shown and written.

use js_sys::Error;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{engine::Masters, fault, thrown};
use crate::{
    calculation::{self, Options},
    claim::{
        check::{Checker, Finding, Summary},
        compose,
        read::{Batch, Reader, SegmentKind},
        recompute::{History, Points, RecomputeOptions, Recomputed, recompute},
        show::{self, Paper},
        summary::ClaimSummary,
        text::Encoding,
        view::Claim,
    },
};

#[wasm_bindgen]
impl Masters {
    /// The claims of a file at a glance.
    #[wasm_bindgen(js_name = readClaims)]
    pub fn read_claims(&self, file: &[u8]) -> Result<String, Error> {
        let batches = batches(file)?;
        let all: Vec<ClaimSummary> = claims(&batches).filter_map(|claim| ClaimSummary::of(&claim)).collect();
        Ok(json(&all))
    }

    /// What the check of a file finds. `history` are files of earlier months.
    #[wasm_bindgen(js_name = checkClaims)]
    pub fn check_claims(
        &self,
        file: &[u8],
        name: Option<String>,
        earlier: Vec<js_sys::Uint8Array>,
    ) -> Result<String, Error> {
        #[derive(Serialize)]
        struct Checked {
            findings: Vec<Finding>,
            claims: u64,
            errors: u64,
            warnings: u64,
        }
        let checker = Checker::new(&self.inner).with(Points::new(history(&earlier, file)?));
        let mut findings: Vec<Finding> = Vec::new();
        let done = checker.check(file, name.as_deref(), &mut |finding| findings.push(finding));
        let Summary { claims, errors, warnings, .. } = done.map_err(|error| fault("schema", &error))?;
        Ok(json(&Checked { findings, claims, errors, warnings }))
    }

    /// Every claim of a file recomputed.
    #[wasm_bindgen(js_name = recomputeClaims)]
    pub fn recompute_claims(&self, file: &[u8], earlier: Vec<js_sys::Uint8Array>) -> Result<String, Error> {
        let history = history(&earlier, file)?;
        let batches = batches(file)?;
        let options = RecomputeOptions::default();
        let all: Vec<Recomputed> =
            claims(&batches).filter_map(|claim| recompute(&self.inner, &claim, &history, options)).collect();
        Ok(json(&all))
    }

    /// Claims as a page; `lines` are those of their `RE`, none for all.
    #[wasm_bindgen(js_name = showClaims)]
    pub fn show_claims(&self, file: &[u8], lines: Vec<u32>, papers: Vec<String>) -> Result<String, Error> {
        let batches = batches(file)?;
        let wanted = |claim: &Claim<'_>| {
            let line = claim.header().map(|header| header.record().line());
            lines.is_empty() || line.is_some_and(|line| lines.iter().any(|wanted| u64::from(*wanted) == line))
        };
        let shown: Vec<Claim<'_>> = claims(&batches).filter(wanted).collect();
        Ok(show::page(&self.inner, &shown, &sheets(&papers)?))
    }

    /// The claim file of a month: its text with what it comes to.
    #[wasm_bindgen(js_name = writeClaims)]
    pub fn write_claims(&self, month: &str) -> Result<String, Error> {
        #[derive(Serialize)]
        struct Written {
            file: String,
            count: usize,
            points: i64,
            left_out: Vec<compose::LeftOut>,
        }
        let month = compose::parse(month).map_err(|refusal| thrown(&refusal.errors))?;
        let composed = compose::compose(&self.inner, &month).map_err(|refusal| thrown(&refusal.errors))?;
        let bytes = composed.to_bytes(Encoding::Utf8).map_err(|error| fault("schema", &error))?;
        let file = String::from_utf8(bytes).map_err(|error| fault("internal", &error))?;
        Ok(json(&Written { file, count: composed.count, points: composed.points, left_out: composed.left_out }))
    }

    /// 領収証 and 明細書 of an encounter as a page.
    pub fn receipt(
        &self,
        encounter: &str,
        facility: &str,
        patient: &str,
        papers: Vec<String>,
    ) -> Result<String, Error> {
        let calculation = calculation::calculate_json(&self.inner, encounter, &Options::default());
        let calculation = calculation.map_err(|refusal| thrown(&refusal.errors))?;
        Ok(show::calculation_page(&self.inner, &calculation, facility, patient, &sheets(&papers)?))
    }
}

fn batches(file: &[u8]) -> Result<Vec<Batch>, Error> {
    let mut reader = Reader::new(file);
    let mut all = Vec::new();
    while let Some(batch) = reader.next_batch().map_err(|error| fault("schema", &error))? {
        all.push(batch);
    }
    Ok(all)
}

fn claims(batches: &[Batch]) -> impl Iterator<Item = Claim<'_>> {
    let segments = batches.iter().flat_map(Batch::segments);
    segments.filter(|segment| segment.kind() == SegmentKind::Claim).map(Claim::of)
}

/// What earlier files charged, and the claims of this one whose patients have several in it.
fn history(files: &[js_sys::Uint8Array], own: &[u8]) -> Result<History, Error> {
    let mut history = History::new();
    for file in files {
        for claim in claims(&batches(&file.to_vec())?) {
            history.add(&claim);
        }
    }
    history.add_file(|| Ok(own)).map_err(|error| fault("schema", &error))?;
    Ok(history)
}

fn sheets(papers: &[String]) -> Result<Vec<Paper>, Error> {
    let one = |name: &String| match name.as_str() {
        "form" => Ok(Paper::Form),
        "receipt" => Ok(Paper::Receipt),
        "statement" => Ok(Paper::Statement),
        other => Err(fault("schema", &format!("no paper is called `{other}`; take form, receipt or statement"))),
    };
    papers.iter().map(one).collect()
}

fn json<T: Serialize>(value: &T) -> String {
    crate::json::to_string(value)
}
