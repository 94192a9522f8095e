//! The story of a county, a village, a household or a shop: state, history, money, reasons, and where to go from there.

use crate::number::{grouped, short};
use sim_core::agents::household::Household;
use sim_core::agents::partner::StationState;
use sim_core::agents::shop::Shop;
use sim_core::base::{Month, Product, Time};
use sim_core::event::Happening;
use sim_core::metrics::ledger::{Account, Item};
use sim_core::model::{CountyProcess, Village, VillageRow};
use sim_core::simulation::Simulation;
use sim_core::world::County;

/// Marks a text as a key of the catalogue, for the test that looks for missing ones.
macro_rules! key {
    ($key:literal) => {
        $key
    };
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entity {
    /// A county, by its index in the atlas.
    County(u32),
    /// A village of a county.
    Village(u32, u16),
    /// A household record of a village.
    Household(u32, u16, u16),
    /// A shop of a village, by its number among all ever founded there.
    Shop(u32, u16, u16),
}

impl Entity {
    /// Its county.
    pub fn county(self) -> u32 {
        match self {
            Entity::County(county)
            | Entity::Village(county, _)
            | Entity::Household(county, ..)
            | Entity::Shop(county, ..) => county,
        }
    }

    /// Its village; none of a county.
    pub fn village(self) -> Option<u16> {
        match self {
            Entity::County(_) => None,
            Entity::Village(_, village) | Entity::Household(_, village, _) | Entity::Shop(_, village, _) => {
                Some(village)
            }
        }
    }
}

/// A line of a story: the key of a text with values to put into it.
pub type Line = (&'static str, Vec<String>);

/// A story, as far as the run has come.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// Of what; none before anything was told.
    pub entity: Option<Entity>,
    /// When it was told.
    pub time: Time,
    /// How things stand.
    pub state: Vec<Line>,
    /// Why they stand so.
    pub why: Vec<Line>,
    /// Money in (above 0) and out (below), in yuan, by what for.
    pub money: Vec<(String, f64)>,
    /// What happened.
    pub events: Vec<(Time, Option<u16>, Happening)>,
    /// Rows of the village table.
    pub rows: Vec<VillageRow>,
    /// Others to look at.
    pub links: Vec<(Line, Entity)>,
}

/// Links of a kind that are listed at most.
const LISTED: usize = 12;

impl Story {
    /// The story of an entity; an empty one if there is no such entity any more.
    pub fn of(simulation: &Simulation, entity: Entity) -> Story {
        let mut story = Story {
            entity: Some(entity),
            time: simulation.now(),
            ..Story::default()
        };
        let index = entity.county() as usize;
        let place = simulation.setting().atlas.counties.get(index);
        if let (Some(county), Some(place)) = (simulation.counties().nth(index), place) {
            let told = Teller {
                simulation,
                county,
                place,
                index: index as u32,
            };
            match entity {
                Entity::County(_) => told.county(&mut story),
                Entity::Village(_, village) => told.village(&mut story, village),
                Entity::Household(_, village, record) => told.household(&mut story, village, record),
                Entity::Shop(_, village, number) => told.shop(&mut story, village, number),
            }
        }
        story
    }
}

struct Teller<'s> {
    simulation: &'s Simulation,
    county: &'s CountyProcess,
    place: &'s County,
    index: u32,
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

fn product_name(product: Product) -> String {
    product.name().replace('_', " ")
}

impl Teller<'_> {
    fn county(&self, story: &mut Story) {
        let (place, county) = (self.place, self.county);
        let open = county
            .villages()
            .iter()
            .filter(|village| village.open_station().is_some())
            .count();
        let regular: f64 = county.villages().iter().map(|village| village.share(3)).sum();
        let villages = county.villages().len().max(1);
        story.state.extend([
            (
                key!("story.county.villages"),
                vec![grouped(villages as i64), grouped(place.households() as i64)],
            ),
            (
                key!("story.county.stations"),
                vec![grouped(open as i64), grouped(county.centre().routes.len() as i64)],
            ),
            (
                key!("story.county.buyers"),
                vec![percent(regular / villages as f64)],
            ),
            (
                key!("story.county.shops"),
                vec![grouped(county.shops().len() as i64)],
            ),
            (
                key!("story.county.income"),
                vec![percent(place.income_ratio), short(place.schooling)],
            ),
            (
                key!("story.county.sorting"),
                vec![short(county.centre().line.daily_capacity())],
            ),
        ]);
        if place.poverty_county {
            story.state.push((key!("story.county.poor"), Vec::new()));
        }
        let best = Product::ALL
            .into_iter()
            .max_by(|a, b| place.industry[a.at()].total_cmp(&place.industry[b.at()]));
        if let Some(best) = best {
            let strength = f64::from(place.industry[best.at()]);
            story.why.push((
                key!("story.why.industry"),
                vec![product_name(best), short(strength)],
            ));
        }
        story.why.push((
            key!("story.why.distance"),
            vec![short(place.to_prefecture), short(place.to_capital)],
        ));
        story.why.push((
            key!("story.why.relief"),
            vec![short(place.elevation), short(place.relief)],
        ));
        self.payments(story);
        self.history(story, None);
        let mut by_shops: Vec<usize> = (0..county.villages().len()).collect();
        by_shops.sort_by_key(|&at| {
            std::cmp::Reverse((
                county.villages()[at].shops(),
                county.villages()[at].open_station().is_some(),
            ))
        });
        for at in by_shops.into_iter().take(LISTED) {
            let village = &county.villages()[at];
            let line = (
                key!("story.link.village"),
                vec![
                    place.villages[at].number.to_string(),
                    grouped(i64::from(village.shops())),
                    percent(village.share(3)),
                ],
            );
            story.links.push((line, Entity::Village(self.index, at as u16)));
        }
    }

    /// What households, partners and shops of the county received and paid since the start.
    fn payments(&self, story: &mut Story) {
        let totals = self.county.book().ledger().totals();
        let yuan = |fen: i128| fen as f64 / 100.0;
        for item in Item::ALL {
            let amount = yuan(totals.item(item));
            let inside = |account: Account| {
                matches!(account, Account::Households | Account::Partners | Account::Shops)
            };
            let sign = match (inside(item.from()), inside(item.to())) {
                (true, false) => -1.0,
                (false, true) => 1.0,
                _ => continue,
            };
            if amount != 0.0 {
                story.money.push((item.name().replace('_', " "), sign * amount));
            }
        }
        story.money.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        story.money.truncate(16);
    }

    fn history(&self, story: &mut Story, village: Option<u16>) {
        let episodes = self.simulation.gathered().episodes.iter();
        let here = episodes.filter(|episode| episode.county.0 == self.index);
        let told = here.filter(|episode| match (village, episode.village) {
            (Some(wanted), Some(found)) => found.0 == wanted,
            (_, None) => true,
            (None, Some(_)) => matches!(
                episode.happening,
                Happening::TaobaoVillage(_) | Happening::FirstShop(_)
            ),
        });
        story.events = told
            .map(|episode| {
                (
                    episode.time,
                    episode.village.map(|village| village.0),
                    episode.happening,
                )
            })
            .collect();
    }

    fn village(&self, story: &mut Story, at: u16) {
        let index = usize::from(at);
        let (Some(village), Some(place)) =
            (self.county.villages().get(index), self.place.villages.get(index))
        else {
            return;
        };
        story.state.extend([
            (
                key!("story.village.households"),
                vec![grouped(i64::from(place.households))],
            ),
            (
                key!("story.village.road"),
                vec![
                    grouped(i64::from(village.to_town)),
                    grouped(i64::from(village.to_seat)),
                ],
            ),
            (
                key!("story.village.broadband"),
                vec![village.broadband.to_string()],
            ),
            (
                [
                    key!("story.village.delivery.seat"),
                    key!("story.village.delivery.town"),
                    key!("story.village.delivery.village"),
                ][(village.delivery as usize).min(2)],
                Vec::new(),
            ),
            (
                key!("story.village.buyers"),
                (0..5).map(|state| percent(village.share(state))).collect(),
            ),
        ]);
        self.station(story, village);
        if let Some(sellers) = village.sellers.as_deref() {
            story.state.push((
                key!("story.village.shops"),
                vec![
                    grouped(i64::from(sellers.shops)),
                    product_name(sellers.main_trade()),
                    grouped(i64::from(sellers.jobs)),
                    short(sellers.yearly_sales() as f64 / 100.0),
                ],
            ));
            story.money.push((
                "shop sales, twelve months".to_owned(),
                sellers.yearly_sales() as f64 / 100.0,
            ));
            story.money.push((
                "shops' profits and wages, last month".to_owned(),
                sellers.income as f64 / 100.0,
            ));
        }
        self.why_village(story, village, index);
        self.history(story, Some(at));
        let rows = self.simulation.gathered().villages.iter();
        story.rows = rows
            .filter(|(county, row)| *county == self.index && row.village.0 == at)
            .map(|(_, row)| *row)
            .collect();
        self.people(story, village, at);
    }

    fn station(&self, story: &mut Story, village: &Village) {
        let Some(station) = village.station.as_deref() else {
            story.state.push((key!("story.village.no_station"), Vec::new()));
            return;
        };
        let state = match station.state {
            StationState::Closed => key!("story.station.closed"),
            StationState::Vacant => key!("story.station.vacant"),
            _ if station.is_open() => key!("story.station.open"),
            _ => key!("story.station.planned"),
        };
        let values = vec![station.opened.date().to_string(), format!("{:?}", station.kind)];
        story.state.push((state, values));
        let skill = vec![
            percent(station.skill),
            percent(station.natural_skill),
            short(station.drive),
        ];
        story.state.push((key!("story.station.partner"), skill));
        let orders = vec![
            grouped(i64::from(station.orders_last)),
            short(station.delivery_days),
        ];
        story.state.push((key!("story.station.orders"), orders));
        let now = self.simulation.now();
        let p = &self.simulation.setting().parameters;
        let wage = p.income.migrant_wage.at(now);
        let outside = sim_core::agents::partner::outside_option(&p.partner, station.kind, wage);
        let lean = vec![
            short(station.usual_income),
            short(outside),
            station.lean_months.to_string(),
        ];
        story.why.push((key!("story.why.partner"), lean));
        story
            .money
            .push(("partner's income, last month".to_owned(), station.income.yuan()));
        story.money.push((
            "ordered at the station, month so far".to_owned(),
            -station.value.yuan(),
        ));
    }

    /// What makes shops likely here or not: line, courier, craft, industry, people back from the city, neighbours.
    fn why_village(&self, story: &mut Story, village: &Village, index: usize) {
        let place = &self.place.villages[index];
        let now = Month::of(self.simulation.now());
        if village.broadband <= now {
            let since = i64::from(now.0) - i64::from(village.broadband.0);
            story.why.push((key!("story.why.line"), vec![since.to_string()]));
        } else {
            story.why.push((key!("story.why.no_line"), Vec::new()));
        }
        match place.craft {
            Some(craft) => {
                let strength = short(f64::from(place.craft_strength));
                story
                    .why
                    .push((key!("story.why.craft"), vec![product_name(craft), strength]));
            }
            None => story.why.push((key!("story.why.no_craft"), Vec::new())),
        }
        let trade = village
            .sellers
            .as_deref()
            .filter(|sellers| sellers.shops > 0)
            .map(|sellers| sellers.main_trade());
        if let Some(trade) = trade.or(place.craft) {
            let strength = f64::from(self.place.industry[trade.at()]);
            story.why.push((
                key!("story.why.industry"),
                vec![product_name(trade), short(strength)],
            ));
        }
        let back = f64::from(village.returned) / f64::from(village.records.max(1));
        story.why.push((key!("story.why.returned"), vec![percent(back)]));
        let town = place.town;
        let neighbours = self
            .county
            .villages()
            .iter()
            .zip(&self.place.villages)
            .enumerate();
        let selling =
            neighbours.filter(|(at, (other, there))| *at != index && there.town == town && other.shops() > 0);
        story
            .why
            .push((key!("story.why.neighbours"), vec![selling.count().to_string()]));
        if let Some(sellers) = village.sellers.as_deref() {
            let founded = u32::from(sellers.founded);
            story.why.push((
                key!("story.why.copying"),
                vec![grouped(i64::from(founded)), grouped(i64::from(sellers.shops))],
            ));
        }
    }

    fn people(&self, story: &mut Story, village: &Village, at: u16) {
        story.links.push((
            (key!("story.link.county"), vec![self.place.name_en.clone()]),
            Entity::County(self.index),
        ));
        let shops = self.county.shops().iter().filter(|shop| shop.village == at);
        let mut shops: Vec<&Shop> = shops.collect();
        shops.sort_by(|a, b| b.success.total_cmp(&a.success));
        for shop in shops.into_iter().take(LISTED) {
            let line = (
                key!("story.link.shop"),
                vec![
                    (shop.number + 1).to_string(),
                    product_name(shop.product),
                    short(f64::from(shop.success)),
                    shop.workers.to_string(),
                ],
            );
            story
                .links
                .push((line, Entity::Shop(self.index, at, shop.number)));
        }
        for record in 0..village.records.min(LISTED as u16) {
            let Some(household) = self.record(village, record) else {
                continue;
            };
            let line = (
                key!("story.link.household"),
                vec![
                    (record + 1).to_string(),
                    household.head_age.to_string(),
                    format!("{:?}", household.buying).to_lowercase(),
                ],
            );
            story
                .links
                .push((line, Entity::Household(self.index, at, record)));
        }
    }

    fn record(&self, village: &Village, record: u16) -> Option<&Household> {
        self.county
            .households()
            .get(village.first as usize + usize::from(record))
    }

    fn household(&self, story: &mut Story, at: u16, record: u16) {
        let Some(village) = self.county.villages().get(usize::from(at)) else {
            return;
        };
        let Some(household) = self.record(village, record) else {
            return;
        };
        story.state.extend([
            (
                key!("story.household.people"),
                vec![
                    household.members.to_string(),
                    household.head_age.to_string(),
                    household.migrants.to_string(),
                    household.returned.to_string(),
                ],
            ),
            (key!("story.household.weight"), vec![short(village.weight())]),
            (
                key!("story.household.buying"),
                vec![
                    format!("{:?}", household.buying).to_lowercase(),
                    format!("{:?}", household.platform).to_lowercase(),
                    percent(household.trust()),
                    household.good_parcels.to_string(),
                ],
            ),
        ]);
        if household.habit_since > 0 {
            story.state.push((
                key!("story.household.habit"),
                vec![Month(household.habit_since).to_string()],
            ));
        }
        let phones = self.simulation.setting().phones(self.simulation.now());
        let phone = household.has_phone(phones);
        story.why.push((
            if phone {
                key!("story.why.phone")
            } else {
                key!("story.why.no_phone")
            },
            Vec::new(),
        ));
        story.why.push((
            if household.alone {
                key!("story.why.alone")
            } else {
                key!("story.why.helped")
            },
            Vec::new(),
        ));
        let neighbours = percent(village.share(3));
        story
            .why
            .push((key!("story.why.buying_neighbours"), vec![neighbours]));
        self.county.each_living(self.simulation.now(), |_, living| {
            if living.village == at && living.record == record {
                let members = f64::from(living.members);
                story.money.push((
                    "income of the household, a year".to_owned(),
                    living.income * members,
                ));
                story
                    .money
                    .push(("of it from shops, a year".to_owned(), living.from_shops * members));
                story
                    .money
                    .push(("saved by buying online, a year".to_owned(), living.saving));
            }
        });
        story.links.push((
            (key!("story.link.back"), Vec::new()),
            Entity::Village(self.index, at),
        ));
        let own = self
            .county
            .shops()
            .iter()
            .filter(|shop| shop.village == at && shop.owner == record);
        for shop in own {
            let line = (
                key!("story.link.shop"),
                vec![
                    (shop.number + 1).to_string(),
                    product_name(shop.product),
                    short(f64::from(shop.success)),
                    shop.workers.to_string(),
                ],
            );
            story
                .links
                .push((line, Entity::Shop(self.index, at, shop.number)));
        }
    }

    fn shop(&self, story: &mut Story, at: u16, number: u16) {
        let here = |shop: &&Shop| shop.village == at && shop.number == number;
        story.links.push((
            (key!("story.link.back"), Vec::new()),
            Entity::Village(self.index, at),
        ));
        let Some(shop) = self.county.shops().iter().find(here) else {
            story.state.push((key!("story.shop.closed"), Vec::new()));
            return;
        };
        story.state.extend([
            (
                key!("story.shop.trade"),
                vec![
                    product_name(shop.product),
                    format!("{:?}", shop.stage).to_lowercase(),
                    shop.age.to_string(),
                ],
            ),
            (key!("story.shop.workers"), vec![shop.workers.to_string()]),
            (
                key!("story.shop.quality"),
                vec![short(f64::from(shop.quality)), short(f64::from(shop.reputation))],
            ),
            (
                key!("story.shop.platform"),
                vec![format!("{:?}", shop.platform).to_lowercase()],
            ),
        ]);
        story
            .why
            .push((key!("story.why.success"), vec![short(f64::from(shop.success))]));
        // Trades of the same village founded before it: whom it can have copied.
        let before = self
            .county
            .shops()
            .iter()
            .filter(|other| other.village == at && other.number < number);
        let same: Vec<&Shop> = before.filter(|other| other.product == shop.product).collect();
        match same.first() {
            Some(first) => {
                let values = vec![same.len().to_string(), (first.number + 1).to_string()];
                story.why.push((key!("story.why.copied"), values));
                story.links.push((
                    (
                        key!("story.link.shop"),
                        vec![
                            (first.number + 1).to_string(),
                            product_name(first.product),
                            short(f64::from(first.success)),
                            first.workers.to_string(),
                        ],
                    ),
                    Entity::Shop(self.index, at, first.number),
                ));
            }
            None => story.why.push((key!("story.why.first"), Vec::new())),
        }
        story.why.push((
            key!("story.why.lean"),
            vec![shop.lean_months.to_string(), shop.broke_months.to_string()],
        ));
        story.money.push(("cash at hand".to_owned(), shop.cash.yuan()));
        story.money.push(("debt".to_owned(), -shop.debt.yuan()));
        story.links.push((
            (key!("story.link.owner"), Vec::new()),
            Entity::Household(self.index, at, shop.owner),
        ));
    }
}
