//! The story of a village: its road, station, buyers and shops, and why they are as they are.

use super::people::shop_line;
use super::{
    Entity, LISTED, Purpose, Story, StoryBuilder, Value, count, figure, percent, product_name, term, text,
};
use crate::text::Text;
use sim_core::agents::household::Buying;
use sim_core::agents::partner::StationState;
use sim_core::agents::shop::Shop;
use sim_core::base::Month;
use sim_core::event::{Cause, Happening};
use sim_core::model::{Sellers, Village};

/// Households that are listed at most.
const HOUSEHOLDS: u16 = 5;

impl StoryBuilder<'_> {
    pub(super) fn village(&self, story: &mut Story, at: u16) {
        let index = usize::from(at);
        let (Some(village), Some(place)) =
            (self.county.villages().get(index), self.place.villages.get(index))
        else {
            return;
        };
        story.state.extend([
            (key!("story.village.households"), vec![count(place.households)]),
            (key!("story.village.road"), vec![count(village.to_town), count(village.to_seat)]),
            (key!("story.village.broadband"), vec![text(village.broadband)]),
            (
                [
                    key!("story.village.delivery.seat"),
                    key!("story.village.delivery.town"),
                    key!("story.village.delivery.village"),
                ][(village.delivery as usize).min(2)],
                Vec::new(),
            ),
            (key!("story.village.buyers"), Buying::ALL.map(|state| percent(village.share(state))).to_vec()),
        ]);
        self.station(story, village);
        if let Some(sellers) = village.sellers.as_deref() {
            self.sellers(story, sellers);
        }
        let takings = village.takings.year();
        if takings != 0.0 {
            story.money.push((Purpose::Other(key!("story.money.takings")), takings));
        }
        self.history(story, Some(at));
        // Where shops are what there is to explain, they come first.
        let partner = std::mem::take(&mut story.why);
        self.why_village(story, village, index);
        if !village.shops().is_empty() {
            story.why.extend(partner);
        } else {
            story.why.splice(0..0, partner);
        }
        let rows = self.simulation.gathered().villages.iter();
        story.rows = rows
            .filter(|(county, row)| *county == self.index && row.village.0 == at)
            .map(|(_, row)| *row)
            .collect();
        self.people(story, village, at);
    }

    fn sellers(&self, story: &mut Story, sellers: &Sellers) {
        let yuan = |fen: i64| fen as f64 / 100.0;
        if sellers.shops.is_empty() {
            story.state.push((key!("story.village.no_shops"), Vec::new()));
        } else {
            story.state.push((
                key!("story.village.shops"),
                vec![
                    count(sellers.shops.len() as i64),
                    product_name(sellers.main_trade()),
                    count(sellers.jobs),
                    figure(yuan(sellers.yearly_sales())),
                ],
            ));
            story.money.push((Purpose::Other(key!("story.money.shop_sales")), yuan(sellers.yearly_sales())));
        }
        story.money.push((Purpose::Other(key!("story.money.shop_wages")), yuan(sellers.wages)));
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
        let values = vec![text(station.opened.date()), term(station.kind)];
        story.state.push((state, values));
        if !station.is_open() {
            return;
        }
        let skill = vec![percent(station.skill), percent(station.natural_skill), percent(station.drive)];
        story.state.push((key!("story.station.partner"), skill));
        if station.orders_last > 0 {
            let orders = vec![count(station.orders_last), figure(station.delivery_days)];
            story.state.push((key!("story.station.orders"), orders));
        } else {
            story.state.push((key!("story.station.no_orders"), Vec::new()));
        }
        let setting = self.simulation.setting();
        if setting.bundle > 1 {
            let each = vec![figure(100.0 * setting.sample), count(setting.bundle)];
            story.state.push((key!("story.sampled"), each));
        }
        let now = self.simulation.now();
        let p = &self.simulation.setting().parameters;
        let wage = p.income.migrant_wage.at(now);
        let outside = station.outside_option(wage);
        let income = vec![figure(station.usual_income), figure(outside)];
        story.why.push((key!("story.why.partner"), income));
        if station.lean_months > 0 {
            let months = vec![text(station.lean_months)];
            story.why.push((key!("story.why.partner.lean"), months));
        }
        story.money.push((
            Purpose::Other(key!("story.money.partner")),
            station.income.map_or(0.0, sim_core::base::Money::yuan),
        ));
        story.money.push((Purpose::Other(key!("story.money.ordered")), -station.value.yuan()));
    }

    /// What makes shops likely here or not: line, courier, craft, industry, people back from the city,
    /// neighbours.
    fn why_village(&self, story: &mut Story, village: &Village, index: usize) {
        let place = &self.place.villages[index];
        let now = Month::of(self.simulation.now());
        let opened = story.events.iter().filter(|event| matches!(event.2, Happening::ShopOpened(_)));
        let known = opened.clone().count();
        if known > 1 && village.shops().len() > 1 {
            let copies = opened.filter(|event| matches!(event.3, Cause::Copied { .. })).count();
            let values = vec![count(known as i64), count(copies as i64)];
            story.why.push((key!("story.why.followed"), values));
        }
        if village.broadband <= now {
            let since = i64::from(now.0) - i64::from(village.broadband.0);
            story.why.push((key!("story.why.line"), vec![text(since)]));
        } else {
            story.why.push((key!("story.why.no_line"), Vec::new()));
        }
        match place.craft {
            Some(craft) => {
                let strength = figure(f64::from(place.craft_strength));
                story.why.push((key!("story.why.craft"), vec![product_name(craft), strength]));
            }
            None => story.why.push((key!("story.why.no_craft"), Vec::new())),
        }
        let trade = village
            .sellers
            .as_deref()
            .filter(|sellers| !sellers.shops.is_empty())
            .map(|sellers| sellers.main_trade());
        if let Some(trade) = trade.or(place.craft) {
            let strength = f64::from(self.place.industry[trade.at()]);
            story.why.push((key!("story.why.industry"), vec![product_name(trade), figure(strength)]));
        }
        let back = f64::from(village.returned) / f64::from(village.records().max(1));
        story.why.push((key!("story.why.returned"), vec![percent(back)]));
        let town = place.town;
        let neighbours = self.county.villages().iter().zip(&self.place.villages).enumerate();
        let selling = neighbours
            .filter(|(at, (other, there))| *at != index && there.town == town && !other.shops().is_empty());
        story.why.push(match selling.count() {
            0 => (key!("story.why.no_neighbours"), Vec::new()),
            1 => (key!("story.why.neighbour"), Vec::new()),
            count => (key!("story.why.neighbours"), vec![text(count)]),
        });
        if let Some(sellers) = village.sellers.as_deref() {
            let opened = u32::from(sellers.opened);
            story
                .why
                .push((key!("story.why.copying"), vec![count(opened), count(sellers.shops.len() as i64)]));
        }
    }

    fn people(&self, story: &mut Story, village: &Village, at: u16) {
        let county = Value::Name(Text { en: self.place.name_en.clone(), zh: self.place.name.clone() });
        story.links.push(((key!("story.link.county"), vec![county]), Entity::County(self.index)));
        let mut shops: Vec<&Shop> = village.shops().iter().collect();
        shops.sort_by(|a, b| b.success.total_cmp(&a.success));
        story.unlisted = shops.len().saturating_sub(LISTED);
        for shop in shops.into_iter().take(LISTED) {
            story.links.push((shop_line(shop), Entity::Shop(self.index, at, shop.number)));
        }
        for record in 0..village.records().min(HOUSEHOLDS) {
            let Some(household) = village.residents.get(usize::from(record)) else {
                continue;
            };
            let line = (
                key!("story.link.household"),
                vec![text(record + 1), text(household.head_age), term(household.buying)],
            );
            story.links.push((line, Entity::Household(self.index, at, record)));
        }
    }
}
