//! Who holds money.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Declares the accounts: variant, name in tables, definition.
macro_rules! accounts {
    ($($variant:ident, $name:literal, $definition:literal;)+) => {
        /// A holder of money, as a sector: all its members together.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum Account {
            $(#[doc = $definition] $variant,)+
        }

        impl Account {
            /// All accounts, in order.
            pub const ALL: [Account; Account::COUNT] = [$(Account::$variant),+];
            /// How many accounts there are.
            pub const COUNT: usize = [$(Account::$variant),+].len();

            /// The name used in tables, in snake case.
            pub const fn name(self) -> &'static str {
                match self { $(Account::$variant => $name),+ }
            }

            /// What the account holds, in one sentence.
            pub const fn definition(self) -> &'static str {
                match self { $(Account::$variant => $definition),+ }
            }
        }
    };
}

accounts! {
    Households, "households",
        "Rural households of the simulated counties, workers and shop owners among them, as private purses.";
    Partners, "partners", "The service centres' partners, as businesses.";
    Shops, "shops", "Village shops that sell online, as firms.";
    Merchants, "merchants", "Online sellers and service companies in the rest of the country.";
    UrbanBuyers, "urban_buyers", "Online buyers in the rest of the country.";
    VillageShops, "village_shops", "Shops with a counter in the villages.";
    TownShops, "town_shops", "Shops and markets in townships and county seats.";
    Couriers, "couriers", "Couriers and hauliers, commercial or under contract, from trunk to doorstep.";
    Platform, "platform", "The platform that runs the programme, without the programme's treasury.";
    RivalPlatform, "rival_platform", "All rival platforms together.";
    Programme, "programme", "The treasury of the platform's rural programme.";
    Government, "government", "Central and local government.";
    Lenders, "lenders", "Banks and other lenders to shops.";
    Suppliers, "suppliers", "Those who sell materials, goods, packaging, fuel and premises to firms.";
    Contractors, "contractors", "Those who build, equip, staff, train, promote and analyse for a fee.";
    Employers, "employers", "Employers other than the shops and couriers modelled, near and far.";
    FarmMarket, "farm_market", "Traders who buy farm produce offline.";
    Abroad, "abroad", "Buyers in other countries.";
}

impl Account {
    /// As a subscript.
    pub const fn at(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
