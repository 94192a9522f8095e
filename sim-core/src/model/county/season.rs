//! Seasons and misfortunes as a county feels them.

use super::super::agenda::{Agenda, phase};
use super::super::county_process::CountyProcess;
use super::super::county_state::Weather;
use super::super::setting::Setting;
use crate::base::factor::DAYS_IN_WEEK;
use crate::base::{Delay, Time};
use crate::event::Event;
use crate::market::season;
use crate::params::ShockKind;

impl CountyProcess {
    /// Looks up the season and misfortunes, moves every village's clock to it, and waits for the next change.
    pub(in crate::model) fn change_season(&mut self, setting: &Setting, now: Time, agenda: &mut Agenda<'_>) {
        let world = &setting.parameters.world;
        let province = Setting::province_code(self.place(setting));
        let until = |kind: ShockKind| {
            let ends = world.shocks.iter().filter(|s| s.kind == kind && s.strikes(province, now));
            ends.map(|s| s.start.midnight() + Delay::days(DAYS_IN_WEEK * s.weeks))
                .max()
                .unwrap_or(Time::START)
        };
        let slump =
            world.shocks.iter().filter(|s| s.kind == ShockKind::DemandSlump && s.strikes(province, now));
        self.weather = Weather {
            pause: season::pause_after(world, now),
            roads_closed: until(ShockKind::RoadsClosed),
            strike: until(ShockKind::CourierStrike),
            demand: slump.map(|s| 1.0 - s.strength).fold(1.0, f64::min),
        };
        // Elsewhere's misfortunes pass unnoticed, so that they change nothing here, not even when clocks are
        // moved.
        let ours = || world.shocks.iter().filter(|s| s.reaches(province));
        let starts = ours().map(|s| s.start.midnight());
        let ends = ours().map(|s| s.start.midnight() + Delay::days(DAYS_IN_WEEK * s.weeks));
        let shock = starts.chain(ends).filter(|&time| time > now).min().unwrap_or(Time::END);
        let next = season::next_change(world, now).min(shock);
        agenda.schedule(next, phase::CALENDAR, 0, Event::Season);
    }
}
