//! A village as rows and views show it.

use super::Village;
use crate::base::{Money, Month};
use crate::model::county_state::{VillageRow, VillageView};

impl Village {
    /// Its row of a month that ended, of which so many days were simulated.
    pub(in crate::model) fn row(&self, month: Month, days: u32) -> VillageRow {
        let station = self.open_station();
        let sellers = self.sellers.as_deref();
        VillageRow {
            month,
            days,
            village: self.index,
            regular: self.scaled(u32::from(self.regular())) as u32,
            station_orders: station.map_or(0, |station| station.orders_last),
            self_service_parcels: self.self_service_parcels,
            partner_income: station.and_then(|station| station.income).map(Money::fen),
            shops: self.shop_count(),
            jobs: sellers.map_or(0, |sellers| sellers.jobs),
            yearly_sales: sellers.map_or(0, |sellers| sellers.yearly_sales()),
            delivery: self.delivery,
            to_town: self.to_town,
            to_seat: self.to_seat,
            handed_over: self.arrivals.reached().village as f32,
            visit_interval: self.rounds.shortest(),
            trade: sellers.filter(|sellers| !sellers.shops.is_empty()).map(|sellers| sellers.main_trade()),
            taobao: sellers.is_some_and(|sellers| sellers.taobao),
        }
    }

    /// What a viewer sees of it.
    pub(in crate::model) fn view(&self) -> VillageView {
        let sellers = self.sellers.as_deref();
        VillageView {
            regular_share: self.regular_share() as f32,
            station_open: self.open_station().is_some(),
            partner_income: self
                .open_station()
                .filter(|station| station.income.is_some())
                .map(|station| station.usual_income as f32),
            delivery: self.delivery,
            shops: self.shop_count(),
            yearly_sales: sellers.map_or(0.0, |s| Money::from_fen(s.yearly_sales()).yuan()),
            taobao: sellers.is_some_and(|s| s.taobao),
        }
    }

    /// A month begins: what was counted in the last one is kept as that.
    pub(in crate::model) fn begin_month(&mut self) {
        self.takings.begin();
        self.self_service_last = std::mem::take(&mut self.self_service_parcels);
        self.sent_last = 0;
    }
}
