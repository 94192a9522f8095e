//! Makes a region from a table of places: asks for nothing, and says what it assumed.

use super::places::{OwnPlace, OwnPlaces, read};
use super::series::{CarriedOver, parameters};
use crate::args::NewRegionArgs;
use crate::command_error::{CommandError, plain};
use crate::terminal;
use crate::text::number::{count, of};
use sim_core::base::{Currency, Time};
use sim_core::params::Parameters;
use sim_core::region::Region;
use sim_core::world::{Geography, distance::great_circle_km};
use std::fmt::Write as _;
use std::path::Path;

/// Persons of a household, where a table has people and no households.
const HOUSEHOLD_SIZE: f64 = 4.5;
/// Households of a place of which a table says neither.
const HOUSEHOLDS: f64 = 5_000.0;
/// Households of a village.
const VILLAGE: f64 = 200.0;
/// Villages of a town.
const TOWN: f64 = 15.0;
/// Height and relief of land of which nothing is known \[m\].
const LAND: (f64, f64) = (200.0, 60.0);
/// Schooling \[years\], share of people over 65 and share of farming of people of whom nothing is known.
const PEOPLE: (f64, f64, f64) = (7.0, 0.06, 0.5);
/// Room around the places \[degrees\].
const ROOM: f64 = 2.0;

/// Makes the region and a scenario that lies in it.
///
/// # Errors
/// Every fault of the table and of the options; a name that is taken; what the system says.
pub fn new(args: &NewRegionArgs) -> Result<(), CommandError> {
    let mut faults = of_options(args);
    let limit = sim_core::scenario::LARGEST_FILE;
    let bytes = sim_files::read::bytes(&args.from, limit)
        .map_err(|reason| CommandError::input(format!("{}: {}", args.from.display(), plain(&reason))))?;
    let own = match read(&bytes, &args.from.display().to_string()) {
        Ok(own) if faults.is_empty() => own,
        Ok(_) => return Err(CommandError::input(faults.join("\n"))),
        Err(more) => {
            faults.extend(more);
            return Err(CommandError::input(faults.join("\n")));
        }
    };
    let scenario = format!("{}.ron", args.name);
    for name in [args.name.as_str(), &scenario] {
        if sim_files::folder::is_taken(Path::new(name)) {
            return Err(CommandError::input(format!("{name} is there already: choose another name")));
        }
    }
    let made = MadeRegion::of(args, &own);
    write(args, &made, &scenario)?;
    terminal::print(&made.told(args, &own, &scenario))
}

fn of_options(args: &NewRegionArgs) -> Vec<String> {
    let mut faults = Vec::new();
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let is_name = args.name.chars().all(fits) && args.name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if !is_name || args.name.len() > 60 {
        let name = terminal::harmless(&args.name);
        faults.push(format!("{name}: expected a name of letters, digits, `_` and `-`, 1 to 60 of them"));
    }
    if Region::builtin(&args.name).is_some() {
        faults.push(format!("{} is a region of the program's own: choose another name", args.name));
    }
    if Currency::of_code(&args.currency).is_none() {
        let code = terminal::harmless(&args.currency);
        faults.push(format!("--currency {code}: expected three capital letters like KES (ISO 4217)"));
    }
    if !(0.01..=20_000.0).contains(&args.price_level) {
        faults.push(format!("--price-level {}: expected 0.01 to 20,000", args.price_level));
    }
    faults
}

/// The files of a region, and what was assumed to make them.
struct MadeRegion {
    manifest: String,
    provinces: String,
    counties: String,
    parameters: String,
    assumed: Vec<String>,
    households: f64,
    villages: f64,
}

impl MadeRegion {
    fn of(args: &NewRegionArgs, own: &OwnPlaces) -> MadeRegion {
        let places = &own.places;
        let mut assumed = Vec::new();
        let households: Vec<f64> = places.iter().map(households).collect();
        let villages: Vec<f64> =
            places.iter().zip(&households).map(|(place, &own)| villages(place, own)).collect();
        assumed.extend(households_assumed(places));
        let mut note = |lacks: &dyn Fn(&OwnPlace) -> bool, what: String| {
            let lacking = places.iter().filter(|place| lacks(place)).count() as u64;
            if lacking > 0 {
                assumed.push(format!("{what} ({})", of(lacking, "place", "places")));
            }
        };
        note(&|place| place.villages.is_none(), format!("a village has {VILLAGE} households"));
        note(&|place| place.towns.is_none(), format!("a town has {TOWN} villages"));
        note(&|place| place.elevation.is_none(), format!("land lies {} m above the sea", LAND.0));
        note(&|place| place.relief.is_none(), format!("its relief is {} m", LAND.1));
        note(&|place| place.income.is_none(), "income is the region's mean".to_owned());
        note(&|place| place.province.is_empty(), "there is one place of the first level".to_owned());
        assumed.push(format!(
            "schooling of {} years, {} % over 65, {} % at work in farming, no poor places",
            PEOPLE.0,
            PEOPLE.1 * 100.0,
            PEOPLE.2 * 100.0
        ));
        let capital = capital(places, &households);
        assumed.push(format!("the capital is the place of most households, {}", places[capital].name));
        if args.currency == "XXX" {
            assumed.push("its money is called XXX (--currency)".to_owned());
        }
        if args.price_level == 1.0 {
            assumed.push("prices are China's of 2014 (--price-level)".to_owned());
        }
        assumed.push(format!(
            "{} is like China's {} (--start, --like): series and days are moved by {} years",
            args.start,
            args.like,
            args.start - args.like
        ));
        assumed.push("no shopping festival, and a pause on 1 January".to_owned());
        let groups = groups(places, args.title.as_deref().unwrap_or(&args.name));
        MadeRegion {
            manifest: manifest(args, places),
            provinces: provinces(&groups, places, &households, args),
            counties: counties(&groups, places, &households, &villages, capital),
            parameters: parameters(carried(args, places, &households), args.like),
            assumed,
            households: households.iter().sum(),
            villages: villages.iter().sum(),
        }
    }

    /// What was made, for the terminal.
    fn told(&self, args: &NewRegionArgs, own: &OwnPlaces, scenario: &str) -> String {
        let mut text = format!(
            "{} made in {}/: {}, {} villages, {} households\n\nRead from {}:\n",
            args.title.as_deref().unwrap_or(&args.name),
            args.name,
            of(own.places.len() as u64, "place", "places"),
            count(self.villages as u64),
            count(self.households as u64),
            args.from.display()
        );
        for (kind, name) in &own.columns {
            let _ = writeln!(text, "  {:<26}{}", kind.title(), terminal::harmless(name));
        }
        if !own.unused.is_empty() {
            let unused: Vec<String> = own.unused.iter().map(|name| terminal::harmless(name)).collect();
            let _ = writeln!(text, "  not used                  {}", unused.join(", "));
        }
        text.push_str("\nAssumed, until you say otherwise:\n");
        for line in &self.assumed {
            let _ = writeln!(text, "  - {line}");
        }
        let _ = writeln!(
            text,
            "\nNext:\n  countryside run {scenario}\n  countryside region describe {0} --page {0}.html\n  \
             and put your own figures into {0}/parameters.ron",
            args.name
        );
        text
    }
}

fn households(place: &OwnPlace) -> f64 {
    place
        .households
        .or_else(|| place.people.map(|people| people / HOUSEHOLD_SIZE))
        .unwrap_or(HOUSEHOLDS)
        .max(1.0)
}

fn villages(place: &OwnPlace, households: f64) -> f64 {
    place.villages.unwrap_or_else(|| (households / VILLAGE).round()).clamp(1.0, 10_000.0).round()
}

fn households_assumed(places: &[OwnPlace]) -> Vec<String> {
    let by_people =
        places.iter().filter(|place| place.households.is_none() && place.people.is_some()).count();
    let unknown = places.iter().filter(|place| place.households.is_none() && place.people.is_none()).count();
    let told = |count: usize| of(count as u64, "place", "places");
    let mut lines = Vec::new();
    if by_people > 0 {
        lines.push(format!("a household has {HOUSEHOLD_SIZE} people ({})", told(by_people)));
    }
    if unknown > 0 {
        lines.push(format!("a place has {HOUSEHOLDS} rural households ({})", told(unknown)));
    }
    lines
}

fn capital(places: &[OwnPlace], households: &[f64]) -> usize {
    let most = |a: &usize, b: &usize| households[*a].total_cmp(&households[*b]).then(b.cmp(a));
    (0..places.len()).max_by(most).unwrap_or(0)
}

/// Places of the first level in the order of the table, each with those that belong to it. No more than there
/// are codes; the rest joins the last.
fn groups(places: &[OwnPlace], only: &str) -> Vec<(String, Vec<usize>)> {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let name = if place.province.is_empty() { only } else { &place.province };
        match groups.iter().position(|(known, _)| known == name) {
            Some(known) => groups[known].1.push(at),
            None if groups.len() < 99 => groups.push((name.to_owned(), vec![at])),
            None => groups[98].1.push(at),
        }
    }
    groups
}

fn manifest(args: &NewRegionArgs, places: &[OwnPlace]) -> String {
    let span = |of: fn(&OwnPlace) -> f64, least: f64, most: f64| {
        let values = || places.iter().map(of);
        let low = values().fold(f64::INFINITY, f64::min) - ROOM;
        let high = values().fold(f64::NEG_INFINITY, f64::max) + ROOM;
        (low.max(least), high.min(most))
    };
    let (west, east) = span(|place| place.at.0, -180.0, 180.0);
    let (south, north) = span(|place| place.at.1, -90.0, 90.0);
    let title = args.title.as_deref().unwrap_or(&args.name);
    let quoted = ron::to_string(title).unwrap_or_default();
    format!(
        "(\n    title: {quoted},\n    // Three letters (ISO 4217), and the digits behind the point of \
         an amount.\n    \
         currency: \"{}\",\n    digits: {},\n    // The region's money for what one yuan of 2014 buys: every \
         default in money is multiplied by it.\n    price_level: {:?},\n    // What places of provinces.csv, \
         counties.csv and towns.csv are called.\n    levels: (\"province\", \"district\", \"town\"),\n    \
         // What lies outside is refused.\n    bounds: (west: {west:?}, south: {south:?}, \
         east: {east:?}, north: {north:?}),\n)\n",
        args.currency, args.digits, args.price_level
    )
}

/// A cell of a table, in quotes where it must be.
fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn provinces(
    groups: &[(String, Vec<usize>)],
    places: &[OwnPlace],
    households: &[f64],
    args: &NewRegionArgs,
) -> String {
    let usual = usual_income(args);
    let mut text =
        "code,name,name_en,other_names,direct,rural_people,poverty_counties,hh_size,avg_school_years,\
                    share_age65p,agri_emp_share,rural_income\n"
            .to_owned();
    for (at, (name, members)) in groups.iter().enumerate() {
        let own: f64 = members.iter().map(|&at| households[at]).sum();
        let people: f64 =
            members.iter().map(|&at| places[at].people.unwrap_or(households[at] * HOUSEHOLD_SIZE)).sum();
        let income: f64 =
            members.iter().map(|&at| households[at] * places[at].income.unwrap_or(usual)).sum::<f64>() / own;
        let name = cell(name);
        let size = (people / own).clamp(1.0, 15.0);
        let (schooling, old, farming) = PEOPLE;
        let _ = writeln!(
            text,
            "{},{name},{name},,0,{people:.0},0,{size:.2},{schooling},{old},{farming},{income:.2}",
            at + 1
        );
    }
    text
}

fn counties(
    groups: &[(String, Vec<usize>)],
    places: &[OwnPlace],
    households: &[f64],
    villages: &[f64],
    capital: usize,
) -> String {
    let mut text =
        "code,name,name_en,kind,province,prefecture,lon,lat,elevation_m,relief_m,to_prefecture_km,\
                    to_capital_km,towns,townships,subdistricts,villages,communities,households\n"
            .to_owned();
    let away = |from: usize, to: usize| {
        let ((x, y), (to_x, to_y)) = (places[from].at, places[to].at);
        great_circle_km(x, y, to_x, to_y).min(3000.0)
    };
    let mut running = 0;
    for (group, (province, members)) in groups.iter().enumerate() {
        let largest = |a: &&usize, b: &&usize| households[**a].total_cmp(&households[**b]);
        let seat = members.iter().max_by(largest).copied().unwrap_or(capital);
        for (number, &at) in members.iter().enumerate() {
            running += 1;
            // By group where there is room for it, so that neighbours in the table are neighbours in code.
            let code = if members.len() < 10_000 && groups.len() < 99 {
                (group as u32 + 1) * 10_000 + number as u32 + 1
            } else {
                running
            };
            let place = &places[at];
            let towns = place.towns.unwrap_or_else(|| (villages[at] / TOWN).ceil()).clamp(1.0, 1000.0);
            let name = cell(&place.name);
            let _ = writeln!(
                text,
                "{code},{name},{name},county,{},{},{:?},{:?},{:?},{:?},{:.1},{:.1},{towns:.0},0,0,{:.0},0,\
                 {:.0}",
                cell(province),
                cell(province),
                place.at.0,
                place.at.1,
                place.elevation.unwrap_or(LAND.0),
                place.relief.unwrap_or(LAND.1),
                away(at, seat),
                away(at, capital),
                villages[at],
                households[at],
            );
        }
    }
    text
}

/// What China's income a head would be in the region's money, in the year that it resembles.
fn usual_income(args: &NewRegionArgs) -> f64 {
    let middle =
        sim_core::base::Date::new(args.like, 7, 1).map_or(Time::START, sim_core::base::Date::midnight);
    Parameters::at_price_level(args.price_level).income.rural_income.at(middle)
}

fn carried(args: &NewRegionArgs, places: &[OwnPlace], households: &[f64]) -> CarriedOver {
    let home = Geography::embedded();
    let of_home: f64 =
        home.provinces().iter().map(|province| province.rural_people / province.household_size).sum();
    let known: Vec<(f64, f64)> = places
        .iter()
        .zip(households)
        .filter_map(|(place, &households)| Some((households, place.income?)))
        .collect();
    let weight: f64 = known.iter().map(|(households, _)| households).sum();
    let mean = known.iter().map(|(households, income)| households * income).sum::<f64>() / weight;
    CarriedOver {
        years: args.start - args.like,
        price_level: args.price_level,
        households: households.iter().sum::<f64>() / of_home,
        counties: places.len() as f64,
        income: (weight > 0.0).then(|| mean / usual_income(args)),
    }
}

/// Writes the folder whole, then the scenario: what fails leaves no half region.
fn write(args: &NewRegionArgs, made: &MadeRegion, scenario: &str) -> Result<(), CommandError> {
    let fault = |what: &str, reason: std::io::Error| CommandError::run(format!("{what}: {}", plain(&reason)));
    let parent = Path::new(".");
    let folder = sim_files::write::fresh_folder(parent, args.name.as_ref())
        .map_err(|reason| fault(&args.name, reason))?;
    let mut readme = format!("# {}\n\nMade from `{}`. Assumed:\n\n", args.name, args.from.display());
    for line in &made.assumed {
        let _ = writeln!(readme, "- {line}");
    }
    let files = [
        ("region.ron", &made.manifest),
        ("provinces.csv", &made.provinces),
        ("counties.csv", &made.counties),
        ("parameters.ron", &made.parameters),
        ("README.md", &readme),
    ];
    for (name, text) in files {
        sim_files::write::create(&folder.path().join(name), text.as_bytes())
            .map_err(|why| fault(name, why))?;
    }
    // Renaming over a folder that is not empty fails: whoever came first has the name.
    sim_files::folder::rename(folder.path(), Path::new(&args.name))
        .map_err(|reason| fault(&args.name, reason))?;
    let _ = folder.keep();
    let text = format!(
        "(\n    // Question: how would rural e-commerce grow in {0}, with what is assumed in \
         {0}/README.md?\n    name: \"{0}\",\n    \
         question: \"How would rural e-commerce grow in {0}?\",\n    start: \"{1}-01-01\",\n    \
         end: \"{2}-12-31\",\n    household_sample: 0.05,\n    places: (region: \"{0}\", select: All),\n)\n",
        args.name,
        args.start,
        args.start + 4
    );
    sim_files::write::create(Path::new(scenario), text.as_bytes()).map_err(|reason| fault(scenario, reason))
}
