//! What leaves the window: tables as CSV, charts as SVG and PNG, a page as HTML, pictures as PNG. Files are
//! written whole or not at all: next to their place first, then moved.
//!
//! 1. [`place`]: where files go, and what is there already.
//! 2. [`basis`]: what results rest on, which stands on everything that leaves.
//! 3. [`sheet`]: a chart with title and legend; [`mod@page`]: plan and baseline on one page.

pub mod basis;
mod page;
pub mod place;
pub mod sheet;

use crate::reason::Reason;
#[cfg(test)]
pub use page::commands;
pub use page::page;

use crate::document;
use crate::outcome::{self, ShownOutcome};
use crate::panels::charts::chart;
use crate::state::State;
use basis::VERSION;
use sheet::Sheet;
use sim_core::base::sheet::{MARK, guarded};
use std::borrow::Cow;
use std::path::Path;

/// Hands a file to the browser's downloads.
///
/// # Errors
/// Why it could not be, in words.
#[cfg(target_arch = "wasm32")]
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Reason> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    crate::web::download(&name, bytes)
}

/// Writes a file, whole or not at all, as the command does: under a name of chance beside its place, then
/// moved. A link in its place is replaced, never followed.
///
/// # Errors
/// Why it could not be written, in words.
#[cfg(not(target_arch = "wasm32"))]
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Reason> {
    sim_files::write::replace(path, bytes).map_err(Reason::from)
}

/// Scenario and plan files in the folder of a path, in order of names.
pub fn scenario_files(path: &str) -> Vec<String> {
    let path = Path::new(path);
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = sim_files::folder::list(folder).unwrap_or_default().into_iter();
    let mut found: Vec<String> = entries
        .map(|entry| folder.join(entry.name))
        .filter(|path| path.extension().is_some_and(|end| end == "ron" || end == document::ENDING))
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    found.sort();
    found
}

/// A number as a cell: empty if it has no value.
pub fn cell(value: f64) -> String {
    if value.is_finite() { value.to_string() } else { String::new() }
}

/// A table as the bytes of a CSV file, which begins as those of the command do.
pub fn csv_file(table: &str) -> Vec<u8> {
    [MARK, table.as_bytes()].concat()
}

/// A cell that no spreadsheet runs as a formula; numbers are none.
fn plain(cell: &str) -> Cow<'_, str> {
    match cell.parse::<f64>() {
        Ok(_) => Cow::Borrowed(cell),
        Err(_) => guarded(cell),
    }
}

/// Rows as CSV: every cell that needs it in quotes, no cell a formula.
pub fn csv(head: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> String {
    let quoted = |cell: &String| {
        let cell = plain(cell);
        match cell.contains([',', '"', '\n', '\r']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.into_owned(),
        }
    };
    let line = |row: Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
    std::iter::once(head).chain(rows).map(line).collect()
}

/// The charts' figures, month by month: of every plan the middle and the ends of the bands. A plan without
/// any has a line without figures.
pub fn series(state: &State) -> String {
    let charts = state.view.charts.iter().filter_map(|name| outcome::named(name));
    series_of(state, charts)
}

/// The figures of some charts.
pub fn series_of<'o>(state: &State, outcomes: impl Iterator<Item = &'o ShownOutcome>) -> String {
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
    let rows = outcomes.flat_map(|outcome| {
        let (chart, _) = chart(state, outcome, 11.0);
        chart.curves.into_iter().flat_map(move |curve| {
            let row = |month: String, at: [f64; 5]| {
                let mut row =
                    vec![outcome.name.to_owned(), outcome.unit.to_string(), curve.name.clone(), month];
                row.extend(at.map(cell));
                let (villages, whole) = curve.villages;
                row.extend([villages, whole].map(|count| count.to_string()));
                row.extend([curve.runs.to_string(), VERSION.to_owned()]);
                row
            };
            let mut rows: Vec<Vec<String>> =
                curve.points.iter().map(|point| row(point.month.to_string(), point.at)).collect();
            if rows.is_empty() {
                rows.push(row(String::new(), [f64::NAN; 5]));
            }
            rows
        })
    });
    csv(head.map(str::to_owned).to_vec(), rows)
}

/// Every chart as a picture: its outcome's name and the SVG.
pub fn svgs(state: &State) -> Vec<(String, String)> {
    let shown = state.view.charts.iter().filter_map(|name| outcome::named(name));
    shown.map(|outcome| (outcome.name.to_owned(), Sheet::of(state, outcome).svg())).collect()
}

/// Pixels as PNG.
///
/// # Errors
/// Why it could not be made, in words.
pub fn png(image: &egui::ColorImage) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    let [width, height] = image.size.map(|length| length as u32);
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(|reason| reason.to_string())?;
    let data: Vec<u8> = image.pixels.iter().flat_map(|pixel| pixel.to_srgba_unmultiplied()).collect();
    writer.write_image_data(&data).map_err(|reason| reason.to_string())?;
    writer.finish().map_err(|reason| reason.to_string())?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn files_are_whole_or_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        write(&path, b"x").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"x");
        assert!(write(&folder.path().join("no/such/a.csv"), b"x").is_err());
        assert!(write(Path::new(""), b"x").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    #[cfg(unix)]
    fn links_are_not_followed_and_modes_are_the_masks() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let mine = folder.path().join("mine");
        fs::write(&mine, "mine").unwrap();
        // What the name beside the place used to be.
        symlink(&mine, folder.path().join(".a.csv.part")).unwrap();
        let path = folder.path().join("a.csv");
        write(&path, b"x").unwrap();
        assert_eq!(fs::read(&mine).unwrap(), b"mine");
        let linked = folder.path().join("linked.csv");
        symlink(&mine, &linked).unwrap();
        write(&linked, b"x").unwrap();
        assert_eq!(fs::read(&mine).unwrap(), b"mine");
        assert_eq!(fs::read(&linked).unwrap(), b"x");
        let ordinary = folder.path().join("ordinary");
        fs::write(&ordinary, "x").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&path), mode(&ordinary));
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let text = csv(vec!["a,b".to_owned()], std::iter::once(vec!["say \"x\"".to_owned(), cell(f64::NAN)]));
        assert_eq!(text, "\"a,b\"\n\"say \"\"x\"\"\",\n");
    }

    #[test]
    fn no_cell_is_a_formula_and_numbers_stay_numbers() {
        let row = ["=1+1", "-3", "-0.5e-7", "@x", "+cmd|' /C calc'!A0", "plain"];
        let row = || row.map(str::to_owned).to_vec();
        let line = "'=1+1,-3,-0.5e-7,'@x,'+cmd|' /C calc'!A0,plain\n";
        assert_eq!(csv(row(), std::iter::once(row())), line.repeat(2));
        assert!(csv_file("x").starts_with(b"\xEF\xBB\xBF"));
    }

    #[test]
    fn a_picture_is_a_png() {
        let image = egui::ColorImage::filled([3, 2], egui::Color32::RED);
        assert!(png(&image).unwrap().starts_with(b"\x89PNG"));
    }
}
