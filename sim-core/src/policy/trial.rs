//! The randomised trial: which villages are surveyed, and which of them are held back.
//!
//! As in the trial of Couture, Faber, Gu and Liu (*AER: Insights* 2021): counties draw up their candidates as
//! always, longer than they need; from each list villages are drawn for the survey, and of these some are
//! controls, in which no station may open until the follow-up. Counties are the strata. What happens
//! afterwards is left to the model: in assigned villages no applicant may pass and the chosen may refuse, so
//! that assignment is not treatment.

use crate::base::RandomStream;
use crate::params::TrialParameters;
use serde::{Deserialize, Serialize};

/// What the draw makes of a surveyed village.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Arm {
    /// Assigned: screened first.
    Treatment,
    /// Held back until the follow-up.
    Control,
    /// Control by assignment, and let in before the follow-up all the same.
    LateControl,
}

impl Arm {
    /// Whether it was assigned a station.
    pub const fn assigned(self) -> bool {
        matches!(self, Arm::Treatment)
    }

    /// The name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Arm::Treatment => "treatment",
            Arm::Control => "control",
            Arm::LateControl => "control_opened_late",
        }
    }
}

/// A county's part of a number that is spread evenly over counties: parts differ by one at most and sum to
/// it.
pub fn part(total: u32, counties: u32, county: u32) -> u32 {
    let up_to = |county: u64| u64::from(total) * county / u64::from(counties.max(1));
    (up_to(u64::from(county) + 1) - up_to(u64::from(county))) as u32
}

/// Draws a county's surveyed villages from its candidates, and their arms; in the order drawn.
///
/// With too few candidates every arm shrinks alike, controls rounded down.
pub fn draw(
    p: &TrialParameters,
    counties: u32,
    county: u32,
    candidates: &[u16],
    stream: &mut RandomStream,
) -> Vec<(u16, Arm)> {
    let wanted = part(p.survey_villages, counties, county);
    let count = wanted.min(candidates.len() as u32);
    let controls = part(p.control_villages.min(p.survey_villages), counties, county).min(wanted);
    let controls = (controls * count).checked_div(wanted).unwrap_or(0);
    let late = part(p.late_openings.min(p.control_villages), counties, county).min(controls);
    let mut remaining = candidates.to_vec();
    (0..count)
        .map(|drawn| {
            let village = remaining.swap_remove(stream.below(remaining.len() as u32) as usize);
            let arm = match drawn {
                _ if drawn < late => Arm::LateControl,
                _ if drawn < controls => Arm::Control,
                _ => Arm::Treatment,
            };
            (village, arm)
        })
        .collect()
}

/// Draws `count` of the numbers below `of` without return, in the order drawn; all of them if there are
/// fewer.
pub fn sample(count: u32, of: u32, stream: &mut RandomStream) -> Vec<u32> {
    let mut remaining: Vec<u32> = (0..of).collect();
    (0..count.min(of)).map(|_| remaining.swap_remove(stream.below(remaining.len() as u32) as usize)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Owner, Purpose, Seed};

    fn stream(owner: u64) -> RandomStream {
        RandomStream::new(Seed(3), Owner::other(owner), Purpose::Test, 0)
    }

    #[test]
    fn parts_are_even_and_sum_to_the_whole() {
        for (total, counties) in [(100, 8), (40, 8), (5, 8), (3, 7), (0, 4)] {
            let parts: Vec<u32> = (0..counties).map(|at| part(total, counties, at)).collect();
            assert_eq!(parts.iter().sum::<u32>(), total);
            assert!(parts.iter().max().unwrap() - parts.iter().min().unwrap() <= 1, "{parts:?}");
        }
    }

    #[test]
    fn the_published_numbers_come_out() {
        let p = TrialParameters::default();
        let candidates: Vec<u16> = (0..54).collect();
        let all: Vec<Arm> = (0..8)
            .flat_map(|county| draw(&p, 8, county, &candidates, &mut stream(u64::from(county))))
            .map(|(_, arm)| arm)
            .collect();
        let count = |arm| all.iter().filter(|&&other| other == arm).count();
        assert_eq!((all.len(), count(Arm::Treatment)), (100, 60));
        assert_eq!((count(Arm::Control), count(Arm::LateControl)), (35, 5));
    }

    #[test]
    fn every_candidate_is_drawn_and_held_back_as_often() {
        let p = TrialParameters {
            survey_villages: 10,
            control_villages: 4,
            late_openings: 0,
            ..Default::default()
        };
        let candidates: Vec<u16> = (0..20).collect();
        let (mut drawn, mut held) = ([0u32; 20], [0u32; 20]);
        for owner in 0..4_000 {
            for (village, arm) in draw(&p, 1, 0, &candidates, &mut stream(owner)) {
                drawn[usize::from(village)] += 1;
                held[usize::from(village)] += u32::from(arm == Arm::Control);
            }
        }
        // Binomial(4,000, 1/2) and (4,000, 1/5): five standard deviations are 158 and 126.
        assert!(drawn.iter().all(|n| n.abs_diff(2_000) < 158), "{drawn:?}");
        assert!(held.iter().all(|n| n.abs_diff(800) < 126), "{held:?}");
    }

    #[test]
    fn too_few_candidates_shrink_both_arms() {
        let p = TrialParameters { survey_villages: 10, control_villages: 4, ..Default::default() };
        let drawn = draw(&p, 1, 0, &[3, 4, 5, 6, 7], &mut stream(1));
        let assigned = drawn.iter().filter(|(_, arm)| arm.assigned()).count();
        assert_eq!((drawn.len(), assigned), (5, 3));
        assert!(draw(&p, 1, 0, &[], &mut stream(1)).is_empty());
    }
}
