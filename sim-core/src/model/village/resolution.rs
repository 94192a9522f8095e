//! How finely a sample tells a village's households.
//!
//! In a sample a village has a few records, each of which stands for many households. That is enough where a
//! third of them buy; it is not where a station lives on two or three in a hundred: of 24 records none or one
//! would be its customer, and partners would leave by the luck of the draw. When a station opens, each record
//! therefore becomes several that are alike and go their own ways from then on. What the village holds and
//! does is the same before and after.
//!
//! Rejected: as many records in every village, which doubles the time and the memory of a run, for the most
//! part in villages that never have a station.

use super::Village;
use crate::agents::buyers::Buyers;
use crate::model::setting::Setting;

impl Village {
    /// Makes several records of each, alike, where so few would tell a station's customers too coarsely.
    pub(in crate::model) fn tell_finer(&mut self, setting: &Setting) {
        let copies = Setting::copies(self.records(), self.households);
        if copies < 2 {
            return;
        }
        self.residents = self.residents.repeat(usize::from(copies)).into_boxed_slice();
        self.traits = self.traits.repeat(usize::from(copies)).into_boxed_slice();
        for count in self.counts.iter_mut().chain(&mut self.dependents) {
            *count *= copies;
        }
        for count in [&mut self.members, &mut self.migrants, &mut self.returned] {
            *count *= u32::from(copies);
        }
        for sum in [&mut self.income_base, &mut self.work.able, &mut self.work.free] {
            *sum *= f64::from(copies);
        }
        self.learners = self.learners.again(&self.residents, &setting.weights);
        let p = &setting.parameters.household;
        self.buyers = Buyers::among(self.residents.len());
        for (record, household) in (0..).zip(&self.residents) {
            if household.buying.buys() {
                self.buyers.insert(record, household.sampling_weight(p), household.slot());
            }
        }
        self.renew_rates(p);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::CountyIndex;
    use crate::model::assembly::{MadePlaces, setting};
    use crate::model::county_process::CountyProcess;
    use crate::model::earlier_buyers::EarlierBuyers;
    use crate::scenario::{BuiltinSource, load};
    use crate::world::Geography;

    fn near(a: f64, b: f64) -> bool {
        (a / b - 1.0).abs() < 1e-3
    }

    /// Of 24 records come 120, five times as many of everything, and the village is as it was: what its
    /// households order, learn, and earn, and who they are. A village of 30 households has 24 records too,
    /// and keeps them.
    #[test]
    fn a_village_is_the_same_told_finer() {
        let changes = [("household_sample".to_owned(), "0.01".to_owned())];
        let scenario = load(&BuiltinSource, "county", &changes).unwrap();
        let geography = Geography::embedded();
        let setting = setting(geography, &scenario, &MadePlaces::of(geography, &scenario).unwrap());
        let earlier = EarlierBuyers::until(&setting.parameters, setting.start);
        let county = CountyProcess::new(&setting, &earlier, CountyIndex(0));
        let mut village = county.villages().iter().find(|village| village.households > 200).unwrap().clone();
        village.choices = crate::market::choice::choices(
            &setting.parameters.household,
            &village.offer(&setting, setting.start, 0.0),
        );
        village.renew_rates(&setting.parameters.household);
        village.refresh_hazards(&setting, setting.start);
        village.learners = village.learners.again(&village.residents, &setting.weights);
        let before = village.clone();
        assert!(before.order_rate > 0.0 && before.learning_rate() > 0.0);
        village.tell_finer(&setting);
        assert_eq!([before.records(), village.records()], [24, 120]);
        assert_eq!(village.counts, before.counts.map(|count| 5 * count));
        assert_eq!(village.dependents, before.dependents.map(|count| 5 * count));
        assert!(near(village.order_rate, before.order_rate));
        assert!(near(village.learning_rate() * village.weight(), before.learning_rate() * before.weight()));
        assert!(near(village.income_base * village.weight(), before.income_base * before.weight()));
        let people = |village: &Village| [village.members, village.migrants, village.returned];
        assert_eq!(people(&village), people(&before).map(|count| 5 * count));
        assert_eq!(
            village.log_odds(&setting.parameters.household, 24),
            before.log_odds(&setting.parameters.household, 0)
        );
        let mut small = before.clone();
        small.households = 30;
        small.tell_finer(&setting);
        assert_eq!(small.records(), 24);
    }
}
