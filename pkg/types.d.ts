// The input and the output of a calculation, and what reading files reports. Written from the Rust types by `cargo xtask types`; do not edit.

/**
 * Whole points (点) of the fee schedule, after rounding. One point is ten yen.
 */
export type Points = number;

/**
 * Whole yen (円).
 */
export type Yen = number;

/**
 * One patient at one facility: one or more visits, and what is known of the past.
 */
export type Encounter = {
  /**
   * Where the patient was treated.
   */
  facility: Facility;
  /**
   * Who was treated.
   */
  patient: Patient;
  /**
   * What decides the patient's share.
   */
  coverage?: Coverage;
  /**
   * The visits to calculate. Their order in the file does not matter.
   */
  visits: Array<Visit>;
  /**
   * What was charged before, at this facility.
   */
  history?: Array<PastCharge>;
};

/**
 * A medical facility (保険医療機関).
 */
export type Facility = {
  /**
   * Hospital or clinic.
   */
  kind: FacilityKind;
  /**
   * General beds (一般病床) of a hospital: from 200 on a revisit is charged as 外来診療料.
   */
  general_beds?: number;
  /**
   * All permitted beds (許可病床) of a hospital, for fees that depend on them.
   */
  permitted_beds?: number;
  /**
   * Facility standards that the facility has registered (施設基準の届出), by their codes. Left out, registrations are
   * not checked and every line that needs one says so.
   */
  registrations?: Array<number>;
};

/**
 * Hospital or clinic (病院・診療所).
 */
export type FacilityKind = "hospital" | "clinic";

/**
 * The patient. No name and no number: nothing here identifies a person.
 */
export type Patient = {
  /**
   * Day of birth.
   */
  birth_date: string;
  /**
   * Sex, where a procedure depends on it.
   */
  sex?: Sex;
};

/**
 * Sex (男女区分).
 */
export type Sex = "male" | "female";

/**
 * What decides the patient's share, besides age.
 */
export type Coverage = {
  /**
   * Income class as the insurer certifies it. Needed from the age of 70; before, it changes nothing here.
   */
  income_class?: IncomeClass;
  /**
   * A person of 65 to 74 whom the late-elderly scheme covers for a disability (障害認定).
   */
  late_elderly?: boolean;
};

/**
 * Income class of a person of 70 or more (所得区分).
 */
export type IncomeClass = "low" | "general" | "above_threshold" | "active";

/**
 * One visit on one day.
 */
export type Visit = {
  /**
   * The day of service.
   */
  date: string;
  /**
   * Which consultation fee the visit brings.
   */
  consultation: Consultation;
  /**
   * A day in hospital (入院), with the day of admission. Left out, the visit is an outpatient one.
   */
  admitted?: string;
  /**
   * The part of the day, where it brings an addition.
   */
  time_class?: TimeClass;
  /**
   * By video (情報通信機器を用いた診療).
   */
  telemedicine?: boolean;
  /**
   * The second department on the same day, for another disease (同一日 2 科目).
   */
  second_department?: boolean;
  /**
   * Which fee a hospital has for the consultation. Left out at a hospital that may have to charge the lower one, the
   * consultation asks for this answer.
   */
  hospital_fee?: HospitalFee;
  /**
   * Whether the doctor did what 外来管理加算 asks for. Left out, it is taken to be so.
   */
  outpatient_management?: boolean;
  /**
   * What the patient has.
   */
  diagnoses?: Array<Diagnosis>;
  /**
   * What was done.
   */
  orders?: Array<Order>;
  /**
   * What was prescribed.
   */
  prescriptions?: Array<Prescription>;
};

/**
 * Which consultation fee a visit brings (A000 to A002).
 */
export type Consultation = "first" | "revisit" | "phone_revisit" | "same_day_revisit" | "same_day_phone_revisit" | "none";

/**
 * The part of the day in which a visit falls, as the fee schedule divides it (A000 注7 to 注9, A001 注5 to 注7).
 */
export type TimeClass = "in_hours" | "after_hours" | "holiday" | "late_night" | "emergency_night" | "early_or_late" | "pediatric_night" | "pediatric_holiday" | "pediatric_late_night";

/**
 * Which of its consultation fees a hospital charges (A000 注2 to 注4, A001 注2, A002 注2 to 注4).
 */
export type HospitalFee = "full" | "without_referral" | "low_settlement_rate";

/**
 * A disease of the patient.
 */
export type Diagnosis = {
  /**
   * 傷病名コード.
   */
  disease: string;
  /**
   * 修飾語コード.
   */
  modifiers?: Array<string>;
  /**
   * The main disease (主病).
   */
  main?: boolean;
};

/**
 * A procedure with all that belongs to it.
 */
export type Order = {
  /**
   * 診療行為コード.
   */
  procedure: string;
  /**
   * Quantity in the procedure's unit (数量データ): minutes, square centimetres, sheets …
   */
  quantity?: number | string;
  /**
   * How many times (回数).
   */
  count?: number;
  /**
   * Additions to this procedure: note additions, general additions, reductions.
   */
  additions?: Array<Addition>;
  /**
   * Drugs used in it, together one dose: an injection, a contrast medium, an anesthetic.
   */
  drugs?: Array<DrugAmount>;
  /**
   * Materials used in it (特定器材): films, oxygen, catheters …
   */
  materials?: Array<MaterialAmount>;
  /**
   * Points of a code whose figure the claim gives (点数識別 4 and 7): what a donor's care cost, what a trial takes off.
   */
  points?: number;
  /**
   * Whether it was begun in urgency in the visit's time class (時間外加算等 of endoscopy, treatment, operation and
   * anesthesia). Left out where it makes a difference, the line asks for this answer.
   */
  urgent?: boolean;
  /**
   * Where a laboratory test's material comes from. Left out, the usual one for the test.
   */
  specimen?: Specimen;
  /**
   * A name for the place on the body. Orders of one visit with the same name were done on the same part at the same
   * time (同一の部位につき同時に, E 第1節 通則), or in the same field of operation (同一手術野, K 通則14); with different
   * names, on different ones.
   */
  site?: string;
  /**
   * The vertebrae of an operation on the spine (K142): every vertebra that is fused, or whose arch is opened.
   */
  levels?: Array<string>;
  /**
   * For a transfusion, how much blood its products were made from, in mL (K920 通知(7)); `quantity` is what was given.
   */
  source_quantity?: number | string;
  /**
   * For rehabilitation by disease (H000 to H003), the days from which its additions are counted.
   */
  rehabilitation?: Rehabilitation;
};

/**
 * An addition to a procedure.
 */
export type Addition = {
  /**
   * 診療行為コード of the addition.
   */
  procedure: string;
  /**
   * Quantity in the addition's unit.
   */
  quantity?: number | string;
};

/**
 * The days from which additions to rehabilitation are counted (H000 to H003).
 */
export type Rehabilitation = {
  /**
   * The day of the onset, the operation or the acute worsening (発症、手術又は急性増悪).
   */
  onset: string;
  /**
   * The day on which its treatment began (治療開始日).
   */
  treatment?: string;
  /**
   * The day of admission to hospital (入院した日), for an outpatient the one before the discharge.
   */
  admitted?: string;
};

/**
 * Where a laboratory test's material comes from.
 */
export type Specimen = "venous_blood" | "capillary_blood" | "nasal_swab" | "no_fee";

/**
 * An amount of a drug.
 */
export type DrugAmount = {
  /**
   * 医薬品コード.
   */
  drug: string;
  /**
   * Amount in the drug's own unit: a day's for internal use, one time's as needed, one injection's, the whole
   * amount for external use.
   */
  quantity: number | string;
  /**
   * Why an originator with generics (長期収載品) is given.
   */
  choice?: DrugChoice;
  /**
   * The highest price among its generics for the same unit, in yen: where the masters do not have the price that the
   * insurance pays when the patient chose the originator.
   */
  generic_price?: number | string;
};

/**
 * Why an originator with generics is given (長期収載品の選定療養).
 */
export type DrugChoice = "patient" | "medical_need" | "unavailable";

/**
 * An amount of a material (特定器材).
 */
export type MaterialAmount = {
  /**
   * 特定器材コード.
   */
  material: string;
  /**
   * Amount in the material's unit; for one without a unit, how many. Left out, one.
   */
  quantity?: number | string;
  /**
   * Yen paid for one unit: for a material at its purchase price, and for oxygen bought below the listed price.
   */
  price?: number | string;
  /**
   * Whether a film is of a plain radiograph of the chest or the abdomen: below six it then has an addition (E400 注1).
   */
  chest_or_abdomen?: boolean;
};

/**
 * One prescription (処方).
 */
export type Prescription = {
  /**
   * Who dispenses.
   */
  dispensing: Dispensing;
  /**
   * A prescription that the patient may use again (リフィル処方箋); outside dispensing only.
   */
  refill?: boolean;
  /**
   * Which of the three fees applies where the drugs alone do not tell (F100 1 and 2). Left out, seven or more kinds
   * are counted, and three or more psychotropic drugs ask for this answer.
   */
  fee_class?: PrescriptionFeeClass;
  /**
   * The 剤.
   */
  rps: Array<Rp>;
};

/**
 * Who dispenses a prescription.
 */
export type Dispensing = "in_house" | "pharmacy";

/**
 * The three fees of 処方料 and 処方箋料.
 */
export type PrescriptionFeeClass = "psychotropics" | "seven_kinds" | "long_psychotropic" | "other";

/**
 * One 剤: the drugs that are taken at the same times.
 */
export type Rp = {
  /**
   * How it is used.
   */
  use: DrugUse;
  /**
   * Days for internal use, times for use as needed; 1 for external use.
   */
  count?: number;
  /**
   * Given for two weeks or less beside the lasting drugs (臨時の投薬): not counted among the seven kinds.
   */
  temporary?: boolean;
  /**
   * Powders or liquids mixed to be taken as one: one kind.
   */
  mixed?: boolean;
  /**
   * The drugs.
   */
  drugs: Array<DrugAmount>;
};

/**
 * How a drug is used (F200).
 */
export type DrugUse = "internal" | "as_needed" | "external";

/**
 * Something that was charged before.
 */
export type PastCharge = {
  /**
   * The day of service.
   */
  date: string;
  /**
   * 診療行為コード.
   */
  procedure: string;
  /**
   * How many times.
   */
  count?: number;
  /**
   * Quantity each time, for a procedure that is counted in units (単位), places (箇所) and the like.
   */
  quantity?: number | string;
};

/**
 * A calculated encounter. Its texts are of the type `S`, as those of [`Statement`].
 */
export type Calculation = {
  /**
   * [`SCHEMA`].
   */
  schema: string;
  /**
   * Version of the engine.
   */
  engine: string;
  /**
   * The points.
   */
  statement: Statement;
  /**
   * What the patient pays, visit by visit, in the statement's order.
   */
  copay: Array<Copay>;
  /**
   * What each phase did; only when it was asked for.
   */
  trace?: Array<TraceNode>;
};

/**
 * The points of every visit, every line with its verdict and reasons.
 *
 * Its texts are of the type `S`: `String`, unless it is on its way out and they still stand in the tables.
 */
export type Statement = {
  /**
   * The revision by whose rules the visits are calculated whatever their day; only when one was asked for. The figures are
   * then hypothetical.
   */
  as_of_revision?: string;
  /**
   * The visits, by date; on one day the consultation, the second department, what comes again, then what is only ordered.
   */
  visits: Array<VisitStatement>;
  /**
   * Points of all charged lines of all visits.
   */
  total_points: Points;
  /**
   * Whether every line is settled: no line asks for a review.
   */
  settled: boolean;
  /**
   * Checks that were not made on some line, because the loaded masters lack its rows; a claim must pass them elsewhere.
   */
  not_checked: Array<NotChecked>;
};

/**
 * The points of one visit.
 */
export type VisitStatement = {
  /**
   * Place in the input's `visits`.
   */
  visit: number;
  /**
   * The day of service.
   */
  date: string;
  /**
   * The revision of the fee schedule whose rules count: `r4`, `r6`, `r8` …
   */
  revision: string;
  /**
   * The lines, section by section; an addition follows its base.
   */
  lines: Array<Line>;
  /**
   * Points of the charged lines of each section.
   */
  sections: Array<SectionTotal>;
  /**
   * Points of all charged lines.
   */
  total_points: Points;
  /**
   * Whether every line is settled.
   */
  settled: boolean;
  /**
   * What the patient pays outside the insurance for originators of choice (長期収載品の選定療養): no part of the points, of
   * the share or of any ceiling.
   */
  elective_care?: Array<ElectiveCare>;
};

/**
 * Points of one section (診療識別).
 */
export type SectionTotal = {
  /**
   * Two digits.
   */
  section: string;
  /**
   * Its name on a claim.
   */
  name: string;
  /**
   * The points.
   */
  points: Points;
};

/**
 * One line of a statement.
 */
export type Line = {
  /**
   * 診療識別: the section of the claim, two digits.
   */
  section: string;
  /**
   * The code charged; none for a figure that has no code of its own.
   */
  code: string | null;
  /**
   * Its name on a claim.
   */
  name: string;
  /**
   * Quantity in the procedure's unit, where it counts one.
   */
  quantity: string | null;
  /**
   * The unit.
   */
  unit: string | null;
  /**
   * Points for one time; none while the line asks for a review.
   */
  points: Points | null;
  /**
   * How many times.
   */
  count: number;
  /**
   * Points × count for a charged line, 0 for one that is not paid, none while it asks for a review.
   */
  total: Points | null;
  /**
   * Yen in all of a charged line whose row gives an amount of money (点数識別 1), such as a meal: it is no part of the
   * points, which are 0, nor of the share.
   */
  yen?: Yen;
  /**
   * Whether it is paid.
   */
  verdict: Verdict;
  /**
   * Whether it was ordered or follows from the rules.
   */
  origin: Origin;
  /**
   * JSON path of the order that it comes from.
   */
  path: string | null;
  /**
   * Whether the line is an addition to the line before it that is none.
   */
  addition: boolean;
  /**
   * How sure the figures are.
   */
  certainty: Certainty;
  /**
   * Where the figures come from.
   */
  source: string;
  /**
   * The drugs of a 剤 or an injection.
   */
  drugs?: Array<DrugLine>;
  /**
   * Why the line is there and what became of it.
   */
  reasons: Array<Reason>;
};

/**
 * One drug of a line.
 */
export type DrugLine = {
  /**
   * 医薬品コード.
   */
  code: string;
  /**
   * Name.
   */
  name: string;
  /**
   * Amount in the drug's unit.
   */
  quantity: string;
  /**
   * The unit.
   */
  unit: string;
  /**
   * Yen for one unit.
   */
  price: string;
  /**
   * How sure the price is.
   */
  certainty: Certainty;
  /**
   * Where the price comes from.
   */
  source: string;
};

/**
 * The special charge (特別の料金) for the originators of one line of drugs.
 */
export type ElectiveCare = {
  /**
   * JSON path of the 剤.
   */
  path: string | null;
  /**
   * 医薬品コード of the drugs.
   */
  codes: Array<string>;
  /**
   * Their names.
   */
  names: Array<string>;
  /**
   * The difference in price of a day, a time or the whole amount, turned into points; none while it is not settled.
   */
  points: Points | null;
  /**
   * How many days or times.
   */
  count: number;
  /**
   * The consumption tax in percent.
   */
  tax_percent: string | null;
  /**
   * Yen with the tax; none while it is not settled.
   */
  amount: Yen | null;
  /**
   * How sure it is.
   */
  certainty: Certainty;
  /**
   * What it rests on.
   */
  reasons: Array<Reason>;
};

/**
 * One reason for a line.
 */
export type Reason = {
  /**
   * Stable name of the rule, such as `a001.outpatient_management`.
   */
  rule: string;
  /**
   * The article or table row that it rests on.
   */
  basis: string;
  /**
   * What it means here, in Japanese.
   */
  text: string;
};

/**
 * What became of a line.
 */
export type Verdict = "charged" | "bundled" | "excluded" | "limited" | "needs_review";

/**
 * Where a line comes from.
 */
export type Origin = "ordered" | "derived";

/**
 * How sure a row or a figure is.
 */
export type Certainty = "official" | "confirmed" | "single" | "unverified";

/**
 * A check by the electronic fee table that could not be made.
 */
export type NotChecked = "bundling" | "exclusion" | "frequency";

/**
 * What the patient pays for one visit.
 */
export type Copay = {
  /**
   * The revision by whose rules the points are calculated, when they are hypothetical; the share and its rounding are
   * those of the real day.
   */
  as_of_revision?: string;
  /**
   * Place of the visit in the input.
   */
  visit: number;
  /**
   * The day of service.
   */
  date: string;
  /**
   * The patient's share in tenths; none while it is not settled.
   */
  rate_tenths: number | null;
  /**
   * The whole cost: ten yen a point.
   */
  cost: Yen;
  /**
   * What the patient pays; none while the points or the share are not settled.
   */
  amount: Yen | null;
  /**
   * How sure the share is.
   */
  certainty: Certainty;
  /**
   * Why.
   */
  reasons: Array<Reason>;
  /**
   * What could still change the amount and is not considered here.
   */
  not_considered: Array<NotConsidered>;
};

/**
 * A part of the law on copays that this version leaves out.
 */
export type NotConsidered = "monthly_ceiling" | "public_payers" | "relief_measure" | "meals";

/**
 * One patient, one facility, one calendar month.
 */
export type Month = {
  /**
   * Day of birth.
   */
  birth_date: string;
  /**
   * What decides shares and ceilings.
   */
  coverage?: MonthCoverage;
  /**
   * Medical, dental or pharmacy: programmes of municipalities tell them apart.
   */
  service?: Service;
  /**
   * How the share of several outpatient visits of one day is rounded.
   */
  same_day?: SameDay;
  /**
   * Public payers, at most four on one claim.
   */
  payers?: Array<MonthPayer>;
  /**
   * The visits (for an inpatient, the bills). Their order does not matter.
   */
  visits: Array<MonthVisit>;
  /**
   * Meals and living care of an inpatient.
   */
  meals?: Array<Meals>;
  /**
   * What lies outside insurance.
   */
  extras?: Array<Extra>;
  /**
   * Refuse what rests on a figure that is not verified.
   */
  strict?: boolean;
};

/**
 * Insurance, and what the insurer certifies.
 */
export type MonthCoverage = {
  /**
   * Whether a medical insurance pays; `false` for 生活保護単独.
   */
  insured?: boolean;
  /**
   * 保険者番号.
   */
  insurer?: string;
  /**
   * A dependant (被扶養者), not the insured person.
   */
  dependant?: boolean;
  /**
   * The answer of オンライン資格確認, in place of `ceiling_class` and `long_term_illness`.
   */
  eligibility?: Eligibility;
  /**
   * First day of the coverage.
   */
  from?: string;
  /**
   * Last day of the coverage.
   */
  until?: string;
  /**
   * 適用区分. Without it a patient under 70 has no ceiling at the window; from 70 on 一般 or 現役並みⅢ holds.
   */
  ceiling_class?: CeilingClass;
  /**
   * Income class from 70 on, where the ceiling class does not tell it.
   */
  income_class?: IncomeClass;
  /**
   * A person of 65 to 74 in the late-elderly scheme for a disability (障害認定).
   */
  late_elderly?: boolean;
  /**
   * 多数回該当.
   */
  frequent?: boolean;
  /**
   * 多数回該当 of an inpatient's 難病 or 小児慢性 at this facility.
   */
  frequent_specified?: boolean;
  /**
   * マル長: 10000 or 20000 yen.
   */
  long_term_illness?: Yen;
  /**
   * Ceilings halved for the dependant of somebody who turns 75 this month (高半); the patient's own 75th birthday is known.
   */
  halved?: boolean;
  /**
   * `false` where the relief measure of two tenths is paid back later instead of at the window.
   */
  relief_measure?: boolean;
};

/**
 * A public payer: a national programme by its number, or one of a municipality by its rule.
 */
export type MonthPayer = {
  /**
   * 公費負担者番号: eight digits.
   */
  number?: string;
  /**
   * 法別番号, where the number is not at hand.
   */
  law?: string;
  /**
   * 受給者番号: seven digits.
   */
  recipient?: string;
  /**
   * First day of the voucher.
   */
  from?: string;
  /**
   * Last day of the voucher.
   */
  until?: string;
  /**
   * Most yen a month that are left to the patient, as the voucher says.
   */
  cap?: Yen;
  /**
   * What the patient has paid towards that cap, or a municipal programme's limit of the month, elsewhere this month
   * (上限額管理票).
   */
  paid_elsewhere?: Yen;
  /**
   * A programme of `masters/local-subsidies.csv`, such as `osaka-shi.kodomo`.
   */
  rule?: string;
  /**
   * 事業内区分コード: which benefit of the number, where the 地単公費 master has several.
   */
  benefit?: string;
  /**
   * The conditions of the 地単公費 master on the person (所得区分, ひとり親 and the like) were checked on the voucher.
   */
  eligible?: boolean;
  /**
   * A municipal programme that the table has not.
   */
  local?: LocalPattern;
};

/**
 * One visit.
 */
export type MonthVisit = {
  /**
   * Day of service; for an inpatient, the day of the bill.
   */
  date: string;
  /**
   * Inpatient or outpatient.
   */
  setting?: Setting;
  /**
   * Whether it is a first visit (初診), for programmes that charge that only.
   */
  first_visit?: boolean;
  /**
   * Days of the stay that the bill covers; a municipal programme that charges an inpatient by the day needs them.
   */
  days?: number;
  /**
   * Its points, split by which public payers they fall under.
   */
  segments: Array<MonthSegment>;
  /**
   * What was paid, where it is known; without it, what was due.
   */
  paid?: Yen;
};

/**
 * Points under the same public payers.
 */
export type MonthSegment = {
  /**
   * Points.
   */
  points: Points;
  /**
   * Places in [`Month::payers`]; left out, insurance alone.
   */
  payers?: Array<number>;
};

/**
 * What a facility does.
 */
export type Service = "medical" | "dental" | "pharmacy";

/**
 * How the share of several outpatient visits of one day is rounded to ten yen.
 */
export type SameDay = "together" | "visit";

/**
 * Outpatient or inpatient: both are different facilities for the ceilings (健康保険法施行令 第43条第10項).
 */
export type Setting = "outpatient" | "inpatient";

/**
 * 適用区分: the class of the monthly ceiling, as claims name it.
 */
export type CeilingClass = "ア" | "イ" | "ウ" | "エ" | "オ" | "現役並み" | "現役並みⅢ" | "現役並みⅡ" | "現役並みⅠ" | "一般" | "一般Ⅱ" | "一般Ⅰ" | "低所得Ⅱ" | "低所得Ⅰ" | "標報127万円以上" | "標報103万～121万円" | "標報83万～98万円" | "標報71万～79万円" | "標報62万～68万円" | "標報53万～59万円" | "標報44万～50万円" | "標報36万～41万円" | "標報28万～34万円" | "標報20万～26万円" | "標報16万～19万円" | "標報15万円以下";

/**
 * What a programme leaves to the patient at one facility. Left out, a limit does not hold.
 */
export type LocalPattern = {
  /**
   * The patient's share of the cost in percent, where it is lower than what is left.
   */
  percent?: number;
  /**
   * Most yen a visit.
   */
  visit_max?: Yen;
  /**
   * Visits a month with a charge; free afterwards.
   */
  visit_count?: number;
  /**
   * Most yen a day.
   */
  day_max?: Yen;
  /**
   * Days a month with a charge; free afterwards.
   */
  day_count?: number;
  /**
   * Most yen a month.
   */
  month_max?: Yen;
  /**
   * Charged on a first visit (初診) only.
   */
  first_visit_only?: boolean;
  /**
   * Paid back later (償還払い): the window does not change.
   */
  refunded?: boolean;
  /**
   * From this share of insurance in the month on, the window does not change and all is paid back later.
   */
  refunded_from?: Yen;
  /**
   * How a percentage is rounded.
   */
  rounding?: LocalRounding;
};

/**
 * How a programme rounds its percentage (地単公費マスター 端数条件).
 */
export type LocalRounding = "ten" | "one" | "ten_down" | "ten_up" | "one_down" | "one_up";

/**
 * A month worked out.
 */
export type CopayMonth = {
  /**
   * [`SCHEMA`].
   */
  schema: string;
  /**
   * Version of the engine.
   */
  engine: string;
  /**
   * The month, as `2026-08`.
   */
  month: string;
  /**
   * Age band.
   */
  age: AgeClass;
  /**
   * The patient's share in tenths.
   */
  rate_tenths: number;
  /**
   * Whether the ceilings are halved.
   */
  halved: boolean;
  /**
   * The visits, in the order of their days.
   */
  visits: Array<VisitCopay>;
  /**
   * The claims: outpatient, then inpatient.
   */
  claims: Array<ClaimCopay>;
  /**
   * The codes of each claim.
   */
  codes: Array<ClaimCodes>;
  /**
   * Meals and living care.
   */
  meals?: Array<Step>;
  /**
   * What lies outside insurance.
   */
  extras?: Array<Step>;
  /**
   * What all visits come to at the window.
   */
  due: Yen;
  /**
   * That less the payments of the claims: what the rounding to ten yen adds or takes.
   */
  rounding_difference: Yen;
  /**
   * 年間上限 of the class, for information only: it is paid back after the year (from 2026-08).
   */
  yearly_ceiling?: Yen;
  /**
   * 外来年間合算 of the class (from 70 on, August to July), for information only: it is paid back after the year.
   */
  yearly_outpatient_ceiling?: Yen;
  /**
   * The worst certainty of the figures.
   */
  certainty: Certainty;
  /**
   * What rests on a figure that is not verified.
   */
  unverified: Array<string>;
  /**
   * What does not stop the calculation, such as a wrong check digit.
   */
  warnings: Array<string>;
};

/**
 * The age bands that the law on ceilings knows.
 */
export type AgeClass = "under_70" | "70_to_74" | "75_plus";

/**
 * What one visit comes to.
 */
export type VisitCopay = {
  /**
   * Place in the input.
   */
  visit: number;
  /**
   * Inpatient or outpatient.
   */
  setting: Setting;
  /**
   * The whole cost.
   */
  cost: Yen;
  /**
   * What this visit adds to the month; below zero when an earlier visit came to too much.
   */
  due: Yen;
  /**
   * What was due this month before this visit, less what was paid.
   */
  carried: Yen;
  /**
   * What is to be collected at this visit.
   */
  collect: Yen;
  /**
   * What is to be given back.
   */
  give_back: Yen;
  /**
   * How it came about.
   */
  steps: Array<Step>;
};

/**
 * A claim worked out: insurer, public payers and patient make up the cost, to the yen.
 */
export type ClaimCopay = {
  /**
   * Inpatient or outpatient.
   */
  setting: Setting;
  /**
   * The whole cost.
   */
  cost: Yen;
  /**
   * What insurance pays, 高額療養費 and the public money of 70～74歳の特例措置 with it.
   */
  insurer: Yen;
  /**
   * What insurance does not pay: the part of public payers and the patient.
   */
  not_paid_by_insurer: Yen;
  /**
   * The public payers, in their order.
   */
  payers: Array<PayerCopay>;
  /**
   * The patient's payment to the yen, as the claim has it.
   */
  patient: Yen;
  /**
   * The worst certainty of the figures.
   */
  certainty: Certainty;
  /**
   * The tables that were used, each with its first day.
   */
  tables: Array<string>;
  /**
   * How it came about.
   */
  steps: Array<Step>;
};

/**
 * A claim's codes.
 */
export type ClaimCodes = {
  /**
   * レセプト種別: four digits.
   */
  kind: string;
  /**
   * 特記事項: two digits and the mark, such as `28区ウ`.
   */
  special_notes: Array<string>;
  /**
   * 負担区分 of each sum of points: the payers (places in the input) and the code.
   */
  burden: Array<Burden>;
};

/**
 * 負担区分 of the points that fall under the same payers.
 */
export type Burden = {
  /**
   * Places in the input's payers, in the order of the claim; insurance is understood where there is one.
   */
  payers: Array<number>;
  /**
   * One character.
   */
  code: string;
};

/**
 * The codes of an answer that bear on the patient's payment.
 */
export type Eligibility = {
  /**
   * 限度額適用認定証区分: `A01` to `A06`, `B01` to `B10`.
   */
  limit_class?: string;
  /**
   * 特定疾病療養受療証 認定疾病区分: `1` 人工透析, `2` 血友病, `3` HIV.
   */
  specified_diseases?: Array<string>;
  /**
   * 公費負担者番号 and 受給者番号 of public payers: their places follow those of the month's `payers`.
   */
  public_payers?: Array<MonthPayer>;
};

/**
 * Meals, or days of living care, at one charge.
 */
export type Meals = {
  /**
   * A row of `masters/meal-charges.csv`, such as `meal.general`.
   */
  charge: string;
  /**
   * Meals, at most three a day; for `living_room.general`, days.
   */
  count: number;
};

/**
 * Something outside insurance: 選定療養 such as a first visit without a referral, a reserved hour, a room.
 */
export type Extra = {
  /**
   * What it is.
   */
  name: string;
  /**
   * Its price without tax; left out, the least amount that the rules name for its kind.
   */
  amount?: Yen;
  /**
   * What the rules call it, where they say something of its price.
   */
  kind?: ExtraKind;
  /**
   * 消費税 in percent; 0 when its price has the tax already.
   */
  tax_percent?: number;
  /**
   * How a part of a yen of tax is rounded: the facility decides.
   */
  tax_rounding?: TaxRounding;
};

/**
 * A kind of elective care whose price has rules.
 */
export type ExtraKind = "no_referral_first" | "no_referral_revisit";

/**
 * How a part of a yen of tax is rounded.
 */
export type TaxRounding = "down" | "half_up" | "up";

/**
 * One public payer's part of a claim.
 */
export type PayerCopay = {
  /**
   * Place in the input.
   */
  payer: number;
  /**
   * 法別番号.
   */
  law: string;
  /**
   * Its name.
   */
  name: string;
  /**
   * The cost that falls under it.
   */
  cost: Yen;
  /**
   * What it faces.
   */
  base: Yen;
  /**
   * What it pays.
   */
  pays: Yen;
  /**
   * What is left under it: the patient's part, before any payer after it.
   */
  patient: Yen;
};

/**
 * One step of a calculation.
 */
export type Step = {
  /**
   * Stable name of the rule.
   */
  rule: string;
  /**
   * The article that it rests on.
   */
  basis: string;
  /**
   * What happens, in Japanese.
   */
  text: string;
  /**
   * What comes out.
   */
  amount: Yen;
  /**
   * The rounding, if there was one.
   */
  rounding?: Rounding;
  /**
   * How sure the figure behind it is.
   */
  certainty: Certainty;
};

/**
 * A rounding. Amounts before it are in hundredths of a yen where they can have a part of a yen.
 */
export type Rounding = "ten_yen" | "one_percent_half_up" | "public_share_half_up" | "yen_down" | "yen_half_up" | "yen_up";

/**
 * One claim at a glance.
 */
export type ClaimSummary = {
  /**
   * The line of its `RE` record.
   */
  line: number;
  /**
   * レセプト番号.
   */
  number: number | null;
  /**
   * レセプト種別: four digits.
   */
  claim_type: string | null;
  /**
   * Month of service, `YYYY-MM`.
   */
  month: string | null;
  /**
   * 氏名.
   */
  name: string;
  /**
   * 男女区分: 1 male, 2 female.
   */
  sex: number | null;
  /**
   * 生年月日.
   */
  birth_date: string | null;
  /**
   * 保険者番号, or the first 公費負担者番号 where public payers pay alone.
   */
  payer: string | null;
  /**
   * 診療実日数 of that payer.
   */
  days: number | null;
  /**
   * 合計点数 of that payer.
   */
  points: number | null;
  /**
   * 傷病名 records.
   */
  diseases: number;
  /**
   * Units (点数・回数算定単位).
   */
  units: number;
};

/**
 * A claim recomputed.
 */
export type Recomputed = {
  /**
   * [`SCHEMA`].
   */
  schema: string;
  /**
   * Version of the engine.
   */
  engine: string;
  /**
   * The line of its `RE` record.
   */
  line: number;
  /**
   * レセプト番号.
   */
  number: number | null;
  /**
   * Month of service, `YYYY-MM`.
   */
  month: string;
  /**
   * What its units come to, points × count; meals are in yen and do not count.
   */
  claimed: number;
  /**
   * The same by the rules; none while a unit has no figure.
   */
  computed: number | null;
  /**
   * Its units, in the order of the file.
   */
  units: Array<UnitOutcome>;
  /**
   * What the rules add to what was charged, and the claim does not have.
   */
  not_claimed: Array<NotClaimed>;
  /**
   * Checks by the electronic fee table that the loaded masters do not allow.
   */
  not_checked: Array<NotChecked>;
  /**
   * Why no encounter could be made or calculated, so that only the tables were asked.
   */
  not_rebuilt: string | null;
  /**
   * The encounter that was calculated; only when it was asked for.
   */
  encounter?: Encounter;
};

/**
 * One unit (点数・回数算定単位) of a claim.
 */
export type UnitOutcome = {
  /**
   * The line of the file that has its points.
   */
  line: number;
  /**
   * 診療識別: two digits.
   */
  section: string;
  /**
   * 負担区分.
   */
  burden: string | null;
  /**
   * Its codes with their names.
   */
  items: Array<UnitItem>;
  /**
   * The days of the month on which it was charged, with how many times each.
   */
  days: Array<[number, number]>;
  /**
   * How many times in all.
   */
  count: number;
  /**
   * Points for one time, as the claim has them.
   */
  claimed: number | null;
  /**
   * Points for one time by the tables.
   */
  by_tables: number | null;
  /**
   * What the rules charge for all times; none where the unit was left out or asks for a review.
   */
  by_rules: number | null;
  /**
   * What is true of it.
   */
  verdict: UnitVerdict;
  /**
   * What the rules say, where they do not charge it.
   */
  rules: Verdict | null;
  /**
   * How sure the figures behind it are.
   */
  certainty: Certainty;
  /**
   * The edition whose points it has, where they are not those of its day.
   */
  edition: Edition | null;
  /**
   * Why it has no figure, or why it was left out of the encounter.
   */
  why: string | null;
  /**
   * What the verdict rests on.
   */
  reasons: Array<Reason>;
};

/**
 * One code of a unit.
 */
export type UnitItem = {
  /**
   * The line of the file.
   */
  line: number;
  /**
   * The code.
   */
  code: string;
  /**
   * Its name; empty where no loaded master has it.
   */
  name: string;
  /**
   * Quantity.
   */
  quantity: string | null;
  /**
   * Its unit.
   */
  unit: string | null;
};

/**
 * What is true of a unit.
 */
export type UnitVerdict = "agrees" | "differs" | "not_charged" | "otherwise" | "needs_review" | "not_priced";

/**
 * A revision of the fee schedule or of a price whose figures a unit has.
 */
export type Edition = {
  /**
   * The revision that was in force then: `r4`, `r6` …; empty where no loaded master names one.
   */
  revision: string;
  /**
   * Its name.
   */
  name: string;
  /**
   * First day on which the unit had these points.
   */
  from: string;
};

/**
 * Something that the rules add.
 */
export type NotClaimed = {
  /**
   * The day.
   */
  date: string;
  /**
   * 診療識別.
   */
  section: string;
  /**
   * The code, where it has one.
   */
  code: string | null;
  /**
   * Its name.
   */
  name: string;
  /**
   * Its points; none while the rules leave a question.
   */
  points: number | null;
  /**
   * Why the rules add it.
   */
  reasons: Array<Reason>;
};

/**
 * One fault.
 */
export type PointFault = {
  /**
   * Stable name: `points`, `revision`, `bundled`, `excluded`, `limited`, `reduction`, `addition`.
   */
  id: string;
  /**
   * How much it weighs.
   */
  weight: PointWeight;
  /**
   * The line of the file that has the points.
   */
  line: number;
  /**
   * What the claim has.
   */
  found: string;
  /**
   * What the rules give.
   */
  expected: string;
  /**
   * The article or the row of a table that it rests on.
   */
  basis: string;
  /**
   * What it means, in Japanese.
   */
  text: string;
};

/**
 * How much a fault weighs.
 */
export type PointWeight = "notice" | "doubt" | "error";

/**
 * The claims of one facility for one month of service.
 */
export type ClaimMonth = {
  /**
   * 診療年月, `2026-07`.
   */
  month: string;
  /**
   * 請求年月; left out, the month after.
   */
  claim_month?: string;
  /**
   * 審査支払機関.
   */
  agency?: Agency;
  /**
   * Who claims.
   */
  institution: Institution;
  /**
   * The facility as an encounter has it.
   */
  facility: Facility;
  /**
   * The patients, in the order of their claims.
   */
  patients: Array<ClaimPatient>;
};

/**
 * To whom the claims go (審査支払機関).
 */
export type Agency = "payment_fund" | "federation";

/**
 * Who claims (保険医療機関).
 */
export type Institution = {
  /**
   * 都道府県, two digits.
   */
  prefecture: string;
  /**
   * 医療機関コード, seven digits.
   */
  code: string;
  /**
   * Its name, full-width.
   */
  name: string;
  /**
   * 電話番号.
   */
  phone?: string;
};

/**
 * A patient with the month's visits.
 */
export type ClaimPatient = {
  /**
   * 氏名.
   */
  name: string;
  /**
   * Its reading in katakana.
   */
  kana?: string;
  /**
   * カルテ番号等.
   */
  chart?: string;
  /**
   * Day of birth.
   */
  birth_date: string;
  /**
   * Sex.
   */
  sex: Sex;
  /**
   * The insurance; left out where public payers pay alone.
   */
  insurance?: Insurance;
  /**
   * What decides share and ceilings, as `santei copay` takes it; `insured` and `insurer` follow from the insurance.
   */
  coverage?: MonthCoverage;
  /**
   * Public payers.
   */
  payers?: Array<ClaimPayer>;
  /**
   * The diseases, in the order of the claim.
   */
  diseases: Array<ClaimDisease>;
  /**
   * The visits of the month, as an encounter has them; a day in hospital is one with `admitted`.
   */
  visits: Array<Visit>;
  /**
   * What only an inpatient's claim has: wards, meals, 医科点数表算定理由.
   */
  stay?: ClaimStay;
  /**
   * Codes of 特記事項 that do not follow from the coverage: two digits, such as `10` (第三) or `96` (災１).
   */
  notes?: Array<string>;
  /**
   * What was charged before, as an encounter has it.
   */
  history?: Array<PastCharge>;
  /**
   * Comments of the claim (`CO`).
   */
  remarks?: Array<ClaimRemark>;
  /**
   * Details of the symptoms (`SJ`).
   */
  symptoms?: Array<ClaimSymptom>;
};

/**
 * An insurance.
 */
export type Insurance = {
  /**
   * 保険者番号: six or eight digits.
   */
  insurer: string;
  /**
   * 記号.
   */
  symbol?: string;
  /**
   * 番号.
   */
  number: string;
  /**
   * 枝番: two digits.
   */
  branch?: string;
};

/**
 * A public payer, and the visits that fall under it.
 */
export type ClaimPayer = {
  /**
   * 公費負担者番号: eight digits.
   */
  number: string;
  /**
   * 公費受給者番号: seven digits.
   */
  recipient?: string;
  /**
   * Most yen a month that are left to the patient.
   */
  cap?: Yen;
  /**
   * What was paid towards that elsewhere.
   */
  paid_elsewhere?: Yen;
  /**
   * A municipal programme of `masters/local-subsidies.csv`.
   */
  rule?: string;
  /**
   * A municipal programme that the table has not.
   */
  local?: LocalPattern;
  /**
   * 事業内区分コード, where the 地単公費 master has several benefits of the number.
   */
  benefit?: string;
  /**
   * The conditions of the 地単公費 master on the person were checked on the voucher.
   */
  eligible?: boolean;
  /**
   * Places of the visits that fall under it; without `visits` and `parts`, all.
   */
  visits?: Array<number>;
  /**
   * Parts of visits that fall under it, such as `visits[0].orders[1]`, `visits[0].consultation` or, for something that the
   * rules add, `visits[0].160061810`.
   */
  parts?: Array<string>;
  /**
   * Whether the meals of a stay fall under it; left out, as the table says for its 法別番号.
   */
  meals?: boolean;
};

/**
 * A disease of the claim.
 */
export type ClaimDisease = {
  /**
   * 傷病名コード; left out, `name` stands in its place.
   */
  disease?: string;
  /**
   * 修飾語コード.
   */
  modifiers?: Array<string>;
  /**
   * The name of a disease without a code.
   */
  name?: string;
  /**
   * 診療開始日.
   */
  start: string;
  /**
   * 転帰.
   */
  outcome?: DiseaseOutcome;
  /**
   * 主傷病.
   */
  main?: boolean;
  /**
   * 補足コメント.
   */
  remark?: string;
  /**
   * On which of the patient's claims it stands; left out, on both.
   */
  setting?: Setting;
};

/**
 * A comment of the claim.
 */
export type ClaimRemark = {
  /**
   * 診療識別: `01` at the head, `99` at the tail, which is taken when left out, or a section, behind whose lines it stands.
   */
  section?: string;
  /**
   * JSON path of the order or 剤 behind which it stands, such as `visits[0].orders[1]`, in place of a section.
   */
  path?: string;
  /**
   * コメントコード.
   */
  code: string;
  /**
   * 文字データ.
   */
  text?: string;
  /**
   * On which of the patient's claims it stands; left out, on both. One with a path stands with its order.
   */
  setting?: Setting;
};

/**
 * Details of the symptoms.
 */
export type ClaimSymptom = {
  /**
   * 症状詳記区分: two digits.
   */
  kind: string;
  /**
   * The text. More than fit into one record go on in the next.
   */
  text: string;
  /**
   * On which of the patient's claims it stands; left out, on both.
   */
  setting?: Setting;
};

/**
 * A stay in hospital. Its days are the visits with `admitted`.
 */
export type ClaimStay = {
  /**
   * 病棟区分: `01` 精神, `02` 結核, `07` 療養.
   */
  wards?: Array<string>;
  /**
   * 一部負担金・食事療養費・生活療養費標準負担額区分, `1` to `4`; left out, as the charges of the meals say.
   */
  charge_class?: string;
  /**
   * Places of visits without `admitted` that stand on the claim of the stay: those that led to the admission of the day.
   */
  visits?: Array<number>;
  /**
   * Meals and living care.
   */
  meals?: Array<ClaimMeals>;
  /**
   * The stay is paid by diagnosis (DPC): its claim is not computed.
   */
  dpc?: boolean;
  /**
   * Why a hospital of DPC claims this stay by points (`GR`).
   */
  dpc_exclusion?: DpcExclusion;
};

/**
 * Meals, or living care, of days that follow one another.
 */
export type ClaimMeals = {
  /**
   * First day.
   */
  from: string;
  /**
   * Last day; left out, the first.
   */
  until?: string;
  /**
   * Meals of each day, one to three; what is charged by the day needs none.
   */
  meals?: number;
  /**
   * The codes of 食事療養 or 生活療養 (`197000110`) with their additions.
   */
  care: string[];
  /**
   * 標準負担額: a row of `masters/meal-charges.csv`, such as `meal.general`; left out, nothing is charged to the patient.
   */
  charge?: string;
};

/**
 * 包括評価対象外理由 (`GR`).
 */
export type DpcExclusion = {
  /**
   * 医科点数表算定理由: two digits.
   */
  reason: string;
  /**
   * 診断群分類番号: fourteen characters, where there is one.
   */
  code?: string;
};

/**
 * A patient whose claim cannot be written.
 */
export type LeftOut = {
  /**
   * Place in the input.
   */
  patient: number;
  /**
   * What keeps the claim from being written.
   */
  why: Array<string>;
};

/**
 * A household's month.
 */
export type Household = {
  /**
   * A day of the month of service.
   */
  on: string;
  /**
   * 適用区分 of the household.
   */
  ceiling_class: CeilingClass;
  /**
   * 適用区分 of its members of the other age; without it the class that goes with `ceiling_class`.
   */
  other_class?: CeilingClass;
  /**
   * 多数回該当.
   */
  frequent?: boolean;
  /**
   * What was done for its members, one entry for each facility, inpatient and outpatient apart.
   */
  members: Array<Member>;
};

/**
 * What one facility did for one member.
 */
export type Member = {
  /**
   * Who; any text that tells members apart.
   */
  person: string;
  /**
   * Under 70, or 70 and over.
   */
  age_class: MemberAge;
  /**
   * Inpatient or outpatient.
   */
  setting: Setting;
  /**
   * The whole cost in yen.
   */
  cost_yen: Yen;
  /**
   * The share in tenths.
   */
  copay_rate: number;
};

/**
 * The two ages of a household.
 */
export type MemberAge = "under_70" | "70_plus";

/**
 * What a household pays in the end.
 */
export type HouseholdCopay = {
  /**
   * The ceiling of the last step that has members.
   */
  limit: Yen;
  /**
   * The shares, before any ceiling.
   */
  paid: Yen;
  /**
   * 高額療養費.
   */
  refund: Yen;
  /**
   * What stays with the household.
   */
  self: Yen;
  /**
   * The worst certainty of the figures.
   */
  certainty: Certainty;
  /**
   * How it came about.
   */
  steps: Array<Step>;
};

/**
 * A node of the trace.
 */
export type TraceNode = {
  /**
   * A phase, a visit or a rule.
   */
  label: string;
  /**
   * What was found or done, in words and figures.
   */
  detail?: string;
  /**
   * What happened below it.
   */
  children?: Array<TraceNode>;
};

/**
 * One fault of an input.
 */
export type InputError = {
  /**
   * Where: a JSON path such as `visits[0].orders[2].procedure`; empty for the whole input.
   */
  path: string;
  /**
   * What kind of fault.
   */
  kind: InputErrorKind;
  /**
   * What is wrong, in a sentence.
   */
  message: string;
  /**
   * What was expected.
   */
  expected?: string;
  /**
   * What was found.
   */
  got?: string;
  /**
   * What to do.
   */
  help?: string;
};

/**
 * What kind of fault an input has.
 */
export type InputErrorKind = "schema" | "too_much" | "unknown_code" | "not_in_force" | "quantity" | "date" | "contradiction" | "overflow" | "unknown_revision" | "unverified" | "needs_review";

/**
 * The answer of a search: the hits, and why there are none or only near ones.
 */
export type Found = {
  /**
   * The best first.
   */
  hits: Array<Hit>;
  /**
   * What there is to say of them; nothing when the words were found as they were typed.
   */
  note?: FoundNote;
};

/**
 * What there is to say of an answer.
 */
export type FoundNote = {
  /**
   * What it is, for programs.
   */
  reason: FoundReason;
  /**
   * The same as a sentence.
   */
  message: string;
};

/**
 * Why there are no hits, or only near ones.
 */
export type FoundReason = "empty" | "too_long" | "too_many_words" | "no_table" | "not_covered" | "other_days" | "nothing_found" | "only_near";

/**
 * A row that was found.
 */
export type Hit = {
  /**
   * The master, in English.
   */
  kind: "procedure" | "drug" | "disease" | "modifier" | "lab" | "material" | "comment" | "facility_standard" | "public_payer" | "local_subsidy" | "ward" | "dental" | "dispensing" | "visiting_nursing" | "disease_succession" | "icd10" | "generic_name" | "hot_drug" | "jlac_code" | "jlac_link" | "health_check";
  /**
   * The code.
   */
  code: string;
  /**
   * The name.
   */
  name: string;
  /**
   * How it matches.
   */
  rank: Rank;
  /**
   * First day of the row.
   */
  from: string;
  /**
   * Last day of the row, if it ends.
   */
  last_day: string | null;
  /**
   * How sure the row is.
   */
  certainty: Certainty;
  /**
   * 点数: points, yen or percent by the point kind.
   */
  points?: string;
  /**
   * 点数識別.
   */
  point_kind?: number;
  /**
   * 薬価: yen for one unit.
   */
  price?: string;
  /**
   * The unit that is counted.
   */
  unit?: string;
  /**
   * ICD-10.
   */
  icd10?: string;
  /**
   * Which parts of the name match, in order: start and end of each in units of UTF-16, as JavaScript counts.
   */
  marks: [start: number, end: number][];
  /**
   * The code, reading or other column in which a word lies that the name does not have.
   */
  elsewhere?: Array<Elsewhere>;
};

/**
 * A column other than the name in which a word lies.
 */
export type Elsewhere = {
  /**
   * The column: `code`, or as `santei show` calls it, such as `kana`, `icd10_1` or `generic_name`.
   */
  column: string;
  /**
   * What the column holds.
   */
  text: string;
  /**
   * Which parts of it match, in units of UTF-16.
   */
  marks: [start: number, end: number][];
};

/**
 * How a row matches; the better rank comes first.
 */
export type Rank = "exact" | "prefix" | "word_start" | "contains" | "fuzzy";

/**
 * A code with all its rows.
 */
export type Shown = {
  /**
   * The master, in English.
   */
  kind: string;
  /**
   * The master, in Japanese.
   */
  title: string;
  /**
   * The code.
   */
  code: string;
  /**
   * Its rows: those of the pack that was added last first, each pack from the oldest to the newest.
   */
  versions: Array<Version>;
};

/**
 * One row.
 */
export type Version = {
  /**
   * First day.
   */
  from: string;
  /**
   * Last day, if the row ends.
   */
  last_day: string | null;
  /**
   * How sure the row is.
   */
  certainty: Certainty;
  /**
   * Where the row comes from.
   */
  source: string;
  /**
   * Every column of the master.
   */
  columns: Record<string, number | string | null>;
};

/**
 * One fault of what was asked. In JSON it has the shape of every other fault of the engine.
 */
export type CodeFault = {
  /**
   * Where: a JSON path such as `modifiers[1]`; empty for the whole.
   */
  path: string;
  /**
   * What kind of fault.
   */
  kind: CodeFaultKind;
  /**
   * Whether the answer stands in spite of it.
   */
  severity: FaultSeverity;
  /**
   * What is wrong, in a sentence.
   */
  message: string;
  /**
   * What was expected.
   */
  expected?: string;
  /**
   * What was found.
   */
  got?: string;
  /**
   * What to do.
   */
  help?: string;
  /**
   * Codes to use instead.
   */
  instead?: Array<string>;
};

/**
 * What kind of fault a code or a name has.
 */
export type CodeFaultKind = "schema" | "too_much" | "unknown_code" | "not_in_force" | "replaced" | "check_digit" | "date" | "too_many_modifiers" | "duplicate_modifier" | "modifier_order" | "modifier_kind" | "alone_forbidden" | "not_claimable" | "free_text" | "comment_value";

/**
 * How grave a fault is.
 */
export type FaultSeverity = "error" | "warning";

/**
 * A disease in codes, as a claim's SY record has it. In JSON unknown fields are errors.
 */
export type DiseaseInput = {
  /**
   * 傷病名コード; `0000999` for a disease written in words.
   */
  disease: string;
  /**
   * 修飾語コード in the order of the claim: those printed in front of the name first.
   */
  modifiers?: Array<string>;
  /**
   * The disease is suspected: adds の疑い (8002) as the last modifier, if it is not among them.
   */
  suspected?: boolean;
  /**
   * The name in words, with `0000999` only.
   */
  name?: string;
  /**
   * 主傷病.
   */
  main?: boolean;
  /**
   * 診療開始日.
   */
  start?: string;
  /**
   * 転帰, where the disease has ended.
   */
  outcome?: DiseaseOutcome;
  /**
   * The day on which the codes must be in force; without it, the newest rows count.
   */
  date?: string;
};

/**
 * What became of a disease (転帰区分).
 */
export type DiseaseOutcome = "continuing" | "healed" | "died" | "ended";

/**
 * A disease as a claim prints it.
 */
export type ComposedDisease = {
  /**
   * Whether a claim can have it so: no fault is an error.
   */
  valid: boolean;
  /**
   * The name: modifiers in front, base name, modifiers behind.
   */
  name: string;
  /**
   * The base name; none when the masters do not have it.
   */
  base: DiseaseBase | null;
  /**
   * What leads from the code that was given to the base that is in force.
   */
  succession?: Array<SuccessionStep>;
  /**
   * The modifiers in the order of a claim: those in front, those behind, の疑い last.
   */
  modifiers: Array<ModifierPart>;
  /**
   * 修飾語コード of an SY record: their codes one after the other.
   */
  modifier_codes: string;
  /**
   * ICD-10 of the base name; modifiers do not change it.
   */
  icd10: Array<Icd10Part>;
  /**
   * の疑い is among the modifiers.
   */
  suspected: boolean;
  /**
   * 主傷病.
   */
  main: boolean;
  /**
   * 診療開始日.
   */
  start?: string;
  /**
   * 転帰.
   */
  outcome?: DiseaseOutcome;
  /**
   * What is wrong, in the order of the input.
   */
  faults: Array<CodeFault>;
};

/**
 * The base name of a disease.
 */
export type DiseaseBase = {
  /**
   * 傷病名コード.
   */
  code: string;
  /**
   * 傷病名基本名称, or the name in words of `0000999`.
   */
  name: string;
  /**
   * 採択区分: 1 the usual name, 2 a rarer one, 3 another word for one of these.
   */
  adoption: number;
  /**
   * 病名管理番号; 0 for none.
   */
  management_number: number;
  /**
   * 病名交換用コード.
   */
  exchange_code: string;
  /**
   * 単独使用禁止.
   */
  alone_forbidden: boolean;
  /**
   * 保険請求外.
   */
  not_claimable: boolean;
  /**
   * 特定疾患等対象区分, as in the master.
   */
  specific_disease: number;
  /**
   * 難病外来対象区分, as in the master.
   */
  intractable: number;
  /**
   * How sure the row is.
   */
  certainty: Certainty;
};

/**
 * A modifier of a composed name.
 */
export type ModifierPart = {
  /**
   * 修飾語コード.
   */
  code: string;
  /**
   * Its name.
   */
  name: string;
  /**
   * Where it is printed.
   */
  position: ModifierPosition;
  /**
   * What it says.
   */
  sort: ModifierSort;
  /**
   * How sure the row is.
   */
  certainty: Certainty;
};

/**
 * Where a modifier is printed.
 */
export type ModifierPosition = "prefix" | "suffix" | "dental";

/**
 * What a modifier says: the second character of 修飾語区分.
 */
export type ModifierSort = "site" | "position" | "cause" | "course" | "state" | "patient" | "other" | "suffix" | "dental" | "unknown";

/**
 * One ICD-10 (2013) code of a disease.
 */
export type Icd10Part = {
  /**
   * The code as the master has it, without a dot.
   */
  code: string;
  /**
   * The code with its dot.
   */
  shown: string;
  /**
   * What it says beside the other code.
   */
  role: Icd10Role;
};

/**
 * What an ICD-10 code of a disease says.
 */
export type Icd10Role = "single" | "etiology" | "manifestation" | "first" | "additional";

/**
 * Where a code leads on a day.
 */
export type Succession = {
  /**
   * The code that was asked for.
   */
  code: string;
  /**
   * The code to use on the day: the same one while it is in force; none when the masters name none.
   */
  current: string | null;
  /**
   * Its name.
   */
  name: string | null;
  /**
   * The last day of the code that was asked for, if it ended before the day.
   */
  ended: string | null;
  /**
   * Each step, the first from the code that was asked for.
   */
  steps: Array<SuccessionStep>;
  /**
   * Whether the masters know the code at all.
   */
  known: boolean;
};

/**
 * One code in place of another.
 */
export type SuccessionStep = {
  /**
   * The code that was given up.
   */
  from: string;
  /**
   * Its name, where the masters have it.
   */
  from_name: string | null;
  /**
   * The code in its place.
   */
  to: string;
  /**
   * Its name, where the masters have it.
   */
  to_name: string | null;
  /**
   * Where that stands: keys of `masters/sources.csv`, or an official file's name.
   */
  source: string;
};

/**
 * What a typed name may mean.
 */
export type Decomposed = {
  /**
   * Whether the readings cover the whole name; otherwise they leave something over.
   */
  whole: boolean;
  /**
   * The readings, the best first.
   */
  readings: Array<DiseaseReading>;
  /**
   * Whether there are more readings than were asked for.
   */
  more: boolean;
};

/**
 * One reading of a name.
 */
export type DiseaseReading = {
  /**
   * 傷病名コード.
   */
  disease: string;
  /**
   * 修飾語コード in the order of a claim.
   */
  modifiers: string[];
  /**
   * Whether the reading's own name is the typed one but for spelling (width, kana, old kanji …) and blanks. Otherwise a
   * short name or another way to write の疑い was read.
   */
  exact: boolean;
  /**
   * What the reading leaves over.
   */
  uncovered: Array<UncoveredText>;
  /**
   * The disease composed of these codes, with what a claim would object to.
   */
  composed: ComposedDisease;
};

/**
 * A part of a name that a reading leaves over.
 */
export type UncoveredText = {
  /**
   * The part, in one spelling: katakana, half-width letters, no blanks.
   */
  text: string;
};

/**
 * What a code names.
 */
export type DrugCard = {
  /**
   * The day for which prices and comparisons hold; none for the newest rows.
   */
  date: string | null;
  /**
   * What the code is, in each system that it may be of; the first one that names a product is the one that was taken.
   */
  readings: Array<DrugCodeReading>;
  /**
   * The products that the code names: one for most codes, several for HOT7, the generic name and common listings.
   */
  products: Array<DrugProduct>;
  /**
   * What else there is under the same generic name as the first product.
   */
  group: DrugGroup | null;
  /**
   * What deserves a look.
   */
  faults: Array<CodeFault>;
};

/**
 * A code in one system.
 */
export type DrugCodeReading = {
  /**
   * The system.
   */
  system: DrugCodeSystem;
  /**
   * The code as the system writes it.
   */
  code: string;
  /**
   * Whether the check digit is right; none where the system has none.
   */
  check_digit: boolean | null;
  /**
   * Whether a loaded master has it.
   */
  found: boolean;
};

/**
 * A system of codes for drugs.
 */
export type DrugCodeSystem = "receipt" | "price_list" | "generic_name" | "hot7" | "hot9" | "hot11" | "hot13" | "gtin";

/**
 * A product of the drug master.
 */
export type DrugProduct = {
  /**
   * 医薬品コード.
   */
  code: string;
  /**
   * Its name with the strength.
   */
  name: string;
  /**
   * Whether the row holds on the day; without a day, whether it has no last day.
   */
  in_force: boolean;
  /**
   * The unit that is counted and priced.
   */
  unit: string;
  /**
   * Yen for one unit on the day, or by the newest row.
   */
  price: string;
  /**
   * 薬価基準収載医薬品コード.
   */
  price_code: string;
  /**
   * Whether its check digit is right.
   */
  price_code_valid: boolean;
  /**
   * YJ codes: by the HOT table, or the price list code where the product is listed by its own name.
   */
  yj: Array<string>;
  /**
   * HOT9, one for each seller.
   */
  hot9: Array<string>;
  /**
   * HOT7.
   */
  hot7: string | null;
  /**
   * 一般名コード.
   */
  generic_name_code: string | null;
  /**
   * 一般名処方の標準的な記載.
   */
  generic_name: string | null;
  /**
   * 一般名処方加算対象区分: 1 the first addition, 2 both; 0 for none.
   */
  generic_addition: number;
  /**
   * What it is beside others of its generic name.
   */
  role: DrugRole;
  /**
   * 選定療養の対象: the patient pays part of the difference on a wish for this product.
   */
  elective: boolean;
  /**
   * The code of the same product when the patient wishes it (選定療養), or of the product where this is that code.
   */
  elective_pair: string | null;
  /**
   * 剤形: 1 internal, 3 other, 4 injection, 6 external, 8 dental.
   */
  form: number;
  /**
   * 収載方式等識別, as in the master; 8 is listed under a common name.
   */
  listing_kind: number;
  /**
   * 麻薬・毒薬・覚醒剤原料・向精神薬, as in the master.
   */
  narcotic: number;
  /**
   * How sure the row is.
   */
  certainty: Certainty;
  /**
   * Prices, the oldest first.
   */
  prices: Array<DrugPrice>;
  /**
   * Sales packages, where a pack with a HOT table is loaded.
   */
  packages: Array<DrugPackage>;
};

/**
 * What a product is beside others of its generic name, as far as the drug master tells.
 */
export type DrugRole = "generic" | "long_listed" | "patient_choice" | "other";

/**
 * A price and the days on which it holds.
 */
export type DrugPrice = {
  /**
   * First day.
   */
  from: string;
  /**
   * Last day, if it ends.
   */
  last_day: string | null;
  /**
   * Yen for one unit.
   */
  price: string;
  /**
   * How sure it is.
   */
  certainty: Certainty;
  /**
   * Where it stands.
   */
  source: string;
};

/**
 * One sales package.
 */
export type DrugPackage = {
  /**
   * HOT13.
   */
  hot13: string;
  /**
   * JAN, where the table has one.
   */
  jan?: string;
  /**
   * 包装形態, such as PTP.
   */
  form?: string;
  /**
   * What one unit of the package holds (包装単位数, 包装入数), with its unit.
   */
  contents?: string;
  /**
   * How many of them, or the whole amount (包装総量数, 包装数量), with its unit.
   */
  total?: string;
  /**
   * 販売会社.
   */
  seller?: string;
  /**
   * Whether it is still made: not taken out (2) and not ended (4) by 更新区分.
   */
  current: boolean;
};

/**
 * Products that may stand for each other on a prescription by generic name.
 */
export type DrugGroup = {
  /**
   * What makes them one group.
   */
  basis: GroupBasis;
  /**
   * The code of the group: a generic name's code, or the first nine characters of the listing.
   */
  code: string;
  /**
   * 一般名処方の標準的な記載, where there is one.
   */
  name: string | null;
  /**
   * 同一剤形・規格内の最低薬価 by 一般名処方マスタ, where a pack has it.
   */
  lowest_listed: string | null;
  /**
   * The product with whose price the others are compared: the first one that the code names.
   */
  compared_with: string;
  /**
   * Whether there is a generic (後発品) among them.
   */
  has_generics: boolean;
  /**
   * The products in force on the day, the cheapest first, then the codes of a patient's wish.
   */
  members: Array<GroupMember>;
};

/**
 * Why products are one group.
 */
export type GroupBasis = "generic_name" | "price_code";

/**
 * One of them.
 */
export type GroupMember = {
  /**
   * 医薬品コード.
   */
  code: string;
  /**
   * Its name.
   */
  name: string;
  /**
   * Yen for one unit on the day.
   */
  price: string;
  /**
   * The unit.
   */
  unit: string;
  /**
   * What it is.
   */
  role: DrugRole;
  /**
   * 選定療養の対象.
   */
  elective: boolean;
  /**
   * Whether it costs less than the one it is compared with; none where their units differ, and for the code of a patient's
   * wish (選定療養), whose price is what the insurance pays.
   */
  cheaper: boolean | null;
  /**
   * Yen by which one unit costs less (or more, with a minus); none where `cheaper` is.
   */
  saves: string | null;
};

/**
 * A laboratory item by its code.
 */
export type LabCard = {
  /**
   * Of which system the code is.
   */
  system: LabSystem;
  /**
   * The code.
   */
  code: string;
  /**
   * The name of the item, where a master has the whole code.
   */
  name: string | null;
  /**
   * The unit of its result, where a master has it.
   */
  unit: string | null;
  /**
   * The axes of the code, in their order.
   */
  axes: Array<LabAxis>;
  /**
   * JLAC10 codes of a JLAC11 code.
   */
  jlac10: Array<LabLink>;
  /**
   * JLAC11 codes of products that have this JLAC10 code.
   */
  jlac11: Array<LabLink>;
  /**
   * By which procedures the item is charged.
   */
  procedures: Array<LabProcedureRow>;
  /**
   * What deserves a look.
   */
  faults: Array<CodeFault>;
};

/**
 * A system of laboratory codes.
 */
export type LabSystem = "jlac10" | "jlac11";

/**
 * One axis of a code.
 */
export type LabAxis = {
  /**
   * Which axis.
   */
  axis: LabAxisKind;
  /**
   * Its name in Japanese.
   */
  title: string;
  /**
   * The characters of the code.
   */
  code: string;
  /**
   * What they say; none when no loaded master has it.
   */
  name: string | null;
  /**
   * How sure the name is.
   */
  certainty: Certainty | null;
};

/**
 * An axis of a laboratory code.
 */
export type LabAxisKind = "analyte" | "identification" | "material" | "method" | "result" | "unit";

/**
 * A code of the other system.
 */
export type LabLink = {
  /**
   * The code.
   */
  code: string;
  /**
   * FHIR項目名称.
   */
  name: string;
  /**
   * 販売名称 of the product.
   */
  product: string;
  /**
   * 材料.
   */
  material: string;
  /**
   * 測定法.
   */
  method: string;
  /**
   * 単位.
   */
  unit: string;
};

/**
 * A procedure by which an item is charged.
 */
export type LabProcedureRow = {
  /**
   * 診療行為コード.
   */
  procedure: string;
  /**
   * Its name on the day; none when it is not in force.
   */
  name: string | null;
  /**
   * 区分番号 on the day.
   */
  fee_item: string | null;
  /**
   * How the item was found in the table.
   */
  matched: LabProcedureMatch;
  /**
   * Why: `name` (the procedure has the item's name), `abbreviation`, `part` (one figure of several), `count` (the number
   * of items decides) or `judgement`.
   */
  basis: string;
  /**
   * The same in words.
   */
  note: string;
  /**
   * Who says so: no table is published.
   */
  curator: string;
  /**
   * How sure it is.
   */
  certainty: Certainty;
  /**
   * Where the facts stand.
   */
  source: string;
};

/**
 * How an item was found in the table of procedures.
 */
export type LabProcedureMatch = "item" | "blood";

/**
 * An item that a procedure stands for.
 */
export type LabOfProcedure = {
  /**
   * The axes of the item's JLAC10 code with a `-` between them, `*` for any.
   */
  pattern: string;
  /**
   * Names of known items of this pattern, with their codes.
   */
  items: Array<LabItem>;
  /**
   * Why, as with [`LabProcedureRow`].
   */
  basis: string;
  /**
   * Who says so.
   */
  curator: string;
  /**
   * How sure it is.
   */
  certainty: Certainty;
};

/**
 * A laboratory item of the masters.
 */
export type LabItem = {
  /**
   * JLAC10.
   */
  code: string;
  /**
   * Its name.
   */
  name: string;
};

/**
 * An item of the fee schedule with its procedures.
 */
export type FeeItem = {
  /**
   * 区分番号, such as `D007` or `B001-2`; a letter alone names a part.
   */
  item: string;
  /**
   * 項番, where one was asked for.
   */
  number: number | null;
  /**
   * The procedures of the item on the day, by 項番 and code. None for a part.
   */
  procedures: Array<FeeItemProcedure>;
  /**
   * Items below it: the branches of an item (D007-2 …), or the items of a part.
   */
  below: Array<FeeItemBelow>;
};

/**
 * A procedure of an item.
 */
export type FeeItemProcedure = {
  /**
   * 診療行為コード.
   */
  code: string;
  /**
   * Its name.
   */
  name: string;
  /**
   * 項番; 0 for none.
   */
  number: number;
  /**
   * 点数識別.
   */
  point_kind: number;
  /**
   * 点数: points, yen or percent by 点数識別.
   */
  points: string;
  /**
   * How sure the row is.
   */
  certainty: Certainty;
};

/**
 * An item below another.
 */
export type FeeItemBelow = {
  /**
   * 区分番号.
   */
  item: string;
  /**
   * The name of its first procedure.
   */
  name: string;
  /**
   * How many procedures it has.
   */
  procedures: number;
};

/**
 * The comments of a procedure or a drug.
 */
export type Comments = {
  /**
   * The code.
   */
  code: string;
  /**
   * Its name.
   */
  name: string | null;
  /**
   * Whether a pack with コメント関連テーブル is loaded. The standard masters do not have it: then nothing is said here,
   * and that is not to say that no comment is asked for.
   */
  relations_loaded: boolean;
  /**
   * The conditions, in the order of the notification; each asks for one of its comments.
   */
  groups: Array<CommentGroup>;
  /**
   * What deserves a look.
   */
  faults: Array<CodeFault>;
};

/**
 * A condition, with the comments of which one satisfies it.
 */
export type CommentGroup = {
  /**
   * When a comment is asked for.
   */
  need: CommentNeed;
  /**
   * The same in Japanese.
   */
  when: string;
  /**
   * Whether a DPC hospital may leave it out.
   */
  dpc_may_omit: boolean;
  /**
   * コメント記載通知等: 1 別表Ⅰ, 5 別表Ⅱ, 6 別表Ⅲ …
   */
  notice: number;
  /**
   * 項番 of that annex.
   */
  item_no: number;
  /**
   * 区分: the item of the fee schedule.
   */
  item: string;
  /**
   * 枝番: the condition within the 項番.
   */
  branch: number;
  /**
   * The comments.
   */
  options: Array<CommentOption>;
};

/**
 * When a comment is asked for.
 */
export type CommentNeed = "charged" | "charged_inpatient" | "charged_outpatient" | "charged_times" | "not_elective" | "judgement" | "not_charged";

/**
 * One comment of a condition.
 */
export type CommentOption = {
  /**
   * コメントコード.
   */
  code: string;
  /**
   * コメント文; none when no loaded master has the comment on the day.
   */
  name: string | null;
  /**
   * What has to be given with it.
   */
  form: CommentForm | null;
  /**
   * 患者の状態コード, where the table has one.
   */
  patient_state?: number;
};

/**
 * A comment and what goes with it.
 */
export type CommentCard = {
  /**
   * コメントコード.
   */
  code: string;
  /**
   * コメント文.
   */
  name: string;
  /**
   * 選択式コメント: the notification names it for certain procedures.
   */
  selectable: boolean;
  /**
   * What has to be given with it.
   */
  form: CommentForm;
  /**
   * How sure the row is.
   */
  certainty: Certainty;
};

/**
 * What is given with a comment.
 */
export type CommentForm = {
  /**
   * パターン.
   */
  pattern: number;
  /**
   * What that pattern is, in Japanese.
   */
  title: string;
  /**
   * Whether a value has to be given.
   */
  value: boolean;
  /**
   * How many characters the value has, where that is fixed.
   */
  length: number | null;
  /**
   * An example of a value.
   */
  example: string;
  /**
   * The blanks of the text, with pattern 40 only.
   */
  blanks: Array<CommentBlank>;
};

/**
 * A blank of a text that digits fill.
 */
export type CommentBlank = {
  /**
   * カラム位置: the first character of the blank, from 1.
   */
  place: number;
  /**
   * 桁数.
   */
  digits: number;
};

/**
 * A comment as a claim prints and records it.
 */
export type ComposedComment = {
  /**
   * Whether a claim can have it so.
   */
  valid: boolean;
  /**
   * コメントコード.
   */
  code: string;
  /**
   * パターン.
   */
  pattern: number;
  /**
   * The text that is printed; empty while the value is wrong.
   */
  text: string;
  /**
   * 文字データ of the record: the value in full width.
   */
  record: string;
  /**
   * What is wrong.
   */
  faults: Array<CodeFault>;
};

/**
 * What is said of a text as a code.
 */
export type Validation = {
  /**
   * The text, cut to 40 characters.
   */
  code: string;
  /**
   * The day asked for.
   */
  date: string | null;
  /**
   * Whether nothing speaks against it: `valid` or `unlisted`.
   */
  valid: boolean;
  /**
   * The system; none when the text is written as a code of none.
   */
  system: string | null;
  /**
   * The system's Japanese name.
   */
  title: string | null;
  /**
   * How the text stands in it.
   */
  status: CodeStatus;
  /**
   * The status in words: what was expected, what was found.
   */
  message: string;
  /**
   * The code as the tables write it, when it is well formed.
   */
  canonical: string | null;
  /**
   * What it stands for.
   */
  name: string | null;
  /**
   * Its check digit, where the system has one.
   */
  check_digit: CheckDigit | null;
  /**
   * Whether a loaded table has it; none when no table of the system is loaded or there is no such table.
   */
  exists: boolean | null;
  /**
   * When it is known to be in force.
   */
  periods: Array<ValidDays>;
  /**
   * How sure its row is.
   */
  certainty: Certainty | null;
  /**
   * What may be meant or used instead, the likeliest first.
   */
  instead: Array<CodeInstead>;
  /**
   * The systems that it may be of, the likeliest first: all without a system asked for, else the others of a text that is not valid.
   */
  systems: Array<SystemReading>;
};

/**
 * How a text stands in a system.
 */
export type CodeStatus = "valid" | "unlisted" | "malformed" | "wrong_check_digit" | "unknown" | "not_in_force";

/**
 * The check digit of a code.
 */
export type CheckDigit = {
  /**
   * Whether it follows from the other digits.
   */
  right: boolean;
  /**
   * What it should be.
   */
  expected: string;
};

/**
 * Days in which a code is in force.
 */
export type ValidDays = {
  /**
   * First day.
   */
  from: string;
  /**
   * Last day, if there is one.
   */
  last_day: string | null;
};

/**
 * A code that may be meant, or used instead.
 */
export type CodeInstead = {
  /**
   * Its system.
   */
  system: string;
  /**
   * The code.
   */
  code: string;
  /**
   * What it stands for.
   */
  name: string | null;
  /**
   * Why it is named.
   */
  why: InsteadReason;
};

/**
 * Why another code is named.
 */
export type InsteadReason = "spelling" | "check_digit" | "near" | "successor" | "same_price_code" | "same_generic_name" | "other_system";

/**
 * A system that a text may be a code of.
 */
export type SystemReading = {
  /**
   * The system.
   */
  system: string;
  /**
   * Its Japanese name.
   */
  title: string;
  /**
   * How the text stands in it.
   */
  status: CodeStatus;
  /**
   * Whether a loaded table has it; none when no table of the system is loaded or there is no such table.
   */
  exists: boolean | null;
  /**
   * What it stands for there.
   */
  name: string | null;
};

/**
 * What reading files found.
 */
export type ReadReport = {
  /**
   * Each file that was read or known, in the order of reading.
   */
  files: Array<FileReport>;
  /**
   * The masters that the files give together, each with its rows and their periods.
   */
  masters: Array<JoinedMaster>;
  /**
   * What is wrong with the files: the first hundred faults.
   */
  faults: Array<FileFault>;
  /**
   * How many faults there are altogether.
   */
  fault_count: number;
  /**
   * Rows that the editions contradict, cut to what is sure.
   */
  doubts: Array<Doubt>;
};

/**
 * A master that the files give together.
 */
export type JoinedMaster = {
  /**
   * Which master, in English.
   */
  table: string;
  /**
   * What its publisher calls it.
   */
  title: string;
  /**
   * Rows with their periods.
   */
  rows: number;
};

/**
 * What was found in one file.
 */
export type FileReport = {
  /**
   * File name without its folder; a file in an archive has the archive's name before it.
   */
  file: string;
  /**
   * Which master, in English; none when the layout is unknown or not read.
   */
  kind: string | null;
  /**
   * What the publisher calls it; empty when unknown.
   */
  title: string;
  /**
   * Date of the edition, from the file name.
   */
  edition: string | null;
  /**
   * Columns of each row.
   */
  columns: number;
  /**
   * Rows in the file, good or not.
   */
  rows: number;
  /**
   * Newest 変更年月日.
   */
  newest: string | null;
  /**
   * Faults in the file.
   */
  faults: number;
  /**
   * Why the file was not read although its layout is known.
   */
  skipped: string | null;
  /**
   * SHA-256 of the bytes, in hexadecimal.
   */
  sha256: string;
};

/**
 * One fault in one place of one file.
 */
export type FileFault = {
  /**
   * File name with the folder or archive that it stands in.
   */
  file: string;
  /**
   * Line in the file, from 1; 0 when the fault is of the whole file.
   */
  line: number;
  /**
   * Column from 1, and its name; none when the fault is of the whole line.
   */
  column: [number, string] | null;
  /**
   * What is wrong.
   */
  kind: FileFaultKind;
  /**
   * What was expected there.
   */
  expected: string;
  /**
   * What was found, cut to 60 characters.
   */
  got: string;
};

/**
 * What can be wrong with a file.
 */
export type FileFaultKind = "unknown_layout" | "unreadable" | "encoding" | "column_count" | "truncated" | "number" | "date" | "code" | "value" | "length" | "duplicate";

/**
 * A row that the editions themselves contradict, and what was done about it.
 */
export type Doubt = {
  /**
   * The master.
   */
  kind: string;
  /**
   * The code.
   */
  code: string;
  /**
   * The first day of the row.
   */
  from: string;
  /**
   * The last day on which the row is sure; the days after it are a gap.
   */
  sure_to: string;
  /**
   * Why it is not sure for longer, and what would settle it.
   */
  why: string;
};

/**
 * How far reading has come.
 */
export type ReadStep = { "step": "reading", 
/**
 * Its name.
 */
file: string, 
/**
 * Its size.
 */
bytes: number, } | { "step": "read", 
/**
 * What was found.
 */
report: FileReport, } | { "step": "joining", 
/**
 * The master.
 */
kind: string, 
/**
 * How many editions there are.
 */
editions: number, };
