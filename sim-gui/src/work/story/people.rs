//! The stories of a household and of a shop.

use super::{Entity, Story, Teller, percent, product_name};
use crate::number::short;
use sim_core::agents::shop::Shop;
use sim_core::base::Month;

impl Teller<'_> {
    pub(super) fn household(&self, story: &mut Story, at: u16, record: u16) {
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

    pub(super) fn shop(&self, story: &mut Story, at: u16, number: u16) {
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
