//! What a run recorded of places: episodes and rows of villages, from a folder of results or a run made now.

use crate::command_error::CommandError;
use crate::engine::{self, Outcome};
use crate::interrupt;
use crate::report::folder::ResultFolder;
use crate::terminal;
use sim_core::metrics::table::Table;
use sim_core::simulation::Simulation;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A recorded episode.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct RecordedEpisode {
    /// The day, as 2015-11-11.
    pub date: String,
    /// Code of its county.
    pub county: String,
    /// Number of its village; none for the county.
    pub village: Option<u32>,
    /// What happened, by the name used in tables.
    pub happening: String,
    /// The trade concerned; empty if none is.
    pub trade: String,
    /// The shop concerned.
    pub shop: Option<u32>,
    /// The household that runs it.
    pub founder: Option<u32>,
    /// Why; empty if nothing is recorded.
    pub cause: String,
    /// Village and number of the shop that was copied.
    pub copied: Option<(u32, u32)>,
}

/// A village's row of a month.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct VillageMonth {
    /// The month, as 2015-11.
    pub month: String,
    /// Households.
    pub households: f64,
    /// Regular buyers.
    pub regular: f64,
    /// Orders through the station.
    pub station_orders: f64,
    /// The partner's income \[yuan\]; none without an open station.
    pub partner_income: Option<f64>,
    /// Shops.
    pub shops: f64,
    /// Sales of the last twelve months \[yuan\].
    pub yearly_sales: f64,
    /// How parcels of self-service orders arrive.
    pub delivery: String,
}

/// What a run recorded.
pub struct Recorded {
    /// The scenario.
    pub scenario: String,
    /// Names of counties by code.
    pub counties: BTreeMap<String, String>,
    /// All episodes, by date.
    pub episodes: Vec<RecordedEpisode>,
    /// Rows of villages, by county and number.
    pub villages: BTreeMap<(String, u32), Vec<VillageMonth>>,
}

impl Recorded {
    /// Of a folder of results, or of a scenario, which is run.
    pub fn of(run: &str, set: &[(String, String)]) -> Result<Recorded, CommandError> {
        let path = Path::new(run);
        if !path.is_dir() {
            return Recorded::of_scenario(run, set);
        }
        if !set.is_empty() {
            return Err(CommandError::input(
                "--set changes scenarios; the results in a folder are made already",
            ));
        }
        let mut folder = ResultFolder::open(path)?;
        let mut table = |name: &str, columns: &[&str]| {
            let table = folder.table(name, &|column| columns.contains(&column))?;
            table.ok_or_else(|| {
                CommandError::input(format!(
                    "{} has no table `{name}`: expected a folder that `countryside run --out` wrote",
                    path.display()
                ))
            })
        };
        let tables = [table("episode", &EPISODE)?, table("village", &VILLAGE)?, table("county", &COUNTY)?];
        let warnings = folder.warnings().iter();
        warnings.for_each(|warning| terminal::note(&format!("warning: {warning}")));
        let scenario =
            path.file_name().map_or_else(|| run.to_owned(), |name| name.to_string_lossy().into_owned());
        Recorded::from_tables(scenario, tables.each_ref().map(Some))
    }

    fn of_scenario(run: &str, set: &[(String, String)]) -> Result<Recorded, CommandError> {
        let loaded = engine::load(run, set)?;
        let (threads, _) = engine::threads(None);
        let mut simulation = engine::build(&loaded, threads)?;
        interrupt::listen();
        let _given_up = interrupt::gives_up("stopped before the end of the run; nothing was kept");
        while simulation.step() {
            if interrupt::requested() {
                return Err(CommandError::Interrupted(format!("stopped at {}", simulation.now())));
            }
        }
        Recorded::of_finished(&simulation)
    }

    /// Of a run that has come to its end.
    pub fn of_finished(simulation: &Simulation) -> Result<Recorded, CommandError> {
        let outcome: Outcome = simulation.outcome();
        let table = |name: &str| outcome.tables.iter().find(|table| table.name == name);
        let scenario = simulation.scenario().name.clone();
        Recorded::from_tables(scenario, [table("episode"), table("village"), table("county")])
    }

    /// Of the tables of episodes, villages and counties; a run may lack the first two.
    fn from_tables(scenario: String, tables: [Option<&Table>; 3]) -> Result<Recorded, CommandError> {
        let [episodes, villages, counties] = tables.map(rows);
        let names = counties.map(|row| (cell(row, "county"), cell(row, "county_name_en")));
        let mut sorted: Vec<RecordedEpisode> = episodes.map(episode).collect::<Result<_, _>>()?;
        sorted.sort_by(|a, b| a.date.cmp(&b.date));
        let mut months: BTreeMap<(String, u32), Vec<VillageMonth>> = BTreeMap::new();
        for row in villages {
            let place = (cell(row, "county"), number(row, "village")?.unwrap_or_default());
            months.entry(place).or_default().push(village_month(row)?);
        }
        Ok(Recorded { scenario, counties: names.collect(), episodes: sorted, villages: months })
    }

    /// The county of a code.
    pub fn county(&self, code: &str) -> Result<String, CommandError> {
        if self.counties.contains_key(code) {
            return Ok(code.to_owned());
        }
        let some: Vec<&str> = self.counties.keys().take(8).map(String::as_str).collect();
        let more = if self.counties.len() > some.len() { ", ..." } else { "" };
        Err(CommandError::input(format!(
            "there is no county {code} in this run: expected one of {}{more}",
            some.join(", ")
        )))
    }

    /// The village that an identity means: COUNTY/NUMBER, or a number where there is one county.
    pub fn village(&self, id: &str) -> Result<(String, u32), CommandError> {
        let (county, number) = match (id.split_once('/'), self.counties.keys().next()) {
            (Some((county, number)), _) => (self.county(county)?, number),
            (None, Some(only)) if self.counties.len() == 1 => (only.clone(), id),
            _ => {
                return Err(CommandError::input(format!(
                    "`{id}` does not say in which of {} counties: expected COUNTY/NUMBER, as in 330122/17",
                    self.counties.len()
                )));
            }
        };
        let number: u32 = number.parse().map_err(|_| {
            CommandError::input(format!(
                "`{number}` is no village's number: expected a whole number, as in 330122/17"
            ))
        })?;
        let place = (county, number);
        let mut episodes = self.episodes.iter();
        let is_recorded = episodes.any(|e| e.village == Some(number) && e.county == place.0);
        if is_recorded || self.villages.contains_key(&place) {
            return Ok(place);
        }
        let known: BTreeSet<u32> =
            self.villages.keys().filter(|(code, _)| *code == place.0).map(|(_, number)| *number).collect();
        let some: Vec<String> = known.iter().take(8).map(u32::to_string).collect();
        Err(CommandError::input(format!(
            "nothing is recorded of village {number} of county {}: it has neither station nor shop, or the \
             run lacks it; villages with rows: {}{}",
            place.0,
            some.join(", "),
            if known.len() > some.len() { ", ..." } else { "" }
        )))
    }
}

/// The columns that are told of, by table: no others are read.
const EPISODE: [&str; 10] = [
    "date",
    "county",
    "village",
    "happening",
    "trade",
    "shop",
    "founder",
    "cause",
    "copied_village",
    "copied_shop",
];
const VILLAGE: [&str; 10] = [
    "county",
    "village",
    "month",
    "households",
    "regular",
    "station_orders",
    "partner_income",
    "shops",
    "yearly_sales",
    "delivery",
];
const COUNTY: [&str; 2] = ["county", "county_name_en"];

/// A row of a table.
#[derive(Clone, Copy)]
struct RecordedRow<'t> {
    table: &'t Table,
    at: usize,
}

fn rows(table: Option<&Table>) -> impl Iterator<Item = RecordedRow<'_>> {
    table.into_iter().flat_map(|table| (0..table.rows()).map(move |at| RecordedRow { table, at }))
}

/// A cell as text; empty if the table has no such column, or nothing is there.
fn cell(row: RecordedRow<'_>, column: &str) -> String {
    let found = row.table.column(column);
    found.map_or_else(String::new, |column| column.data.shown(row.at))
}

/// A whole number; none if the cell is empty or absent, or -1, which tables of earlier versions have for
/// none.
fn number(row: RecordedRow<'_>, column: &str) -> Result<Option<u32>, CommandError> {
    let text = cell(row, column);
    match text.as_str() {
        "" | "-1" => Ok(None),
        text => text.parse().map(Some).map_err(|_| wrong(column, text)),
    }
}

fn wrong(column: &str, text: &str) -> CommandError {
    CommandError::input(format!(
        "column `{column}` holds `{text}` where a number was expected: the table is damaged"
    ))
}

fn real(row: RecordedRow<'_>, column: &str) -> Result<f64, CommandError> {
    let text = cell(row, column);
    if text.is_empty() {
        return Ok(f64::NAN);
    }
    text.parse().map_err(|_| wrong(column, &text))
}

fn episode(row: RecordedRow<'_>) -> Result<RecordedEpisode, CommandError> {
    let copied = (number(row, "copied_village")?, number(row, "copied_shop")?);
    Ok(RecordedEpisode {
        date: cell(row, "date"),
        county: cell(row, "county"),
        village: number(row, "village")?,
        happening: cell(row, "happening"),
        trade: cell(row, "trade").replace('_', " "),
        shop: number(row, "shop")?,
        founder: number(row, "founder")?,
        cause: cell(row, "cause"),
        copied: copied.0.zip(copied.1),
    })
}

fn village_month(row: RecordedRow<'_>) -> Result<VillageMonth, CommandError> {
    let income = real(row, "partner_income")?;
    Ok(VillageMonth {
        month: cell(row, "month"),
        households: real(row, "households")?,
        regular: real(row, "regular")?,
        station_orders: real(row, "station_orders")?,
        partner_income: (income >= 0.0).then_some(income / 100.0),
        shops: real(row, "shops")?,
        yearly_sales: real(row, "yearly_sales")? / 100.0,
        delivery: cell(row, "delivery"),
    })
}
