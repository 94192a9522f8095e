//! What a region is, for who is to believe it: places, money, and what it says itself.

use super::defaults::defaults;
use crate::args::DescribeRegionArgs;
use crate::command_error::{CommandError, plain};
use crate::report::region_map;
use crate::report::shell::{Page, Section, cell, table};
use crate::text::layout;
use crate::text::number::{count, figure, of};
use crate::{engine, terminal};
use maud::{Markup, html};
use sim_core::params::Parameters;
use sim_core::region::{LevelNames, PARAMETERS};
use sim_core::scenario::Loaded;
use sim_core::world::{CountyRecord, Geography};
use sim_files::write::{create, replace};
use std::fmt::Write as _;
use std::sync::Arc;

/// Rows of money on the terminal; the page has all.
const MONEY_ROWS: usize = 12;

/// Tells a region.
///
/// # Errors
/// If it is wrong, or the page cannot be written.
pub fn describe(args: &DescribeRegionArgs) -> Result<(), CommandError> {
    let loaded = defaults(&args.region)?;
    let estimate = engine::estimate(&loaded)?;
    let geography = Geography::of_region(&loaded.scenario.places.region).unwrap_or_default();
    let found = DescribedRegion { loaded: &loaded, geography: &geography, households: estimate.households };
    if let Some(path) = &args.page {
        let text = found.page().text();
        let written = if args.force { replace(path, text.as_bytes()) } else { create(path, text.as_bytes()) };
        written.map_err(|reason| CommandError::run(format!("{}: {}", path.display(), plain(&reason))))?;
    }
    let page = args.page.as_ref().map_or_else(String::new, |path| format!("\nPage in {}\n", path.display()));
    terminal::print(&format!("{}{page}", found.text()))
}

struct DescribedRegion<'r> {
    loaded: &'r Loaded,
    geography: &'r Arc<Geography>,
    households: u64,
}

/// An amount that a region's people know: a default at its price level beside what its file says.
struct KnownAmount {
    path: String,
    unit: String,
    /// The model's default in yuan.
    yuan: f64,
    /// The same at the price level.
    converted: f64,
    /// What the region's own file says.
    local: Option<f64>,
    description: &'static str,
}

impl DescribedRegion<'_> {
    fn own_file(&self) -> String {
        self.loaded.scenario.places.region.path(PARAMETERS)
    }

    /// Whether the region's file sets a parameter.
    fn is_own(&self, path: &str) -> bool {
        let origin = self.loaded.origins.of(path);
        origin.is_some_and(|origin| origin.file == self.own_file())
    }

    /// How many parameters the region says itself.
    fn own_count(&self) -> (usize, usize) {
        let all = Parameters::catalogue();
        let is_home = self.loaded.scenario.places.region.is_home();
        (all.iter().filter(|row| is_home || self.is_own(&row.path())).count(), all.len())
    }

    fn amounts(&self) -> Vec<KnownAmount> {
        let region = &self.loaded.scenario.places.region;
        let converted = Parameters::at_price_level(region.manifest.price_level);
        let usual = Parameters::default();
        let number = |parameters: &Parameters, path: &str| parameters.get(path)?.parse::<f64>().ok();
        let rows = Parameters::catalogue().into_iter().filter(|row| row.unit.is_money());
        rows.filter_map(|row| {
            let path = row.path();
            let own = self.is_own(&path).then(|| number(&self.loaded.scenario.parameters, &path)).flatten();
            Some(KnownAmount {
                yuan: number(&usual, &path)?,
                converted: number(&converted, &path)?,
                local: own,
                unit: row.unit.in_currency(region.currency()).to_string(),
                description: row.description,
                path,
            })
        })
        .collect()
    }

    fn facts(&self) -> Vec<String> {
        let region = &self.loaded.scenario.places.region;
        let manifest = &region.manifest;
        let LevelNames(first, second, third) = &manifest.levels;
        let villages: u64 = self.geography.counties().iter().map(|county| u64::from(county.villages)).sum();
        let people: f64 = self.geography.provinces().iter().map(|province| province.rural_people).sum();
        let (own, all) = self.own_count();
        let digits = manifest.digits;
        vec![
            format!(
                "Places: {} of the first level ({first}), {} of the second ({second}); {} of the third \
                 ({third})",
                count(self.geography.provinces().len() as u64),
                count(self.geography.counties().len() as u64),
                match self.geography.towns().len() as u64 {
                    0 => "only numbers".to_owned(),
                    towns => count(towns),
                },
            ),
            format!(
                "People: {} rural people, about {} households in {} villages",
                count(people as u64),
                count(self.households),
                count(villages)
            ),
            match self.geography.outlined() as u64 {
                0 => "Land: no place has an outline, each is a disc around its seat".to_owned(),
                outlined => format!(
                    "Land: {} with an outline, the others a disc around their seat",
                    of(outlined, "place", "places")
                ),
            },
            format!(
                "Money: {} with {}; {} for what one yuan of 2014 buys",
                region.currency(),
                of(u64::from(digits), "digit", "digits"),
                figure(manifest.price_level)
            ),
            format!(
                "Parameters: {own} of {all} are the region's own; the others are carried over from China, \
                 money at the price level"
            ),
        ]
    }

    fn text(&self) -> String {
        let region = &self.loaded.scenario.places.region;
        let mut text = format!("{}\n\n", region.manifest.title);
        for fact in self.facts() {
            let _ = writeln!(text, "{}", layout::wrapped(&fact, usize::from(terminal::width())));
        }
        let mut places = layout::table(terminal::width(), &["Largest places", "", "households", "villages"]);
        layout::numbers(&mut places, 2..4);
        for (record, households) in self.largest(8) {
            places.add_row([
                record.name_en.clone(),
                self.province_of(record),
                count(households as u64),
                count(record.villages),
            ]);
        }
        let _ = write!(text, "\n{}\n", layout::text(&places, ""));
        let amounts = self.amounts();
        let local: Vec<&KnownAmount> = amounts.iter().filter(|amount| amount.local.is_some()).collect();
        if local.is_empty() {
            text.push_str("No amount of money is the region's own.\n");
            return text;
        }
        let header = ["Money that is the region's own", "unit", "yuan", "converted", "local"];
        let mut money = layout::table(terminal::width(), &header);
        layout::numbers(&mut money, 2..5);
        for amount in local.iter().take(MONEY_ROWS) {
            money.add_row([
                amount.path.clone(),
                amount.unit.clone(),
                figure(amount.yuan),
                figure(amount.converted),
                amount.local.map_or_else(String::new, figure),
            ]);
        }
        let _ = writeln!(text, "{}", layout::text(&money, ""));
        if local.len() > MONEY_ROWS {
            let _ = writeln!(text, "and {} more: --page FILE has all", local.len() - MONEY_ROWS);
        }
        text
    }

    /// Places of most households, with what they have.
    fn largest(&self, most: usize) -> Vec<(&CountyRecord, f64)> {
        let villages = |county: &CountyRecord| {
            let province = self.geography.provinces().get(usize::from(county.province));
            let by_province = province.map_or(0.0, |province| {
                province.rural_people / province.household_size / f64::from(province.villages.max(1))
            });
            f64::from(county.villages) * by_province
        };
        let all = self.geography.counties().iter();
        let mut all: Vec<(&CountyRecord, f64)> =
            all.map(|county| (county, county.households.unwrap_or_else(|| villages(county)))).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.code.cmp(&b.0.code)));
        all.truncate(most);
        all
    }

    fn province_of(&self, county: &CountyRecord) -> String {
        let province = self.geography.provinces().get(usize::from(county.province));
        province.map_or_else(String::new, |province| province.name_en.clone())
    }

    fn page(&self) -> Page {
        let region = &self.loaded.scenario.places.region;
        let all = self.largest(usize::MAX);
        Page {
            kind: "Region",
            title: region.manifest.title.clone(),
            question: "Which places, whose money, and what is known of them?".to_owned(),
            facts: self.facts(),
            warnings: Vec::new(),
            sections: vec![
                Section { id: "map", title: "Map", body: region_map::map(region, &all) },
                Section { id: "places", title: "Places", body: self.places(&all) },
                Section { id: "money", title: "Money", body: self.money() },
                Section { id: "own", title: "The region's own", body: self.own() },
            ],
        }
    }

    fn places(&self, all: &[(&CountyRecord, f64)]) -> Markup {
        let row = |(county, households): &(&CountyRecord, f64)| {
            vec![
                cell(&county.name_en),
                cell(self.province_of(county)),
                cell(count(*households as u64)),
                cell(count(county.villages)),
                cell(figure(county.elevation)),
                cell(figure(county.to_capital)),
            ]
        };
        let rows: Vec<Vec<Markup>> = all.iter().map(row).collect();
        let header =
            ["Place", "Belongs to", "Households", "Villages", "Elevation [m]", "To the capital [km]"];
        table("All places of the second level, the largest first.", &header, 2, &rows)
    }

    fn money(&self) -> Markup {
        let row = |amount: &KnownAmount| {
            vec![
                cell(&amount.path),
                cell(amount.description),
                cell(&amount.unit),
                cell(figure(amount.yuan)),
                cell(figure(amount.converted)),
                cell(amount.local.map_or_else(|| "–".to_owned(), figure)),
            ]
        };
        let rows: Vec<Vec<Markup>> = self.amounts().iter().map(row).collect();
        let header = ["Parameter", "What it is", "Unit", "China [yuan]", "Converted", "Local figure"];
        let about = "Amounts of the model: China's default, the same at the region's price level, and the \
                     region's own figure where its file gives one. Where there is none, the converted \
                     amount is used.";
        table(about, &header, 3, &rows)
    }

    fn own(&self) -> Markup {
        let own: Vec<_> =
            Parameters::catalogue().into_iter().filter(|row| self.is_own(&row.path())).collect();
        if own.is_empty() {
            return html! { p { "The region's file sets no parameter: all is carried over." } };
        }
        let rows: Vec<Vec<Markup>> = own
            .iter()
            .map(|row| {
                let value = self.loaded.scenario.parameters.get(&row.path()).unwrap_or_default();
                let unit = row.unit.in_currency(self.loaded.scenario.places.region.currency());
                vec![
                    cell(row.path()),
                    cell(row.description),
                    cell(layout::shortened(&value)),
                    cell(unit.to_string()),
                ]
            })
            .collect();
        table(
            "Parameters that the region's parameters.ron sets.",
            &["Parameter", "What it is", "Value", "Unit"],
            4,
            &rows,
        )
    }
}
