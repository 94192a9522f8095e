//! What the programme is in a county: its centre, and a trial of it.

use super::agenda::{Agenda, phase};
use super::setting::Setting;
use super::survey::TrialState;
use crate::agents::service_centre::{CentreState, ServiceCentre};
use crate::base::Time;
use crate::event::Event;
use crate::params::ProgrammeParameters;
use serde::{Deserialize, Serialize};

/// The programme's state in a county.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct CountyProgramme {
    /// The county centre.
    pub centre: ServiceCentre,
    /// Villages screened so far, which keys the random stream of screening.
    pub screened: u64,
    /// What its trainers can still teach in the month.
    pub teaching: TrainerTime,
    /// The randomised trial, if there is one.
    pub trial: Option<Box<TrialState>>,
}

impl CountyProgramme {
    /// Before the programme comes.
    pub fn new(setting: &Setting) -> CountyProgramme {
        let centre = ServiceCentre::new(&setting.parameters.logistics);
        CountyProgramme { centre, screened: 0, teaching: TrainerTime::default(), trial: None }
    }

    /// Schedules the next batch, if there is anything to screen and none is scheduled yet.
    pub(crate) fn schedule_batch(&mut self, at: Time, agenda: &mut Agenda<'_>) {
        let centre = &mut self.centre;
        let ready = centre.state == CentreState::Open && !centre.paused && centre.has_candidates();
        if ready && !centre.batch_scheduled {
            centre.batch_scheduled = true;
            agenda.schedule(at, phase::PROGRAMME, 0, Event::Batch);
        }
    }
}

/// Time of a county centre's trainers. They teach the new partners of a batch together and those at work one
/// by one, and no more than they have time for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct TrainerTime {
    /// Hours that trainers have left in the month.
    left: f64,
}

impl TrainerTime {
    /// A month's time of the trainers employed.
    pub(super) fn of_month(p: &ProgrammeParameters) -> TrainerTime {
        TrainerTime { left: p.trainers * p.trainer_hours }
    }

    /// Teaches a new partner, in a class. Returns the hours of training given.
    pub(super) fn teach(&mut self, p: &ProgrammeParameters) -> f64 {
        let hours = p.training_hours.min(self.left * p.class_size);
        self.left = (self.left - hours / p.class_size).max(0.0);
        hours
    }

    /// Teaches partners at work, one by one. Returns the hours that each is given.
    pub(super) fn refresh(&mut self, p: &ProgrammeParameters, partners: u32) -> f64 {
        let hours = p.refresher_hours.min(self.left / f64::from(partners.max(1)));
        self.left = (self.left - hours * f64::from(partners)).max(0.0);
        hours
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: one trainer of 40 hours teaches a partner 16 hours in a class of 8 in 2 of them; of the other
    /// 38, twenty partners at work get 1.5 each, and 8 are left for 64 hours of newcomers, four times 16.
    #[test]
    fn trainers_teach_what_they_have_time_for() {
        let p = ProgrammeParameters {
            trainers: 1.0,
            trainer_hours: 40.0,
            class_size: 8.0,
            training_hours: 16.0,
            refresher_hours: 1.5,
            ..ProgrammeParameters::default()
        };
        let mut teaching = TrainerTime::of_month(&p);
        assert_eq!((teaching.teach(&p), teaching.refresh(&p, 20)), (16.0, 1.5));
        let newcomers: Vec<f64> = (0..6).map(|_| teaching.teach(&p)).collect();
        assert_eq!(newcomers, [16.0, 16.0, 16.0, 16.0, 0.0, 0.0]);
        let nobody = ProgrammeParameters { trainers: 0.0, ..p };
        let mut nothing = TrainerTime::of_month(&nobody);
        assert_eq!(
            (nothing.teach(&nobody), nothing.refresh(&nobody, 20)),
            (0.0, 0.0),
            "no staff, no training"
        );
    }
}
