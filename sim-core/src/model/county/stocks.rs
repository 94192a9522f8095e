//! The stocks of a county at a month's end.

use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use super::super::village::Village;
use crate::agents::household::Buying;
use crate::agents::partner::StationState;
use crate::agents::service_centre::CentreState;
use crate::agents::shop::Stage;
use crate::base::Product;
use crate::base::factor::THOUSANDTHS;
use crate::event::{Measure, PlatformName};
use crate::market::choice::Delivery;

impl CountyProcess {
    /// Writes down every stock.
    pub(in crate::model) fn take_stock(&mut self, setting: &Setting) {
        let centre = self.programme.centre.state;
        let in_transit = self.parcels_in_transit(setting);
        self.write_stocks(&[
            (Measure::CentresPlanned, i64::from(centre == CentreState::SettingUp)),
            (Measure::CentresOpen, i64::from(centre == CentreState::Open)),
            (Measure::ParcelsTransit, in_transit),
        ]);
        self.count_villages();
        self.count_couriers(setting);
        self.count_stations();
        self.count_towns(setting);
        self.count_buyers();
        self.count_shops(setting);
    }

    fn write_stocks(&mut self, stocks: &[(Measure, i64)]) {
        stocks.iter().for_each(|&(measure, value)| self.accounts.book.stock(measure, value));
    }

    fn count_villages(&mut self) {
        let mut states = [0i64; Buying::ALL.len()];
        let (mut households, mut delivered, mut pickup, mut selling, mut cut_off) = (0i64, 0, 0, 0, 0);
        let (mut taobao, mut taobao_shops, mut taobao_jobs) = (0, 0, 0);
        for village in &self.villages {
            households += i64::from(village.households);
            for (sum, &count) in states.iter_mut().zip(&village.counts) {
                *sum += village.scaled(u32::from(count));
            }
            // Who has no way to order buys nothing, whatever was learnt.
            for state in [Buying::Trial, Buying::Regular] {
                let records = village.scaled(u32::from(village.cut_off(state)));
                states[state.at()] -= records;
                cut_off += records;
            }
            delivered += i64::from(village.delivery == Delivery::Village);
            pickup += i64::from(village.delivery == Delivery::Town);
            let Some(sellers) = village.sellers.as_deref() else {
                continue;
            };
            selling += i64::from(!sellers.shops.is_empty());
            if sellers.taobao {
                taobao += 1;
                taobao_shops += sellers.shops.len() as i64;
                taobao_jobs += i64::from(sellers.jobs);
            }
        }
        self.write_stocks(&[
            (Measure::Villages, self.villages.len() as i64),
            (Measure::Households, households),
            (Measure::Unaware, states[Buying::Unaware.at()]),
            (Measure::Aware, states[Buying::Aware.at()]),
            (Measure::Trial, states[Buying::Trial.at()]),
            (Measure::Regular, states[Buying::Regular.at()]),
            (Measure::Lapsed, states[Buying::Lapsed.at()]),
            (Measure::CutOff, cut_off),
            (Measure::VillagesDelivered, delivered),
            (Measure::VillagesPickup, pickup),
            (Measure::SellingVillages, selling),
            (Measure::TaobaoVillages, taobao),
            (Measure::TaobaoShops, taobao_shops),
            (Measure::TaobaoJobs, taobao_jobs),
        ]);
    }

    fn count_stations(&mut self) {
        let (mut planned, mut open, mut vacant, mut skill) = (0, 0, 0, 0.0);
        for station in self.villages.iter().filter_map(|village| village.station.as_deref()) {
            match station.state {
                StationState::FittingOut => planned += 1,
                StationState::Open => {
                    open += 1;
                    skill += station.skill;
                }
                StationState::Vacant => vacant += 1,
                StationState::Closed => {}
            }
        }
        self.accounts.report.stations = open as u32;
        self.write_stocks(&[
            (Measure::StationsPlanned, planned),
            (Measure::StationsOpen, open),
            (Measure::StationsVacant, vacant),
            (Measure::SkillThousandths, (skill * THOUSANDTHS) as i64),
        ]);
    }

    fn count_towns(&mut self, setting: &Setting) {
        let place = &setting.atlas.counties[self.index.at()];
        let mut villages = vec![0u32; place.towns.len()];
        for (state, village) in self.villages.iter().zip(&place.villages) {
            villages[usize::from(village.town)] +=
                u32::from(state.sellers.as_ref().is_some_and(|s| s.taobao));
        }
        let rule = setting.parameters.shop.rule_town_villages;
        let towns = villages.into_iter().filter(|&count| count >= rule).count();
        self.accounts.book.stock(Measure::TaobaoTowns, towns as i64);
    }

    fn count_buyers(&mut self) {
        let mut platforms = [0i64; 3];
        let mut self_service = 0;
        for village in &self.villages {
            let mut records = [0u32; 3];
            let mut by_themselves = 0;
            if village.buyers.is_empty() {
                continue;
            }
            for household in &village.residents {
                if household.buying.buys() && (household.self_service || village.open_station().is_some()) {
                    records[household.platform.at()] += 1;
                    by_themselves += u32::from(household.self_service);
                }
            }
            for (sum, count) in platforms.iter_mut().zip(records) {
                *sum += village.scaled(count);
            }
            self_service += village.scaled(by_themselves);
        }
        self.accounts.report.buyers = platforms;
        self.accounts.book.stock(Measure::SelfServiceBuyers, self_service);
        self.accounts.book.stock(Measure::BuyersIncumbent, platforms[PlatformName::Incumbent.at()]);
        self.accounts.book.stock(Measure::BuyersRetailer, platforms[PlatformName::Retailer.at()]);
        self.accounts.book.stock(Measure::BuyersSocial, platforms[PlatformName::Social.at()]);
    }

    fn count_shops(&mut self, setting: &Setting) {
        let mut stages = [0i64; 3];
        let (mut incumbent, mut exporters, mut workers, mut jobs) = (0, 0, 0, 0);
        let (mut machines, mut debt) = (0, 0);
        for shop in self.villages.iter().flat_map(Village::shops) {
            stages[shop.stage as usize] += 1;
            incumbent += i64::from(shop.platform == PlatformName::Incumbent);
            exporters += i64::from(shop.exports);
            workers += i64::from(shop.workers);
            machines += i64::from(shop.machines);
            debt += shop.debt.fen();
            jobs += i64::from(shop.jobs(&setting.parameters.shop));
        }
        let shops: i64 = stages.iter().sum();
        let stocks = [
            (Measure::Shops, shops),
            (Measure::HomeShops, stages[Stage::Home as usize]),
            (Measure::Workshops, stages[Stage::Workshop as usize]),
            (Measure::Factories, stages[Stage::Factory as usize]),
            (Measure::ShopsIncumbent, incumbent),
            (Measure::ShopsRival, shops - incumbent),
            (Measure::Exporters, exporters),
            (Measure::ShopWorkers, workers),
            (Measure::ShopMachines, machines),
            (Measure::ShopDebt, debt),
            (Measure::ShopJobs, jobs),
        ];
        for (measure, value) in stocks {
            self.accounts.book.stock(measure, value);
        }
        for product in Product::ALL {
            self.accounts.book.stock(Measure::shops_of(product), i64::from(self.market.trades[product.at()]));
        }
    }
}
