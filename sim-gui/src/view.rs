//! How the window looks: what is remembered from one start to the next, and survives a run.

use crate::map::camera::Camera;
use crate::map::layer::Layer;
use crate::outcome::ShownOutcome;
use crate::text::Language;
use crate::theme::Theme;
use crate::work::preview::Holds;
use crate::work::story::Entity;
use serde::{Deserialize, Serialize};
use sim_core::base::Unit;
use sim_core::metrics::outcome::renamed;
use sim_core::unit;
use std::collections::BTreeMap;

/// What fills the centre.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tab {
    /// Map and charts side by side.
    #[default]
    Overview,
    /// The map alone.
    Map,
    /// Charts alone.
    Charts,
    /// Who gains and who loses.
    People,
    /// What was spent, on what, and what it bought.
    Money,
    /// Distributions.
    Spread,
    /// The table of counties.
    Table,
    /// Plans side by side.
    Compare,
}

impl Tab {
    /// All, in order.
    pub const ALL: [Tab; 8] = [
        Tab::Overview,
        Tab::Map,
        Tab::Charts,
        Tab::People,
        Tab::Money,
        Tab::Spread,
        Tab::Table,
        Tab::Compare,
    ];

    /// Its name, as a key of texts.
    pub fn key(self) -> &'static str {
        match self {
            Tab::Overview => "tab.overview",
            Tab::Map => "tab.map",
            Tab::Charts => "tab.charts",
            Tab::People => "tab.people",
            Tab::Money => "tab.money",
            Tab::Spread => "tab.spread",
            Tab::Table => "tab.table",
            Tab::Compare => "tab.compare",
        }
    }
}

/// What the inspector is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Selected {
    /// Nothing yet.
    #[default]
    Nothing,
    /// A lever, by its path.
    Lever(String),
    /// An outcome, by its name.
    Outcome(String),
    /// A place or somebody in it.
    Entity(Entity),
}

/// What of the map is drawn besides colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapShown {
    /// Province outlines.
    pub outlines: bool,
    /// Villages.
    pub villages: bool,
    /// Discs at county seats, by the size of what is shown.
    pub counties: bool,
    /// Roads to towns, when near.
    pub roads: bool,
    /// Trucks and parcels, when near.
    pub trucks: bool,
    /// Names of counties and provinces.
    pub names: bool,
}

/// What the table lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Listed {
    /// Counties.
    #[default]
    Counties,
    /// Villages.
    Villages,
}

/// What a table is sorted by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The column; empty for the names.
    pub column: String,
    /// Whether the greatest come first.
    pub is_falling: bool,
}

impl Order {
    /// By a column, the greatest first or last.
    pub fn by(column: &str, is_falling: bool) -> Order {
        Order { column: column.to_owned(), is_falling }
    }

    /// What pressing a column's head does: sorts by it, and the other way when pressed again.
    pub fn press(&mut self, column: &str, is_falling: bool) {
        *self = match self.column == column {
            true => Order::by(column, !self.is_falling),
            false => Order::by(column, is_falling),
        };
    }
}

/// What the table lists, and in which order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableShown {
    /// Counties or villages.
    pub listed: Listed,
    /// Letters that names must have.
    #[serde(skip)]
    pub filter: String,
    /// Whether only Taobao villages are listed, of villages.
    pub only_taobao: bool,
    /// The order of counties.
    pub counties: Order,
    /// The order of villages.
    pub villages: Order,
}

impl Default for TableShown {
    fn default() -> TableShown {
        TableShown {
            listed: Listed::Counties,
            filter: String::new(),
            only_taobao: false,
            counties: Order::default(),
            villages: Order::by(Layer::Sales.name(), true),
        }
    }
}

impl TableShown {
    /// The order of what is listed.
    pub fn order(&mut self) -> &mut Order {
        match self.listed {
            Listed::Counties => &mut self.counties,
            Listed::Villages => &mut self.villages,
        }
    }
}

/// What is remembered of the window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// Colours.
    pub theme: Theme,
    /// Language.
    pub language: Language,
    /// Size of everything over the usual.
    pub scale: f32,
    /// What fills the centre.
    pub tab: Tab,
    /// Whether the levers are shown.
    pub has_levers: bool,
    /// Whether the inspector is shown.
    pub has_inspector: bool,
    /// Outcomes in the charts.
    pub charts: Vec<String>,
    /// Outcomes in the table of counties.
    pub columns: Vec<String>,
    /// What the table lists, and in which order.
    pub table: TableShown,
    /// What the map's colours show.
    pub layer: Layer,
    /// Whether it shows the difference to the baseline.
    pub is_difference: bool,
    /// What else of the map is drawn.
    pub map: MapShown,
    /// What the map looks at; none to show all.
    pub camera: Option<Camera>,
    /// What winners and losers are told by.
    pub gain: GainBy,
    /// What the bands of runs hold.
    pub holds: Holds,
    /// Whether the first-run tour was seen.
    pub has_seen_tour: bool,
    /// Lessons read, by the names of their files, and how many steps of each were done.
    pub lessons: BTreeMap<String, usize>,
    /// The folder that was written to last; empty before.
    pub folder: String,
    /// How large the window is; unknown before it was open.
    pub window: Option<WindowSize>,
}

/// How large the window is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowSize {
    /// Width and height, when it does not fill the screen \[points at the usual size of text\].
    pub size: (f32, f32),
    /// Whether it fills the screen.
    pub is_maximized: bool,
}

/// Least and greatest width and height of the window \[points\].
const LEAST: (f32, f32) = (860.0, 560.0);
const MOST: (f32, f32) = (16_000.0, 10_000.0);

impl WindowSize {
    /// The least size.
    #[cfg(not(target_arch = "wasm32"))]
    pub const LEAST: (f32, f32) = LEAST;

    /// So large.
    pub fn of(size: (f32, f32), is_maximized: bool) -> WindowSize {
        WindowSize {
            size: (size.0.round().clamp(LEAST.0, MOST.0), size.1.round().clamp(LEAST.1, MOST.1)),
            is_maximized,
        }
    }
}

/// By what winners and losers are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum GainBy {
    /// Saving of a household by buying online.
    #[default]
    Saving,
    /// Income from shops.
    Shops,
    /// The partner's income.
    Partner,
    /// Regular buyers.
    Buyers,
}

impl GainBy {
    /// All, in order.
    pub const ALL: [GainBy; 4] = [GainBy::Saving, GainBy::Shops, GainBy::Partner, GainBy::Buyers];

    /// Its name, as a key of texts.
    pub fn key(self) -> &'static str {
        match self {
            GainBy::Saving => "gain.saving",
            GainBy::Shops => "gain.shops",
            GainBy::Partner => "gain.partner",
            GainBy::Buyers => "gain.buyers",
        }
    }

    /// Its unit.
    pub fn unit(self) -> Unit {
        match self {
            GainBy::Saving => unit!(Yuan / Household / Year),
            GainBy::Shops => unit!(Yuan / Person / Year),
            GainBy::Partner => unit!(Yuan / Month),
            GainBy::Buyers => unit!(PercentOfHouseholds),
        }
    }
}

impl View {
    /// Puts the defaults in place of numbers that are none, as a damaged file may have them, and calls
    /// outcomes
    /// that an earlier version kept by the names that they have now.
    pub fn repair(&mut self) {
        let column = &mut self.table.counties.column;
        let layer = match &mut self.layer {
            Layer::County(name) => Some(name),
            _ => None,
        };
        for name in self.charts.iter_mut().chain(&mut self.columns).chain([column]).chain(layer) {
            if let Some(now) = renamed(name) {
                *name = now.to_owned();
            }
        }
        if !(0.5..=3.0).contains(&self.scale) {
            self.scale = 1.0;
        }
        self.camera = self.camera.filter(Camera::is_sound);
        let is_sound = |window: &WindowSize| window.size.0.is_finite() && window.size.1.is_finite();
        let window = self.window.filter(is_sound);
        self.window = window.map(|window| WindowSize::of(window.size, window.is_maximized));
    }

    /// Opens the table of counties, sorted by an outcome, which becomes its first column.
    pub fn list_counties(&mut self, outcome: &ShownOutcome) {
        self.columns.retain(|name| name != outcome.name);
        self.columns.insert(0, outcome.name.to_owned());
        self.table.counties = Order::by(outcome.name, !outcome.is_cost());
        self.table.filter.clear();
        self.table.listed = Listed::Counties;
        self.tab = Tab::Table;
    }

    /// Opens the table of villages, of those that a text names, sorted by a layer.
    pub fn list_villages(&mut self, filter: &str, only_taobao: bool, layer: &Layer) {
        self.table.villages = Order::by(layer.name(), true);
        self.table.filter = filter.to_owned();
        self.table.only_taobao = only_taobao;
        self.table.listed = Listed::Villages;
        self.tab = Tab::Table;
    }

    /// Shows or drops a column of the table of counties; a new one stands beside the names, and is sorted by.
    pub fn toggle_column(&mut self, outcome: &ShownOutcome) {
        if self.columns.iter().any(|name| name == outcome.name) {
            self.columns.retain(|name| name != outcome.name);
        } else {
            self.columns.insert(0, outcome.name.to_owned());
            self.table.counties = Order::by(outcome.name, !outcome.is_cost());
        }
    }
}

impl Default for View {
    fn default() -> View {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        View {
            theme: Theme::Light,
            language: Language::English,
            scale: 1.0,
            tab: Tab::Overview,
            has_levers: true,
            has_inspector: false,
            charts: names(&[
                "stations_open",
                "orders_per_open_station",
                "partner_income_mean",
                "buying_share",
            ]),
            columns: names(&[
                "stations_open",
                "orders_per_open_station",
                "buying_share",
                "shops",
                "income_per_head",
            ]),
            table: TableShown::default(),
            layer: Layer::Stations,
            is_difference: false,
            map: MapShown {
                outlines: true,
                villages: true,
                counties: false,
                roads: true,
                trucks: true,
                names: true,
            },
            camera: None,
            gain: GainBy::Saving,
            holds: Holds::default(),
            has_seen_tour: false,
            lessons: BTreeMap::new(),
            folder: String::new(),
            window: None,
        }
    }
}
