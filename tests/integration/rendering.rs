//! Pages of every kind in a real browser: nothing to complain of, nothing beside the screen, on a desk and on
//! a phone.
//!
//! Without Chromium these tests say so and pass: `apt-get install chromium`.

use crate::program::{QUICK, run, skipped, small_validation};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Widths of a screen and of a phone \[pixels\].
const WIDTHS: [u32; 2] = [1400, 390];
/// The least width that a window can have \[pixels\].
const LEAST_WINDOW: u32 = 600;

/// The browser, if there is one.
fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let known = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let found = std::env::split_paths(&path)
        .flat_map(|folder| known.map(|name| folder.join(name)))
        .find(|path| path.is_file());
    if found.is_none() {
        skipped("browser", "no Chromium here, so that no page was rendered (apt-get install chromium)");
    }
    found
}

/// What a browser made of a page.
struct Rendered {
    /// Lines of its console.
    console: Vec<String>,
    /// Width that the page takes \[pixels\].
    width: u32,
    /// Size of its picture \[bytes\].
    picture: usize,
}

/// Renders a page in a frame of a width, since windows cannot be as narrow as a phone. No name is resolved:
/// there is no network.
fn rendered(browser: &Path, page: &Path, width: u32) -> Rendered {
    let folder = page.parent().unwrap();
    let (frame, picture) = (folder.join("frame.html"), folder.join(format!("{width}.png")));
    let text = format!(
        "<!doctype \
            html><style>body{{margin:0}}iframe{{border:0;width:{width}px;height:2000px}}</style><iframe id=f \
            src=\"file://{}\"></iframe><script>
        document.getElementById('f').onload = function () {{
            document.title = 'WIDTH' + this.contentDocument.documentElement.scrollWidth + '.'; }}</script>",
        page.display()
    );
    fs::write(&frame, text).unwrap();
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let size = format!("--window-size={},2000", width.max(LEAST_WINDOW));
    let shot = format!("--screenshot={}", picture.display());
    let url = format!("file://{}", frame.display());
    let call = |what: &str| {
        let output = Command::new(browser)
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"])
            .args(["--enable-logging=stderr", "--log-level=0", "--disable-dev-shm-usage"])
            .args([
                "--allow-file-access-from-files",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--virtual-time-budget=2000",
            ])
            .args([&profile, &size, what, &url])
            .output()
            .unwrap();
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    };
    let [dom, said] = call("--dump-dom");
    call(&shot);
    let console = said.lines().filter(|line| line.contains(":CONSOLE")).map(str::to_owned);
    let message = dom.split_once("<title>WIDTH").and_then(|(_, rest)| rest.split_once('.'));
    Rendered {
        console: console.collect(),
        width: message.expect("the page was loaded").0.parse().unwrap(),
        picture: fs::read(picture).map_or(0, |bytes| bytes.len()),
    }
}

/// Makes a folder by a command, its page, and looks at it in both widths.
fn looks_well(files: &[(&str, &str)], command: &[&str]) {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let ended = run(folder.path(), command);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let ended = run(folder.path(), &["report", "r", "-o", "page.html"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let page = folder.path().join("page.html");
    for width in WIDTHS {
        let seen = rendered(&browser, &page, width);
        assert!(seen.console.is_empty(), "{width} pixels: {:?}", seen.console);
        assert_eq!(seen.width, width, "the page must not be wider than the screen");
        assert!(seen.picture > 30_000, "{width} pixels: a picture of {} bytes", seen.picture);
    }
}

#[test]
fn the_page_of_a_run() {
    looks_well(&[], &["run", QUICK, "--quiet", "--out", "r"]);
}

#[test]
fn the_page_of_a_comparison() {
    let idle = "(base: \"tiny\", name: \"idle\", programme: (enabled: false))";
    let command = ["compare", QUICK, "idle.ron", "--seeds", "8", "--out", "r", "--quiet"];
    looks_well(&[("idle.ron", idle)], &command);
}

#[test]
fn the_page_of_a_sweep() {
    let experiment = "(name: \"few\", base: \"tiny\", set: (end: \"2015-06-30\"), design: \
                      Morris(trajectories: 8), factors: [
        (path: \"household.elasticity\", range: (3.0, 5.0)), (path: \"partner.commission\", range: (0.02, \
                      0.08))],
        outcomes: [\"station_orders\", \"buying_share\", (series: \"buying_share\", months: 1, name: \
                      \"monthly\")])";
    looks_well(&[("few.ron", experiment)], &["sweep", "few.ron", "--out", "r", "--quiet"]);
}

#[test]
fn the_page_of_a_search() {
    let experiment = "(name: \"few\", base: \"tiny\", set: (end: \"2015-06-30\"), factors: [
        (path: \"programme.promotion\", range: (0.0, 1000.0)), (path: \"partner.commission\", range: (0.0, \
                      0.2))],
        search: (maximise: \"station_orders\", subject_to: [(outcome: \"paid_by_programme\", at_most: \
                      2500000.0)], plans: 8, finalists: 2, fresh_seeds: 3))";
    looks_well(&[("few.ron", experiment)], &["optimise", "few.ron", "--out", "r", "--quiet"]);
}

#[test]
fn the_page_of_a_validation() {
    let command = small_validation(&["--out", "r", "--quiet"]);
    looks_well(&[], &command);
}

/// Else the tests above would say nothing.
#[test]
fn a_browser_complains_of_what_is_wrong() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let ended = run(folder.path(), &["run", QUICK, "--quiet", "--out", "r"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    run(folder.path(), &["report", "r", "-o", "page.html"]);
    let page = folder.path().join("page.html");
    let html = fs::read_to_string(&page).unwrap();
    let spoilt = html.replacen(
        "<main>",
        "<main><script>console.log(1)</script><div style=\"width:2000px\">wide</div>",
        1,
    );
    fs::write(&page, spoilt).unwrap();
    let seen = rendered(&browser, &page, WIDTHS[1]);
    assert!(!seen.console.is_empty(), "a blocked script is complained of");
    assert!(seen.width > WIDTHS[1], "and what is too wide is seen");
}
