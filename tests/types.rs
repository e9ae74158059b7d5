//! pkg/types.d.ts says in TypeScript what the Rust types say. `cargo xtask types` writes it.

use std::{env, fs, path::Path};

use santei::{
    calculation::Calculation,
    claim::{
        compose::{
            Agency, ClaimDisease, ClaimMeals, ClaimMonth, ClaimPatient, ClaimPayer, ClaimRemark, ClaimStay,
            ClaimSymptom, DpcExclusion, Institution, Insurance, LeftOut,
        },
        recompute::{Edition, NotClaimed, PointFault, PointWeight, Recomputed, UnitItem, UnitOutcome, UnitVerdict},
        summary::ClaimSummary,
    },
    copay::{
        AgeClass, Burden, CeilingClass, ClaimCodes, ClaimCopay, Copay, CopayMonth, Eligibility, Extra, ExtraKind,
        Household, HouseholdCopay, LocalPattern, LocalRounding, Meals, Member, MemberAge, Month, MonthCoverage,
        MonthPayer, MonthSegment, MonthVisit, NotConsidered, PayerCopay, Rounding, SameDay, Service, Setting, Step,
        TaxRounding, VisitCopay,
    },
    fee::{
        DrugLine, ElectiveCare, Encounter, InputError, InputErrorKind, Line, NotChecked, Origin, Reason, SectionTotal,
        Statement, TraceNode, Verdict, VisitStatement,
        encounter::{
            Addition, Consultation, Coverage, Diagnosis, Dispensing, DrugAmount, DrugChoice, DrugUse, Facility,
            FacilityKind, HospitalFee, IncomeClass, MaterialAmount, Order, PastCharge, Patient, Prescription,
            PrescriptionFeeClass, Rehabilitation, Rp, Sex, Specimen, TimeClass, Visit,
        },
    },
    lookup::{
        CheckDigit, CodeFault, CodeFaultKind, Days, Elsewhere, FaultSeverity, Found, FoundNote, FoundReason, Hit,
        Instead, Rank, Reading, Shown, Status, Validation, Version, Why,
        comment::{
            CommentBlank, CommentCard, CommentForm, CommentGroup, CommentNeed, CommentOption, Comments, ComposedComment,
        },
        disease::{
            ComposedDisease, Decomposed, DiseaseBase, DiseaseInput, DiseaseOutcome, DiseaseReading, Icd10Part,
            Icd10Role, ModifierPart, ModifierPosition, ModifierSort, Succession, SuccessionStep, UncoveredText,
        },
        drug::{
            DrugCard, DrugCodeReading, DrugCodeSystem, DrugGroup, DrugPackage, DrugPrice, DrugProduct, DrugRole,
            GroupBasis, GroupMember,
        },
        item::{FeeItem, FeeItemBelow, FeeItemProcedure},
        lab::{
            LabAxis, LabAxisKind, LabCard, LabItem, LabLink, LabOfProcedure, LabProcedureMatch, LabProcedureRow,
            LabSystem,
        },
    },
    master::{
        Certainty, Fault, FaultKind,
        official::{Doubt, FileReport, JoinedMaster, Progress, Report},
    },
    money::{Points, Yen},
};
use ts_rs::TS;

const HEAD: &str = "// The input and the output of a calculation, and what reading files reports. Written from the Rust types by `cargo xtask types`; do not edit.\n";

/// One exported declaration, with its documentation.
fn declared<T: TS>() -> String {
    let docs = T::docs().unwrap_or_default();
    format!("\n{docs}export {}\n", tidy(&T::decl()))
}

/// A declaration with its fields set in and ended as TypeScript's own.
fn tidy(declaration: &str) -> String {
    let Some((head, fields)) = declaration.split_once("= { \n") else { return declaration.to_owned() };
    let fields = fields.strip_suffix(", };").unwrap_or(fields);
    let fields = fields.lines().map(|line| match line.strip_suffix(", ") {
        Some(field) => format!("  {field};\n"),
        None => format!("  {line}\n"),
    });
    let mut fields: String = fields.collect();
    fields.truncate(fields.trim_end().len());
    format!("{head}= {{\n{fields};\n}};")
}

macro_rules! declarations {
    ($($name:ty),* $(,)?) => { [$(declared::<$name>()),*] };
}

fn written() -> String {
    let all = declarations![
        Points,
        Yen,
        Encounter,
        Facility,
        FacilityKind,
        Patient,
        Sex,
        Coverage,
        IncomeClass,
        Visit,
        Consultation,
        TimeClass,
        HospitalFee,
        Diagnosis,
        Order,
        Addition,
        Rehabilitation,
        Specimen,
        DrugAmount,
        DrugChoice,
        MaterialAmount,
        Prescription,
        Dispensing,
        PrescriptionFeeClass,
        Rp,
        DrugUse,
        PastCharge,
        Calculation,
        Statement,
        VisitStatement,
        SectionTotal,
        Line,
        DrugLine,
        ElectiveCare,
        Reason,
        Verdict,
        Origin,
        Certainty,
        NotChecked,
        Copay,
        NotConsidered,
        Month,
        MonthCoverage,
        MonthPayer,
        MonthVisit,
        MonthSegment,
        Service,
        SameDay,
        Setting,
        CeilingClass,
        LocalPattern,
        LocalRounding,
        CopayMonth,
        AgeClass,
        VisitCopay,
        ClaimCopay,
        ClaimCodes,
        Burden,
        Eligibility,
        Meals,
        Extra,
        ExtraKind,
        TaxRounding,
        PayerCopay,
        Step,
        Rounding,
        ClaimSummary,
        Recomputed,
        UnitOutcome,
        UnitItem,
        UnitVerdict,
        Edition,
        NotClaimed,
        PointFault,
        PointWeight,
        ClaimMonth,
        Agency,
        Institution,
        ClaimPatient,
        Insurance,
        ClaimPayer,
        ClaimDisease,
        ClaimRemark,
        ClaimSymptom,
        ClaimStay,
        ClaimMeals,
        DpcExclusion,
        LeftOut,
        Household,
        Member,
        MemberAge,
        HouseholdCopay,
        TraceNode,
        InputError,
        InputErrorKind,
        Found,
        FoundNote,
        FoundReason,
        Hit,
        Elsewhere,
        Rank,
        Shown,
        Version,
        CodeFault,
        CodeFaultKind,
        FaultSeverity,
        DiseaseInput,
        DiseaseOutcome,
        ComposedDisease,
        DiseaseBase,
        ModifierPart,
        ModifierPosition,
        ModifierSort,
        Icd10Part,
        Icd10Role,
        Succession,
        SuccessionStep,
        Decomposed,
        DiseaseReading,
        UncoveredText,
        DrugCard,
        DrugCodeReading,
        DrugCodeSystem,
        DrugProduct,
        DrugRole,
        DrugPrice,
        DrugPackage,
        DrugGroup,
        GroupBasis,
        GroupMember,
        LabCard,
        LabSystem,
        LabAxis,
        LabAxisKind,
        LabLink,
        LabProcedureRow,
        LabProcedureMatch,
        LabOfProcedure,
        LabItem,
        FeeItem,
        FeeItemProcedure,
        FeeItemBelow,
        Comments,
        CommentGroup,
        CommentNeed,
        CommentOption,
        CommentCard,
        CommentForm,
        CommentBlank,
        ComposedComment,
        Validation,
        Status,
        CheckDigit,
        Days,
        Instead,
        Why,
        Reading,
        Report<'static>,
        JoinedMaster,
        FileReport,
        Fault,
        FaultKind,
        Doubt,
        Progress<'static>,
    ];
    HEAD.to_owned() + &all.concat()
}

#[test]
fn declarations_follow_the_rust_types() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("pkg/types.d.ts");
    let written = written();
    if env::var_os("SANTEI_UPDATE").is_some() {
        fs::write(&file, &written).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == written,
        "pkg/types.d.ts is not what the Rust types say: run `cargo xtask types` and look at the change"
    );
}
