//! Published figures, drawn as dots beside what the model gives: only where the run covers what they count,
//! by its places, its days and the size of its programme.

use crate::plan::Prepared;
use crate::work::sample::Extent;
use sim_core::base::Date;
use sim_core::scenario::Scenario;
use sim_core::world::Geography;

/// A published figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Of which day.
    pub date: Date,
    /// The value, in the outcome's unit.
    pub value: f64,
    /// Who published it, and what to know of it.
    pub source: String,
    /// Whether it counts what was opened until then, those among it that had closed again.
    pub is_opened: bool,
}

const SERIES: &str = include_str!("../../data/facts/national_series.csv");
const ROLLOUT: &str = include_str!("../../data/facts/programme_rollout.csv");

/// Outcome, series, factor to the outcome's unit, and month of the year it refers to. All of them count the
/// whole country.
const SHOWN: [(&str, &str, f64, i8); 5] = [
    ("taobao_villages", "taobao_villages", 1.0, 12),
    ("taobao_towns", "taobao_towns", 1.0, 12),
    ("income_per_head", "rural_income_per_head", 1.0, 7),
    ("delivered_village_share", "village_delivery_point_share", 0.01, 12),
    ("poor_people", "rural_poor", 1e6, 12),
];

/// Counties and villages over which a run covers the programme's roll-out, about: its plan had a thousand and
/// a hundred thousand.
const PROGRAMME: (usize, u64) = (800, 80_000);

/// What a run covers of what published figures count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Covered {
    /// The whole country: nine tenths of its counties and of their villages.
    country: bool,
    /// The programme's roll-out: places for it, its beginning, and room for as many stations as were
    /// counted.
    rollout: bool,
    /// The run's first day.
    first: Date,
    /// The run's last day.
    last: Date,
    /// The last day on which the programme goes on.
    supported: Date,
}

impl Covered {
    /// What a plan covers, before and after its branch.
    pub fn of(prepared: &Prepared, extent: &Extent) -> Covered {
        let scenario = &prepared.scenario;
        let mut later = (**scenario).clone();
        let changes = prepared.later.iter().flat_map(|later| &later.changes);
        for (path, value) in changes {
            // What cannot be set was refused when the plan was read.
            let _ = later.set(path, value);
        }
        let counties = Geography::embedded().counties();
        let villages: u64 = counties.iter().map(|county| u64::from(county.villages)).sum();
        // A table of counties of one's own is of another country.
        let is_real = prepared.table.is_none() && scenario.places.region.is_home();
        let most = |known: usize, of: usize| known * 10 >= of * 9;
        let is_wide = extent.counties() >= PROGRAMME.0 && extent.villages() >= PROGRAMME.1;
        let has_programme = |scenario: &Scenario| has_rollout(scenario, extent.counties());
        Covered {
            country: is_real
                && most(extent.counties(), counties.len())
                && most(extent.villages() as usize, villages as usize),
            rollout: is_real && is_wide && has_programme(scenario) && has_programme(&later),
            first: scenario.start,
            last: later.end,
            supported: scenario.parameters.programme.support_end.min(later.parameters.programme.support_end),
        }
    }

    /// Everything, at any time.
    #[cfg(test)]
    pub fn everything() -> Covered {
        let day = |year| Date::new(year, 1, 1).unwrap_or_else(|| unreachable!("{year}"));
        Covered { country: true, rollout: true, first: day(2000), last: day(2100), supported: day(2100) }
    }
}

/// Whether a scenario has the programme from its first station on, with room for as many counties and
/// stations as were counted.
fn has_rollout(scenario: &Scenario, counties: usize) -> bool {
    let programme = &scenario.parameters.programme;
    let (stations, centres) = (rollout(1), rollout(2));
    let most = |facts: &[Fact]| facts.iter().map(|fact| fact.value).fold(0.0, f64::max);
    let opened = stations.iter().find(|fact| fact.value > 0.0).map(|fact| fact.date);
    let reached = (counties as f64).min(programme.scale * f64::from(programme.planned_counties));
    let planned = programme.scale * f64::from(programme.planned_stations);
    let room = (reached * f64::from(programme.candidates_per_county)).min(planned);
    let is_in_time = opened.is_some_and(|opened| scenario.start <= opened && programme.start <= opened);
    programme.enabled && is_in_time && reached >= most(&centres) && room >= most(&stations)
}

/// The figures that compare with an outcome, in order of time.
pub fn of(outcome: &str, covered: &Covered) -> Vec<Fact> {
    let mut facts = match outcome {
        "stations_open" | "centres_open" if !covered.rollout => Vec::new(),
        "stations_open" => rollout(1),
        "centres_open" => rollout(2),
        _ if !covered.country => Vec::new(),
        _ => SHOWN
            .iter()
            .filter(|row| row.0 == outcome)
            .flat_map(|&(_, series, factor, month)| yearly(series, factor, month))
            .collect(),
    };
    let is_rollout = matches!(outcome, "stations_open" | "centres_open");
    facts.retain(|fact| {
        let is_within = (covered.first..=covered.last).contains(&fact.date);
        is_within && !(is_rollout && fact.date > covered.supported)
    });
    facts
}

fn yearly(series: &str, factor: f64, month: i8) -> Vec<Fact> {
    let rows = SERIES.lines().skip(1).map(|line| line.split(',').collect::<Vec<&str>>());
    rows.filter_map(|cells| match cells.as_slice() {
        [name, _, year, value, _, source, note @ ..] if *name == series => Some(Fact {
            date: Date::new(year.parse().ok()?, month, 28)?,
            value: value.parse::<f64>().ok()? * factor,
            source: [*source].into_iter().chain(note.iter().copied()).collect::<Vec<_>>().join(" "),
            is_opened: false,
        }),
        _ => None,
    })
    .collect()
}

fn rollout(column: usize) -> Vec<Fact> {
    let rows = ROLLOUT.lines().skip(1).map(|line| line.split(',').collect::<Vec<&str>>());
    rows.filter_map(|cells| {
        Some(Fact {
            date: cells.first()?.parse().ok()?,
            value: cells.get(column)?.parse().ok()?,
            source: cells.get(4..)?.join(","),
            is_opened: column == 1,
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;

    fn shown(plan: &Plan, outcome: &str) -> Vec<Fact> {
        let prepared = plan.prepare().unwrap();
        let extent = Extent::of(&prepared).unwrap();
        of(outcome, &Covered::of(&prepared, &extent))
    }

    #[test]
    fn published_figures_are_read_in_order() {
        let stations = of("stations_open", &Covered::everything());
        assert_eq!(stations.len(), 10);
        assert_eq!(stations[3].value, 1803.0);
        assert!(stations.windows(2).all(|pair| pair[0].date <= pair[1].date));
        assert_eq!(of("taobao_villages", &Covered::everything()).len(), 6);
        let incomes = of("income_per_head", &Covered::everything());
        assert!(incomes.iter().any(|fact| fact.value == 10_489.0));
        assert!(of("shops", &Covered::everything()).is_empty());
    }

    #[test]
    fn figures_of_the_programme_need_its_places_its_days_and_its_size() {
        let first = Plan::first();
        let count = |plan: &Plan| shown(plan, "stations_open").len();
        assert_eq!(count(&first), 10);
        // A policy that leaves the size as it was is compared with what was published.
        assert_eq!(count(&first.clone().with("programme.promotion", "600.0")), 10);
        // Stations have no place in a fifth of the villages, or of the counties, of which they were counted.
        for (path, value) in [
            ("places.villages_per_county", "20"),
            ("places.select", "Provinces([\"Guizhou\"])"),
            ("programme.enabled", "false"),
            ("programme.start", "\"2016-01-01\""),
            ("programme.planned_counties", "150"),
            ("programme.planned_stations", "5000"),
            ("programme.candidates_per_county", "12"),
        ] {
            let plan = first.clone().with(path, value);
            assert_eq!(count(&plan), 0, "{path} = {value}");
            assert_eq!(shown(&plan, "centres_open"), [], "{path} = {value}");
        }
        // Only the days that are run, and on which the programme goes on.
        let ends = first.clone().with("programme.support_end", "\"2016-06-30\"");
        assert_eq!(count(&ends), 8);
        assert_eq!(count(&first.clone().with("end", "\"2015-12-31\"")), 6);
        assert_eq!(count(&first.clone().with("start", "\"2015-01-01\"")), 0);
        // From a branch on, too.
        let mut branched = first.clone();
        branched.branch = "2016-01-01".parse().ok();
        branched.set("programme.enabled", "false");
        assert_eq!(count(&branched), 0);
        assert_eq!(count(&Plan::of("tiny")), 0);
    }

    #[test]
    fn figures_of_the_country_need_the_whole_country() {
        let nation = Plan::of("nation_2009");
        let of_nation = |outcome: &str| shown(&nation, outcome).len();
        let all =
            ["taobao_villages", "taobao_towns", "income_per_head", "delivered_village_share", "poor_people"];
        assert!(all.iter().all(|outcome| of_nation(outcome) > 0));
        let part = [
            Plan::first(),
            Plan::of("county"),
            nation.clone().with("places.villages_per_county", "20"),
            nation.with("places.select", "Provinces([\"Zhejiang\"])"),
        ];
        for plan in &part {
            assert!(all.iter().all(|outcome| shown(plan, outcome).is_empty()), "{plan:?}");
        }
    }
}
