//! In how many members of an ensemble a conclusion holds, and what is unknown of it.

use crate::command_error::CommandError;
use crate::report::folder::ResultFolder;
use crate::report::members::{HEADINGS, TwoBands, legend, mean};
use crate::report::shell::{cell, table};
use crate::report::unit::{ShownUnit, capitalised, real_at, text_at, words};
use crate::text::number::{change, count};
use maud::{Markup, html};
use sim_core::metrics::table::Table;

/// The section; nothing without an ensemble.
///
/// # Errors
/// If the table of differences is damaged.
pub fn section(folder: &mut ResultFolder) -> Result<Option<Markup>, CommandError> {
    let Some(found) = folder.table("differences", &|_| true)? else { return Ok(None) };
    if found.integers("holds").is_none() {
        return Ok(None);
    }
    let rows: Vec<Vec<Markup>> = (0..found.rows()).filter_map(|at| row(&found, at)).collect();
    let header: Vec<&str> =
        ["outcome [unit]", "holds", "mean change ± 90 %"].into_iter().chain(HEADINGS).collect();
    Ok(Some(html! {
        (table("Changes over the members of an ensemble, paired by member and seed", &header, 2, &rows))
        (legend("the change"))
        p class="definition" {
            "Holds: in how many members the change has the sign of the mean change. A member's sign is \
            that of \
             the mean over its seeds, which luck may turn where seeds are few. The upright line is no change."
        }
    }))
}

/// The sentence on how many members agree.
pub fn holds(found: &Table, at: usize) -> Option<String> {
    let whole = |name: &str| found.integers(name).and_then(|values| values.get(at).copied());
    let (holds, members) = (whole("holds")?, whole("members")?);
    let what = match () {
        () if holds == whole("more")? && real_at(found, "change", at) > 0.0 => "more",
        () if holds == whole("less")? && real_at(found, "change", at) < 0.0 => "less",
        () => "the same",
    };
    Some(format!("{what} in {} of {} members", count(holds as u64), count(members as u64)))
}

fn row(found: &Table, at: usize) -> Option<Vec<Markup>> {
    let unit = ShownUnit::named(text_at(found, "unit", at));
    let real = |name: &str| real_at(found, name, at) * unit.scale;
    let middle = real("change");
    if middle.is_nan() || (real("first") == 0.0 && real("second") == 0.0) {
        return None;
    }
    let bands = TwoBands::of(middle, [real("p05"), real("p95")], real_at(found, "unknown_share", at));
    let mut row = vec![
        html! { span title=(text_at(found, "definition", at)) { (capitalised(&words(text_at(found, "outcome",
        at)))) } " " span class="unit" { "[" (unit.of_change()) "]" } },
        cell(holds(found, at)?),
        mean(middle, real("margin_90"), change),
    ];
    row.extend(bands.cells(true, change));
    Some(row)
}
