//! A comparison over an ensemble: what is unknown of a difference, told from luck, and in how many members a
//! conclusion holds.

use super::comparison::Comparison;
use crate::analyse::members::share;
use crate::analyse::number;
use crate::terminal;
use crate::text::layout;
use crate::text::name::in_words;
use crate::text::number::{change, compact, of};
use serde_json::{Value, json};
use sim_experiments::statistics::FEWEST;
use sim_experiments::uncertainty::{Holding, Uncertainty};

/// In how many members it holds, in words.
pub fn holds(holding: &Holding) -> String {
    let what = match holding.sign {
        1 => "more",
        -1 => "less",
        _ => "the same",
    };
    format!("{what} in\n{} of {}", holding.holds(), holding.members())
}

/// The mean difference with its interval; in brackets if it may be chance.
fn mean(found: &Uncertainty) -> String {
    match () {
        () if found.margin.is_nan() => format!("({})", change(found.mean)),
        () if found.margin == 0.0 => change(found.mean),
        () if found.is_sure() => format!("{} ± {}", change(found.mean), compact(found.margin)),
        () => format!("({} ± {})", change(found.mean), compact(found.margin)),
    }
}

/// For people, with what casts doubt on the comparison.
pub fn text(comparison: &Comparison, doubts: &[String]) -> String {
    let [first, second] = &comparison.names;
    let header =
        ["Outcome [unit]", first, second, "change\nand band", "holds in\nmembers", "unknown", "since"];
    let mut table = layout::table(terminal::width(), &header);
    for (at, outcome) in comparison.outcomes.iter().enumerate() {
        let found = comparison.difference(0, 1, at);
        if found.pairs == 0 || (found.first == 0.0 && found.second == 0.0) {
            continue;
        }
        let (uncertainty, holding) = comparison.over_members(at);
        table.add_row([
            format!("{} [{}]", in_words(&outcome.name), outcome.unit()),
            compact(found.first),
            compact(found.second),
            format!("{}\n{} to {}", mean(&uncertainty), change(uncertainty.low), change(uncertainty.high)),
            holds(&holding),
            share(&uncertainty),
            found.since.map_or_else(String::new, |month| month.to_string()),
        ]);
    }
    layout::numbers(&mut table, 1..header.len());
    let doubts = doubts.iter().map(|doubt| layout::note(&format!("{doubt}."), terminal::width()));
    let doubts: String = doubts.collect();
    format!(
        "\n{}{doubts}{}\n",
        layout::text(&table, "  "),
        layout::wrapped(ABOUT, usize::from(terminal::width()))
    )
}

const ABOUT: &str = "Each member has the same seeds on both sides. Change: mean over members and seeds, \
                     with its 90 % interval; in brackets it may be chance. Band, below it: the change of a \
                     further member with a further seed lies in it in nine of ten cases. Holds: in how many \
                     members the change has the sign of the mean change; a member's sign is that of the mean \
                     over its seeds, which luck may turn where seeds are few. Unknown: share of the variance \
                     of changes; the rest is luck. Since: the month from which on the change is beyond its \
                     95 % interval over members.";

/// What casts doubt on it, each without its full stop.
pub fn doubts(comparison: &Comparison) -> Vec<String> {
    let mut doubts = Vec::new();
    let members = comparison.pairing.members();
    if comparison.pairing.seeds < 2 {
        doubts.push(
            "one seed a member: luck cannot be told from what is unknown, which takes two or more (--seeds 2)"
                .to_owned(),
        );
    }
    if members < FEWEST {
        doubts.push(format!(
            "{}: too few for an interval, which takes {FEWEST}; every change may be chance",
            of(members as u64, "member", "members")
        ));
    }
    doubts
}

/// For programs: an outcome over members.
pub fn value(comparison: &Comparison, outcome: usize) -> Value {
    let (found, holding) = comparison.over_members(outcome);
    json!({
        "members": holding.members(), "mean": number(found.mean), "margin": number(found.margin),
        "p05": number(found.low), "p95": number(found.high), "luck_sd": number(found.luck.sqrt()),
        "unknown_sd": number(found.unknown.sqrt()), "unknown_share": number(found.unknown_share()),
        "more": holding.more, "less": holding.less, "same": holding.same, "holds": holding.holds(),
        "holds_weight": number(holding.weight), "sure": found.is_sure(),
    })
}
