//! The story of a county, or of all counties simulated.

use super::episode_text::{Story, sentence};
use super::recorded::{Recorded, RecordedEpisode};
use crate::text::number::figure;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A title, and which episodes stand under it.
type Among<'a> = (&'a str, &'a dyn Fn(&RecordedEpisode) -> bool);

/// Episodes told one by one, of each sort.
const LISTED: usize = 8;
/// Places in a list of the foremost.
const FOREMOST: usize = 8;

/// What a year's line counts: words, and the episodes that count.
type Counted = (&'static str, fn(&RecordedEpisode) -> bool);

const YEARLY: [Counted; 8] = [
    ("stations opened", |e| e.happening == "station_opened"),
    ("partners left", |e| e.happening == "partner_left"),
    ("stations closed", |e| e.happening == "station_closed"),
    ("couriers came", |e| e.happening == "courier_entered"),
    ("first shops", |e| e.happening == "shop_opened" && e.shop == Some(0)),
    ("copied shops", |e| e.happening == "shop_opened" && e.cause == "copied"),
    ("shops closed", |e| e.happening == "shop_closed"),
    ("Taobao villages", |e| e.happening == "taobao_village"),
];

/// A county's story.
pub fn of_county(recorded: &Recorded, code: String) -> Story {
    let name = recorded.counties.get(&code).cloned().unwrap_or_default();
    let episodes: Vec<&RecordedEpisode> = recorded.episodes.iter().filter(|e| e.county == code).collect();
    let villages = recorded.villages.iter().filter(|((county, _), _)| *county == code);
    let mut foremost: Vec<(u32, f64, f64)> = villages
        .filter_map(|((_, village), rows)| rows.last().map(|last| (*village, last.shops, last.yearly_sales)))
        .filter(|(_, shops, _)| *shops > 0.0)
        .collect();
    foremost.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    let list = foremost.iter().take(FOREMOST).map(|(village, shops, sales)| {
        format!(
            "Village {village}: {} shops, which sold for {} yuan in twelve months (--village \
             {code}/{village}).",
            figure(*shops),
            figure(sales.round())
        )
    });
    let mut parts = shared(recorded, &episodes, false);
    let list: Vec<String> = list.collect();
    if !list.is_empty() {
        parts.push(("The foremost villages at the end".to_owned(), list));
    }
    let document = json!({
        "scenario": recorded.scenario, "county": code, "county_name": name,
        "years": years_document(&episodes), "episodes": episodes,
        "foremost": foremost.iter().map(|(village, shops, sales)| json!({
            "village": village, "shops": shops, "yearly_sales": sales,
        })).collect::<Vec<Value>>(),
    });
    Story { heading: format!("{}: {name} ({code})", recorded.scenario), parts, document }
}

/// The story of all counties simulated.
pub fn of_nation(recorded: &Recorded) -> Story {
    let episodes: Vec<&RecordedEpisode> = recorded.episodes.iter().collect();
    let mut taobao: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    let mut shops: BTreeMap<&str, f64> = BTreeMap::new();
    for episode in episodes.iter().filter(|e| e.happening == "taobao_village") {
        taobao.entry(&episode.county).or_default().extend(episode.village);
    }
    for ((county, _), rows) in &recorded.villages {
        *shops.entry(county).or_default() += rows.last().map_or(0.0, |row| row.shops);
    }
    let of = |county: &str| taobao.get(county).map_or(0, BTreeSet::len);
    let mut foremost: Vec<(&str, usize, f64)> = shops
        .iter()
        .filter(|(_, shops)| **shops > 0.0)
        .map(|(&county, &shops)| (county, of(county), shops))
        .collect();
    foremost.sort_by(|a, b| b.1.cmp(&a.1).then(b.2.total_cmp(&a.2)).then(a.0.cmp(b.0)));
    let list = foremost.iter().take(FOREMOST).map(|(county, taobao, shops)| {
        let name = recorded.counties.get(*county).cloned().unwrap_or_default();
        format!(
            "{name} ({county}): {} shops; {taobao} villages met the rule of a Taobao village.",
            figure(*shops)
        )
    });
    let mut parts = shared(recorded, &episodes, true);
    let list: Vec<String> = list.collect();
    if !list.is_empty() {
        parts.push(("The foremost counties at the end".to_owned(), list));
    }
    let document = json!({
        "scenario": recorded.scenario, "counties": recorded.counties.len(),
            "years": years_document(&episodes),
        "foremost": foremost.iter().map(|(county, taobao, shops)| json!({
            "county": county, "taobao_villages": taobao, "shops": shops,
        })).collect::<Vec<Value>>(),
    });
    let counties = recorded.counties.len();
    let word = if counties == 1 { "county" } else { "counties" };
    Story { heading: format!("{}: {counties} {word}", recorded.scenario), parts, document }
}

/// What stories of a county and of the nation have in common: years, firsts, who copied whom, why partners
/// and shops gave up.
fn shared(recorded: &Recorded, episodes: &[&RecordedEpisode], national: bool) -> Vec<(String, Vec<String>)> {
    let mut parts = vec![("Year by year".to_owned(), years(episodes))];
    let some = |keep: &dyn Fn(&RecordedEpisode) -> bool| -> Vec<String> {
        let kept = episodes.iter().filter(|episode| keep(episode)).take(LISTED);
        let line = kept.map(|episode| {
            let text = sentence(recorded, episode, None);
            let name = recorded.counties.get(&episode.county);
            match (national, name) {
                (true, Some(name)) => text.replacen("  ", &format!("  {name}, "), 1),
                _ => text,
            }
        });
        line.collect()
    };
    let among: &[Among<'_>] = &[
        ("In the county as a whole", &|e| !national && e.village.is_none()),
        ("The first to sell, after nobody's example", &|e| {
            e.happening == "shop_opened" && e.cause == "unprompted"
        }),
        ("How selling came from village to village", &|e| {
            e.shop == Some(0) && e.copied.is_some_and(|(village, _)| Some(village) != e.village)
        }),
        ("What turned: workshops and Taobao villages", &|e| {
            ["first_workshop", "taobao_village", "taobao_rule_lost"].contains(&e.happening.as_str())
        }),
    ];
    for (title, keep) in among {
        let lines = some(keep);
        if !lines.is_empty() {
            parts.push(((*title).to_owned(), lines));
        }
    }
    let why = why(episodes);
    if !why.is_empty() {
        parts.push(("Why partners, stations and shops gave up".to_owned(), why));
    }
    parts
}

fn why(episodes: &[&RecordedEpisode]) -> Vec<String> {
    let mut causes: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let ends = ["partner_left", "station_closed", "shop_closed"];
    for episode in episodes.iter().filter(|e| ends.contains(&e.happening.as_str())) {
        *causes.entry((&episode.happening, &episode.cause)).or_default() += 1;
    }
    let message = |text: &str| {
        if text.is_empty() { "no cause recorded".to_owned() } else { text.replace('_', " ") }
    };
    let line = |((happening, cause), count): ((&str, &str), u32)| {
        format!("{}, {}: {}.", happening.replace('_', " "), message(cause), figure(f64::from(count)))
    };
    causes.into_iter().map(line).collect()
}

fn by_year<'a>(episodes: &[&'a RecordedEpisode]) -> BTreeMap<&'a str, [u32; YEARLY.len()]> {
    let mut years: BTreeMap<&str, [u32; YEARLY.len()]> = BTreeMap::new();
    for episode in episodes {
        let counts = years.entry(episode.date.get(..4).unwrap_or_default()).or_default();
        for (count, (_, counts_as)) in counts.iter_mut().zip(&YEARLY) {
            *count += u32::from(counts_as(episode));
        }
    }
    years
}

fn years(episodes: &[&RecordedEpisode]) -> Vec<String> {
    let years = by_year(episodes);
    let kept: Vec<usize> =
        (0..YEARLY.len()).filter(|&at| years.values().any(|counts| counts[at] > 0)).collect();
    if kept.is_empty() {
        return vec!["Nothing was recorded.".to_owned()];
    }
    let header: Vec<String> = kept.iter().map(|&at| YEARLY[at].0.to_owned()).collect();
    let mut lines = vec![format!("year   {}", header.join("   "))];
    for (year, counts) in years {
        let cells: Vec<String> = kept
            .iter()
            .zip(&header)
            .map(|(&at, name)| format!("{:>width$}", figure(f64::from(counts[at])), width = name.len()))
            .collect();
        lines.push(format!("{year}   {}", cells.join("   ")));
    }
    lines.push("Entry, copying and closing are told of each village's first ten shops.".to_owned());
    lines
}

fn years_document(episodes: &[&RecordedEpisode]) -> Vec<Value> {
    let line = |(year, counts): (&str, [u32; YEARLY.len()])| {
        let named =
            YEARLY.iter().zip(counts).map(|((name, _), count)| (name.replace(' ', "_"), json!(count)));
        let mut fields: serde_json::Map<String, Value> = named.collect();
        fields.insert("year".to_owned(), json!(year));
        Value::Object(fields)
    };
    by_year(episodes).into_iter().map(line).collect()
}
