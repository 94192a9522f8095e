//! The stories of a household and of a shop.

use super::{Entity, Line, Purpose, Story, StoryBuilder, figure, percent, product_name, term, text};
use sim_core::agents::household::Buying;
use sim_core::agents::shop::Shop;
use sim_core::base::Month;

/// A link to a shop: its number, trade, success and workers.
pub(super) fn shop_line(shop: &Shop) -> Line {
    let values = vec![
        text(shop.number + 1),
        product_name(shop.product),
        figure(f64::from(shop.success)),
        text(shop.workers),
    ];
    (key!("story.link.shop"), values)
}

impl StoryBuilder<'_> {
    pub(super) fn household(&self, story: &mut Story, at: u16, record: u16) {
        let Some(village) = self.county.villages().get(usize::from(at)) else {
            return;
        };
        let Some(household) = village.residents.get(usize::from(record)) else {
            return;
        };
        story.state.extend([
            (
                key!("story.household.people"),
                vec![
                    text(household.members),
                    text(household.head_age),
                    text(household.migrants),
                    text(household.returned),
                ],
            ),
            (key!("story.household.weight"), vec![figure(village.weight())]),
            match household.buying {
                // Who has not tried has no platform, and no parcel.
                Buying::Unaware | Buying::Aware => {
                    (key!("story.household.not_buying"), vec![term(household.buying)])
                }
                _ => (
                    key!("story.household.buying"),
                    vec![
                        term(household.buying),
                        term(household.platform),
                        percent(household.trust()),
                        text(household.good_parcels),
                    ],
                ),
            },
        ]);
        if household.habit_since > 0 {
            story.state.push((key!("story.household.habit"), vec![text(Month(household.habit_since))]));
        }
        let phones = self.simulation.setting().phones(self.simulation.now());
        let phone = household.has_phone(phones);
        story
            .why
            .push((if phone { key!("story.why.phone") } else { key!("story.why.no_phone") }, Vec::new()));
        story.why.push((
            if household.self_service { key!("story.why.alone") } else { key!("story.why.helped") },
            Vec::new(),
        ));
        let neighbours = percent(village.share(Buying::Regular));
        story.why.push((key!("story.why.buying_neighbours"), vec![neighbours]));
        self.county.each_living(self.simulation.setting(), self.simulation.now(), |_, living| {
            if living.village == at && living.record == record {
                let members = f64::from(living.members);
                story.money.push((Purpose::Other(key!("story.money.income")), living.income() * members));
                story
                    .money
                    .push((Purpose::Other(key!("story.money.from_shops")), living.from_shops() * members));
                story.money.push((Purpose::Other(key!("story.money.saving")), living.saving));
            }
        });
        story.links.push(((key!("story.link.back"), Vec::new()), Entity::Village(self.index, at)));
        for shop in village.shops_of(record) {
            story.links.push((shop_line(shop), Entity::Shop(self.index, at, shop.number)));
        }
    }

    pub(super) fn shop(&self, story: &mut Story, at: u16, number: u16) {
        story.links.push(((key!("story.link.back"), Vec::new()), Entity::Village(self.index, at)));
        let shops = self.county.villages().get(usize::from(at)).map_or(&[][..], |village| village.shops());
        let Some(shop) = shops.iter().find(|shop| shop.number == number) else {
            story.state.push((key!("story.shop.closed"), Vec::new()));
            return;
        };
        let quality = f64::from(shop.quality);
        story.state.extend([
            (key!("story.shop.trade"), vec![product_name(shop.product), term(shop.stage), text(shop.age)]),
            (key!("story.shop.workers"), vec![text(shop.workers)]),
            (
                key!("story.shop.quality"),
                vec![
                    figure(quality),
                    product_name(shop.product),
                    figure(f64::from(self.place.industry[shop.product.at()])),
                ],
            ),
            (
                key!("story.shop.reputation"),
                vec![percent(f64::from(shop.reputation) / quality.max(f64::MIN_POSITIVE))],
            ),
            (key!("story.shop.platform"), vec![term(shop.platform)]),
        ]);
        story.why.push((key!("story.why.success"), vec![figure(f64::from(shop.success))]));
        // Trades of the same village opened before it: whom it can have copied.
        let before = shops.iter().filter(|other| other.number < number);
        let same: Vec<&Shop> = before.filter(|other| other.product == shop.product).collect();
        match same.first() {
            Some(first) => {
                let values = vec![text(same.len()), text(first.number + 1)];
                story.why.push((key!("story.why.copied"), values));
                story.links.push((shop_line(first), Entity::Shop(self.index, at, first.number)));
            }
            None => story.why.push((key!("story.why.first"), Vec::new())),
        }
        // What has not happened needs no line.
        for (key, months) in
            [(key!("story.why.lean"), shop.lean_months), (key!("story.why.broke"), shop.broke_months)]
        {
            if months > 0 {
                story.why.push((key, vec![text(months)]));
            }
        }
        story.money.push((Purpose::Other(key!("story.money.cash")), shop.cash.yuan()));
        story.money.push((Purpose::Other(key!("story.money.debt")), -shop.debt.yuan()));
        story
            .links
            .push(((key!("story.link.owner"), Vec::new()), Entity::Household(self.index, at, shop.owner)));
    }
}
