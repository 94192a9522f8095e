//! The story of a village.

use super::episode_text::{Story, sentence};
use super::recorded::{Recorded, RecordedEpisode, VillageMonth};
use crate::text::number::figure;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Months of a turn: how far apart the two rows are whose difference is the greatest.
const YEAR: u32 = 12;

/// What is followed through the rows of a village: name, words, value.
type Followed = (&'static str, &'static str, fn(&VillageMonth) -> f64);

const FOLLOWED: [Followed; 4] = [
    ("regular", "regular buyers", |row| row.regular),
    ("station_orders", "orders a month at the station", |row| row.station_orders),
    ("shops", "shops", |row| row.shops),
    ("yearly_sales", "yuan of sales in twelve months", |row| row.yearly_sales),
];

/// The greatest rise of something within a year.
struct Turn {
    name: &'static str,
    words: &'static str,
    from: (String, f64),
    to: (String, f64),
}

/// A village's story: everything recorded of it and of its county, who copied whom, and what turned.
pub fn of_village(recorded: &Recorded, county: &str, village: u32) -> Story {
    let none = Vec::new();
    let rows = recorded.villages.get(&(county.to_owned(), village)).unwrap_or(&none);
    let here =
        |episode: &&RecordedEpisode| episode.county == county && episode.village.is_none_or(|v| v == village);
    let episodes: Vec<&RecordedEpisode> = recorded.episodes.iter().filter(here).collect();
    let opened: Vec<&str> =
        episodes.iter().filter(|e| e.happening == "shop_opened").map(|e| e.date.as_str()).collect();
    // The first shop is told with its founder where that is recorded.
    let kept = episodes.iter().filter(|e| e.happening != "first_shop" || !opened.contains(&e.date.as_str()));
    let lines: Vec<String> = kept.map(|episode| sentence(recorded, episode, Some(village))).collect();
    let turns: Vec<Turn> = FOLLOWED.iter().filter_map(|followed| turn(rows, followed)).collect();
    let name = recorded.counties.get(county).cloned().unwrap_or_default();
    let households =
        rows.last().map_or_else(String::new, |row| format!(", {} households", figure(row.households)));
    let mut parts = vec![("What happened".to_owned(), or_nothing(lines))];
    let copies = copies(&episodes, village);
    if !copies.is_empty() {
        parts.push(("Who copied whom, of the first shops".to_owned(), copies.clone()));
    }
    parts.push((
        "What turned".to_owned(),
        or_nothing(turns.iter().map(|t| turn_text(t, &episodes)).collect()),
    ));
    if let Some(last) = rows.last() {
        parts.push((format!("Where it stood in {}", last.month), vec![standing(last)]));
    }
    let document = json!({
        "scenario": recorded.scenario, "county": county, "county_name": name, "village": village,
        "episodes": episodes, "copied": copies, "months": rows,
        "turns": turns.iter().map(|turn| json!({
            "of": turn.name, "from_month": turn.from.0, "from": turn.from.1, "to_month": turn.to.0,
                "to": turn.to.1,
        })).collect::<Vec<Value>>(),
    });
    Story {
        heading: format!("{}: village {village} of {name} ({county}){households}", recorded.scenario),
        parts,
        document,
    }
}

fn or_nothing(lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() { vec!["Nothing was recorded.".to_owned()] } else { lines }
}

fn standing(row: &VillageMonth) -> String {
    let station = row.partner_income.map_or_else(
        || "no station whose partner was paid".to_owned(),
        |income| {
            format!(
                "{} orders a month at the station, whose partner earned {} yuan",
                figure(row.station_orders),
                figure(income)
            )
        },
    );
    format!(
        "{} regular buyers of {} households; {station}; {} shops, which sold for {} yuan in twelve months; \
         parcels of self-service orders arrive in the {}.",
        figure(row.regular),
        figure(row.households),
        figure(row.shops),
        figure(row.yearly_sales.round()),
        row.delivery
    )
}

/// Months since year 0 of a month written 2015-11.
fn count(month: &str) -> u32 {
    let mut parts = month.split('-').map(|part| part.parse::<u32>().unwrap_or_default());
    parts.next().unwrap_or_default() * 12 + parts.next().unwrap_or_default()
}

fn turn(rows: &[VillageMonth], (name, words, value): &Followed) -> Option<Turn> {
    let mut best: Option<(f64, Turn)> = None;
    for (at, from) in rows.iter().enumerate() {
        let year = rows.iter().skip(at + 1).take_while(|to| count(&to.month) <= count(&from.month) + YEAR);
        for to in year {
            let rise = value(to) - value(from);
            if rise > best.as_ref().map_or(0.0, |(rise, _)| *rise) {
                let turn = Turn {
                    name,
                    words,
                    from: (from.month.clone(), value(from)),
                    to: (to.month.clone(), value(to)),
                };
                best = Some((rise, turn));
            }
        }
    }
    best.map(|(_, turn)| turn)
}

/// A turn in words, with what had happened in the half year before it began and while it lasted.
fn turn_text(turn: &Turn, episodes: &[&RecordedEpisode]) -> String {
    let (first, last) = (count(&turn.from.0).saturating_sub(6), count(&turn.to.0));
    let mut before: BTreeMap<&str, u32> = BTreeMap::new();
    for episode in episodes {
        let month = count(episode.date.get(..7).unwrap_or_default());
        if (first..=last).contains(&month) {
            *before.entry(episode.happening.as_str()).or_default() += 1;
        }
    }
    let named = before.iter().map(|(happening, times)| {
        let happening = happening.replace('_', " ");
        if *times == 1 { happening } else { format!("{happening} ({times} times)") }
    });
    let named: Vec<String> = named.collect();
    let around = if named.is_empty() {
        String::new()
    } else {
        format!(" Recorded from half a year before: {}.", named.join(", "))
    };
    format!(
        "{}-{}: {} rose most, from {} to {}.{around}",
        turn.from.0,
        turn.to.0,
        turn.words,
        figure(turn.from.1.round()),
        figure(turn.to.1.round())
    )
}

/// Each shop that was copied, and by which.
fn copies(episodes: &[&RecordedEpisode], village: u32) -> Vec<String> {
    let mut by: BTreeMap<(u32, u32), Vec<String>> = BTreeMap::new();
    for episode in episodes {
        if let (Some(copied), Some(shop)) = (episode.copied, episode.shop) {
            by.entry(copied).or_default().push(format!("shop {}", shop + 1));
        }
    }
    let line = |((from, shop), by): ((u32, u32), Vec<String>)| {
        let elsewhere = if from == village { String::new() } else { format!(" of village {from}") };
        format!("Shop {}{elsewhere} was copied by {}.", shop + 1, by.join(", "))
    };
    by.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(month: &str, shops: f64) -> VillageMonth {
        VillageMonth {
            month: month.to_owned(),
            households: 400.0,
            regular: 10.0,
            station_orders: 0.0,
            partner_income: None,
            shops,
            yearly_sales: 0.0,
            delivery: "town".to_owned(),
        }
    }

    #[test]
    fn the_turn_is_the_greatest_rise_within_a_year() {
        let rows = [
            row("2014-12", 0.0),
            row("2015-06", 2.0),
            row("2015-12", 20.0),
            row("2016-06", 22.0),
            row("2017-06", 5.0),
        ];
        let found = turn(&rows, &FOLLOWED[2]).unwrap();
        assert_eq!((found.from.0.as_str(), found.to.0.as_str()), ("2014-12", "2015-12"));
        assert!(turn(&rows, &FOLLOWED[0]).is_none(), "buyers never rose");
        let shops = |at: usize| rows[at].clone();
        assert!(turn(&[shops(2), shops(4)], &FOLLOWED[2]).is_none());
    }
}
