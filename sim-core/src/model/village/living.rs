//! Living: incomes by source, cost of living, migration.

use super::Village;
use super::spending::{consumer_spending, in_village, usual_counter};
use super::synthesis::migrants_per_member;
use super::work::{WorkTerms, farm};
use crate::agents::household::Household;
use crate::base::factor::MONTHS_IN_YEAR;
use crate::base::time::EPOCH_YEAR;
use crate::base::{Money, Month, Purpose, RandomStream, Time, math};
use crate::event::Measure;
use crate::metrics::book::CountyBook;
use crate::metrics::ledger::IncomeSource;
use crate::model::setting::Setting;
use crate::params::Parameters;
use crate::world::County;

/// Income per head at a moment, in yuan a year, by what it depends on.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct Incomes {
    /// From farming and small business, village shops aside, for an income ratio of 1 and usual working time.
    pub farm: f64,
    /// From wages near home.
    pub wage: f64,
    /// From transfers.
    pub transfers: f64,
    /// Sent home by one migrant in a year.
    pub remittance: f64,
    /// Exponent of relief for the poorest.
    relief: f64,
    /// Ratio to the mean income below which relief lifts a household.
    relief_below: f64,
}

impl Incomes {
    pub(in crate::model) fn at(parameters: &Parameters, now: Time) -> Incomes {
        let p = &parameters.income;
        let mean = p.rural_income.at(now);
        let trade =
            consumer_spending(parameters, mean) * in_village(&parameters.household) * p.village_shop_margin;
        let remittance = p.remittance * p.migrant_wage.at(now) * MONTHS_IN_YEAR;
        let sent = p.migrants_per_household * remittance / p.household_size;
        let rest = (mean * (1.0 - p.farm_share - p.wage_share) - sent).max(0.0);
        let years = (now.years() - (p.relief_start - f64::from(EPOCH_YEAR))).clamp(0.0, p.relief_years);
        Incomes {
            farm: (mean * p.farm_share - trade).max(0.0),
            wage: mean * p.wage_share,
            transfers: rest,
            remittance,
            relief: 1.0 / (1.0 + p.relief * years),
            relief_below: p.relief_below,
        }
    }

    /// What relief adds to the income per head of a household with this ratio to the mean.
    fn relief(&self, ratio: f64) -> f64 {
        let mean = self.farm + self.wage + self.transfers;
        let below = self.relief_below;
        if ratio >= below || self.relief >= 1.0 {
            return 0.0;
        }
        mean * (below * math::pow(ratio / below, self.relief) - ratio)
    }
}

/// Relief by income, tabled once for a moment and linear between entries: a power for every household would
/// cost more than the rest of a month's incomes.
pub(in crate::model) struct Relief {
    /// Ratio to the mean income below which it is given.
    below: f64,
    /// Yearly relief per head at ratios from 0 to that.
    steps: [f64; Relief::STEPS + 1],
}

impl Relief {
    const STEPS: usize = 60;

    pub(in crate::model) fn of(incomes: &Incomes) -> Relief {
        let below = incomes.relief_below;
        let steps = std::array::from_fn(|step| incomes.relief(below * step as f64 / Relief::STEPS as f64));
        Relief { below, steps }
    }

    /// For a household with this ratio to the mean \[yuan per head and year\].
    fn per_head(&self, ratio: f64) -> f64 {
        if ratio >= self.below {
            return 0.0;
        }
        let at = ratio / self.below * Relief::STEPS as f64;
        let step = (at as usize).min(Relief::STEPS - 1);
        self.steps[step] + (self.steps[step + 1] - self.steps[step]) * (at - step as f64)
    }
}

/// How a household lives at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Living {
    /// Its village, as a subscript of the county.
    pub village: u16,
    /// Its record, within the village.
    pub record: u16,
    /// Persons registered.
    pub members: u8,
    /// Income per head by source, in order of [`IncomeSource::ALL`] \[yuan/year\].
    pub sources: [f64; IncomeSource::COUNT],
    /// How far its retail cost of living has fallen through online ways \[logarithm, 0 or more\].
    pub fall: f64,
    /// What that is worth to the household \[yuan/year\].
    pub saving: f64,
}

impl Living {
    /// Income per head from all sources \[yuan/year\].
    pub fn income(&self) -> f64 {
        self.sources.iter().sum()
    }

    /// Of it, from shops: its own and wages in others' \[yuan/year\].
    pub fn from_shops(&self) -> f64 {
        self.sources[IncomeSource::OwnShops.at()] + self.sources[IncomeSource::ShopWages.at()]
    }
}

/// What incomes depend on beyond the village, looked up once for a county and a moment.
pub(in crate::model) struct LivingTerms<'p> {
    p: &'p Parameters,
    incomes: Incomes,
    relief: Relief,
    /// Of working time.
    pub work: WorkTerms<'p>,
    /// Attraction of durables at stations that offer installation, over that without.
    installed: f64,
    /// What a village shop usually sells \[yuan/month\].
    pub(super) usual_counter: f64,
}

impl<'p> LivingTerms<'p> {
    /// In a county at a moment.
    pub(in crate::model) fn at(p: &'p Parameters, place: &County, now: Time) -> LivingTerms<'p> {
        let incomes = Incomes::at(p, now);
        let relief = Relief::of(&incomes);
        let work = WorkTerms::of(p, migrants_per_member(&p.income, place));
        let (installed, usual_counter) = (Setting::service(p, now).durables, usual_counter(p, now));
        LivingTerms { p, incomes, relief, work, installed, usual_counter }
    }

    /// The parameters.
    pub(super) fn parameters(&self) -> &'p Parameters {
        self.p
    }

    /// From farming, online trade aside, for a farm of size 1 \[yuan/year\].
    pub(super) fn farm_income(&self) -> f64 {
        self.incomes.farm
    }
}

/// The one rule of household income: what it depends on beyond the household, looked up once for a village.
/// The review of all households, the window and a trial's survey work with it.
pub(in crate::model) struct VillageIncomes<'v> {
    terms: &'v LivingTerms<'v>,
    village: &'v Village,
    /// The village's wage over the usual.
    wage_index: f64,
    /// Wages of hands for an adult's free time \[yuan/year\].
    hands_pay: f64,
    /// Wages from firms of the county other than shops, likewise.
    firms_pay: f64,
    /// What a farm of size 1 gains by inputs bought online, where they are, and by produce sold online
    /// \[yuan/year\].
    farm_gains: [f64; 2],
    /// Whether all farms share what inputs save, since nobody orders them any more.
    all_save: bool,
    own_time: Vec<f32>,
    taken: Vec<[f32; OWN.len()]>,
}

/// Sources that are businesses of a household's own.
const OWN: [IncomeSource; 2] = [IncomeSource::OwnShops, IncomeSource::Station];

impl VillageIncomes<'_> {
    /// Of a village.
    pub(in crate::model) fn of<'v>(village: &'v Village, terms: &'v LivingTerms<'v>) -> VillageIncomes<'v> {
        let free = village.at_home();
        let pay = |monthly: f64| if free > 0.0 { monthly * MONTHS_IN_YEAR / free } else { 0.0 };
        let mut rule = VillageIncomes {
            terms,
            village,
            wage_index: village.wage_index(&terms.p.shop),
            hands_pay: pay(village.work.shop_wages),
            firms_pay: pay(village.work.firm_wages),
            farm_gains: [0.0; 2],
            all_save: true,
            own_time: village.own_time(terms.p),
            taken: village.taken(),
        };
        rule.share_farm_gains();
        rule
    }

    /// Shares what online trade brings the village's farms among them by size: what inputs save among those
    /// who order them.
    fn share_farm_gains(&mut self) {
        let village = self.village;
        let gains = [village.input_saving * MONTHS_IN_YEAR, village.produce_year()];
        if gains == [0.0; 2] {
            return;
        }
        let (mut all, mut ordering) = (0.0, 0.0);
        for (record, household) in (0..).zip(&village.residents) {
            let size = village.farm_size(self.terms.p, household, self.time(record, household).1);
            all += size * village.weight();
            ordering += if village.orders_inputs(household) { size * village.weight() } else { 0.0 };
        }
        self.all_save = ordering <= 0.0;
        let saving = if self.all_save { all } else { ordering };
        let per = |gain: f64, sizes: f64| if sizes > 0.0 { gain / sizes } else { 0.0 };
        self.farm_gains = [per(gains[0], saving), per(gains[1], all)];
    }

    /// Time of a record's households for farm, wages and hands' work \[adults\], and what of it is left for
    /// farm and wages over the usual.
    fn time(&self, record: u16, household: &Household) -> (f64, f64) {
        let work = &self.terms.work;
        let own = self.own_time.get(usize::from(record)).map_or(0.0, |&time| f64::from(time));
        let free = work.free(household, own);
        (free, work.ratio(household, free) * (1.0 - self.village.work.hands))
    }

    /// Of a record's households per head, by source \[yuan/year\].
    pub(in crate::model) fn parts(&self, record: u16, household: &Household) -> [f64; IncomeSource::COUNT] {
        let LivingTerms { p, incomes, relief, .. } = self.terms;
        let (members, ratio) = (f64::from(household.members.max(1)), household.income_ratio());
        let (free, time) = self.time(record, household);
        let taken = self.taken.get(usize::from(record)).map_or([0.0; OWN.len()], |sums| sums.map(f64::from));
        let mut parts = [0.0; IncomeSource::COUNT];
        let saves = self.all_save || self.village.orders_inputs(household);
        let gains = self.farm_gains[1] + if saves { self.farm_gains[0] } else { 0.0 };
        parts[IncomeSource::Farm.at()] = (incomes.farm + gains) * ratio * farm(&p.income, time);
        parts[IncomeSource::VillageShops.at()] =
            self.village.keeper_income(record) * MONTHS_IN_YEAR / members;
        parts[IncomeSource::Rents.at()] =
            self.village.rents() * MONTHS_IN_YEAR / f64::from(self.village.households.max(1)) / members;
        parts[IncomeSource::Wages.at()] =
            incomes.wage * ratio * time * self.wage_index + self.firms_pay * free / members;
        parts[IncomeSource::Transfers.at()] = incomes.transfers * ratio;
        parts[IncomeSource::Relief.at()] = relief.per_head(ratio);
        parts[IncomeSource::Remittances.at()] = incomes.remittance * f64::from(household.migrants) / members;
        parts[IncomeSource::ShopWages.at()] = self.hands_pay * free / members;
        for (source, sum) in OWN.into_iter().zip(taken) {
            parts[source.at()] = sum / members;
        }
        parts
    }
}

/// What a worker earns near home, which is what an owner could earn elsewhere \[yuan/month\].
pub(in crate::model) fn local_wage(p: &Parameters, now: Time) -> f64 {
    p.income.migrant_wage.at(now) * p.shop.wage_share
}

impl Village {
    /// How every household lives, in order of records, told to `hear`.
    pub(in crate::model) fn each_living(&self, terms: &LivingTerms<'_>, mut hear: impl FnMut(&Living)) {
        let (rule, p) = (VillageIncomes::of(self, terms), terms.p);
        for (record, household) in (0..).zip(&self.residents) {
            let sources = rule.parts(record, household);
            let fall = self.saving(record, terms);
            let mut living = Living {
                village: self.index.0,
                record,
                members: household.members,
                sources,
                fall,
                saving: 0.0,
            };
            let income = living.income() * f64::from(household.members);
            living.saving = fall * consumer_spending(p, income.max(0.0));
            hear(&living);
        }
    }

    /// What its households receive from all but businesses of their own, by source, from sums over its
    /// records \[yuan/year\].
    pub(in crate::model) fn received(&self, terms: &LivingTerms<'_>) -> [f64; IncomeSource::COUNT] {
        let LivingTerms { p, incomes, relief, .. } = terms;
        let weight = self.weight();
        let (farms, time) = self.worked(&p.income);
        let poor = self
            .residents
            .iter()
            .map(|household| relief.per_head(household.income_ratio()) * f64::from(household.members));
        let mut sums = [0.0; IncomeSource::COUNT];
        sums[IncomeSource::Farm.at()] =
            incomes.farm * farms * weight + self.input_saving * MONTHS_IN_YEAR + self.produce_year();
        sums[IncomeSource::VillageShops.at()] = self.keepers_income * MONTHS_IN_YEAR;
        sums[IncomeSource::Rents.at()] = self.rents() * MONTHS_IN_YEAR;
        sums[IncomeSource::Wages.at()] =
            incomes.wage * time * self.wage_index(&p.shop) * weight + self.work.firm_wages * MONTHS_IN_YEAR;
        sums[IncomeSource::Transfers.at()] = incomes.transfers * self.income_base * weight;
        sums[IncomeSource::Relief.at()] = poor.sum::<f64>() * weight;
        sums[IncomeSource::Remittances.at()] = incomes.remittance * f64::from(self.migrants) * weight;
        sums[IncomeSource::ShopWages.at()] = self.work.shop_wages * MONTHS_IN_YEAR;
        sums
    }

    /// What its shops paid for rooms last month; to its households, all alike \[yuan/month\].
    fn rents(&self) -> f64 {
        self.sellers.as_deref().map_or(0.0, |sellers| Money::from_fen(sellers.rents).yuan())
    }

    /// What each record's businesses of its own brought each of its households in the last twelve months
    /// \[yuan\]; empty where nobody has any.
    fn taken(&self) -> Vec<[f32; OWN.len()]> {
        let mut rows = self.takings.by_record().peekable();
        if rows.peek().is_none() {
            return Vec::new();
        }
        let mut taken = vec![[0.0; OWN.len()]; self.residents.len()];
        for row in rows {
            if let Some(column) = OWN.into_iter().position(|own| own == row.source) {
                taken[usize::from(row.record)][column] += (row.yuan / self.weight()) as f32;
            }
        }
        taken
    }

    /// How far a household's retail cost of living has fallen through online ways, in logarithm.
    pub(in crate::model) fn saving(&self, record: u16, terms: &LivingTerms<'_>) -> f64 {
        let (p, household) = (&terms.p.household, &self.residents[usize::from(record)]);
        if !household.buying.buys() {
            return 0.0;
        }
        let own = self.log_odds(p, record);
        household.intensity(p) * self.choice_of(household).saving(p, terms.installed, own)
    }

    /// A year has passed: heads are older, and some households pass to the next generation.
    pub(in crate::model) fn age(&mut self, setting: &Setting, now: Time) {
        let year = u64::from(Month::of(now).year());
        let p = &setting.parameters.household;
        for record in 0..self.records() {
            let mut stream =
                setting.random_stream(self.owner.household(u32::from(record)), Purpose::Succession, year);
            let household = &mut self.residents[usize::from(record)];
            let from = household.slot();
            household.age(p, &mut stream);
            if household.buying.buys() {
                self.buyers.regroup(record, household.sampling_weight(p), from, household.slot());
            }
        }
        self.learners = self.learners.again(&self.residents, &setting.weights);
        self.update_rates();
        self.stale = true;
    }

    /// People come home or leave.
    pub(in crate::model) fn migrate(&mut self, setting: &Setting, now: Time, book: &mut CountyBook) {
        let p = &setting.parameters.income;
        // Shifted, so that a year's many draws are none of the next year's: the same would be asked again.
        let year = u64::from(Month::of(now).year()) << 16;
        let mut stream = setting.random_stream(self.owner, Purpose::Migration, year);
        let sellers = self.sellers.as_deref();
        let jobs = sellers.map_or(0.0, |s| f64::from(s.workers) * setting.parameters.shop.jobs_for_migrants);
        let jobs = jobs / self.weight();
        let home = f64::from(self.migrants) * p.homecoming
            + jobs.min(f64::from(self.migrants)) * p.homecoming_for_work;
        let back = stream.poisson(home).min(self.migrants);
        // Where work is at hand, fewer leave.
        let employed = sellers.map_or(0.0, |s| f64::from(s.jobs)) / f64::from(self.households.max(1));
        let leaving = p.departure * f64::from(self.records()) * (1.0 - employed).max(p.departure_least);
        let away = stream.poisson(leaving);
        let returned =
            self.move_people(back, &mut stream, |household| household.migrants > 0, Household::return_home);
        let left = self.move_people(
            away,
            &mut stream,
            |household| household.migrants + 1 < household.members,
            |household| household.migrants += 1,
        );
        self.forget_time();
        self.migrants = self.migrants + left - returned;
        self.returned += returned;
        book.count(Measure::MigrantsReturned, self.scaled(returned));
        book.count(Measure::MigrantsLeft, self.scaled(left));
    }

    /// Moves somebody of so many households that can; ten tries find one, or nobody moves. Returns how many
    /// did.
    fn move_people(
        &mut self,
        count: u32,
        stream: &mut RandomStream,
        can: impl Fn(&Household) -> bool,
        moves: impl Fn(&mut Household),
    ) -> u32 {
        let records = self.residents.len() as u32;
        let mut moved = 0;
        for _ in 0..count {
            let mut tries = (0..10).map(|_| stream.below(records) as usize);
            if let Some(record) = tries.find(|&record| can(&self.residents[record])) {
                moves(&mut self.residents[record]);
                moved += 1;
            }
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Date;

    #[test]
    fn sources_of_income_add_up_to_the_published_mean() {
        let parameters = Parameters::default();
        let p = &parameters.income;
        let now = "2014-07-01".parse::<Date>().unwrap().midnight();
        let incomes = Incomes::at(&parameters, now);
        let sent = p.migrants_per_household * incomes.remittance / p.household_size;
        // Village shops, where nothing is bought online: by hand 0.8 x 0.42 x 0.9 / 3.2 x 0.15 of
        // income.
        let trade = 0.014175 * p.rural_income.at(now);
        let sum = incomes.farm + trade + incomes.wage + incomes.transfers + sent;
        assert!((sum / p.rural_income.at(now) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn tabled_relief_is_within_a_thousandth_of_income() {
        let p = Parameters::default();
        let incomes = Incomes::at(&p, "2018-07-01".parse::<Date>().unwrap().midnight());
        let relief = Relief::of(&incomes);
        for thousandths in 60..1000 {
            let ratio = f64::from(thousandths) / 1000.0;
            let income = |relief: f64| (incomes.farm + incomes.wage + incomes.transfers) * ratio + relief;
            let (tabled, exact) = (income(relief.per_head(ratio)), income(incomes.relief(ratio)));
            assert!((tabled / exact - 1.0).abs() < 1e-3, "{ratio}");
        }
    }

    #[test]
    fn relief_lifts_only_the_poor_and_keeps_their_order() {
        let mut p = Parameters::default();
        p.income.relief = 0.06;
        let early = Incomes::at(&p, "2011-07-01".parse::<Date>().unwrap().midnight());
        let late = Incomes::at(&p, "2018-07-01".parse::<Date>().unwrap().midnight());
        let own = |incomes: &Incomes, ratio: f64| {
            (incomes.farm + incomes.wage + incomes.transfers) * ratio + incomes.relief(ratio)
        };
        let relative = |incomes: &Incomes, ratio: f64| own(incomes, ratio) / own(incomes, 1.0);
        assert!((relative(&late, 0.8) - 0.8).abs() < 1e-12);
        assert!((relative(&early, 0.2) - 0.2).abs() < 1e-12);
        assert!(relative(&late, 0.2) > 0.25 && relative(&late, 0.2) < relative(&late, 0.3));
        // By hand, five and a half years on at 6 % a year, for a fifth of the mean: 0.6 x (1/3)^(1/1.33) is
        // 0.2627 of it.
        let mean = late.farm + late.wage + late.transfers;
        assert!((late.relief(0.2) / mean - 0.0627).abs() < 2e-4, "{}", late.relief(0.2) / mean);
    }
}
