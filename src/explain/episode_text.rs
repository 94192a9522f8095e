//! A story: a heading, paragraphs and lines of events, as text and for machines.

use super::recorded::{Recorded, RecordedEpisode};
use crate::text::layout;
use serde_json::Value;

/// A story that was told.
pub struct Story {
    /// What it is about.
    pub heading: String,
    /// Its parts: a title, and lines.
    pub parts: Vec<(String, Vec<String>)>,
    /// The same for machines.
    pub document: Value,
}

impl Story {
    /// The story, laid out to a width; lines that go on are indented.
    pub fn text(&self, width: usize) -> String {
        let mut text = format!("{}\n", layout::wrapped(&self.heading, width));
        for (title, lines) in &self.parts {
            text += &format!("\n  {title}\n");
            for line in lines {
                // Tables come with their own spaces and are left as they are.
                if line.contains("   ") {
                    text += &format!("    {line}\n");
                    continue;
                }
                let wrapped = layout::wrapped(line, width.saturating_sub(8));
                for (at, part) in wrapped.lines().enumerate() {
                    text += &format!("    {}{part}\n", if at == 0 { "" } else { "            " });
                }
            }
        }
        text
    }
}

/// An episode in words. `here` is the village that the story is about, which need not be named.
pub fn sentence(recorded: &Recorded, episode: &RecordedEpisode, here: Option<u32>) -> String {
    let trade = |text: &str| {
        if episode.trade.is_empty() { text.to_owned() } else { format!("{text} ({})", episode.trade) }
    };
    let place = match episode.village {
        Some(village) if Some(village) != here => format!("Village {village}: "),
        _ => String::new(),
    };
    let message = match (episode.happening.as_str(), episode.cause.as_str()) {
        ("county_centre_opened", _) => "the county centre opened".to_owned(),
        ("demonstration_county", _) => "the county became a demonstration county".to_owned(),
        ("partner_refused", _) => "the chosen partner refused".to_owned(),
        ("no_applicant_passed", _) => "no applicant passed the test".to_owned(),
        ("station_opened", _) => "the station opened".to_owned(),
        ("station_never_opened", _) => "a partner had accepted, and the station never opened".to_owned(),
        ("partner_left", "low_income") => {
            "the partner left: the station had long brought less than there was to earn elsewhere".to_owned()
        }
        ("partner_left", _) => "the partner left for other reasons".to_owned(),
        ("partner_replaced", _) => "a new partner took over".to_owned(),
        ("station_closed", "support_ended") => {
            "the station closed: support had ended, nobody sought a successor".to_owned()
        }
        ("station_closed", _) => "the station closed: no successor was found".to_owned(),
        ("courier_entered", "sellers_parcels") => {
            "couriers began to come, for what its shops send".to_owned()
        }
        ("courier_entered", _) => "couriers began to come, for what its people order".to_owned(),
        ("courier_left", _) => "couriers stayed away: a round no longer paid".to_owned(),
        ("first_shop", _) => trade("the first shop opened"),
        ("ten_shops", _) => trade("it had ten shops, the tenth of this trade"),
        ("first_workshop", _) => trade("a shop grew into the first workshop"),
        ("taobao_village", _) => trade("it met the rule of a Taobao village"),
        ("taobao_rule_lost", _) => trade("it no longer met the rule of a Taobao village"),
        ("road_upgraded", _) => "the road was upgraded".to_owned(),
        ("broadband", _) => "a broadband line came".to_owned(),
        ("seller_moved", _) => "a seller moved to another platform".to_owned(),
        ("shop_opened", _) => opened(recorded, episode),
        ("shop_closed", cause) => format!(
            "{} closed: {}",
            shop(episode),
            if cause == "broke" { "its cash had run out" } else { "it had brought too little for too long" }
        ),
        (other, _) => other.replace('_', " "),
    };
    let mut letters = message.chars();
    let message = match letters.next() {
        Some(first) if place.is_empty() => first.to_uppercase().collect::<String>() + letters.as_str(),
        _ => message,
    };
    format!("{}  {place}{message}.", episode.date)
}

fn shop(episode: &RecordedEpisode) -> String {
    let number = episode.shop.map_or_else(|| "?".to_owned(), |shop| (shop + 1).to_string());
    format!("shop {number} ({})", episode.trade)
}

/// The household that opened a shop, if that was told.
fn founder(recorded: &Recorded, county: &str, village: u32, shop: u32) -> Option<u32> {
    let mut opened = recorded.episodes.iter().filter(|e| e.happening == "shop_opened");
    opened.find(|e| e.county == county && e.village == Some(village) && e.shop == Some(shop))?.founder
}

fn opened(recorded: &Recorded, episode: &RecordedEpisode) -> String {
    let household =
        episode.founder.map_or_else(String::new, |founder| format!("household {founder} opened "));
    let how = match (episode.cause.as_str(), episode.copied) {
        ("unprompted", _) => ", after nobody's example".to_owned(),
        (_, Some((village, copied))) => {
            let owner = founder(recorded, &episode.county, village, copied);
            let owner = owner.map_or_else(String::new, |owner| format!(" of household {owner}"));
            let elsewhere = if episode.village == Some(village) {
                String::new()
            } else {
                format!(" in village {village}")
            };
            format!(", copying shop {}{owner}{elsewhere}", copied + 1)
        }
        _ => String::new(),
    };
    format!("{household}{}{how}", shop(episode))
}
