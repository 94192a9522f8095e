//! What the programme is in a county: its centre, and a trial of it.

use super::agenda::{Agenda, phase};
use super::setting::Setting;
use super::survey::TrialState;
use crate::agents::service_centre::{CentreState, ServiceCentre};
use crate::base::Time;
use crate::event::Event;
use serde::{Deserialize, Serialize};

/// The programme's state in a county.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct CountyProgramme {
    /// The county centre.
    pub centre: ServiceCentre,
    /// Villages screened so far, which keys the random stream of screening.
    pub screened: u64,
    /// The randomised trial, if there is one.
    pub trial: Option<Box<TrialState>>,
}

impl CountyProgramme {
    /// Before the programme comes.
    pub fn new(setting: &Setting) -> CountyProgramme {
        let centre = ServiceCentre::new(&setting.parameters.logistics);
        CountyProgramme { centre, screened: 0, trial: None }
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
