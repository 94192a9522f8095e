//! Pictures of the window, for people: in the folder that `COUNTRYSIDE_PICTURES` names, if it names one. That
//! they show something is tested always.
//!
//! `COUNTRYSIDE_PICTURES=/tmp/pictures cargo test --release -p sim-gui pictures`

use super::*;
use crate::draw::raster;
use crate::map::camera::Camera;
use crate::text::Language;
use crate::work::sample::Level;
use egui::{Vec2, vec2};
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

/// A window that is painted on the CPU, and where its pictures go.
struct Camp {
    harness: Harness<'static, App>,
    textures: Rc<RefCell<raster::Textures>>,
    folder: Option<PathBuf>,
    size: Vec2,
}

impl Camp {
    /// A window on the programme where pictures are kept, else on the smallest scenario.
    fn new(settings: Option<PathBuf>) -> Camp {
        let painter = painter::Painter::default();
        let textures = painter.textures.clone();
        let folder = std::env::var_os("COUNTRYSIDE_PICTURES").map(PathBuf::from);
        let plan = match folder {
            // A part of the villages looks like all, and is recorded sooner.
            Some(_) => Plan::first().with("places.villages_per_county", "12"),
            None => tiny(),
        };
        let size = vec2(1280.0, 800.0);
        let app = App::new(State::new(plan, View::default(), 2, Arc::new(|| ())), settings);
        let harness = Harness::builder()
            .with_size(size)
            .with_max_steps(50)
            .renderer(painter)
            .build_ui_state(|ui, app: &mut App| app.show(ui), app);
        Camp { harness, textures, folder, size }
    }

    fn state(&mut self) -> &mut State {
        &mut self.harness.state_mut().state
    }

    fn wait(&mut self, what: &str, met: impl Fn(&State) -> bool) {
        wait_until(&mut self.harness, what, met);
    }

    fn resize(&mut self, wide: f32, high: f32) {
        self.size = vec2(wide, high);
        self.harness.set_size(self.size);
    }

    /// Takes a picture; it must show more than a few colours.
    fn take(&mut self, name: &str) {
        self.harness.run_steps(4);
        let image =
            raster::picture(&self.harness.ctx, self.harness.output(), &self.textures.borrow(), self.size);
        let mut colours: Vec<[u8; 4]> = image.pixels.iter().map(|pixel| pixel.to_array()).collect();
        colours.sort_unstable();
        colours.dedup();
        assert!(colours.len() > 40, "{name}: {} colours", colours.len());
        if let Some(folder) = &self.folder {
            let bytes = crate::export::png(&image).unwrap();
            std::fs::write(folder.join(format!("{name}.png")), bytes).unwrap();
        }
    }

    /// The county seat of the first county, looked at from so near \[points to a degree\].
    fn look(&mut self, zoom: f32) {
        let place = self.state().shown_run().map(|(run, _)| {
            let county = &run.places.atlas.counties[run.places.atlas.counties.len() / 2];
            (county.longitude as f32, county.latitude as f32)
        });
        self.state().view.camera = place.map(|middle| Camera { middle, zoom });
    }
}

#[test]
fn pictures_show_the_views() {
    let folder = tempfile::tempdir().unwrap();
    let mut camp = Camp::new(Some(folder.path().join("window.ron")));
    camp.take("00_first_start");
    camp.state().teaching.tour = Some(3);
    camp.take("01_tour");
    camp.state().teaching.tour = None;
    camp.wait("the recording", |state| is_recorded(state) && state.waiting() == 0);
    camp.take("02_overview");
    camp.state().select(Selected::Lever("programme.promotion".to_owned()));
    camp.state().set("programme.promotion", "600.0");
    camp.state().plans.close();
    camp.harness.step();
    camp.wait("the answer", is_answered);
    camp.take("03_lever_moved");
    camp.state().keep();
    camp.state().set("programme.partner_kind", "Returnees");
    camp.state().plans.close();
    camp.harness.step();
    camp.wait("all recordings", |state| is_recorded(state) && state.waiting() == 0);
    camp.state().keep();
    for (tab, name) in Tab::ALL.into_iter().zip([
        "10_overview",
        "11_map",
        "12_charts",
        "13_people",
        "14_money",
        "15_spread",
        "16_table",
        "17_compare",
    ]) {
        camp.state().view.tab = tab;
        camp.take(name);
    }
    maps(&mut camp);
    stories(&mut camp);
    dialogs(&mut camp);
    looks(&mut camp);
    lesson(&mut camp);
}

fn maps(camp: &mut Camp) {
    camp.state().view.tab = Tab::Map;
    for (zoom, name) in [(60.0, "20_map_province"), (260.0, "21_map_counties"), (1400.0, "22_map_villages")] {
        camp.look(zoom);
        camp.take(name);
    }
    camp.state().view.camera = None;
    camp.state().view.is_difference = true;
    camp.state().view.layer = crate::map::layer::Layer::Buyers;
    camp.take("23_map_difference");
    camp.state().view.is_difference = false;
    camp.take("24_map_buyers");
    camp.state().view.layer = crate::map::layer::Layer::County("orders_per_open_station".to_owned());
    camp.take("25_map_counties");
    camp.state().view.layer = crate::map::layer::Layer::Stations;
}

fn stories(camp: &mut Camp) {
    camp.state().view.tab = Tab::Overview;
    for (entity, name) in [
        (Entity::County(0), "30_story_county"),
        (Entity::Village(0, 1), "31_story_village"),
        (Entity::Household(0, 1, 1), "32_story_household"),
    ] {
        camp.state().select(Selected::Entity(entity));
        camp.wait("the story", |state| state.story.entity == Some(entity));
        camp.take(name);
    }
    camp.state().select(Selected::Outcome("stations_open".to_owned()));
    camp.take("33_outcome");
}

fn dialogs(camp: &mut Camp) {
    let state = &camp.harness.state().state;
    let all = [
        (Dialog::open(), "40_open"),
        (Dialog::save(state), "41_save"),
        (Dialog::share(state), "42_share"),
        (Dialog::export(state), "43_export"),
        (Dialog::Help, "44_help"),
        (Dialog::Lessons, "45_lessons"),
        (Dialog::Find { typed: "part".to_owned(), at: 1 }, "46_find"),
    ];
    for (dialog, name) in all {
        camp.harness.state_mut().dialog = Some(dialog);
        camp.take(name);
    }
    camp.harness.state_mut().dialog = None;
    camp.state().set("household_sample", "7");
    camp.take("47_faults");
    camp.state().plans.undo();
    camp.state().notice("Written: results/plan.csv", false);
    camp.take("48_notice");
    camp.state().notices.clear();
}

fn looks(camp: &mut Camp) {
    for (theme, name) in
        [(Theme::Dark, "50_dark"), (Theme::Projector, "51_projector"), (Theme::Light, "52_light")]
    {
        camp.state().view.theme = theme;
        camp.take(name);
    }
    camp.state().view.language = Language::Chinese;
    for (tab, name) in
        [(Tab::Overview, "53_chinese"), (Tab::Money, "54_chinese_money"), (Tab::People, "55_chinese_people")]
    {
        camp.state().view.tab = tab;
        camp.take(name);
    }
    camp.state().select(Selected::Entity(Entity::Village(0, 1)));
    camp.wait("the story", |state| state.story.entity == Some(Entity::Village(0, 1)));
    camp.take("56_chinese_story");
    camp.state().select(Selected::Lever("household.persuasion".to_owned()));
    camp.take("56_chinese_lever");
    camp.state().view.language = Language::English;
    camp.resize(2560.0, 1440.0);
    camp.state().view.tab = Tab::Overview;
    camp.take("57_2560");
    camp.resize(860.0, 560.0);
    camp.take("58_smallest");
    // At 150 % the same 1280 by 800 pixels are so many points.
    camp.state().view.scale = 1.5;
    camp.resize(1280.0, 800.0);
    camp.size /= 1.5;
    camp.take("59_150_percent");
    camp.state().view.scale = 1.0;
    camp.harness.run_steps(2);
    camp.resize(1280.0, 800.0);
}

/// Every step of every lesson as it stands when it is done, in both languages: only where pictures are kept.
#[test]
fn pictures_show_every_step_of_the_lessons() {
    let mut camp = Camp::new(None);
    if camp.folder.is_none() {
        return;
    }
    // Steps that tell results wait for all runs: previews are soon there.
    camp.state().answer_with(&[(Level::Preview, 8)]);
    for lesson in crate::lesson::shipped() {
        crate::lesson::begin(camp.state(), lesson);
        for step in 0..lesson.steps.len() {
            crate::lesson::go(camp.state(), step);
            camp.harness.run_steps(3);
            crate::lesson::show_solution(camp.state());
            // Steps that wait for a recording are shown as they are after a while.
            let since = Instant::now();
            let is_met =
                |state: &State| (state.teaching.course.as_ref()).is_some_and(crate::lesson::Course::is_met);
            while !(is_answered(camp.state()) && is_met(camp.state()) && camp.state().level().is_some())
                && since.elapsed() < Duration::from_secs(40)
            {
                std::thread::sleep(Duration::from_millis(20));
                camp.harness.step();
            }
            for (language, name) in [(Language::English, "en"), (Language::Chinese, "zh")] {
                camp.state().view.language = language;
                camp.take(&format!("70_{}_{}_{name}", lesson.name, step + 1));
            }
            camp.state().view.language = Language::English;
        }
        crate::lesson::leave(camp.state());
    }
}

fn lesson(camp: &mut Camp) {
    let lesson = crate::lesson::shipped()[2].clone();
    crate::lesson::begin(camp.state(), &lesson);
    camp.wait("the lesson's answer", is_answered);
    camp.take("60_lesson");
    crate::lesson::go(camp.state(), 2);
    camp.take("61_lesson_task");
    crate::panels::presenter::toggle(camp.state());
    camp.take("62_presenter");
    camp.state().teaching.presented = Some(crate::lesson::Presented::Map);
    camp.take("63_presenter_map");
    camp.state().teaching.presented = None;
}
