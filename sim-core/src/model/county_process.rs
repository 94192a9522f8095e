//! One county: its state, and the table of its events.
//!
//! What each event does is in the folder `county`, one file per noun. Events are totally ordered by (time,
//! phase, village, the county's own counter): a county is sequential, so its counter does not depend on
//! threads.

use super::accounts::Accounts;
use super::agenda::{Agenda, CountyOutbox, phase};
use super::chronicle::Chronicle;
use super::county_levers::CountyLevers;
use super::county_market::CountyMarket;
use super::county_state::{
    FollowedRow, FollowedShopRow, Grant, ParcelCount, VillageRow, VillageView, Weather,
};
use super::earlier_buyers::EarlierBuyers;
use super::open_month::OpenMonth;
use super::programme_state::CountyProgramme;
use super::setting::Setting;
use super::survey::SurveyRow;
use super::transport::Transport;
use super::village::{LivingTerms, RECORDS_OF_A_LINE, Village, read_through};
use crate::agents::courier::Township;
use crate::agents::household::Household;
use crate::agents::service_centre::ServiceCentre;
use crate::agents::shop::Shop;
use crate::base::{CountyIndex, Delay, Fingerprint, Month, Product, Time, VillageIndex};
use crate::event::{Episode, Event, Message, Parcel};
use crate::kernel::{EventKey, Process};
use crate::market::season;
use crate::metrics::book::{CountyBook, CountyMonth};
use crate::metrics::ledger::IncomeGap;
use crate::policy::trial::Arm;
use crate::world::County;
use serde::{Deserialize, Serialize};

/// How often couriers and buyers settle on each other before a run begins.
const SETTLINGS: u32 = 2;

/// The process of one county. Villages own what happens in them; what happens between them is in the folder
/// `county`, and what a village must know of it is handed to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CountyProcess {
    pub(super) index: CountyIndex,
    /// Events scheduled, modulo 2^32.
    pub(super) events: u32,
    pub(super) orders: u64,
    pub(super) villages: Vec<Village>,
    pub(super) month: OpenMonth,
    pub(super) weather: Weather,
    pub(super) transport: Transport,
    pub(super) programme: CountyProgramme,
    pub(super) grant: Grant,
    pub(super) levers: CountyLevers,
    /// Courier franchises, by town.
    pub(super) townships: Vec<Township>,
    pub(super) market: CountyMarket,
    pub(super) accounts: Accounts,
    pub(super) chronicle: Chronicle,
}

/// Villages for each of which an event comes, on average, where reading through all of them pays.
const WORTH_READING: u64 = 3;

impl CountyProcess {
    /// A county at the run's start: places and people are made, nothing has happened.
    pub(super) fn new(setting: &Setting, earlier: &EarlierBuyers, index: CountyIndex) -> CountyProcess {
        let place = &setting.atlas.counties[index.at()];
        let mut villages = Vec::with_capacity(place.villages.len());
        let mut first = 0;
        for at in 0..place.villages.len() as u16 {
            let village = Village::settle(setting, place, VillageIndex(at), first, earlier);
            first += u32::from(village.records());
            villages.push(village);
        }
        CountyProcess {
            index,
            events: 0,
            orders: 0,
            villages,
            month: OpenMonth::beginning(setting, setting.start, 0.0),
            weather: Weather::FAIR,
            transport: Transport::default(),
            programme: CountyProgramme::new(setting),
            grant: Grant::default(),
            levers: CountyLevers::default(),
            townships: vec![Township::default(); place.towns.len()],
            market: CountyMarket::new(super::nation_process::opening_news(setting), place.towns.len()),
            accounts: Accounts::default(),
            chronicle: Chronicle::of(index),
        }
    }

    /// Derives anew what follows from parameters, which may have changed since a checkpoint was written (a
    /// branch): what households weigh in learning.
    pub fn derive(&mut self, setting: &Setting) {
        self.villages.iter_mut().for_each(|village| village.derive(setting));
    }

    /// Schedules what begins by itself. Call once, at the start.
    pub fn begin(&mut self, setting: &Setting, outbox: &mut CountyOutbox) {
        self.look_up_rules(setting, setting.start);
        let own = self.levers.take();
        self.begin_under(own.as_deref().unwrap_or(setting), outbox);
        self.levers.give(own);
    }

    fn begin_under(&mut self, setting: &Setting, outbox: &mut CountyOutbox) {
        let agenda = &mut Agenda::after(self.events, outbox);
        let start = setting.start;
        agenda.schedule(start, phase::CALENDAR, 0, Event::Season);
        agenda.schedule(OpenMonth::last_minute(Month::of(start)), phase::CLOSING, 0, Event::Month);
        let next = season::homecoming_after(&setting.parameters.world, start);
        agenda.schedule(next, phase::CALENDAR, 0, Event::Spring);
        self.begin_trial(setting, agenda);
        let training = self.training(setting, start);
        let around = self.market.entry_conditions(setting, self.index, training);
        for village in &mut self.villages {
            village.refresh(setting, start, &self.month, agenda);
            village.retime_entry(setting, start, &around, agenda);
        }
        // Couriers come for orders, and orders come where couriers are: each settles on the other.
        for _ in 0..SETTLINGS {
            self.settle_couriers(setting, start);
            for village in self.villages.iter_mut().filter(|village| village.stale) {
                village.refresh(setting, start, &self.month, agenda);
            }
        }
        self.events = agenda.events();
        self.take_stock(setting);
        self.divide_time(&LivingTerms::at(&setting.parameters, self.place(setting), start));
        self.review_households(setting, start);
    }

    /// Its place in the order of counties.
    pub fn index(&self) -> CountyIndex {
        self.index
    }

    /// The county's place in the atlas.
    pub(super) fn place<'s>(&self, setting: &'s Setting) -> &'s County {
        &setting.atlas.counties[self.index.at()]
    }

    /// Reads through villages and households, if a window is likely to need most of them, so that they come
    /// into the cache in one stream rather than event by event; changes nothing. One stream through the
    /// county costs as much as the misses of about an event for every three villages. Households are read
    /// only where as many of their lines are needed: in a sample few of a village's are in a window.
    pub(super) fn prefetch(&self, events: u64) {
        if events * WORTH_READING >= self.villages.len() as u64 {
            let lines = self.records() / RECORDS_OF_A_LINE as u64;
            std::hint::black_box(read_through(&self.villages, events * WORTH_READING >= lines));
        }
    }

    /// Orders placed so far, each counted once however many it stands for.
    pub fn orders(&self) -> u64 {
        self.orders
    }

    /// The months closed since the last call.
    pub(crate) fn take_closed(&mut self) -> Vec<CountyMonth> {
        self.accounts.book.take_closed()
    }

    /// The rows of the village table since the last call.
    pub(crate) fn take_rows(&mut self) -> Vec<VillageRow> {
        std::mem::take(&mut self.chronicle.rows)
    }

    /// Follows a household record (subscript of the county) through the run.
    pub fn follow(&mut self, record: u32) {
        if u64::from(record) < self.records() {
            self.chronicle.followed.push(record);
        }
    }

    /// Follows one shop more through its life: the oldest that nobody follows, or the next to open.
    pub fn follow_shop(&mut self) {
        self.chronicle.shops_to_follow += 1;
        let mut shops: Vec<Shop> = self.shops().copied().collect();
        shops.sort_by_key(|shop| (std::cmp::Reverse(shop.age), shop.village, shop.number));
        for shop in shops {
            self.chronicle.follow_shop(VillageIndex(shop.village), shop.number);
        }
    }

    /// Months of followed shops since the last call.
    pub(crate) fn take_shop_lives(&mut self) -> Vec<FollowedShopRow> {
        std::mem::take(&mut self.chronicle.shop_lives)
    }

    /// Months of followed households since the last call.
    pub(crate) fn take_lives(&mut self) -> Vec<FollowedRow> {
        std::mem::take(&mut self.chronicle.lives)
    }

    /// Rows of a trial's survey since the last call.
    pub(crate) fn take_survey(&mut self) -> Vec<SurveyRow> {
        self.programme.trial.as_deref_mut().map_or_else(Vec::new, |trial| std::mem::take(&mut trial.rows))
    }

    /// The episodes since the last call.
    pub(crate) fn take_episodes(&mut self) -> Vec<Episode> {
        std::mem::take(&mut self.chronicle.episodes)
    }

    /// The book.
    pub fn book(&self) -> &CountyBook {
        &self.accounts.book
    }

    /// The first month and source in which incomes of households were not what the ledger paid them.
    pub fn income_gap(&self) -> Option<IncomeGap> {
        self.accounts.income_gap
    }

    /// The villages.
    pub fn villages(&self) -> &[Village] {
        &self.villages
    }

    /// Courier franchises, by town.
    pub fn townships(&self) -> &[Township] {
        &self.townships
    }

    /// The county centre: sorting, routes, candidates.
    pub fn centre(&self) -> &ServiceCentre {
        &self.programme.centre
    }

    /// Household records, village by village.
    pub fn households(&self) -> impl Iterator<Item = &Household> {
        self.villages.iter().flat_map(|village| &village.residents)
    }

    /// How many household records there are.
    pub fn records(&self) -> u64 {
        self.villages.iter().map(|village| u64::from(village.records())).sum()
    }

    /// Attraction of the shops by trade at the last month's end, an ordinary shop's being 1.
    pub fn attraction(&self) -> [f64; Product::COUNT] {
        self.accounts.report.attraction.map(|sum| sum as f64 / crate::market::demand::ATTRACTION_UNIT)
    }

    /// Shops open.
    pub fn shops(&self) -> impl Iterator<Item = &Shop> {
        self.villages.iter().flat_map(Village::shops)
    }

    /// Parcels on the way, each bundle counted as what it stands for.
    pub fn parcels_in_transit(&self, setting: &Setting) -> i64 {
        let waiting: usize = self.villages.iter().map(|village| village.waiting.len()).sum();
        let transport = &self.transport;
        let moving = transport.trunk.len() + transport.collections.len() + transport.returns.len();
        (moving + waiting) as i64 * i64::from(setting.bundle)
    }

    /// Parcels since the start. Sent less ended is in transit, always.
    pub fn parcels(&self) -> ParcelCount {
        self.transport.count
    }

    /// What a viewer sees of a village.
    pub fn view(&self, village: usize) -> VillageView {
        self.villages[village].view()
    }

    /// Memory held, about \[bytes\].
    pub fn bytes(&self) -> usize {
        let on_the_way = self.transport.trunk.len() + self.transport.collections.len();
        self.villages.iter().map(Village::bytes).sum::<usize>() + on_the_way * size_of::<(Time, Parcel)>()
    }

    fn handle_event(&mut self, setting: &Setting, now: Time, event: Event, agenda: &mut Agenda<'_>) {
        match event {
            Event::Order { village, generation } => {
                self.order(setting, now, village.at(), generation, agenda)
            }
            Event::Adopt { village, generation } => {
                let (phones, news) = (self.month.phones, &self.market.news);
                self.villages[village.at()].adopt(setting, now, generation, phones, news, agenda);
            }
            Event::EnterMarket { village, generation } => {
                self.enter(setting, now, village.at(), generation, agenda)
            }
            Event::Trunk => self.unload_trunk(setting, now, agenda),
            Event::Truck { route } => self.drive(setting, now, usize::from(route), agenda),
            Event::Collection => self.collect(setting, now, agenda),
            Event::Returns => self.take_back(setting, now, agenda),
            Event::CentreOpens => self.open_centre(setting, now, agenda),
            Event::Batch => self.screen_batch(setting, now, agenda),
            Event::StationOpens { village } => self.open_station(setting, now, village.at(), agenda),
            Event::Season => self.change_season(setting, now, agenda),
            // What is settled is all that was before the next minute.
            Event::Month => self.month(setting, now + Delay::minutes(1), agenda),
            Event::Spring => self.spring(setting, now, agenda),
            Event::Survey { round } => self.survey(setting, now, round, agenda),
            Event::LateOpenings => self.let_in(now, Arm::LateControl, agenda),
        }
    }
}

impl Process for CountyProcess {
    type Context = Setting;
    type Event = Event;
    type Message = Message;

    fn receive(
        &mut self,
        setting: &Setting,
        now: Time,
        _from: u32,
        message: &Message,
        outbox: &mut CountyOutbox,
    ) {
        let agenda = &mut Agenda::after(self.events, outbox);
        if self.levers.is_due(now) {
            self.look_up_rules(setting, now);
        }
        let own = self.levers.take();
        let run = setting;
        let setting = own.as_deref().unwrap_or(setting);
        match message {
            Message::OpenCentre => self.set_up_centre(setting, now, agenda),
            Message::Pause(paused) => self.pause_batches(now, *paused, agenda),
            Message::Funded(funded) => self.fund_equipment(*funded),
            Message::Market(news) => self.market.news = (**news).clone(),
            Message::Demonstration(grant) => self.become_demonstration(setting, now, *grant),
            Message::Levers(_) => {}
            Message::Report(_) | Message::CentreOpened => {
                debug_assert!(false, "{message:?} is for the nation")
            }
        }
        self.levers.give(own);
        if let Message::Levers(fired) = message {
            self.heed_rules(run, now, fired, agenda);
        }
        self.events = agenda.events();
    }

    fn handle(&mut self, setting: &Setting, key: EventKey, event: Event, outbox: &mut CountyOutbox) {
        let mut agenda = Agenda::after(self.events, outbox);
        if self.levers.is_due(key.time()) {
            self.look_up_rules(setting, key.time());
        }
        let own = self.levers.take();
        self.handle_event(own.as_deref().unwrap_or(setting), key.time(), event, &mut agenda);
        self.levers.give(own);
        self.events = agenda.events();
    }

    fn close_window(&mut self, _setting: &Setting, _end: Time, _outbox: &mut CountyOutbox) {}

    fn kind(event: &Event) -> u32 {
        event.kind()
    }

    fn digest(&self, fingerprint: &mut Fingerprint) {
        self.accounts.book.digest(fingerprint);
        fingerprint.mix(self.market.trades.iter().map(|&shops| u64::from(shops)).sum());
        fingerprint.mix(self.orders);
    }
}
