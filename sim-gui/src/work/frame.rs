//! What is kept of the recorded run at the end of a month: enough for map, table and scrubbing, packed small.

use crate::outcome::CountyMoney;
use sim_core::base::{Month, Time};
use sim_core::event::Measure;
use sim_core::market::choice::Delivery;
use sim_core::metrics::area::AreaMonth;
use sim_core::metrics::ledger::{Ledger, Payer};
use sim_core::model::VillageView;
use sim_core::simulation::Simulation;
use sim_core::world::Atlas;
use std::sync::Arc;

/// Places of a recorded run, in flat columns.
#[derive(Clone, Debug)]
pub struct Places {
    /// Counties with towns and villages.
    pub atlas: Arc<Atlas>,
    /// Longitude of each village \[degrees east\].
    pub longitude: Vec<f32>,
    /// Latitude of each village \[degrees north\].
    pub latitude: Vec<f32>,
    /// County of each village.
    pub county: Vec<u32>,
    /// First village of each county, and the number of all.
    pub first: Vec<usize>,
}

impl Places {
    /// Those of a run.
    pub fn of(atlas: &Arc<Atlas>) -> Places {
        let mut places = Places {
            atlas: atlas.clone(),
            longitude: Vec::new(),
            latitude: Vec::new(),
            county: Vec::new(),
            first: vec![0],
        };
        for (index, county) in atlas.counties.iter().enumerate() {
            for village in &county.villages {
                places.longitude.push(village.longitude);
                places.latitude.push(village.latitude);
                places.county.push(index as u32);
            }
            places.first.push(places.county.len());
        }
        places
    }

    /// Villages in all.
    pub fn len(&self) -> usize {
        self.county.len()
    }

    /// The county of a village, and its number there.
    pub fn split(&self, village: usize) -> (usize, usize) {
        let county = self.county.get(village).map_or(0, |&county| county as usize);
        (county, village - self.first.get(county).copied().unwrap_or(0))
    }

    /// Name of a county with its province, in Chinese and Latin letters.
    pub fn county_name(&self, county: usize, is_chinese: bool) -> String {
        let Some(place) = self.atlas.counties.get(county) else {
            return String::new();
        };
        let province = self.atlas.provinces.get(usize::from(place.province));
        match (province, is_chinese) {
            (Some(province), true) => format!("{}{}", province.name, place.name),
            (Some(province), false) => format!("{}, {}", place.name_en, province.name_en),
            (None, _) => place.name_en.clone(),
        }
    }

    /// Name of a village: its number, for villages are synthetic, and its town's name.
    pub fn village_name(&self, county: usize, village: usize, is_chinese: bool) -> String {
        let place = self.atlas.counties.get(county);
        let found = place.and_then(|place| Some((place, place.villages.get(village)?)));
        let Some((place, village)) = found else {
            return String::new();
        };
        let town = place.towns.get(usize::from(village.town)).map_or("", |town| town.name.as_str());
        if is_chinese {
            format!("{town}{}号村", village.number)
        } else {
            format!("Village {} of {}", village.number, place.name_en)
        }
    }

    /// Name of a village with its county and province, as lists of many have it.
    pub fn village_label(&self, county: usize, village: usize, is_chinese: bool) -> String {
        let place = self.atlas.counties.get(county);
        let found = place.and_then(|place| Some((place, place.villages.get(village)?)));
        match (found, is_chinese) {
            (None, _) => String::new(),
            (Some((place, _)), true) => {
                format!("{} {}", place.name, self.village_name(county, village, true))
            }
            (Some((_, village)), false) => {
                format!("Village {} of {}", village.number, self.county_name(county, false))
            }
        }
    }
}

/// Villages and counties at the end of a month.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// When.
    pub time: Time,
    /// Share of regular buyers \[1/255\].
    regular: Vec<u8>,
    /// Bit 0: station open; bit 1: Taobao village; bits 2 and 3: delivery.
    flags: Vec<u8>,
    /// The partner's usual income \[yuan/month\].
    income: Vec<u16>,
    /// Shops.
    shops: Vec<u16>,
    /// Sales of twelve months \[yuan\].
    sales: Vec<f32>,
    /// The last closed month of each county; none before the first.
    pub counties: Vec<Option<AreaMonth>>,
    /// What each county has cost and brought since the start.
    pub money: Vec<CountyMoney>,
}

/// What a county has cost by its books, and brought in so many orders.
fn money(ledger: &Ledger, months: &[AreaMonth]) -> CountyMoney {
    let totals = ledger.totals();
    let spent = |payer: Payer| totals.spent_by(payer) as f64 / 100.0;
    CountyMoney {
        programme: spent(Payer::Programme),
        government: spent(Payer::Government),
        orders: months.iter().map(|month| month.real(Measure::StationOrders)).sum(),
    }
}

impl Frame {
    /// The month whose figures of counties it has; none before the first is over.
    pub fn month(&self) -> Option<Month> {
        self.counties.iter().flatten().map(|month| month.month).next()
    }

    /// A run as it is now.
    pub fn of(simulation: &Simulation) -> Frame {
        let mut frame = Frame {
            time: simulation.now(),
            counties: simulation.gathered().counties.iter().map(|months| months.last().cloned()).collect(),
            ..Frame::default()
        };
        for (county, months) in simulation.counties().zip(&simulation.gathered().counties) {
            frame.money.push(money(county.book().ledger(), months));
            for village in 0..county.villages().len() {
                frame.push(&county.view(village));
            }
        }
        frame
    }

    fn push(&mut self, view: &VillageView) {
        let flags = u8::from(view.station_open) | u8::from(view.taobao) << 1 | (view.delivery as u8) << 2;
        self.regular.push((view.regular_share * 255.0 + 0.5) as u8);
        self.flags.push(flags);
        self.income.push(view.partner_income.unwrap_or(0.0).clamp(0.0, 65_535.0) as u16);
        self.shops.push(view.shops.min(65_535) as u16);
        self.sales.push(view.yearly_sales as f32);
    }

    /// Villages.
    pub fn len(&self) -> usize {
        self.flags.len()
    }

    /// Share of households that buy regularly.
    pub fn regular(&self, village: usize) -> f32 {
        self.regular.get(village).map_or(0.0, |&share| f32::from(share) / 255.0)
    }

    fn flag(&self, village: usize) -> u8 {
        self.flags.get(village).copied().unwrap_or(0)
    }

    /// Whether a station is open.
    pub fn has_station(&self, village: usize) -> bool {
        self.flag(village) & 1 == 1
    }

    /// Whether it is a Taobao village.
    pub fn is_taobao(&self, village: usize) -> bool {
        self.flag(village) & 2 == 2
    }

    /// How parcels arrive.
    pub fn delivery(&self, village: usize) -> Delivery {
        Delivery::ALL[usize::from(self.flag(village) >> 2).min(2)]
    }

    /// The partner's usual income \[yuan/month\]; none without an open station.
    pub fn income(&self, village: usize) -> Option<f32> {
        self.has_station(village).then(|| self.income.get(village).map_or(0.0, |&income| f32::from(income)))
    }

    /// Shops.
    pub fn shops(&self, village: usize) -> f32 {
        self.shops.get(village).map_or(0.0, |&shops| f32::from(shops))
    }

    /// Sales of twelve months \[yuan\].
    pub fn sales(&self, village: usize) -> f32 {
        self.sales.get(village).copied().unwrap_or(0.0)
    }
}

/// Households by what they have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Group {
    /// Households.
    pub households: f64,
    /// Their yearly saving at the retail cost of living \[yuan\].
    pub saving: f64,
    /// Their yearly income from shops \[yuan\].
    pub from_shops: f64,
    /// Households that gain at least half a per cent.
    pub better_off: f64,
}

/// Names of groups, as keys of texts: age of the head, income, remoteness, delivery at the start.
pub const GROUPS: [&str; 11] = [
    "group.young",
    "group.middle",
    "group.old",
    "group.poor",
    "group.medium",
    "group.rich",
    "group.near",
    "group.far",
    "group.remote",
    "group.served",
    "group.unserved",
];

/// Who gains by the end: households by group, and every village.
#[derive(Clone, Debug, Default)]
pub struct Gains {
    /// In order of [`GROUPS`].
    pub groups: [Group; 11],
    /// Saving of each village's mean household \[yuan/year\].
    pub saving: Vec<f32>,
    /// Income from shops of each village's mean person \[yuan/year\].
    pub from_shops: Vec<f32>,
}

impl Gains {
    /// Those of a run as it is now; `served` says which villages couriers delivered to at the start.
    pub fn of(simulation: &Simulation, served: &[bool]) -> Gains {
        let mut gains = Gains::default();
        let mut first = 0;
        for (county, place) in simulation.counties().zip(&simulation.setting().atlas.counties) {
            let villages = county.villages().len();
            let mut sums = vec![(0.0, 0.0, 0.0, 0.0); villages];
            county.each_living(simulation.setting(), simulation.now(), |village, living| {
                let at = usize::from(living.village);
                let weight = village.weight();
                let people = weight * f64::from(living.members);
                let sum = &mut sums[at];
                *sum = (
                    sum.0 + weight,
                    sum.1 + living.saving * weight,
                    sum.2 + people,
                    sum.3 + living.from_shops() * people,
                );
                let household = &village.residents[usize::from(living.record)];
                let income = match household.income_ratio() {
                    ratio if ratio < 0.65 => 3,
                    ratio if ratio < 1.1 => 4,
                    _ => 5,
                };
                let minutes = place.villages.get(at).map_or(0, |village| village.to_seat);
                let road = match minutes {
                    0..40 => 6,
                    40..80 => 7,
                    _ => 8,
                };
                let delivery = if served.get(first + at).copied().unwrap_or(false) { 9 } else { 10 };
                for group in [household.age_group().min(2), income, road, delivery] {
                    let group = &mut gains.groups[group];
                    group.households += weight;
                    group.saving += living.saving * weight;
                    group.from_shops += living.from_shops() * people;
                    group.better_off += if living.fall >= 0.005 { weight } else { 0.0 };
                }
            });
            gains.saving.extend(sums.iter().map(|sum| (sum.1 / sum.0.max(1.0)) as f32));
            gains.from_shops.extend(sums.iter().map(|sum| (sum.3 / sum.2.max(1.0)) as f32));
            first += villages;
        }
        gains
    }
}
