//! One county: its state, and the table of its events.
//!
//! What each event does is in the folder `county`, one file per noun. Events are totally ordered by (time,
//! phase, village, the county's own counter): a county is sequential, so its counter does not depend on
//! threads.

use super::county_state::{CountyLuck, FollowedRow, Grant, ParcelCount, VillageRow, VillageView, Weather};
use super::setting::Setting;
use super::survey::{SurveyRow, TrialState};
use super::village::Village;
use crate::agents::consignment::Consignments;
use crate::agents::household::Household;
use crate::agents::service_centre::ServiceCentre;
use crate::agents::shop::Shop;
use crate::base::{CountyIndex, Delay, Fingerprint, Money, Month, Product, Time, VillageIndex};
use crate::event::{Cause, CountyReport, Episode, Event, Happening, MarketNews, Message, Parcel};
use crate::kernel::{EventKey, Outbox, Process};
use crate::metrics::book::{CountyBook, CountyMonth};
use crate::policy::trial::Arm;
use crate::world::County;
use serde::{Deserialize, Serialize};

pub(super) type CountyOutbox = Outbox<Event, Message>;

/// Order of events of one minute.
pub(super) mod phase {
    /// Seasons and months change first.
    pub const CALENDAR: u8 = 0;
    /// Then lorries and trucks arrive and leave.
    pub const TRANSPORT: u8 = 1;
    /// Then households collect.
    pub const COLLECTION: u8 = 2;
    /// Then stations and centres open.
    pub const PROGRAMME: u8 = 3;
    /// Then people act.
    pub const PEOPLE: u8 = 4;
}

/// Horizon of order clocks, in order time: they are looked at on the first of every month, and no month,
/// festivals included, holds the orders of so many mean days.
pub(super) const MONTHLY: Delay = Delay::days(90);

/// Horizon of learning and founding clocks, which are looked at twice a year at least.
pub(super) const SLOW: Delay = Delay::days(200);

/// Length of the slots in which trunk lorries arrive: noon and midnight \[minutes\].
const LORRIES: u32 = 12 * 60;

/// Length of the slots in which what households have collected is looked at: once a day \[minutes\]. Each
/// parcel keeps its own time of collection.
const COLLECTIONS: u32 = 24 * 60;

/// The process of one county.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CountyProcess {
    pub(super) index: CountyIndex,
    pub(super) nation: u32,
    pub(super) events: u32,
    pub(super) orders: u64,
    pub(super) villages: Vec<Village>,
    pub(super) households: Vec<Household>,
    pub(super) shops: Vec<Shop>,
    pub(super) centre: ServiceCentre,
    pub(super) trunk: Consignments<Parcel>,
    pub(super) collections: Consignments<(Time, Parcel)>,
    pub(super) weather: Weather,
    pub(super) news: MarketNews,
    pub(super) grant: Grant,
    pub(super) report: CountyReport,
    pub(super) book: CountyBook,
    pub(super) episodes: Vec<Episode>,
    pub(super) rows: Vec<VillageRow>,
    /// Records that are followed, as subscripts of the county.
    pub(super) followed: Vec<u32>,
    pub(super) lives: Vec<FollowedRow>,
    /// The randomised trial, if there is one.
    pub(super) trial: Option<Box<TrialState>>,
    pub(super) trades: [u32; Product::COUNT],
    pub(super) town_examples: Vec<[f32; Product::COUNT]>,
    pub(super) station_parcels: u32,
    pub(super) parcels: ParcelCount,
    pub(super) month_start: Time,
    /// Share of households with a smartphone in the nation this month.
    pub(super) phones: f64,
    /// The phone rank below which households will have one when a village is looked at next.
    pub(super) phones_soon: u8,
    pub(super) luck: CountyLuck,
    #[serde(skip)]
    pub(super) taken: Vec<Parcel>,
    #[serde(skip)]
    pub(super) collected: Vec<(Time, Parcel)>,
}

impl CountyProcess {
    /// A county at the run's start: places and people are made, nothing has happened.
    pub fn new(setting: &Setting, index: CountyIndex, nation: u32) -> CountyProcess {
        let logistics = &setting.parameters.logistics;
        let mut county = CountyProcess {
            index,
            nation,
            events: 0,
            orders: 0,
            villages: Vec::new(),
            households: Vec::new(),
            shops: Vec::new(),
            centre: ServiceCentre::new(logistics),
            trunk: Consignments::new(LORRIES),
            collections: Consignments::new(COLLECTIONS),
            weather: Weather {
                pause: (Time::END, Time::END),
                roads_closed: Time::START,
                strike: Time::START,
                demand: 1.0,
            },
            news: MarketNews::default(),
            grant: Grant::default(),
            report: CountyReport::default(),
            book: CountyBook::default(),
            episodes: Vec::new(),
            rows: Vec::new(),
            followed: Vec::new(),
            lives: Vec::new(),
            trial: None,
            trades: [0; Product::COUNT],
            town_examples: Vec::new(),
            station_parcels: 0,
            parcels: ParcelCount::default(),
            month_start: setting.start,
            phones: setting.phones(setting.start),
            phones_soon: setting.phones_soon(setting.start),
            luck: CountyLuck::default(),
            taken: Vec::new(),
            collected: Vec::new(),
        };
        county.news = super::nation_process::opening_news(setting);
        county.people(setting);
        county
    }

    /// Derives anew what follows from parameters, which may have changed since a checkpoint was written (a
    /// branch):
    /// what households weigh in learning.
    pub fn derive(&mut self, setting: &Setting) {
        for village in &mut self.villages {
            let first = village.first as usize;
            // A damaged checkpoint may name records that are not there; it is refused elsewhere.
            let households = self.households.get(first..first + usize::from(village.records));
            village.learners = village.learners.again(households.unwrap_or_default(), &setting.weights);
        }
    }

    /// Schedules what begins by itself. Call once, at the start.
    pub fn begin(&mut self, setting: &Setting, outbox: &mut CountyOutbox) {
        let start = setting.start;
        self.schedule(outbox, start, phase::CALENDAR, 0, Event::Season);
        self.schedule(outbox, Month::of(start).next().start(), phase::CALENDAR, 0, Event::Month);
        let festival = crate::base::Calendar::spring_festival;
        let year = Month::of(start).year();
        let next = if festival(year) > start { festival(year) } else { festival(year + 1) };
        self.schedule(outbox, next, phase::CALENDAR, 0, Event::Spring);
        self.begin_trial(setting, outbox);
        for village in 0..self.villages.len() {
            self.refresh(setting, start, village, outbox);
            self.refresh_founding(setting, start, village, outbox);
        }
        self.take_stock(setting, start);
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

    /// Schedules an event of this county.
    #[inline]
    pub(super) fn schedule(
        &mut self,
        outbox: &mut CountyOutbox,
        time: Time,
        phase: u8,
        source: u32,
        event: Event,
    ) {
        if time == Time::END {
            return;
        }
        outbox.schedule(EventKey::new(time, phase, source, self.events), event);
        self.events = self.events.wrapping_add(1);
    }

    /// Notes an episode.
    pub(super) fn tell(&mut self, time: Time, village: Option<usize>, happening: Happening) {
        self.tell_why(time, village, happening, Cause::Unstated);
    }

    /// Notes an episode and its cause.
    pub(super) fn tell_why(
        &mut self,
        time: Time,
        village: Option<usize>,
        happening: Happening,
        cause: Cause,
    ) {
        let village = village.map(|at| VillageIndex(at as u16));
        self.episodes.push(Episode { time, county: self.index, village, happening, cause });
    }

    /// Reads through villages and households, if a window is likely to need most of them, so that they come
    /// into the
    /// cache in one stream rather than event by event; changes nothing. One stream through the county costs
    /// as
    /// much as the misses of about an event for every three villages.
    pub(super) fn prefetch(&self, events: u64) {
        if events * 3 >= self.villages.len() as u64 {
            std::hint::black_box(super::village::read_through(&self.villages, &self.households));
        }
    }

    /// Orders placed so far, each counted once however many it stands for.
    pub fn orders(&self) -> u64 {
        self.orders
    }

    /// The months closed since the last call.
    pub fn take_closed(&mut self) -> Vec<CountyMonth> {
        self.book.take_closed()
    }

    /// The rows of the village table since the last call.
    pub fn take_rows(&mut self) -> Vec<VillageRow> {
        std::mem::take(&mut self.rows)
    }

    /// Follows a household record (subscript of the county) through the run.
    pub fn follow(&mut self, record: u32) {
        if (record as usize) < self.households.len() {
            self.followed.push(record);
        }
    }

    /// Months of followed households since the last call.
    pub fn take_lives(&mut self) -> Vec<FollowedRow> {
        std::mem::take(&mut self.lives)
    }

    /// Rows of a trial's survey since the last call.
    pub fn take_survey(&mut self) -> Vec<SurveyRow> {
        self.trial.as_deref_mut().map_or_else(Vec::new, |trial| std::mem::take(&mut trial.rows))
    }

    /// The episodes since the last call.
    pub fn take_episodes(&mut self) -> Vec<Episode> {
        std::mem::take(&mut self.episodes)
    }

    /// The book.
    pub fn book(&self) -> &CountyBook {
        &self.book
    }

    /// The villages.
    pub fn villages(&self) -> &[Village] {
        &self.villages
    }

    /// The county centre: sorting, routes, candidates.
    pub fn centre(&self) -> &ServiceCentre {
        &self.centre
    }

    /// Household records.
    pub fn households(&self) -> &[Household] {
        &self.households
    }

    /// Attraction of the shops by trade at the last month's end, an ordinary shop's being 1.
    pub fn attraction(&self) -> [f64; Product::COUNT] {
        self.report.attraction.map(|sum| sum as f64 / crate::market::demand::ATTRACTION_UNIT)
    }

    /// Shops open.
    pub fn shops(&self) -> &[Shop] {
        &self.shops
    }

    /// Parcels on the way, each bundle counted as what it stands for.
    pub fn parcels_in_transit(&self, setting: &Setting) -> i64 {
        let waiting: usize = self.villages.iter().map(|village| village.waiting.len()).sum();
        (self.trunk.len() + self.collections.len() + waiting) as i64 * i64::from(setting.bundle)
    }

    /// Parcels since the start. Sent less ended is in transit, always.
    pub fn parcels(&self) -> ParcelCount {
        self.parcels
    }

    /// What a viewer sees of a village.
    pub fn view(&self, village: usize) -> VillageView {
        let state = &self.villages[village];
        let sellers = state.sellers.as_deref();
        VillageView {
            regular_share: state.share(crate::agents::household::Buying::Regular.at()) as f32,
            station_open: state.open_station().is_some(),
            partner_income: state
                .open_station()
                .filter(|station| station.income.is_some())
                .map(|station| station.usual_income as f32),
            delivery: state.delivery as u8,
            shops: state.shops(),
            yearly_sales: sellers.map_or(0.0, |s| Money::from_fen(s.yearly_sales()).yuan()),
            taobao: sellers.is_some_and(|s| s.taobao),
        }
    }

    /// Memory held, about \[bytes\].
    pub fn bytes(&self) -> usize {
        self.villages.iter().map(Village::bytes).sum::<usize>()
            + self.households.capacity() * size_of::<Household>()
            + self.shops.capacity() * size_of::<Shop>()
            + (self.trunk.len() + self.collections.len()) * size_of::<(Time, Parcel)>()
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
        match message {
            Message::OpenCentre => self.set_up_centre(setting, now, outbox),
            Message::Pause(paused) => self.pause_batches(now, *paused, outbox),
            Message::Market(news) => self.news = (**news).clone(),
            Message::Demonstration(grant) => self.become_demonstration(setting, now, *grant),
            Message::Report(_) | Message::CentreOpened => {
                debug_assert!(false, "{message:?} is for the nation")
            }
        }
    }

    fn handle(&mut self, setting: &Setting, key: EventKey, event: Event, outbox: &mut CountyOutbox) {
        let now = key.time();
        match event {
            Event::Order { village, turn } => self.order(setting, now, village.at(), turn, outbox),
            Event::Learn { village, turn } => self.lesson(setting, now, village.at(), turn, outbox),
            Event::Found { village, turn } => self.founding(setting, now, village.at(), turn, outbox),
            Event::Trunk => self.unload_trunk(setting, now, outbox),
            Event::Truck { route } => self.drive(setting, now, usize::from(route), outbox),
            Event::Collection => self.collect(setting, now, outbox),
            Event::CentreOpens => self.open_centre(setting, now, outbox),
            Event::Batch => self.screen_batch(setting, now, outbox),
            Event::StationOpens { village } => self.open_station(setting, now, village.at(), outbox),
            Event::Season => self.change_season(setting, now, outbox),
            Event::Month => self.month(setting, now, outbox),
            Event::Spring => self.spring(setting, now, outbox),
            Event::Survey { round } => self.survey(setting, now, round, outbox),
            Event::LateOpenings => self.let_in(now, Arm::LateControl, outbox),
        }
    }

    fn close_window(&mut self, _setting: &Setting, _end: Time, _outbox: &mut CountyOutbox) {}

    fn kind(event: &Event) -> u32 {
        match event {
            Event::Order { village, .. } => u32::from(village.0) << 8,
            Event::Learn { village, .. } => u32::from(village.0) << 8 | 1,
            Event::Found { village, .. } => u32::from(village.0) << 8 | 2,
            Event::Trunk => 3,
            Event::Truck { route } => u32::from(*route) << 8 | 4,
            Event::Collection => 5,
            Event::CentreOpens => 6,
            Event::Batch => 7,
            Event::StationOpens { village } => u32::from(village.0) << 8 | 8,
            Event::Season => 9,
            Event::Month => 10,
            Event::Spring => 11,
            Event::Survey { round } => u32::from(*round) << 8 | 12,
            Event::LateOpenings => 13,
        }
    }

    fn digest(&self, fingerprint: &mut Fingerprint) {
        self.book.digest(fingerprint);
        fingerprint.mix(self.shops.len() as u64);
        fingerprint.mix(self.orders);
    }
}
