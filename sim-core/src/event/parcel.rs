//! Orders and their parcels.

use crate::base::{HouseholdIndex, Money, Time, VillageIndex};
use serde::{Deserialize, Serialize};

/// What was ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Goods {
    /// Clothes, food, household goods.
    Consumer,
    /// Appliances, furniture, vehicles.
    Durable,
    /// Seed, fertiliser, tools.
    FarmInput,
}

/// How it was ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Way {
    /// At the village station, with the partner.
    Station,
    /// By the household itself, by smartphone or computer.
    SelfService,
}

/// The platforms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum PlatformName {
    /// The platform that runs the programme.
    Incumbent,
    /// The integrated retailer with village promoters.
    Retailer,
    /// The social group-buying platform.
    Social,
}

impl PlatformName {
    /// All platforms, in order.
    pub const ALL: [PlatformName; 3] =
        [PlatformName::Incumbent, PlatformName::Retailer, PlatformName::Social];

    /// As a subscript.
    pub const fn at(self) -> usize {
        self as usize
    }
}

/// A parcel, or a bundle of as many as an order stands for. 16 bytes and `Copy`: it moves between
/// consignments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Who ordered.
    pub household: HouseholdIndex,
    /// When.
    pub ordered: Time,
    /// Value of one order \[fen\]; saturates at 42,949,672 yuan.
    value: u32,
    /// Where to.
    pub village: VillageIndex,
    /// How soon the household comes for it, 0 at once to 255 as late as it ever does.
    collection_delay: u8,
    /// What, how, on which platform, and what will go wrong, packed.
    marks: u8,
}

const SELF_SERVICE: u8 = 1;
const LOST: u8 = 2;
const RETURNED: u8 = 4;
const PLATFORM: u8 = 3;
const GOODS: u8 = 5;

impl Parcel {
    /// A parcel of an order just placed.
    pub fn new(
        household: HouseholdIndex,
        village: VillageIndex,
        ordered: Time,
        value: Money,
        goods: Goods,
        way: Way,
        platform: PlatformName,
    ) -> Parcel {
        let marks = (u8::from(way == Way::SelfService) * SELF_SERVICE)
            | ((platform as u8) << PLATFORM)
            | ((goods as u8) << GOODS);
        let value = u32::try_from(value.fen().max(0)).unwrap_or(u32::MAX);
        Parcel { household, ordered, value, village, collection_delay: 0, marks }
    }

    /// The same parcel, with what will go wrong decided.
    #[must_use]
    pub(crate) fn fated(mut self, lost: bool, returned: bool, collection_delay: u8) -> Parcel {
        self.collection_delay = collection_delay;
        self.marks |= (u8::from(lost) * LOST) | (u8::from(returned && !lost) * RETURNED);
        self
    }

    /// How soon the household comes for it: 0 at once to 1, as late as it ever does.
    pub(crate) fn collection_delay_share(self) -> f64 {
        f64::from(self.collection_delay) / 255.0
    }

    /// Value of one order.
    pub fn value(self) -> Money {
        Money::from_fen(i64::from(self.value))
    }

    /// How it was ordered.
    pub fn way(self) -> Way {
        if self.marks & SELF_SERVICE == 0 { Way::Station } else { Way::SelfService }
    }

    /// Whether it is damaged or lost on the way.
    pub(crate) fn is_lost(self) -> bool {
        self.marks & LOST != 0
    }

    /// Whether it will be sent back.
    pub(crate) fn is_returned(self) -> bool {
        self.marks & RETURNED != 0
    }

    /// What was ordered.
    pub fn goods(self) -> Goods {
        [Goods::Consumer, Goods::Durable, Goods::FarmInput][usize::from(self.marks >> GOODS & 3).min(2)]
    }

    /// On which platform it was ordered.
    pub fn platform(self) -> PlatformName {
        PlatformName::ALL[usize::from(self.marks >> PLATFORM & 3).min(2)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parcel_is_small_and_keeps_what_it_is_told() {
        assert!(size_of::<Parcel>() <= 16);
        for way in [Way::Station, Way::SelfService] {
            for platform in PlatformName::ALL {
                for (lost, returned) in [(false, false), (true, false), (false, true), (true, true)] {
                    let parcel = Parcel::new(
                        HouseholdIndex(7),
                        VillageIndex(3),
                        Time::from_minutes(99),
                        Money::from_fen(12_345),
                        Goods::Durable,
                        way,
                        platform,
                    )
                    .fated(lost, returned, 200);
                    assert_eq!((parcel.way(), parcel.platform()), (way, platform));
                    assert_eq!((parcel.is_lost(), parcel.is_returned()), (lost, returned && !lost));
                    assert_eq!(
                        (parcel.value().fen(), parcel.goods(), parcel.collection_delay),
                        (12_345, Goods::Durable, 200)
                    );
                }
            }
        }
    }
}
