//! The finder (Ctrl+K): whatever the window can do or show, by what is typed.

use super::files::Dialog;
use crate::lesson::{self, Lesson};
use crate::lever;
use crate::map::camera::Camera;
use crate::map::layer::Layer;
use crate::map::search::{self, Found};
use crate::outcome;
use crate::plan::Plan;
use crate::state::State;
use crate::text::{Language, Say};
use crate::theme::Theme;
use crate::view::{Listed, Selected, Tab};
use crate::work::story::Entity;
use egui::{Align2, Id, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui, vec2};
use std::sync::Arc;

/// Entries listed at most.
const LISTED: usize = 14;

/// Counties whose villages are offered as lists, at most.
const LISTS: usize = 3;

/// Points to a degree of latitude at which a county fills the map.
const NEAR: f32 = 420.0;

/// What an entry does.
#[derive(Clone)]
enum Target {
    Command(Command),
    Tab(Tab),
    Layer(Layer),
    Lever(&'static str),
    Outcome(&'static str),
    Scenario(&'static str),
    Lesson(Arc<Lesson>),
    Place(Found),
    /// The villages of a county, by its name; of all counties, if there is none.
    Villages {
        county: String,
        only_taobao: bool,
    },
    Counties,
}

/// A command without anything it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Command {
    Play,
    Undo,
    Redo,
    Baseline,
    Keep,
    ResetAll,
    Open,
    Save,
    Share,
    Export,
    Lessons,
    Presenter,
    Tour,
    Help,
    Levers,
    Inspector,
    Fit,
    Difference,
    Theme(Theme),
    Language(Language),
}

/// A line of the list.
struct Entry {
    kind: &'static str,
    name: String,
    /// Other words by which it is found, not shown.
    words: String,
    target: Target,
}

impl Entry {
    /// Whether it was found among the places by what was typed.
    fn is_of_places(&self) -> bool {
        match &self.target {
            Target::Place(_) => true,
            Target::Villages { county, .. } => !county.is_empty(),
            _ => false,
        }
    }
}

/// Draws the finder. What it opens over the window takes its place.
pub fn ui(context: &egui::Context, state: &mut State, dialog: &mut Option<Dialog>) {
    let Some(Dialog::Find { typed, at }) = dialog else {
        return;
    };
    let say = state.say();
    let mut chosen = None;
    let mut is_open = true;
    let window = egui::Window::new(say.of("finder.title"))
        .id(Id::unique("finder"))
        .open(&mut is_open)
        .collapsible(false)
        .resizable(false)
        .default_width(520.0)
        .anchor(Align2::CENTER_TOP, vec2(0.0, 80.0));
    window.show(context, |ui| chosen = list(ui, state, typed, at));
    let is_left = !is_open || context.input(|input| input.key_pressed(Key::Escape));
    if is_left || chosen.is_some() {
        *dialog = None;
    }
    if let Some(target) = chosen {
        go(state, dialog, target);
    }
}

/// The field and what fits it; what was chosen.
fn list(ui: &mut Ui, state: &State, typed: &mut String, at: &mut usize) -> Option<Target> {
    let say = state.say();
    let key = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let (down, up, enter) = (key(Key::ArrowDown), key(Key::ArrowUp), key(Key::Enter));
    let field = TextEdit::singleline(typed).hint_text(say.of("finder.hint")).desired_width(f32::INFINITY);
    let field = ui.add(field);
    let name = say.of("finder.hint");
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    if field.changed() {
        *at = 0;
    }
    let found = fitting(entries(state, typed), typed);
    if found.is_empty() {
        super::empty(ui, say.of("finder.none"));
        return None;
    }
    *at = match (down, up) {
        (true, _) => *at + 1,
        (_, true) => at.saturating_sub(1),
        _ => *at,
    }
    .min(found.len() - 1);
    let mut chosen = enter.then(|| found[*at].target.clone());
    ScrollArea::vertical().max_height(380.0).show(ui, |ui| {
        for (number, entry) in found.iter().enumerate() {
            ui.horizontal(|ui| {
                let label = ui.selectable_label(number == *at, &entry.name);
                if label.clicked() {
                    chosen = Some(entry.target.clone());
                }
                ui.label(RichText::new(entry.kind).weak().small());
            });
        }
    });
    chosen
}

/// The entries that fit what was typed, best first: names that begin with it, then words of names, then the
/// rest.
fn fitting(entries: Vec<Entry>, typed: &str) -> Vec<Entry> {
    let typed = typed.trim().to_lowercase();
    let rank = |entry: &Entry| -> Option<usize> {
        let name = entry.name.to_lowercase();
        let all = format!("{name} {}", entry.words.to_lowercase());
        match () {
            () if typed.is_empty() || name.starts_with(&typed) => Some(0),
            () if name.split_whitespace().any(|word| word.starts_with(&typed)) => Some(1),
            () if name.contains(&typed) || entry.is_of_places() => Some(2),
            () if typed.split_whitespace().all(|word| all.contains(word)) => Some(3),
            () => None,
        }
    };
    let mut found: Vec<(usize, Entry)> =
        entries.into_iter().filter_map(|entry| Some((rank(&entry)?, entry))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, entry)| entry).take(LISTED).collect()
}

/// Everything that can be found; places only once something is typed.
fn entries(state: &State, typed: &str) -> Vec<Entry> {
    let say = state.say();
    let mut all = commands(say);
    let mut add = |kind: &'static str, name: String, words: String, target: Target| {
        all.push(Entry { kind, name, words, target });
    };
    for tab in Tab::ALL {
        let name = say.find(tab.key()).unwrap_or_default().to_owned();
        add(say.of("finder.tab"), name, String::new(), Target::Tab(tab));
    }
    for lesson in lesson::shipped().iter().chain(&state.teaching.own) {
        let target = Target::Lesson(lesson.clone());
        add(say.of("finder.lesson"), lesson.title.of(say.0).to_owned(), lesson.title.en.clone(), target);
    }
    for lever in lever::levers() {
        let words = format!(
            "{} {} {} {}",
            lever.path,
            lever.title.en,
            lever.row.description,
            lever.definition.of(say.0)
        );
        add(say.of("finder.lever"), lever.title(say.0).to_owned(), words, Target::Lever(&lever.path));
    }
    for outcome in outcome::of_counties() {
        let words = format!("{} {}", outcome.name, outcome.title(Say::in_language(Language::English)));
        add(say.of("finder.outcome"), outcome.title(say), words, Target::Outcome(outcome.name));
    }
    for layer in Layer::VILLAGES {
        add(say.of("finder.layer"), layer.title(say), String::new(), Target::Layer(layer));
    }
    for (name, _) in sim_core::scenario::builtin() {
        add(say.of("finder.scenario"), say.scenario(name), name.replace('_', " "), Target::Scenario(name));
    }
    lists(say, &mut add);
    let run = state.shown_run().map(|(run, _)| run);
    let is_chinese = say.0 == Language::Chinese;
    let found = run.map_or_else(Vec::new, |run| search::find(&run.places, typed, is_chinese));
    for place in &found {
        let target = Target::Place(place.clone());
        add(say.of("finder.place"), place.name.clone(), String::new(), target);
    }
    let counties = found.iter().filter(|place| matches!(place.entity, Entity::County(_)));
    for place in counties.take(LISTS) {
        for (key, only_taobao) in [("finder.taobao_of", true), ("finder.villages_of", false)] {
            let county = place.name.clone();
            let name = say.find(key).unwrap_or(key).replace("{0}", &county);
            let target = Target::Villages { county, only_taobao };
            add(say.of("finder.list"), name, String::new(), target);
        }
    }
    all
}

/// The lists of the table.
fn lists(say: Say, add: &mut impl FnMut(&'static str, String, String, Target)) {
    let villages = |only_taobao| Target::Villages { county: String::new(), only_taobao };
    for (name, words, target) in [
        (say.of("finder.all_taobao"), "boom booming success list taobao villages", villages(true)),
        (say.of("finder.all_villages"), "list villages sales shops", villages(false)),
        (say.of("finder.all_counties"), "list counties table", Target::Counties),
    ] {
        add(say.of("finder.list"), name.to_owned(), words.to_owned(), target);
    }
}

fn commands(say: Say) -> Vec<Entry> {
    let named = [
        (say.of("finder.play"), Command::Play),
        (say.of("top.undo"), Command::Undo),
        (say.of("top.redo"), Command::Redo),
        (say.of("top.baseline"), Command::Baseline),
        (say.of("keys.keep"), Command::Keep),
        (say.of("levers.reset_all"), Command::ResetAll),
        (say.of("dialog.open"), Command::Open),
        (say.of("finder.save"), Command::Save),
        (say.of("dialog.share"), Command::Share),
        (say.of("top.export"), Command::Export),
        (say.of("top.lessons"), Command::Lessons),
        (say.of("presenter.open"), Command::Presenter),
        (say.of("tour.again"), Command::Tour),
        (say.of("dialog.help"), Command::Help),
        (say.of("finder.levers"), Command::Levers),
        (say.of("finder.inspector"), Command::Inspector),
        (say.of("keys.fit"), Command::Fit),
        (say.of("keys.difference"), Command::Difference),
        (say.of("finder.light"), Command::Theme(Theme::Light)),
        (say.of("finder.dark"), Command::Theme(Theme::Dark)),
        (say.of("finder.projector"), Command::Theme(Theme::Projector)),
        ("English", Command::Language(Language::English)),
        ("中文 Chinese", Command::Language(Language::Chinese)),
    ];
    named
        .into_iter()
        .map(|(name, command)| Entry {
            kind: say.of("finder.command"),
            name: name.to_owned(),
            words: format!("{command:?}"),
            target: Target::Command(command),
        })
        .collect()
}

/// Does what an entry stands for.
fn go(state: &mut State, dialog: &mut Option<Dialog>, target: Target) {
    match target {
        Target::Command(command) => perform(state, dialog, command),
        Target::Tab(tab) => state.view.tab = tab,
        Target::Layer(layer) => {
            state.view.layer = layer;
            show_map(state);
        }
        Target::Lever(path) => state.select(Selected::Lever(path.to_owned())),
        Target::Outcome(name) => state.select(Selected::Outcome(name.to_owned())),
        Target::Scenario(name) => state.choose(Plan::shipped(name)),
        Target::Lesson(lesson) => lesson::begin(state, &lesson),
        Target::Counties => {
            state.view.table.listed = Listed::Counties;
            state.view.tab = Tab::Table;
        }
        Target::Villages { county, only_taobao } => {
            state.view.list_villages(&county, only_taobao, &Layer::Sales);
        }
        Target::Place(found) => {
            state.view.camera = Some(Camera { middle: found.place, zoom: NEAR });
            state.select(Selected::Entity(found.entity));
            show_map(state);
        }
    }
}

fn show_map(state: &mut State) {
    if !matches!(state.view.tab, Tab::Overview | Tab::Map) {
        state.view.tab = Tab::Overview;
    }
}

fn perform(state: &mut State, dialog: &mut Option<Dialog>, command: Command) {
    match command {
        Command::Play => {
            let (first, last) = state.shown_run().map_or((0.0, 0.0), |(run, _)| run.span());
            state.clock.toggle(first, last);
        }
        Command::Undo => state.plans.undo(),
        Command::Redo => state.plans.redo(),
        Command::Baseline => state.make_baseline(),
        Command::Keep => state.keep(),
        Command::ResetAll => state.reset_all(),
        Command::Open => *dialog = Some(Dialog::open()),
        Command::Save => *dialog = Some(Dialog::save(state)),
        Command::Share => *dialog = Some(Dialog::share(state)),
        Command::Export => *dialog = Some(Dialog::export(state)),
        Command::Lessons => *dialog = Some(Dialog::Lessons),
        Command::Presenter => super::presenter::toggle(state),
        Command::Tour => state.teaching.tour = Some(0),
        Command::Help => *dialog = Some(Dialog::Help),
        Command::Levers => state.view.has_levers = !state.view.has_levers,
        Command::Inspector => state.view.has_inspector = !state.view.has_inspector,
        Command::Fit => state.view.camera = None,
        Command::Difference => state.view.is_difference = !state.view.is_difference,
        Command::Theme(theme) => state.view.theme = theme,
        Command::Language(language) => state.view.language = language,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, words: &str) -> Entry {
        Entry { kind: "", name: name.to_owned(), words: words.to_owned(), target: Target::Tab(Tab::Map) }
    }

    #[test]
    fn names_that_begin_as_typed_come_first() {
        let all = || {
            vec![
                entry("Training of partners", ""),
                entry("Hours", "partner.training_hours"),
                entry("Partner income", ""),
                entry("Roads", ""),
            ]
        };
        let names = |typed: &str| -> Vec<String> {
            fitting(all(), typed).into_iter().map(|entry| entry.name).collect()
        };
        assert_eq!(names("part"), ["Partner income", "Training of partners", "Hours"]);
        assert_eq!(names(" ROAD"), ["Roads"]);
        assert!(names("zebra").is_empty());
        assert_eq!(names("").len(), 4);
    }
}
