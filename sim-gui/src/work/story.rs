//! The story of a county, a village, a household or a shop: state, history, money, reasons, and where to go
//! from there.

/// Marks a text as a key of the catalogue, for the test that looks for missing ones.
macro_rules! key {
    ($key:literal) => {
        $key
    };
}

mod people;
mod village;

use crate::text::{Say, Text};
use sim_core::agents::household::Buying;
use sim_core::base::{Product, Time};
use sim_core::event::{Cause, Happening};
use sim_core::metrics::ledger::{Account, Item};
use sim_core::model::{CountyProcess, VillageRow};
use sim_core::simulation::Simulation;
use sim_core::world::County;

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entity {
    /// A county, by its index in the atlas.
    County(u32),
    /// A village of a county.
    Village(u32, u16),
    /// A household record of a village.
    Household(u32, u16, u16),
    /// A shop of a village, by its number among all ever opened there.
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

/// A value in a line of a story, worded when it is shown, in the window's language.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// As it is.
    Text(String),
    /// A number.
    Number(f64),
    /// A word of the model, as `fresh_produce`.
    Term(String),
    /// A name, in both languages.
    Name(Text),
    /// A share, told in whole percent.
    Share(f64),
}

impl Value {
    /// In words.
    pub fn text(&self, say: Say) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Number(number) => say.number(*number),
            Value::Term(word) => say.term(word),
            Value::Name(name) => name.of(say.0).to_owned(),
            Value::Share(share) => format!("{:.0}{}", 100.0 * share, say.of("unit.percent")),
        }
    }
}

/// A line of a story: the key of a text with values to put into it.
pub type Line = (&'static str, Vec<Value>);

/// What money is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A payment of the ledger.
    Item(Item),
    /// Anything else, by the key of its text.
    Other(&'static str),
}

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
    pub money: Vec<(Purpose, f64)>,
    /// What happened.
    pub events: Vec<(Time, Option<u16>, Happening, Cause)>,
    /// Rows of the village table.
    pub rows: Vec<VillageRow>,
    /// Others to look at.
    pub links: Vec<(Line, Entity)>,
    /// Shops that are not among the links, for want of room.
    pub unlisted: usize,
}

/// Links of a kind that are listed at most.
const LISTED: usize = 12;

impl Story {
    /// The story of an entity; an empty one if there is no such entity any more.
    pub fn of(simulation: &Simulation, entity: Entity) -> Story {
        let mut story = Story { entity: Some(entity), time: simulation.now(), ..Story::default() };
        let index = entity.county() as usize;
        let place = simulation.setting().atlas.counties.get(index);
        if let (Some(county), Some(place)) = (simulation.counties().nth(index), place) {
            let builder = StoryBuilder { simulation, county, place, index: index as u32 };
            match entity {
                Entity::County(_) => builder.county(&mut story),
                Entity::Village(_, village) => builder.village(&mut story, village),
                Entity::Household(_, village, record) => builder.household(&mut story, village, record),
                Entity::Shop(_, village, number) => builder.shop(&mut story, village, number),
            }
        }
        story
    }
}

struct StoryBuilder<'s> {
    simulation: &'s Simulation,
    county: &'s CountyProcess,
    place: &'s County,
    index: u32,
}

fn percent(share: f64) -> Value {
    Value::Share(share)
}

fn product_name(product: Product) -> Value {
    Value::Term(product.name().to_owned())
}

fn figure(value: f64) -> Value {
    Value::Number(value)
}

fn count(value: impl Into<i64>) -> Value {
    Value::Number(value.into() as f64)
}

fn text(value: impl ToString) -> Value {
    Value::Text(value.to_string())
}

/// A variant of the model's as a word.
fn term(value: impl std::fmt::Debug) -> Value {
    Value::Term(format!("{value:?}").to_lowercase())
}

impl StoryBuilder<'_> {
    fn county(&self, story: &mut Story) {
        let (place, county) = (self.place, self.county);
        let open = county.villages().iter().filter(|village| village.open_station().is_some()).count();
        let regular: f64 = county.villages().iter().map(|village| village.share(Buying::Regular)).sum();
        let villages = county.villages().len().max(1);
        story.state.extend([
            (key!("story.county.villages"), vec![count(villages as i64), count(place.households() as i64)]),
            (
                key!("story.county.stations"),
                vec![count(open as i64), count(county.centre().routes.len() as i64)],
            ),
            (key!("story.county.buyers"), vec![percent(regular / villages as f64)]),
            (key!("story.county.shops"), vec![count(county.shops().count() as i64)]),
            (key!("story.county.income"), vec![percent(place.income_ratio), figure(place.schooling)]),
            (key!("story.county.sorting"), vec![figure(county.centre().line.daily_capacity())]),
        ]);
        if place.poverty_county {
            story.state.push((key!("story.county.poor"), Vec::new()));
        }
        let best =
            Product::ALL.into_iter().max_by(|a, b| place.industry[a.at()].total_cmp(&place.industry[b.at()]));
        if let Some(best) = best {
            let strength = f64::from(place.industry[best.at()]);
            story.why.push((key!("story.why.industry"), vec![product_name(best), figure(strength)]));
        }
        story
            .why
            .push((key!("story.why.distance"), vec![figure(place.to_prefecture), figure(place.to_capital)]));
        story.why.push((key!("story.why.relief"), vec![figure(place.elevation), figure(place.relief)]));
        self.payments(story);
        self.history(story, None);
        let mut by_shops: Vec<usize> = (0..county.villages().len()).collect();
        by_shops.sort_by_key(|&at| {
            std::cmp::Reverse((
                county.villages()[at].shop_count(),
                county.villages()[at].open_station().is_some(),
            ))
        });
        for at in by_shops.into_iter().take(LISTED) {
            let village = &county.villages()[at];
            let line = (
                key!("story.link.village"),
                vec![
                    text(place.villages[at].number),
                    count(i64::from(village.shop_count())),
                    percent(village.share(Buying::Regular)),
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
                story.money.push((Purpose::Item(item), sign * amount));
            }
        }
        story.money.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        story.money.truncate(16);
    }

    fn history(&self, story: &mut Story, village: Option<u16>) {
        let episodes = self.simulation.gathered().episodes.iter();
        let here = episodes.filter(|episode| episode.county.0 == self.index);
        let kept = here.filter(|episode| match (village, episode.village) {
            // The first shop is told with its founder.
            (Some(_), Some(_)) if matches!(episode.happening, Happening::FirstShop(_)) => false,
            (Some(wanted), Some(found)) => found.0 == wanted,
            (_, None) => true,
            (None, Some(_)) => {
                matches!(episode.happening, Happening::TaobaoVillage(_) | Happening::FirstShop(_))
            }
        });
        story.events = kept
            .map(|episode| {
                (episode.time, episode.village.map(|village| village.0), episode.happening, episode.cause)
            })
            .collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::simulation::Threads;

    /// What is told of a shop is what it is, and months that have not come are left out.
    #[test]
    fn a_shop_is_held_against_an_ordinary_one_and_no_line_counts_nothing() {
        let plan = crate::plan::Plan::of("county").with("end", "\"2014-12-31\"");
        let scenario = plan.prepare().unwrap().scenario;
        let mut simulation = Simulation::build(&scenario, None, Threads::Sequential).unwrap();
        while simulation.step() {}
        let county = simulation.counties().next().unwrap();
        let industry = simulation.setting().atlas.counties[0].industry;
        let shops = county.shops().count();
        assert!(shops > 5, "{shops}");
        for shop in county.shops() {
            let story = Story::of(&simulation, Entity::Shop(0, shop.village, shop.number));
            let has = |key: &str| story.why.iter().any(|line| line.0 == key);
            assert_eq!(has("story.why.lean"), shop.lean_months > 0);
            assert_eq!(has("story.why.broke"), shop.broke_months > 0);
            let quality = story.state.iter().find(|line| line.0 == "story.shop.quality").unwrap();
            let [Value::Number(times), _, Value::Number(base)] = quality.1.as_slice() else {
                panic!("{quality:?}");
            };
            assert_eq!(*times, f64::from(shop.quality));
            assert_eq!(*base, f64::from(industry[shop.product.at()]));
        }
        let lean = county.shops().filter(|shop| shop.lean_months > 0).count();
        assert!(lean < shops, "the control: some have no such months");
    }
}
