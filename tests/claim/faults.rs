//! One fault each in a good file: it is found, at its line, and nothing else is.

use crate::{
    found, found_with_points,
    good::{File, fields},
};

/// Its name, the rule that finds it, the line at which, and what is done to the file.
type Fault = (&'static str, &'static str, &'static str, fn(&mut File));

impl File {
    fn remove(&mut self, name: &str) {
        let line = self.line(name) - 1;
        self.lines.remove(line);
    }

    /// Puts a line behind another.
    fn insert(&mut self, behind: &str, name: &str, text: &str) {
        let line = self.line(behind);
        self.lines.insert(line, (name.to_owned(), fields(text)));
    }

    fn swap(&mut self, one: &str, other: &str) {
        let (one, other) = (self.line(one) - 1, self.line(other) - 1);
        self.lines.swap(one, other);
    }

    fn repeat(&mut self, name: &str) {
        let line = self.line(name);
        let mut copy = self.lines[line - 1].clone();
        copy.0 = "copy".to_owned();
        self.lines.insert(line, copy);
    }
}

const FAULTS: &[Fault] = &[
    // The facility.
    ("agency that does not exist", "field.code", "ir", |f| f.set("ir", 2, "3")),
    ("no agency", "field.required", "ir", |f| f.set("ir", 2, "")),
    ("prefecture 48", "field.range", "ir", |f| f.set("ir", 3, "48")),
    ("prefecture of one digit", "field.length", "ir", |f| f.set("ir", 3, "1")),
    ("fee table 9", "field.code", "ir", |f| f.set("ir", 4, "9")),
    ("institution of six digits", "field.length", "ir", |f| f.set("ir", 5, "123456")),
    ("institution with a letter", "field.form", "ir", |f| f.set("ir", 5, "12345A7")),
    ("something in a spare field", "field.spare", "ir", |f| f.set("ir", 6, "00")),
    ("half-width name of the facility", "text.width", "ir", |f| f.set("ir", 7, "Clinic")),
    ("name of the facility of 42 bytes", "field.length", "ir", |f| f.set("ir", 7, &"院".repeat(21))),
    ("month 13 of the claim", "field.date", "ir", |f| f.set("ir", 8, "202613")),
    ("month of the claim with five digits", "field.form", "ir", |f| f.set("ir", 8, "20266")),
    ("month of the claim with the era of 令和", "field.form", "ir", |f| f.set("ir", 8, "50806")),
    ("volume of one digit", "field.length", "ir", |f| f.set("ir", 9, "0")),
    ("full-width telephone number", "text.width", "ir", |f| f.set("ir", 10, "０３")),
    ("telephone number of 16 bytes", "field.length", "ir", |f| f.set("ir", 10, "0312345678901234")),
    ("facility without its last field", "record.fields", "ir", |f| {
        f.lines[0].1.pop();
    }),
    // The claim.
    ("number out of turn", "claim.number", "c.re", |f| f.set("c.re", 2, "30")),
    ("number with a zero before it", "field.zeros", "c.re", |f| f.set("c.re", 2, "03")),
    ("number 0", "field.range", "a.re", |f| f.set("a.re", 2, "0")),
    ("reading of the name in hiragana", "text.kana", "a.re", |f| f.set("a.re", 37, "やまだたろう")),
    ("reading with a blank between the names", "text.kana", "a.re", |f| f.set("a.re", 37, "ヤマダ　タロウ")),
    ("meals of an outpatient", "claim.inpatient", "a.ho", |f| f.set("a.ho", 8, "3")),
    ("meals of an outpatient with their amount", "claim.inpatient", "b.ko", |f| {
        f.set("b.ko", 11, "3");
        f.set("b.ko", 12, "2070");
    }),
    ("modifiers in the wrong order", "modifier.order", "a.sy2", |f| f.set("a.sy2", 5, "80022056")),
    ("type that does not exist", "claim.type", "a.re", |f| f.set("a.re", 3, "1162")),
    ("type of dentistry", "claim.type", "a.re", |f| f.set("a.re", 3, "3112")),
    ("type of three digits", "field.length", "a.re", |f| f.set("a.re", 3, "112")),
    ("type with a public payer that is not there", "claim.payers", "a.re", |f| f.set("a.re", 3, "1122")),
    ("type without a public payer that is there", "claim.payers", "b.re", |f| f.set("b.re", 3, "1112")),
    ("type of the preschool for an adult", "claim.age", "a.re", |f| f.set("a.re", 3, "1114")),
    ("type of the aged for an adult", "claim.age", "a.re", |f| f.set("a.re", 3, "1118")),
    ("type of the insured for a child", "claim.age", "e.re", |f| f.set("e.re", 3, "1112")),
    ("birth of a child on a claim of an adult", "claim.age", "a.re", |f| f.set("a.re", 7, "20240401")),
    ("birth of an adult among the late elderly", "claim.age", "g.re", |f| f.set("g.re", 7, "19800101")),
    ("month of service after the month of the claim", "claim.month", "c.re", |f| f.set("c.re", 4, "202607")),
    ("month of service with letters", "field.form", "d.re", |f| f.set("d.re", 4, "2026MA")),
    ("month 00 of service", "field.date", "d.re", |f| f.set("d.re", 4, "202600")),
    ("no name", "field.required", "a.re", |f| f.set("a.re", 5, "")),
    ("name of both widths", "text.width", "a.re", |f| f.set("a.re", 5, "山田 TARO")),
    ("name with a blank at its end", "text.blanks", "a.re", |f| f.set("a.re", 5, "山田　")),
    ("name of 42 bytes", "field.length", "a.re", |f| f.set("a.re", 5, &"山".repeat(21))),
    ("name with a quotation mark", "text.quote", "d.re", |f| f.set("d.re", 5, "TANA\"KA")),
    ("name with a control character", "text.control", "d.re", |f| f.set("d.re", 5, "TANA\tKA")),
    ("sex 3", "field.code", "a.re", |f| f.set("a.re", 6, "3")),
    ("no sex", "field.required", "a.re", |f| f.set("a.re", 6, "")),
    ("birth on 30 February", "field.date", "a.re", |f| f.set("a.re", 7, "19800230")),
    ("birth with an era", "field.form", "a.re", |f| f.set("a.re", 7, "3550401")),
    ("birth after the month", "claim.birth", "d.re", |f| f.set("d.re", 7, "20260601")),
    ("birth 150 years before", "claim.birth", "d.re", |f| f.set("d.re", 7, "18760505")),
    ("benefit rate of 110", "field.range", "a.re", |f| f.set("a.re", 8, "110")),
    ("day of admission of an outpatient", "claim.admission", "a.re", |f| f.set("a.re", 9, "20260501")),
    ("inpatient without a day of admission", "claim.admission", "f.re", |f| f.set("f.re", 9, "")),
    ("admission after the month", "claim.admission", "f.re", |f| f.set("f.re", 9, "20260601")),
    ("ward that does not exist", "field.code", "f.re", |f| f.set("f.re", 10, "09")),
    ("copay class 5", "field.code", "f.re", |f| f.set("f.re", 11, "5")),
    ("remark code that does not exist", "field.code", "a.re", |f| f.set("a.re", 12, "99")),
    ("remark codes of an odd length", "field.length", "a.re", |f| f.set("a.re", 12, "290")),
    ("remark code twice", "notes.repeated", "a.re", |f| f.set("a.re", 12, "0202")),
    ("two income classes", "notes.ceiling", "a.re", |f| f.set("a.re", 12, "2829")),
    ("remark code that ended", "notes.ended", "a.re", |f| f.set("a.re", 12, "17")),
    ("six remark codes", "field.length", "a.re", |f| f.set("a.re", 12, "010203040710")),
    ("beds with letters", "field.form", "f.re", |f| f.set("f.re", 13, "5O")),
    ("full-width chart number", "text.width", "a.re", |f| f.set("a.re", 14, "１２")),
    ("department that does not exist", "field.code", "a.re", |f| f.set("a.re", 22, "29")),
    ("half-width kana", "text.width", "a.re", |f| f.set("a.re", 37, "ﾔﾏﾀﾞ")),
    ("patient status of four digits", "field.length", "a.re", |f| f.set("a.re", 38, "0011")),
    ("claim with a field too many", "record.fields", "a.re", |f| f.lines[1].1.push(String::new())),
    // The insurer.
    ("insurer's check digit", "number.insurer", "a.ho", |f| f.set("a.ho", 2, "01130013")),
    ("insurer of seven digits", "field.length", "a.ho", |f| f.set("a.ho", 2, "0113001")),
    ("insurer with a letter", "field.form", "a.ho", |f| f.set("a.ho", 2, "0113001A")),
    ("no insurer number", "field.required", "a.ho", |f| f.set("a.ho", 2, "")),
    ("insurer of the late elderly on an ordinary claim", "insurer.class", "a.ho", |f| f.set("a.ho", 2, "39130018")),
    ("ordinary insurer on a claim of the late elderly", "insurer.class", "g.ho", |f| f.set("g.ho", 2, "01130012")),
    ("insurance that does not exist", "insurer.law", "a.ho", |f| f.set("a.ho", 2, "21136015")),
    ("municipality's insurer to the wrong agency", "insurer.agency", "a.ho", |f| f.set("a.ho", 2, "  138057")),
    ("employees' insurer to the wrong agency", "insurer.agency", "h.ho", |f| f.set("h.ho", 2, "01130012")),
    ("symbol of both widths", "text.width", "a.ho", |f| f.set("a.ho", 3, "１2")),
    ("no number of the insured", "field.required", "a.ho", |f| f.set("a.ho", 4, "")),
    ("actual days fewer than visits", "days.few", "h.ho", |f| f.set("h.ho", 5, "0")),
    ("more actual days than anything was done", "days.many", "b.ho", |f| f.set("b.ho", 5, "2")),
    ("no actual days", "field.required", "b.ho", |f| f.set("b.ho", 5, "")),
    ("32 actual days", "days.many", "f.ho", |f| f.set("f.ho", 5, "32")),
    ("total of the insurer", "sum.points", "b.ho", |f| f.set("b.ho", 6, "146")),
    ("total of the insurer with a zero before it", "field.zeros", "b.ho", |f| f.set("b.ho", 6, "0145")),
    ("no total", "field.required", "b.ho", |f| f.set("b.ho", 6, "")),
    ("total with a minus", "field.form", "b.ho", |f| f.set("b.ho", 6, "-145")),
    ("amount of meals", "sum.meals", "f.ho", |f| f.set("f.ho", 9, "4141")),
    ("amount of meals where there are none", "sum.meals", "b.ho", |f| f.set("b.ho", 9, "690")),
    ("reason 4 of duty", "field.code", "a.ho", |f| f.set("a.ho", 10, "4")),
    ("relief 4", "field.code", "a.ho", |f| f.set("a.ho", 13, "4")),
    ("no insurer", "claim.payers", "a.re", |f| {
        f.remove("a.ho");
    }),
    ("two insurers", "record.repeated", "copy", |f| f.repeat("b.ho")),
    ("insurer on a claim of a public payer alone", "claim.payers", "x", |f| {
        f.insert("d.re", "x", "HO 2=01130012 4=１ 5=1 6=0")
    }),
    // Public payers.
    ("public payer's check digit", "number.payer", "b.ko", |f| f.set("b.ko", 2, "54136016")),
    ("local public payer's check digit", "number.payer_local", "c.ko2", |f| f.set("c.ko2", 2, "83136011")),
    ("public payer of seven digits", "field.length", "b.ko", |f| f.set("b.ko", 2, "5413601")),
    ("public payer with a blank", "field.form", "b.ko", |f| f.set("b.ko", 2, " 4136015")),
    ("recipient's check digit", "number.recipient", "b.ko", |f| f.set("b.ko", 3, "1234567")),
    ("recipient of six digits", "number.recipient", "b.ko", |f| f.set("b.ko", 3, "123456")),
    ("recipient of eight digits", "field.length", "b.ko", |f| f.set("b.ko", 3, "12345666")),
    ("no recipient", "number.recipient_missing", "b.ko", |f| f.set("b.ko", 3, "")),
    ("total of the public payer", "sum.points", "b.ko", |f| f.set("b.ko", 6, "126")),
    ("total of the public payer alone", "sum.points", "d.ko", |f| f.set("d.ko", 6, "74")),
    ("actual days of the public payer", "days.few", "b.ko", |f| f.set("b.ko", 5, "0")),
    ("public payers out of order", "payer.order", "c.ko2", |f| {
        f.set("c.ko1", 2, "12136016");
        f.set("c.ko2", 2, "54136015");
    }),
    ("the same public payer twice", "payer.repeated", "c.ko2", |f| {
        f.set("c.ko2", 2, "54136015");
        f.set("c.ko2", 3, "1234566");
    }),
    ("a public payer is missing", "claim.payers", "b.re", |f| f.remove("b.ko")),
    ("five public payers", "record.repeated", "x3", |f| {
        f.set("c.re", 3, "1152");
        for (behind, name, number) in [("c.ko2", "x1", "83136028"), ("x1", "x2", "83136036"), ("x2", "x3", "83136044")]
        {
            f.insert(behind, name, &format!("KO 2={number} 3=1234566 5=0 6=0"));
        }
    }),
    // Eligibility and days of visits.
    ("eligibility of a payer that is not there", "eligibility.payer", "a.sn", |f| f.set("a.sn", 2, "2")),
    ("eligibility of payer 6", "field.code", "a.sn", |f| f.set("a.sn", 2, "6")),
    ("eligibility twice", "eligibility.repeated", "copy", |f| f.repeat("a.sn")),
    ("confirmation of the agency", "eligibility.kind", "a.sn", |f| f.set("a.sn", 3, "04")),
    ("confirmation that does not exist", "field.code", "a.sn", |f| f.set("a.sn", 3, "10")),
    ("branch of one digit", "field.length", "a.sn", |f| f.set("a.sn", 7, "0")),
    ("days of visits of a payer that is not there", "visits.payer", "a.jd", |f| f.set("a.jd", 2, "3")),
    ("a day of a visit too few", "visits.days", "a.jd", |f| f.set("a.jd", 9, "")),
    ("a kind of visit that does not exist", "field.code", "a.jd", |f| f.set("a.jd", 9, "3")),
    ("actual days beside the days of visits", "visits.days", "a.ho", |f| f.set("a.ho", 5, "3")),
    ("window class that does not exist", "field.code", "a.mf", |f| f.set("a.mf", 2, "05")),
    ("something in a spare field of the window payment", "field.spare", "a.mf", |f| f.set("a.mf", 3, "1")),
    // Diseases.
    ("disease of six digits", "field.length", "a.sy1", |f| f.set("a.sy1", 2, "883342")),
    ("disease that does not exist", "code.unknown", "a.sy1", |f| f.set("a.sy1", 2, "1234567")),
    ("no day on which it began", "field.required", "a.sy1", |f| f.set("a.sy1", 3, "")),
    ("disease begun after the month", "disease.begun", "a.sy1", |f| f.set("a.sy1", 3, "20260601")),
    ("disease begun before birth", "disease.begun", "a.sy1", |f| f.set("a.sy1", 3, "19790101")),
    ("disease begun on the 32nd", "field.date", "a.sy1", |f| f.set("a.sy1", 3, "20260532")),
    ("outcome 5", "field.code", "a.sy1", |f| f.set("a.sy1", 4, "5")),
    ("modifier of three digits", "field.length", "a.sy2", |f| f.set("a.sy2", 5, "800")),
    ("modifier that does not exist", "code.unknown", "a.sy2", |f| f.set("a.sy2", 5, "7999")),
    ("modifier twice", "modifier.repeated", "a.sy2", |f| f.set("a.sy2", 5, "80028002")),
    ("21 modifiers", "field.length", "a.sy2", |f| f.set("a.sy2", 5, &"8002".repeat(21))),
    ("no name without a code", "disease.name", "a.sy3", |f| f.set("a.sy3", 6, "")),
    ("a name beside a code", "disease.name", "a.sy1", |f| f.set("a.sy1", 6, "高血圧")),
    ("main disease 1", "field.code", "a.sy1", |f| f.set("a.sy1", 7, "1")),
    ("half-width remark on a disease", "text.width", "a.sy2", |f| f.set("a.sy2", 8, "note")),
    ("disease that needs a modifier", "disease.alone", "a.sy1", |f| f.set("a.sy1", 2, "7098021")),
    ("disease that no claim may name", "disease.claim", "a.sy1", |f| f.set("a.sy1", 2, "9999701")),
    ("a woman's disease of a man", "disease.sex", "a.sy1", |f| f.set("a.sy1", 2, "6430002")),
    ("a man's disease of a woman", "disease.sex", "b.sy", |f| f.set("b.sy", 2, "8836591")),
    ("the same disease twice", "disease.repeated", "copy", |f| f.repeat("b.sy")),
    ("no disease", "claim.no_disease", "b.re", |f| f.remove("b.sy")),
    // Procedures.
    ("section that does not exist", "field.code", "a.si3", |f| f.set("a.si3", 2, "61")),
    ("no section on the first line", "detail.section", "b.si1", |f| f.set("b.si1", 2, "")),
    ("section of inpatients", "claim.inpatient", "a.si3", |f| f.set("a.si3", 2, "92")),
    ("no payers of a line", "field.required", "a.si3", |f| f.set("a.si3", 3, "")),
    ("payers that do not exist", "field.code", "a.si3", |f| f.set("a.si3", 3, "8")),
    ("a payer that the claim does not have", "detail.payer", "a.si3", |f| f.set("a.si3", 3, "2")),
    ("an insurer that the claim does not have", "detail.payer", "d.si", |f| f.set("d.si", 3, "2")),
    ("other payers within a group", "detail.mix", "x", |f| {
        f.insert("b.iy", "x", "IY 3=1 4=620000348 5=0.1 6=1 7=1 d10=1");
        f.insert("b.iy", "y", "IY 3=1 4=620000348 5=0.1 6=1 7=1 d10=1");
        f.set("x", 3, "2");
    }),
    ("revisit fee that does not exist, on which another fee depends", "code.unknown", "a.si1", |f| {
        f.set("a.si1", 4, "112999910");
    }),
    ("code of eight digits", "field.length", "a.si3", |f| f.set("a.si3", 4, "16000801")),
    ("code of a drug on a procedure", "detail.kind", "a.si3", |f| f.set("a.si3", 4, "610406388")),
    ("code of a procedure that does not exist", "code.unknown", "a.si3", |f| f.set("a.si3", 4, "169999910")),
    ("code of the next revision", "code.period", "c.si", |f| f.set("c.si", 4, "111704070")),
    ("code of the revision before", "code.period", "c.si", |f| f.set("c.si", 4, "111703170")),
    ("code of inpatients", "code.setting", "a.si3", |f| f.set("a.si3", 4, "120001710")),
    ("code of inpatients in a section of inpatients", "claim.inpatient", "a.si3", |f| {
        f.set("a.si3", 2, "90");
        f.set("a.si3", 4, "190077410");
    }),
    ("code of outpatients on an inpatient claim", "code.setting", "f.si1", |f| f.set("f.si1", 4, "112011010")),
    ("code of a child for an adult", "code.age", "b.si2", |f| f.set("b.si2", 4, "111000370")),
    ("code of clinics for a hospital", "code.facility", "f.si1", |f| f.set("f.si1", 4, "111012470")),
    ("a man's operation of a woman", "code.sex", "b.si2", |f| f.set("b.si2", 4, "150207210")),
    ("quantity where none is counted", "quantity.unused", "a.si3", |f| f.set("a.si3", 5, "2")),
    ("no quantity", "quantity.missing", "a.si7", |f| f.set("a.si7", 5, "")),
    ("quantity of nothing", "quantity.zero", "a.si7", |f| f.set("a.si7", 5, "0")),
    ("quantity with decimals", "field.form", "a.si7", |f| f.set("a.si7", 5, "1.5")),
    ("no points behind a unit", "detail.points", "a.si6", |f| f.set("a.si6", 6, "")),
    ("points with letters", "field.form", "a.si3", |f| f.set("a.si3", 6, "2l")),
    ("points of eight digits", "field.length", "a.si3", |f| f.set("a.si3", 6, "10000021")),
    ("points that change the total", "sum.points", "d.ko", |f| f.set("d.si", 6, "76")),
    ("no count", "field.required", "a.si3", |f| f.set("a.si3", 7, "")),
    ("count of 0", "field.range", "a.si3", |f| f.set("a.si3", 7, "0")),
    ("count that is not the sum of the days", "detail.count", "a.si1", |f| f.set("a.si1", 7, "3")),
    ("a day is missing", "detail.count", "a.si1", |f| f.set("a.si1", 34, "")),
    ("counts that differ within a unit", "detail.counts", "a.si5", |f| {
        f.set("a.si5", 7, "2");
        f.set("a.si5", 34, "2");
    }),
    ("days that differ within a unit", "detail.days", "a.si5", |f| {
        f.set("a.si5", 34, "");
        f.set("a.si5", 20, "1");
    }),
    ("31 April", "days.month", "d.si", |f| {
        f.set("d.si", 44, "1");
        f.set("d.si", 7, "2");
    }),
    ("section of another code", "code.section", "a.si3", |f| f.set("a.si3", 2, "70")),
    ("count of a day with letters", "field.form", "a.si3", |f| f.set("a.si3", 20, "x")),
    ("99 lines without a section", "detail.run", "x", |f| {
        for _ in 0..99 {
            f.insert("a.si5", "x", "SI 3=1 4=160017410 7=1 d21=1");
        }
        let last = f.line("a.si5") + 99 - 1;
        f.lines.iter_mut().filter(|(name, _)| name == "x").for_each(|(name, _)| "y".clone_into(name));
        "x".clone_into(&mut f.lines[last].0);
    }),
    ("line with a field too few", "record.fields", "a.si3", |f| {
        let line = f.line("a.si3") - 1;
        f.lines[line].1.pop();
    }),
    ("line with a comma in a text", "record.fields", "a.co1", |f| f.set("a.co1", 5, "１日,１回")),
    // Drugs and materials.
    ("no amount of a drug", "quantity.missing", "b.iy", |f| f.set("b.iy", 5, "")),
    ("amount of a drug of nothing", "quantity.zero", "b.iy", |f| f.set("b.iy", 5, "0")),
    ("amount with zeros behind it", "field.zeros", "b.iy", |f| f.set("b.iy", 5, "10.0")),
    ("amount with six decimals", "field.length", "b.iy", |f| f.set("b.iy", 5, "0.123456")),
    ("amount with two points", "field.form", "b.iy", |f| f.set("b.iy", 5, "1.2.3")),
    ("drug that does not exist", "code.unknown", "b.iy", |f| f.set("b.iy", 4, "699999999")),
    ("ointment among internal drugs", "drug.section", "b.iy", |f| f.set("b.iy", 2, "21")),
    ("ointment among injections", "drug.section", "b.iy", |f| f.set("b.iy", 2, "33")),
    ("material that does not exist", "code.unknown", "a.to1", |f| f.set("a.to1", 4, "799999999")),
    ("no amount of a material", "quantity.missing", "a.to1", |f| f.set("a.to1", 5, "")),
    ("unit of two digits", "field.length", "a.to1", |f| f.set("a.to1", 8, "06")),
    ("unit that does not exist", "field.range", "a.to1", |f| f.set("a.to1", 8, "099")),
    ("unit of another material", "material.unit", "a.to1", |f| f.set("a.to1", 8, "033")),
    ("material without the price that was paid", "material.price", "a.to1", |f| f.set("a.to1", 4, "700590000")),
    ("price with three decimals", "field.length", "a.to1", |f| f.set("a.to1", 9, "120.123")),
    ("half-width product", "text.width", "a.to1", |f| f.set("a.to1", 11, "film")),
    // Comments and symptoms.
    ("comment that does not exist", "code.unknown", "a.co1", |f| f.set("a.co1", 4, "819999998")),
    ("comment with a code of a procedure", "detail.kind", "a.co1", |f| f.set("a.co1", 4, "112007410")),
    ("comment without its text", "comment.text", "a.co1", |f| f.set("a.co1", 5, "")),
    ("half-width comment", "text.width", "a.co1", |f| f.set("a.co1", 5, "once a day")),
    ("comment of 78 bytes", "field.length", "a.co1", |f| f.set("a.co1", 5, &"朝".repeat(39))),
    ("comment with one digit of two", "comment.text", "a.co2", |f| f.set("a.co2", 5, "２")),
    ("comment with a day that does not exist", "comment.text", "a.co3", |f| f.set("a.co3", 5, "５０８１３０１")),
    ("comment with an era that does not exist", "comment.text", "a.co3", |f| f.set("a.co3", 5, "６０８０５０１")),
    ("text where the comment says it all", "comment.text", "a.co1", |f| f.set("a.co1", 4, "820000001")),
    ("comment beside a drug without its code", "comment.code", "a.iy1", |f| f.set("a.iy1", 8, "")),
    ("comment beside a drug without its text", "comment.text", "a.iy1", |f| f.set("a.iy1", 9, "")),
    ("comment beside a drug with a code of a drug", "comment.code", "a.iy1", |f| f.set("a.iy1", 8, "610406388")),
    ("comment with blanks at its end", "text.blanks", "a.co1", |f| f.set("a.co1", 5, "朝食後　")),
    ("symptom that does not exist", "field.code", "a.sj1", |f| f.set("a.sj1", 2, "08")),
    ("symptom without a text", "field.required", "a.sj1", |f| f.set("a.sj1", 3, "")),
    ("first symptom without its kind", "symptom.kind", "a.sj1", |f| f.set("a.sj1", 2, "")),
    // Order and presence.
    ("record that does not exist", "record.unknown", "a.si3", |f| f.set("a.si3", 1, "SX")),
    ("record in small letters", "record.unknown", "a.si3", |f| f.set("a.si3", 1, "si")),
    ("disease behind the procedures", "record.order", "b.si1", |f| f.swap("b.sy", "b.si1")),
    ("insurer behind the public payer", "record.order", "b.ko", |f| f.swap("b.ho", "b.ko")),
    ("symptoms before the procedures", "record.order", "a.sj1", |f| {
        let (from, to) = (f.line("a.sj1") - 1, f.line("a.si1") - 1);
        let line = f.lines.remove(from);
        f.lines.insert(to, line);
    }),
    ("claim and insurer the wrong way round", "record.order", "c.ho", |f| f.swap("c.re", "c.ho")),
    ("first claim and insurer the wrong way round", "record.order", "a.ho", |f| f.swap("a.re", "a.ho")),
    ("facility behind the first claim's record", "record.order", "a.ho", |f| f.swap("ir", "a.re")),
    ("total before the last line", "record.order", "f.si3", |f| f.swap("f.si3", "go")),
    ("claim of one record", "claim.no_detail", "b.re", |f| f.repeat("b.re")),
    ("claim without anything done", "claim.no_detail", "d.re", |f| f.remove("d.si")),
    ("no record of the claim", "record.order", "c.ho", |f| f.remove("c.re")),
    ("no facility", "file.no_facility", "a.re", |f| f.remove("ir")),
    ("no total of the last facility", "file.no_total", "h.si", |f| f.remove("go2")),
    ("two totals", "record.repeated", "copy", |f| f.repeat("go2")),
    ("a claim is missing", "claim.number", "d.re", |f| {
        let (from, to) = (f.line("c.re") - 1, f.line("d.re") - 1);
        f.lines.drain(from..to);
    }),
    ("total before the last claim", "record.order", "go2", |f| {
        let (from, to) = (f.line("go2") - 1, f.line("h.re") - 1);
        let line = f.lines.remove(from);
        f.lines.insert(to, line);
    }),
    ("an old record", "", "x", |f| f.lines.insert(1, ("x".to_owned(), vec!["KH".to_owned(), "free".to_owned()]))),
    ("a claim's first record is missing behind symptoms", "record.order", "b.ho", |f| f.remove("b.re")),
    ("the second facility is missing", "file.no_facility", "g.re", |f| f.remove("ir2")),
    ("month of the claim before those of all claims", "claim.month", "ir", |f| f.set("ir", 8, "202602")),
    // What contradicts what: the setting, meals, days, payers.
    ("type of inpatients for visits", "claim.admission", "a.re", |f| f.set("a.re", 3, "1111")),
    ("type of outpatients for a stay", "claim.admission", "f.re", |f| f.set("f.re", 3, "1112")),
    ("type of the aged in hospital for an adult's visits", "claim.age", "a.re", |f| f.set("a.re", 3, "1119")),
    ("admission before birth", "claim.admission", "f.re", |f| f.set("f.re", 9, "19690101")),
    ("ward of an outpatient", "claim.inpatient", "a.re", |f| f.set("a.re", 10, "01")),
    ("payment in hospital of an outpatient", "claim.inpatient", "b.ko", |f| f.set("b.ko", 9, "100")),
    ("reason outside DPC of an outpatient", "claim.inpatient", "x", |f| f.insert("a.mf", "x", "GR 2=03")),
    ("number of meals", "sum.meals", "f.ho", |f| f.set("f.ho", 8, "5")),
    ("no number of meals", "sum.meals", "f.ho", |f| f.set("f.ho", 8, "")),
    ("class of the late elderly for an adult", "notes.elderly", "a.re", |f| f.set("a.re", 12, "41")),
    ("prefecture 99 of an insurer", "insurer.prefecture", "h.ho", |f| f.set("h.ho", 2, "  998054")),
    ("part of a relief without its kind", "field.required", "a.ho", |f| f.set("a.ho", 14, "50")),
    ("public payer of zeros", "payer.law", "b.ko", |f| f.set("b.ko", 2, "00000000")),
    ("insurer as a public payer", "payer.law", "b.ko", |f| f.set("b.ko", 2, "01130012")),
    ("national programme behind a local one", "payer.order", "c.ko1", |f| f.swap("c.ko1", "c.ko2")),
    ("days of visits twice", "visits.repeated", "copy", |f| f.repeat("a.jd")),
    ("a visit on a day without one", "visits.days", "a.jd", |f| {
        f.set("a.jd", 23, "");
        f.set("a.jd", 24, "1");
    }),
    ("a kind of visit of the agency", "visits.kind", "a.jd", |f| f.set("a.jd", 10, "9")),
    ("half-width digits in a comment", "text.width", "a.co3", |f| f.set("a.co3", 5, "5080501")),
    ("half-width digits as a disease", "text.width", "a.sy3", |f| f.set("a.sy3", 6, "123")),
    ("comment with a year that its era does not have", "comment.text", "a.co3", |f| {
        f.set("a.co3", 5, "３６５０１０１")
    }),
    ("points of a film", "points.table", "a.to1", |f| f.set("a.to1", 6, "13")),
    // Totals of the file.
    ("number of claims", "sum.claims", "go", |f| f.set("go", 2, "8")),
    ("total of all claims", "sum.total", "go", |f| f.set("go", 3, "1520")),
    ("number of claims of the second facility", "sum.claims", "go2", |f| f.set("go2", 2, "3")),
    ("number of claims with a zero before it", "field.zeros", "go", |f| f.set("go", 2, "09")),
    ("no number of claims", "field.required", "go", |f| f.set("go", 2, "")),
    ("volume of three digits", "field.length", "go", |f| f.set("go", 4, "999")),
];

#[test]
fn each_fault_is_found_at_its_line_and_nothing_else_is() {
    let mut wrong = Vec::new();
    for (name, rule, line, change) in FAULTS {
        let mut file = File::good();
        change(&mut file);
        let expected: Vec<(&str, u64)> =
            if rule.is_empty() { Vec::new() } else { vec![(*rule, file.line(line) as u64)] };
        // Recomputed, points that are wrong are found where they stand.
        let points = match *name {
            "points that change the total" => vec![("points.revision", file.line("d.si") as u64)],
            _ => expected.clone(),
        };
        // Without their points nothing but the total shows them.
        let expected = if *rule == "points.table" { vec![("sum.points", file.line("a.ho") as u64)] } else { expected };
        let recomputed = found_with_points(&file.bytes());
        if recomputed != points {
            wrong.push(format!("{name}, recomputed: expected {points:?}, found {recomputed:?}"));
        }
        for found in [found(&file.bytes()), found(file.text().as_bytes())] {
            if found != expected {
                wrong.push(format!("{name}: expected {expected:?}, found {found:?}"));
                break;
            }
        }
    }
    assert!(FAULTS.len() >= 120, "{} kinds", FAULTS.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), FAULTS.len(), wrong.join("\n"));
    println!("{} kinds of faults", FAULTS.len());
}
