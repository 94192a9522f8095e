//! The central government's demonstration counties.

use crate::base::factor::MILLION;
use crate::base::{Money, Month, Time};
use crate::params::GovernmentParameters;
use serde::{Deserialize, Serialize};

/// Which counties become demonstration counties, year by year.
///
/// Published rosters give numbers; the choice is made here: the first two years' counties were picked by
/// provinces for promise, from the third on the list went to poverty counties first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Government {
    /// Counties by promise, most promising last.
    promising: Vec<u32>,
    /// Poverty counties, most promising last.
    poor: Vec<u32>,
    /// Counties named.
    named: Vec<u32>,
    /// The last year whose list is out.
    year: u16,
}

impl Government {
    /// Whether what was stored is about so many counties.
    pub(crate) fn is_sound(&self, counties: u32) -> bool {
        let mut all = self.promising.iter().chain(&self.poor).chain(&self.named);
        all.all(|&county| county < counties)
    }

    /// A government that ranks counties (addresses) in these orders, first first.
    pub fn new(
        p: &GovernmentParameters,
        mut promising: Vec<u32>,
        mut poor: Vec<u32>,
        start: Time,
    ) -> Government {
        promising.reverse();
        poor.reverse();
        let month = Month::of(start);
        // A run that begins after the first roster inherits nobody: earlier lists are named at once, in
        // their order.
        let first = p
            .demonstration_roster
            .ends()
            .map_or(u16::MAX, |[(date, _), _]| Month::of(date.midnight()).year());
        let year = month.year().min(first);
        Government { promising, poor, named: Vec::new(), year }
    }

    /// Counties named now, with their grant.
    pub fn decide(&mut self, p: &GovernmentParameters, now: Time, county_scale: f64) -> Vec<(u32, Money)> {
        let mut named = Vec::new();
        let month = Month::of(now);
        while p.demonstration && self.year < month.year() {
            let next = self.year + 1;
            if next == month.year() && u32::from(month.month_of_year()) < p.demonstration_month {
                break;
            }
            self.year = next;
            let listed = Month::new(next, p.demonstration_month as u8).start();
            let count = p.demonstration_roster.at(listed) * p.demonstration_scale / county_scale;
            for _ in 0..(count + 0.5) as u32 {
                if let Some(county) = self.pick(p, next) {
                    named.push((county, Money::from_yuan(p.demonstration_grant * MILLION)));
                }
            }
        }
        named
    }

    fn pick(&mut self, p: &GovernmentParameters, year: u16) -> Option<u32> {
        let named = &self.named;
        let next = |list: &mut Vec<u32>| loop {
            let county = list.pop()?;
            if !named.contains(&county) {
                return Some(county);
            }
        };
        let county = if u32::from(year) >= p.poverty_first {
            next(&mut self.poor).or_else(|| next(&mut self.promising))
        } else {
            next(&mut self.promising)
        }?;
        self.named.push(county);
        Some(county)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Date;

    fn at(date: &str) -> Time {
        date.parse::<Date>().unwrap().midnight()
    }

    #[test]
    fn rosters_are_followed_and_nobody_is_named_twice() {
        let p = GovernmentParameters::default();
        let mut government =
            Government::new(&p, (0..2000).collect(), (500..1300).collect(), at("2014-01-01"));
        assert!(government.decide(&p, at("2014-06-01"), 1.0).is_empty());
        assert_eq!(government.decide(&p, at("2014-07-07"), 1.0).len(), 56);
        assert!(government.decide(&p, at("2014-12-01"), 1.0).is_empty());
        let second = government.decide(&p, at("2015-08-01"), 1.0);
        assert_eq!((second.len(), second[0].0), (200, 56));
        let third = government.decide(&p, at("2016-08-01"), 1.0);
        assert!(third.len() == 240 && third.iter().all(|(county, _)| (500..1300).contains(county)));
        assert_eq!(government.decide(&p, at("2030-08-01"), 1.0).len(), 260 + 260 + 215);
    }
}
