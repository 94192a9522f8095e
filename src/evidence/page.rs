//! `docs/evidence.md`: what is written by hand stays, what stands between marks is regenerated.

use super::own::EvidenceBase;
use super::plot::{Bounded, Curve, curve, overview, points, year_of};
use super::summary::{agreement, summary};
use super::table::{accepted, distance, number, published, role, simulated};
use crate::command_error::CommandError;
use crate::output::file::{parent, write_atomically};
use sim_core::params::Parameters;
use sim_experiments::evidence::facts::Fact;
use sim_experiments::evidence::fitted::FittedParameters;
use sim_experiments::evidence::slice::SliceGap;
use sim_experiments::evidence::targets::Targets;
use sim_experiments::evidence::trace::Trace;
use sim_experiments::evidence::verdict::{Judged, Verdict};
use sim_files::{limits, read};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const NEW: &str = "# Evidence\n\n";

/// The text with a part between marks regenerated, or added at the end if the marks are not there.
pub fn with_part(text: &str, name: &str, part: &str) -> String {
    let (begin, end) = (format!("<!-- generated: {name} -->"), format!("<!-- end of generated: {name} -->"));
    let fresh = format!("{begin}\n\n{}\n\n{end}", part.trim_end());
    let found = text.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    match found {
        Some((before, after)) => format!("{before}{fresh}{after}"),
        None => format!("{}\n\n{fresh}\n", text.trim_end()),
    }
}

/// Writes parts of the page, and plots into a folder of its name beside it.
///
/// # Errors
/// If they cannot be read or written.
pub fn write(path: &Path, parts: &[(&str, String)], files: &[(String, String)]) -> Result<(), CommandError> {
    let mut text = match read::text(path, limits::DOCUMENT) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => NEW.to_owned(),
        Err(error) => return Err(CommandError::reading(path, &error)),
    };
    for (name, part) in parts {
        text = with_part(&text, name, part);
    }
    // What a killed process left of such a page; what cannot be removed is in nobody's way.
    let _ = sim_files::write::clear(path);
    let folder = folder(path);
    sim_files::folder::make(&folder)
        .and_then(|()| sim_files::write::clear_all(&folder))
        .map_err(|error| CommandError::writing(&folder, &error, None))?;
    for (name, content) in files {
        let path = folder.join(name);
        write_atomically(&path, content.as_bytes())
            .map_err(|error| CommandError::writing(&path, &error, None))?;
    }
    write_atomically(path, text.as_bytes()).map_err(|error| CommandError::writing(path, &error, None))
}

/// The folder of a page's plots: beside it, with its name.
fn folder(path: &Path) -> PathBuf {
    parent(path).join(path.file_stem().unwrap_or_default())
}

/// The parts that a validation makes.
pub fn parts(
    path: &Path,
    base: &EvidenceBase,
    (judged, gaps): (&[Judged], &[SliceGap]),
    quick: bool,
) -> Vec<(&'static str, String)> {
    let folder = folder(path);
    let folder = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    vec![
        ("runs", runs(&base.targets, quick)),
        ("targets", table(base, judged)),
        ("slices", slices(gaps)),
        ("plots", plots(&folder)),
        ("tolerances", tolerances(judged)),
        ("inputs", inputs(&base.targets)),
        ("fitted", fitted(&base.fitted)),
    ]
}

fn runs(targets: &Targets, quick: bool) -> String {
    let mut text = String::from("| run | scenario | seeds | changed | what for |\n|---|---|---|---|---|\n");
    for run in &targets.runs {
        let changes = run.changes.iter().chain(run.quick_changes.iter().filter(|_| quick));
        let changes: Vec<String> = changes.map(|(path, value)| format!("`{path}={value}`")).collect();
        text += &format!(
            "| {} | `{}` | 1 to {} | {} | {} |\n",
            run.name,
            run.scenario,
            run.seeds(quick),
            changes.join(", "),
            run.about
        );
    }
    text
}

/// Targets by verdict: what is missed first, the farthest before others; then in their order.
fn table(base: &EvidenceBase, judged: &[Judged]) -> String {
    let mut text = String::from(
        "| | what | published (grade) | simulated [90 % of runs] | accepted | distance | use | verdict \
         |\n|---|---|---|---|---|---|---|---|\n",
    );
    let mut missed: Vec<&Judged> = judged.iter().filter(|row| row.verdict == Verdict::Missed).collect();
    missed.sort_by(|a, b| b.distance.total_cmp(&a.distance));
    for row in missed.into_iter().chain(judged.iter().filter(|row| row.verdict != Verdict::Missed)) {
        let verdict = match row.verdict {
            Verdict::Met => "met",
            Verdict::Missed => "**missed**",
            Verdict::NotTestable => "not testable",
        };
        let verdict =
            if row.remark.is_empty() { verdict.to_owned() } else { format!("{verdict}: {}", row.remark) };
        text += &format!(
            "| {} | {} | {} | {} | {} | {} | {} | {verdict} |\n",
            row.target.pattern,
            row.target.what,
            published(row),
            simulated(row),
            accepted(row),
            distance(row),
            role(row, &base.fitted)
        );
    }
    let summary = summary(base, judged).replace(".\n", ".  \n");
    format!("{text}\n{summary}")
}

/// Slices against the whole.
fn slices(gaps: &[SliceGap]) -> String {
    if gaps.is_empty() {
        return "No run of the whole was made.".to_owned();
    }
    let mut text =
        String::from("| what | slices | whole | gap [tolerances] | chance, 95 % |\n|---|---|---|---|---|\n");
    for gap in gaps {
        let (what, apart) = (&gap.target.what, if gap.is_slight() { "" } else { " **apart**" });
        let (slice, whole) = (number(gap.slice), number(gap.whole));
        text += &format!("| {what} | {slice} | {whole} | {:+.2}{apart} | ± {:.2} |\n", gap.gap, gap.margin);
    }
    format!("{text}\n{}", agreement(gaps))
}

fn plots(folder: &str) -> String {
    format!(
        "![Stations opened, published and simulated]({folder}/stations.svg)\n\n![Taobao villages, published \
         and simulated]({folder}/taobao_villages.svg)\n\n![All targets, simulated over \
         published]({folder}/overview.svg)"
    )
}

fn tolerances(judged: &[Judged]) -> String {
    let mut text =
        String::from("| target | figure | read as | tolerance | because |\n|---|---|---|---|---|\n");
    for row in judged.iter().filter(|row| row.target.read.is_some()) {
        let target = row.target;
        let fact = target.fact.as_ref().map_or_else(|| "-".to_owned(), |fact| format!("`{fact}`"));
        let read = target.read.as_ref().map_or_else(String::new, |(run, read)| format!("{run}: {read}"));
        let tolerance = target.accept.map_or_else(String::new, |accept| accept.to_string());
        text += &format!("| `{}` | {fact} | {read} | {tolerance} | {} |\n", target.name, target.why);
    }
    text
}

/// What is given to the runs.
fn inputs(targets: &Targets) -> String {
    let mut text = String::from("| figures | taken by | how |\n|---|---|---|\n");
    for input in &targets.inputs {
        let figures: Vec<String> = input.figures.iter().map(ToString::to_string).collect();
        let taken: Vec<String> = input.taken_by.iter().map(|path| format!("`{path}`")).collect();
        let taken = if taken.is_empty() { "places".to_owned() } else { taken.join(", ") };
        text += &format!("| {} | {taken} | {} |\n", figures.join(", "), input.how);
    }
    text
}

/// The parameters that were changed with a figure in view, and figures in view that are no targets.
fn fitted(list: &FittedParameters) -> String {
    let mut text =
        String::from("| parameter | default | unit | figures in view | why |\n|---|---|---|---|---|\n");
    for row in Parameters::catalogue() {
        if let Some(fitted) = list.of(&row.path()) {
            let figures: Vec<String> = fitted.figures.iter().map(|name| format!("`{name}`")).collect();
            let (figures, why) = (figures.join(", "), &fitted.why);
            text += &format!("| `{}` | {} | {} | {figures} | {why} |\n", row.path(), row.default, row.unit);
        }
    }
    text += "\n| figures that are no targets | counted as | what | published by |\n|---|---|---|---|\n";
    for row in &list.figures {
        text += &format!("| `{}` | {} | {} | {} |\n", row.name, row.independent, row.what, row.source);
    }
    text
}

/// The plots that a validation makes: names and contents.
///
/// # Errors
/// If one cannot be drawn.
pub fn drawings(
    judged: &[Judged],
    traces: &BTreeMap<String, Vec<Trace>>,
) -> Result<Vec<(String, String)>, CommandError> {
    let none = Vec::new();
    let of = |run: &str| traces.get(run).unwrap_or(&none);
    let points_of = |series: &str| -> Vec<Bounded> {
        let rows = judged.iter().filter_map(|row| {
            let day = match row.target.fact.as_ref()? {
                Fact::Rollout(date, column) if column == series => date.clone(),
                Fact::National(name, year) if name == series => format!("{year}-12-31"),
                _ => return None,
            };
            let figure = row.published()?;
            let (low, high) = (row.bounds.0.max(0.0), row.bounds.1);
            Some(Bounded { year: year_of(day.parse().ok()?), value: figure.middle(), low, high })
        });
        rows.collect()
    };
    let stations = Curve {
        title: "Stations opened: published (orange, with what is accepted) and simulated (mean, 90 % of \
                runs)",
        logarithmic: false,
        years: (2014.75, 2018.5),
        runs: points(of("history"), "stations_opened", true, true),
        published: points_of("village_stations"),
    };
    let villages = Curve {
        title: "Taobao villages: published (orange, with what is accepted) and simulated (mean, 90 % of \
                runs)",
        logarithmic: true,
        years: (2009.0, 2018.0),
        runs: points(of("history"), "taobao_villages", false, true),
        published: points_of("taobao_villages"),
    };
    Ok(vec![
        ("stations.svg".to_owned(), curve(&stations)?),
        ("taobao_villages.svg".to_owned(), curve(&villages)?),
        ("overview.svg".to_owned(), overview(judged)?),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_by_hand_stays() {
        let text = with_part("# Evidence\n\nBy hand.\n", "a", "one\n");
        let text = with_part(&text, "b", "two");
        let again = with_part(&text, "a", "three");
        assert!(again.starts_with("# Evidence\n\nBy hand.\n\n<!-- generated: a -->\n\nthree\n"));
        assert!(again.ends_with("<!-- generated: b -->\n\ntwo\n\n<!-- end of generated: b -->\n"));
        assert_eq!(with_part(&again, "a", "one"), text);
    }
}
