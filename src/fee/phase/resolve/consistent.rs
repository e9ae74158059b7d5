//! Whether a facility and a visit say nothing of themselves that cannot be.

use core::fmt;

use super::Resolver;
use crate::fee::{
    encounter::{Consultation, FacilityKind, HospitalFee, Visit},
    refusal::{InputError, InputErrorKind},
};

/// Codes of facility standards (施設基準コード) have four digits.
const MAX_REGISTRATIONS: usize = 9_999;

impl Resolver<'_> {
    /// General beds are some of the permitted ones; a registration is one of a facility standard.
    pub(super) fn facility(&mut self) {
        let facility = &self.encounter.facility;
        if let (Some(general), Some(permitted)) = (facility.general_beds, facility.permitted_beds)
            && general > permitted
        {
            let message = "a facility has no more general beds (一般病床) than permitted ones (許可病床)";
            let error = InputError::new("facility.permitted_beds", InputErrorKind::Contradiction, message);
            self.errors.push(error.expected(format!("{general} or more"), permitted.to_string()));
        }
        let registrations = facility.registrations.as_deref().unwrap_or_default();
        if registrations.len() > MAX_REGISTRATIONS {
            let message = "more registrations than there are codes of facility standards";
            let error = InputError::new("facility.registrations", InputErrorKind::TooMuch, message);
            self.errors.push(error.expected(format!("at most {MAX_REGISTRATIONS}"), registrations.len().to_string()));
            return;
        }
        // Which of the codes there are is another question: the standard masters have but those that clinics use.
        let wrong = |(_, code): &(usize, &u32)| !(1..=MAX_REGISTRATIONS).contains(&(**code as usize));
        for (place, code) in registrations.iter().enumerate().filter(wrong) {
            let path = format!("facility.registrations[{place}]");
            let error =
                InputError::new(path, InputErrorKind::UnknownCode, "no facility standard (施設基準) has this code");
            self.errors.push(error.expected("a code of one to four digits", code.to_string()));
        }
    }

    /// What a visit says of itself must fit together.
    pub(super) fn consistent(&mut self, path: fmt::Arguments<'_>, visit: &Visit) {
        let facility = &self.encounter.facility;
        let mut say = |field: &str, message: &str, help: &str| {
            let error = InputError::new(format!("{path}.{field}"), InputErrorKind::Contradiction, message);
            self.errors.push(error.help(help));
        };
        let phone = matches!(visit.consultation, Consultation::PhoneRevisit | Consultation::SameDayPhoneRevisit);
        if visit.telemedicine && phone {
            say("telemedicine", "a revisit by telephone is not one by video", "leave one of the two out");
        }
        if visit.consultation == Consultation::None {
            let said = [
                ("time_class", !visit.time_class.is_in_hours()),
                ("telemedicine", visit.telemedicine),
                ("second_department", visit.second_department),
                ("hospital_fee", visit.hospital_fee.is_some()),
            ];
            for (field, _) in said.into_iter().filter(|(_, said)| *said) {
                say(
                    field,
                    "it belongs to a consultation, and the visit has none",
                    "leave it out and order the codes, or give the consultation",
                );
            }
        }
        if let Some(admitted) = visit.admitted {
            if admitted > visit.date {
                say(
                    "admitted",
                    "the patient is admitted after the day of the visit",
                    "give the day of admission to this stay",
                );
            }
            if visit.consultation != Consultation::None {
                let help = "use the consultation `none` and order what is charged";
                say("consultation", "an inpatient has no consultation fee of an outpatient", help);
            }
            if !visit.prescriptions.is_empty() {
                let help = "order the procedures of medication; drugs of a stay are not computed from prescriptions";
                say("prescriptions", "a prescription belongs to an outpatient", help);
            }
        }
        if visit.second_department
            && matches!(visit.consultation, Consultation::SameDayRevisit | Consultation::SameDayPhoneRevisit)
        {
            say(
                "second_department",
                "a second revisit for the same disease is not one at a second department",
                "use the consultation `revisit` for the second department",
            );
        }
        let beds = match visit.hospital_fee {
            None | Some(HospitalFee::Full) => None,
            Some(HospitalFee::WithoutReferral) => Some(facility.general_beds),
            Some(HospitalFee::LowSettlementRate) => Some(facility.permitted_beds),
        };
        let small = |beds: Option<u32>| facility.kind == FacilityKind::Clinic || beds.is_some_and(|beds| beds < 200);
        if beds.is_some_and(small) {
            say(
                "hospital_fee",
                "the lower fees are for hospitals of 200 beds or more",
                "leave it out, or set it to `full`",
            );
        }
        let revisit = !matches!(visit.consultation, Consultation::First | Consultation::None);
        if revisit && facility.kind == FacilityKind::Hospital && facility.general_beds.is_none() {
            let error = InputError::new(
                "facility.general_beds",
                InputErrorKind::Contradiction,
                "a hospital's revisit is 再診料 below 200 general beds and 外来診療料 from 200 on",
            );
            self.errors
                .push(error.expected("the number of general beds (一般病床)", "nothing").help("give general_beds"));
        }
    }
}
