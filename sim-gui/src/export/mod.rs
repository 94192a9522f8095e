//! What leaves the window: tables as CSV, charts as SVG, a page as HTML, pictures as PNG. Files are written whole or not
//! at all: next to their place first, then moved.

use crate::draw::chart::Chart;
use crate::outcome;
use crate::panels::charts::chart;
use crate::state::State;
use egui::{Rect, pos2};
use std::fs;
use std::path::Path;

/// Size of exported charts \[points\].
const SIZE: (f32, f32) = (760.0, 400.0);

/// Hands a file to the browser's downloads.
///
/// # Errors
/// Why it could not be, in words.
#[cfg(target_arch = "wasm32")]
pub fn write(path: &str, bytes: &[u8]) -> Result<(), String> {
    crate::web::download(path.rsplit('/').next().unwrap_or(path), bytes)
}

/// Writes a file, whole or not at all.
///
/// # Errors
/// Why it could not be written, in words.
#[cfg(not(target_arch = "wasm32"))]
pub fn write(path: &str, bytes: &[u8]) -> Result<(), String> {
    let path = Path::new(path);
    if path.as_os_str().is_empty() || path.file_name().is_none() {
        return Err("there is no file name".to_owned());
    }
    let aside = aside(path);
    let written = fs::File::create(&aside).and_then(|mut file| {
        use std::io::Write;
        file.write_all(bytes)?;
        file.sync_all()
    });
    let moved = written.and_then(|()| fs::rename(&aside, path));
    moved.map_err(|reason| {
        // What is left of it is of no use; if it cannot be removed either, the reason above says more.
        let _ = fs::remove_file(&aside);
        reason.to_string()
    })
}

#[cfg(not(target_arch = "wasm32"))]
fn aside(path: &Path) -> std::path::PathBuf {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    path.with_file_name(format!(".{name}.part"))
}

/// Scenario files in the folder of a path, in order of names.
pub fn scenario_files(path: &str) -> Vec<String> {
    let path = Path::new(path);
    let folder = if path.is_dir() {
        path
    } else {
        path.parent().unwrap_or(Path::new(""))
    };
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<String> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "ron"))
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    found.sort();
    found
}

/// A number as a cell: empty if it has no value.
pub fn cell(value: f64) -> String {
    if value.is_finite() {
        value.to_string()
    } else {
        String::new()
    }
}

/// Rows as CSV, every cell that needs it in quotes.
pub fn csv(head: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> String {
    let quoted = |cell: &String| {
        if cell.contains([',', '"', '\n']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    };
    let line = |row: Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
    std::iter::once(head).chain(rows).map(line).collect()
}

/// The charts' figures, month by month: of every plan the middle and the ends of the 90 % band.
pub fn series(state: &State) -> String {
    let head = [
        "outcome",
        "unit",
        "plan",
        "month",
        "p5",
        "p25",
        "p50",
        "p75",
        "p95",
        "villages",
        "of_villages",
        "runs",
        "version",
    ];
    let [villages, whole, count] = basis(state, state.current.id());
    let rests = [villages, whole, count, env!("CARGO_PKG_VERSION").to_owned()];
    let rests = &rests;
    let rows = state
        .view
        .charts
        .iter()
        .filter_map(|name| outcome::named(name))
        .flat_map(|outcome| {
            let (chart, _) = chart(state, outcome, 11.0);
            chart.curves.into_iter().flat_map(move |curve| {
                curve.points.into_iter().map(move |point| {
                    let mut row = vec![
                        outcome.name.to_owned(),
                        outcome.unit.to_owned(),
                        curve.name.clone(),
                        point.month.to_string(),
                    ];
                    row.extend(point.at.map(cell));
                    row.extend(rests.iter().cloned());
                    row
                })
            })
        });
    csv(head.map(str::to_owned).to_vec(), rows)
}

fn rect() -> Rect {
    Rect::from_min_max(pos2(0.0, 0.0), pos2(SIZE.0, SIZE.1))
}

/// Every chart as a picture: its outcome's name and the SVG.
pub fn svgs(state: &State) -> Vec<(String, String)> {
    let palette = state.palette();
    let shown = state.view.charts.iter().filter_map(|name| outcome::named(name));
    shown
        .map(|outcome| {
            let (chart, _) = chart(state, outcome, 12.0);
            let mut scene = chart.draw(rect(), &palette);
            let title = format!("{} [{}]", outcome.title(state.say()), outcome.unit);
            scene.text(
                pos2(SIZE.0 / 2.0, 4.0),
                egui::Align2::CENTER_TOP,
                14.0,
                palette.ink,
                title,
            );
            legend(&mut scene, &chart);
            (outcome.name.to_owned(), scene.svg(rect(), palette.ground))
        })
        .collect()
}

fn legend(scene: &mut crate::draw::scene::Scene, chart: &Chart) {
    for (number, curve) in chart.curves.iter().rev().enumerate() {
        let y = 26.0 + 15.0 * number as f32;
        scene.line(
            vec![pos2(62.0, y), pos2(90.0, y)],
            curve.colour,
            curve.width,
            curve.dash,
        );
        scene.text(
            pos2(96.0, y),
            egui::Align2::LEFT_CENTER,
            11.0,
            curve.colour,
            &curve.name,
        );
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// What the plan has that the baseline has not: field, value and the baseline's value. Two scenarios differ without an edit.
fn changes(state: &State) -> Vec<(String, String, String)> {
    let edits = state.plans.now().edits.iter();
    let others = edits.filter(|edit| crate::lever::find(&edit.path).is_none());
    let paths = crate::lever::levers().iter().map(|lever| lever.path.clone());
    paths
        .chain(others.map(|edit| edit.path.clone()))
        .map(|path| {
            let now = crate::panels::levers::value(state, &path);
            let was = crate::panels::levers::status_quo(state, &path);
            (path, now, was)
        })
        .filter(|(_, now, was)| now != was)
        .collect()
}

/// What a plan's charts rest on: villages simulated, villages in all, runs.
fn basis(state: &State, plan: u128) -> [String; 3] {
    let runs = state.level().map(|level| state.shown(plan, level).runs);
    let runs = runs.unwrap_or_default();
    let villages = runs.first().map_or(0, |run| run.villages);
    [
        villages.to_string(),
        state.current.extent.villages().to_string(),
        runs.len().to_string(),
    ]
}

/// One page: what was changed, what came of it, every chart, and what it rests on.
pub fn page(state: &State) -> String {
    let say = state.say();
    let plan = state.plans.now();
    let name = escaped(&plan.name());
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>{name}</title>\n<style>body{{font:16px/1.5 \
         sans-serif;max-width:54rem;margin:2rem auto;padding:0 1rem}}table{{border-collapse:collapse}}td,th{{padding:.2rem \
         .8rem;border-bottom:1px solid #ccc;text-align:left}}svg{{max-width:100%;height:auto}}</style>\n<h1>{name}</h1>\n<p>{}</p>\n",
        escaped(&state.current.prepared.scenario.question)
    );
    let against = escaped(&state.baseline.plan.name());
    let version = env!("CARGO_PKG_VERSION");
    text.push_str(&format!(
        "<p>{} {against} · Countryside {version}</p>\n",
        say.of("top.compared")
    ));
    text.push_str(&format!("<h2>{}</h2>\n<table>\n", say.of("report.changes")));
    for (path, now, was) in changes(state) {
        let title = crate::lever::find(&path).map_or("", |lever| lever.title(say.0));
        text.push_str(&format!(
            "<tr><td>{} <code>{}</code></td><td>{}</td><td>{} {}</td></tr>\n",
            escaped(title),
            escaped(&path),
            escaped(&now),
            say.of("report.was"),
            escaped(&was)
        ));
    }
    text.push_str(&format!("</table>\n<h2>{}</h2>\n", say.of("report.results")));
    if let Some(level) = state.level() {
        let runs = state.shown(state.current.id(), level).runs;
        let villages = runs.first().map_or(0, |run| run.villages).to_string();
        let whole = state.current.extent.villages().to_string();
        let basis = say.with("report.basis", &[&villages, &whole, &runs.len().to_string()]);
        text.push_str(&format!("<p>{}</p>\n<table>\n", escaped(&basis)));
        for outcome in state.view.charts.iter().filter_map(|name| outcome::named(name)) {
            let value = |plan| {
                state
                    .shown(plan, level)
                    .total(outcome)
                    .map_or("–".to_owned(), |spread| say.amount(spread.at[2], outcome.unit))
            };
            text.push_str(&format!(
                "<tr><td>{} [{}]</td><td>{}</td><td>{} {}</td></tr>\n",
                escaped(&outcome.title(say)),
                escaped(say.unit(outcome.unit)),
                value(state.current.id()),
                say.of("report.was"),
                value(state.baseline.id())
            ));
        }
        text.push_str("</table>\n");
    }
    for (_, svg) in svgs(state) {
        text.push_str(&svg);
    }
    text.push_str(&format!("<p>{}</p>\n</html>\n", escaped(say.of("report.limits"))));
    text
}

/// A picture of the window as PNG.
///
/// # Errors
/// Why it could not be made, in words.
pub fn png(image: &egui::ColorImage) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let [width, height] = image.size.map(|length| length as u32);
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(|reason| reason.to_string())?;
    let data: Vec<u8> = image
        .pixels
        .iter()
        .flat_map(|pixel| pixel.to_srgba_unmultiplied())
        .collect();
    writer
        .write_image_data(&data)
        .map_err(|reason| reason.to_string())?;
    writer.finish().map_err(|reason| reason.to_string())?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_whole_or_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        write(path.to_str().unwrap(), b"x").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"x");
        let nowhere = folder.path().join("no/such/a.csv");
        assert!(write(nowhere.to_str().unwrap(), b"x").is_err());
        assert!(write("", b"x").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let text = csv(
            vec!["a,b".to_owned()],
            std::iter::once(vec!["say \"x\"".to_owned(), cell(f64::NAN)]),
        );
        assert_eq!(text, "\"a,b\"\n\"say \"\"x\"\"\",\n");
    }

    #[test]
    fn a_picture_is_a_png() {
        let image = egui::ColorImage::filled([3, 2], egui::Color32::RED);
        assert!(png(&image).unwrap().starts_with(b"\x89PNG"));
    }
}
