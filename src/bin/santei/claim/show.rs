//! `santei claim show` and `santei claim receipt`: pages in HTML that are read and printed.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, ValueEnum};
use santei::{
    calculation::{Options, calculate_json},
    claim::{
        read::{Reader, SegmentKind},
        show::{self, Paper},
        view::Claim,
    },
};

use crate::{calc::read, failure::Failure, load::Packs};

#[derive(Args)]
pub(crate) struct ShowArguments {
    /// A claim file (UKE).
    file: PathBuf,
    /// Only the claim with this number (レセプト番号); may be given several times.
    #[arg(long = "number", value_name = "N")]
    numbers: Vec<u32>,
    /// What to show; may be given several times.
    #[arg(long = "paper", value_enum, default_values_t = [Sheet::Form])]
    papers: Vec<Sheet>,
    /// Write the page here instead of to standard output.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[command(flatten)]
    packs: Packs,
}

#[derive(Args)]
pub(crate) struct ReceiptArguments {
    /// The encounter in JSON; `-` reads standard input.
    visit: PathBuf,
    /// What to show; may be given several times.
    #[arg(long = "paper", value_enum, default_values_t = [PatientSheet::Receipt, PatientSheet::Statement])]
    papers: Vec<PatientSheet>,
    /// The facility's name on the papers.
    #[arg(long, value_name = "NAME", default_value = "")]
    facility: String,
    /// The patient's name on the papers.
    #[arg(long, value_name = "NAME", default_value = "")]
    patient: String,
    /// Write the page here instead of to standard output.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[command(flatten)]
    packs: Packs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sheet {
    /// The claim like its paper form (診療報酬明細書).
    Form,
    /// 領収証.
    Receipt,
    /// 診療明細書.
    Statement,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PatientSheet {
    /// 領収証.
    Receipt,
    /// 診療明細書.
    Statement,
}

pub(crate) fn show(arguments: &ShowArguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    /// Most bytes of a file that is shown: a page of a month's claims is no page any more.
    const MOST: u64 = 64 * 1024 * 1024;
    let masters = arguments.packs.load()?;
    let path = &arguments.file;
    let help = "give a claim file such as RECEIPTC.UKE";
    let fault = |error| Failure::File { path: path.clone(), error, help };
    if fs::metadata(path).map_err(fault)?.len() > MOST {
        let message = format!("{}: a file of more than 64 MB is too large for one page; cut it first", path.display());
        return Err(Failure::Other(message));
    }
    let mut reader = Reader::new(fs::File::open(path).map_err(fault)?);
    let mut batches = Vec::new();
    while let Some(batch) = reader.next_batch().map_err(fault)? {
        batches.push(batch);
    }
    let segments = batches.iter().flat_map(|batch| batch.segments());
    let claims = segments.filter(|segment| segment.kind() == SegmentKind::Claim).map(Claim::of);
    let wanted = |claim: &Claim<'_>| {
        let number = claim.header().and_then(|header| header.number());
        arguments.numbers.is_empty() || number.is_some_and(|number| arguments.numbers.contains(&number))
    };
    let claims: Vec<Claim<'_>> = claims.filter(wanted).collect();
    if claims.is_empty() {
        return Err(Failure::Other(format!("{}: there is no such claim in it", path.display())));
    }
    let papers: Vec<Paper> = arguments
        .papers
        .iter()
        .map(|sheet| match sheet {
            Sheet::Form => Paper::Form,
            Sheet::Receipt => Paper::Receipt,
            Sheet::Statement => Paper::Statement,
        })
        .collect();
    write(&show::page(&masters, &claims, &papers), arguments.html.as_deref(), out)
}

pub(crate) fn receipt(arguments: &ReceiptArguments, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let masters = arguments.packs.load()?;
    let calculation =
        calculate_json(&masters, &read(&arguments.visit)?, &Options::default()).map_err(Failure::Refused)?;
    let papers: Vec<Paper> = arguments
        .papers
        .iter()
        .map(|sheet| match sheet {
            PatientSheet::Receipt => Paper::Receipt,
            PatientSheet::Statement => Paper::Statement,
        })
        .collect();
    let page = show::calculation_page(&masters, &calculation, &arguments.facility, &arguments.patient, &papers);
    write(&page, arguments.html.as_deref(), out)
}

fn write(page: &str, html: Option<&Path>, out: &mut impl Write) -> Result<ExitCode, Failure> {
    match html {
        None => out.write_all(page.as_bytes())?,
        Some(path) => {
            let help = "give a file in a folder that can be written to";
            fs::write(path, page).map_err(|error| Failure::File { path: path.to_path_buf(), error, help })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
