//! Published figures, drawn as dots beside what the model gives.

use sim_core::base::Date;

/// A published figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Of which day.
    pub date: Date,
    /// The value, in the outcome's unit.
    pub value: f64,
    /// Who published it, and what to know of it.
    pub source: String,
}

const SERIES: &str = include_str!("../../data/facts/national_series.csv");
const ROLLOUT: &str = include_str!("../../data/facts/programme_rollout.csv");

/// Outcome, series, factor to the outcome's unit, month of the year it refers to, and whether it compares only with
/// runs of the whole country.
const SHOWN: [(&str, &str, f64, i8, bool); 5] = [
    ("taobao_villages", "taobao_villages", 1.0, 12, true),
    ("taobao_towns", "taobao_towns", 1.0, 12, true),
    ("income_per_head", "rural_income_per_head", 1.0, 7, false),
    (
        "delivered_village_share",
        "village_delivery_point_share",
        0.01,
        12,
        false,
    ),
    ("poor_people", "rural_poor", 1e6, 12, true),
];

/// How far a scenario reaches, and so what published figures compare with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Some counties.
    Places,
    /// About as many counties as the programme.
    Programme,
    /// The whole country.
    Country,
}

/// The figures that compare with an outcome, in order of time.
pub fn of(outcome: &str, reach: Reach) -> Vec<Fact> {
    let is_whole_country = reach == Reach::Country;
    match outcome {
        "stations_open" | "centres_open" if reach == Reach::Places => Vec::new(),
        "stations_open" => rollout(1),
        "centres_open" => rollout(2),
        _ => SHOWN
            .iter()
            .filter(|row| row.0 == outcome && (is_whole_country || !row.4))
            .flat_map(|&(_, series, factor, month, _)| yearly(series, factor, month))
            .collect(),
    }
}

fn yearly(series: &str, factor: f64, month: i8) -> Vec<Fact> {
    let rows = SERIES
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect::<Vec<&str>>());
    rows.filter_map(|cells| match cells.as_slice() {
        [name, _, year, value, _, source, note @ ..] if *name == series => Some(Fact {
            date: Date::new(year.parse().ok()?, month, 28)?,
            value: value.parse::<f64>().ok()? * factor,
            source: [*source]
                .into_iter()
                .chain(note.iter().copied())
                .collect::<Vec<_>>()
                .join(" "),
        }),
        _ => None,
    })
    .collect()
}

fn rollout(column: usize) -> Vec<Fact> {
    let rows = ROLLOUT
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect::<Vec<&str>>());
    rows.filter_map(|cells| {
        Some(Fact {
            date: cells.first()?.parse().ok()?,
            value: cells.get(column)?.parse().ok()?,
            source: cells.get(4..)?.join(","),
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_figures_are_read_in_order() {
        let stations = of("stations_open", Reach::Programme);
        assert_eq!(stations.len(), 10);
        assert_eq!(stations[3].value, 1803.0);
        assert!(stations.windows(2).all(|pair| pair[0].date <= pair[1].date));
        assert_eq!(of("taobao_villages", Reach::Country).len(), 6);
        assert!(of("taobao_villages", Reach::Programme).is_empty());
        assert!(
            of("income_per_head", Reach::Places)
                .iter()
                .any(|fact| fact.value == 10_489.0)
        );
        assert!(of("shops", Reach::Country).is_empty());
        assert!(of("stations_open", Reach::Places).is_empty());
    }
}
