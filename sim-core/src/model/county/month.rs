//! The month's end in a county: everybody settles, and the book closes.

use super::super::county_process::{CountyOutbox, CountyProcess, phase};
use super::super::county_state::{FollowedRow, VillageRow};
use super::super::setting::Setting;
use super::super::setting::VillageRows;
use crate::agents::courier::{self, Prospect};
use crate::agents::household::Buying;
use crate::agents::partner::StationState;
use crate::agents::service_centre::CentreState;
use crate::agents::shop::Stage;
use crate::base::{Money, Month, Product, Time};
use crate::event::{Cause, CountyReport, Event, Happening, Measure, Message, PlatformName};
use crate::market::choice::Delivery;

impl CountyProcess {
    /// Settles the month before `now`. The order is part of the model:
    ///
    /// 1. partners are paid and decide, 2. shops work through their month, 3. government spends, 4. couriers
    ///    decide, 5. incomes and spending are booked, 6. households are reviewed now and then, 7. the centre
    ///    adapts, 8. the book closes and the nation is told, 9. what has changed is worked out anew.
    pub(in crate::model) fn month(&mut self, setting: &Setting, now: Time, outbox: &mut CountyOutbox) {
        let month = Month::of(self.month_start);
        self.settle_partners(setting, now, outbox);
        self.shops_month(setting, now);
        self.govern(setting, now, outbox);
        self.review_couriers(setting, now);
        self.live(setting, now);
        if self.is_due(setting, month, setting.reporting.household_interval) {
            self.review_households(setting, now);
        }
        self.run_centre(setting, now);
        self.take_stock(setting, now);
        self.write_rows(setting, month);
        self.write_lives(month);
        self.book.close(month, self.days(now));
        self.send_report(outbox);
        self.start_month(setting, now, outbox);
    }

    /// Whether something done every so many months is due after this month; always due at the run's end.
    fn is_due(&self, setting: &Setting, month: Month, interval: u32) -> bool {
        let last = month.next().start() >= setting.end;
        last || u32::from(month.0 + 1) % interval.max(1) == 0
    }

    fn start_month(&mut self, setting: &Setting, now: Time, outbox: &mut CountyOutbox) {
        self.month_start = now;
        self.phones = setting.phones(now);
        self.phones_soon = setting.phones_soon(now);
        // Incomes and variety drift: every village is looked at twice a year even if nothing happened.
        let turn = usize::from(Month::of(now).0 % 6);
        let order_time = setting.seasons.order_time(now);
        for at in 0..self.villages.len() {
            let village = &mut self.villages[at];
            village.alone_last = std::mem::take(&mut village.alone_parcels);
            village.sent_last = 0;
            let selling = village.sellers.is_some();
            if village.stale || at % 6 == turn {
                self.refresh(setting, now, at, outbox);
            } else {
                self.retime_orders_at(setting, now, order_time, at, outbox, true);
            }
            if selling || at % 6 == turn {
                self.refresh_founding(setting, now, at, outbox);
            }
        }
        let next = Month::of(now).next().start();
        self.schedule(outbox, next, phase::CALENDAR, 0, Event::Month);
    }

    fn review_couriers(&mut self, setting: &Setting, now: Time) {
        let p = &setting.parameters.logistics;
        let days = f64::from(now.since(self.month_start).as_minutes()) / 1440.0;
        let subsidy = self.courier_subsidy(setting, now);
        let cost_ratio = courier::cost_ratio(p, now.years() - 10.0);
        for at in 0..self.villages.len() {
            let village = &self.villages[at];
            let prospect = Prospect {
                parcels: f64::from(village.alone_parcels + village.sent_last) / days.max(1.0),
                to_town: f64::from(village.to_town),
                subsidy,
                cost_ratio,
                rank: f64::from(setting.atlas.counties[self.index.at()].villages[at].delivery_rank),
            };
            let next = courier::decide(p, &prospect, village.delivery);
            if next == village.delivery {
                continue;
            }
            let entered = next == Delivery::Village;
            if entered || village.delivery == Delivery::Village {
                let measure = if entered { Measure::CourierEntries } else { Measure::CourierExits };
                self.book.count(measure, 1);
                let happening = if entered { Happening::CourierEntered } else { Happening::CourierLeft };
                let cause = match entered {
                    true if village.sent_last > village.alone_parcels => Cause::SellersParcels,
                    true => Cause::BuyersParcels,
                    false => Cause::TooFewParcels,
                };
                self.tell_why(now, Some(at), happening, cause);
            }
            self.villages[at].delivery = next;
            self.villages[at].stale = true;
        }
    }

    /// The centre's month: running cost, sorters, timetables.
    fn run_centre(&mut self, setting: &Setting, now: Time) {
        if self.centre.state != CentreState::Open {
            return;
        }
        let p = &setting.parameters;
        let days = now.day() - self.month_start.day();
        self.pay_centre(setting, now);
        let per_day = f64::from(std::mem::take(&mut self.station_parcels)) / f64::from(days.max(1));
        self.centre.line.adapt(per_day, p.logistics.sorting_expansion, p.logistics.sorting_step);
        for route in &mut self.centre.routes {
            route.retime(&p.logistics, days, p.programme.delivery_target);
        }
    }

    /// Writes down every stock.
    pub(in crate::model) fn take_stock(&mut self, setting: &Setting, _now: Time) {
        let mut states = [0i64; 5];
        let mut stations = [0i64; 3];
        let (mut skill, mut delivered, mut pickup) = (0.0, 0, 0);
        let (mut households, mut selling, mut taobao) = (0i64, 0, [0i64; 3]);
        for village in &self.villages {
            households += i64::from(village.households);
            for (sum, &count) in states.iter_mut().zip(&village.counts) {
                *sum += village.scaled(u32::from(count));
            }
            match village.station.as_deref() {
                Some(station) if station.state == StationState::FittingOut => stations[0] += 1,
                Some(station) if station.state == StationState::Open => {
                    stations[1] += 1;
                    skill += station.skill;
                }
                Some(station) if station.state == StationState::Vacant => stations[2] += 1,
                _ => {}
            }
            delivered += i64::from(village.delivery == Delivery::Village);
            pickup += i64::from(village.delivery == Delivery::Town);
            if let Some(sellers) = village.sellers.as_deref() {
                selling += i64::from(sellers.shops > 0);
                if sellers.taobao {
                    taobao[0] += 1;
                    taobao[1] += i64::from(sellers.shops);
                    taobao[2] += i64::from(sellers.jobs);
                }
            }
        }
        let centre = self.centre.state;
        let stocks = [
            (Measure::Villages, self.villages.len() as i64),
            (Measure::Households, households),
            (Measure::CentresPlanned, i64::from(centre == CentreState::SettingUp)),
            (Measure::CentresOpen, i64::from(centre == CentreState::Open)),
            (Measure::StationsPlanned, stations[0]),
            (Measure::StationsOpen, stations[1]),
            (Measure::StationsVacant, stations[2]),
            (Measure::SkillThousandths, (skill * 1000.0) as i64),
            (Measure::Unaware, states[Buying::Unaware.at()]),
            (Measure::Aware, states[Buying::Aware.at()]),
            (Measure::Trial, states[Buying::Trial.at()]),
            (Measure::Regular, states[Buying::Regular.at()]),
            (Measure::Lapsed, states[Buying::Lapsed.at()]),
            (Measure::VillagesDelivered, delivered),
            (Measure::VillagesPickup, pickup),
            (Measure::SellingVillages, selling),
            (Measure::TaobaoVillages, taobao[0]),
            (Measure::TaobaoShops, taobao[1]),
            (Measure::TaobaoJobs, taobao[2]),
            (Measure::ParcelsTransit, self.parcels_in_transit(setting)),
        ];
        for (measure, value) in stocks {
            self.book.stock(measure, value);
        }
        self.report.stations = stations[1] as u32;
        self.count_towns(setting);
        self.count_buyers();
        self.count_shops(setting);
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
        self.book.stock(Measure::TaobaoTowns, towns as i64);
    }

    fn count_buyers(&mut self) {
        let mut platforms = [0i64; 3];
        let mut alone = 0;
        for village in &self.villages {
            let mut records = [0u32; 3];
            let mut by_themselves = 0;
            if village.buyers.is_empty() {
                continue;
            }
            let first = village.first as usize;
            for household in &self.households[first..first + usize::from(village.records)] {
                if household.buying.buys() {
                    records[household.platform.at()] += 1;
                    by_themselves += u32::from(household.alone);
                }
            }
            for (sum, count) in platforms.iter_mut().zip(records) {
                *sum += village.scaled(count);
            }
            alone += village.scaled(by_themselves);
        }
        self.report.buyers = platforms;
        self.book.stock(Measure::BuyersAlone, alone);
        self.book.stock(Measure::BuyersIncumbent, platforms[PlatformName::Incumbent.at()]);
        self.book.stock(Measure::BuyersRetailer, platforms[PlatformName::Retailer.at()]);
        self.book.stock(Measure::BuyersSocial, platforms[PlatformName::Social.at()]);
    }

    fn count_shops(&mut self, setting: &Setting) {
        let mut stages = [0i64; 3];
        let (mut incumbent, mut exporters, mut workers, mut jobs) = (0, 0, 0, 0);
        for shop in &self.shops {
            stages[shop.stage as usize] += 1;
            incumbent += i64::from(shop.platform == PlatformName::Incumbent);
            exporters += i64::from(shop.exports);
            workers += i64::from(shop.workers);
            jobs += i64::from(shop.workers) + i64::from(shop.family_workers(&setting.parameters.shop));
        }
        let shops = self.shops.len() as i64;
        let stocks = [
            (Measure::Shops, shops),
            (Measure::HomeShops, stages[Stage::Home as usize]),
            (Measure::Workshops, stages[Stage::Workshop as usize]),
            (Measure::Factories, stages[Stage::Factory as usize]),
            (Measure::ShopsIncumbent, incumbent),
            (Measure::ShopsRival, shops - incumbent),
            (Measure::Exporters, exporters),
            (Measure::ShopWorkers, workers),
            (Measure::ShopJobs, jobs),
        ];
        for (measure, value) in stocks {
            self.book.stock(measure, value);
        }
        for product in Product::ALL {
            self.book.stock(Measure::shops_of(product), i64::from(self.trades[product.at()]));
        }
    }

    /// Rows of the village table, where the scenario asks for them.
    pub(super) fn write_rows(&mut self, setting: &Setting, month: Month) {
        let reporting = setting.reporting;
        if reporting.villages == VillageRows::Nothing
            || !self.is_due(setting, month, reporting.village_interval)
        {
            return;
        }
        for at in 0..self.villages.len() {
            let village = &self.villages[at];
            let active = village.station.is_some() || village.shops() > 0;
            if active || reporting.villages == VillageRows::All {
                self.rows.push(self.row(setting, month, at));
            }
        }
    }

    pub(super) fn write_lives(&mut self, month: Month) {
        for &record in &self.followed {
            let at = self.villages.partition_point(|village| village.first <= record) - 1;
            let within = (record - self.villages[at].first) as u16;
            let own =
                |shop: &&crate::agents::shop::Shop| usize::from(shop.village) == at && shop.owner == within;
            let shops = self.shops.iter().filter(own).count() as u16;
            let household = self.households[record as usize];
            self.lives.push(FollowedRow {
                month,
                village: Self::named(at),
                record: within,
                household,
                shops,
            });
        }
    }

    fn row(&self, setting: &Setting, month: Month, at: usize) -> VillageRow {
        let village = &self.villages[at];
        let station = village.open_station();
        let sellers = village.sellers.as_deref();
        VillageRow {
            month,
            days: self.days(month.next().start().min(setting.end)),
            village: Self::named(at),
            regular: village.scaled(u32::from(village.counts[Buying::Regular.at()])) as u32,
            station_orders: station.map_or(0, |station| station.orders_last),
            alone_parcels: village.alone_parcels,
            partner_income: station.and_then(|station| station.income).map(Money::fen),
            shops: village.shops(),
            jobs: sellers.map_or(0, |sellers| sellers.jobs),
            yearly_sales: sellers.map_or(0, |sellers| sellers.yearly_sales()),
            delivery: village.delivery as u8,
            trade: sellers.filter(|sellers| sellers.shops > 0).map(|sellers| sellers.main_trade()),
            taobao: sellers.is_some_and(|sellers| sellers.taobao),
        }
    }

    fn send_report(&mut self, outbox: &mut CountyOutbox) {
        let report = std::mem::take(&mut self.report);
        self.report = CountyReport {
            attraction: report.attraction,
            stations: report.stations,
            ..CountyReport::default()
        };
        outbox.send(self.nation, Message::Report(Box::new(report)));
    }
}
