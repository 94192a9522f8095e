//! Plans side by side: the baseline, the present plan, and kept ones; what they change, and what comes of it.

use crate::comparison::Unlike;
use crate::outcome::{self, ShownOutcome};
use crate::state::{Ready, State};
use crate::theme::Weight;
use crate::work::sample::Level;
use egui::{Button, Grid, Label, RichText, ScrollArea, TextEdit, Ui};
use sim_core::metrics::ledger::Account;
use sim_core::unit;

/// Width of a plan's column \[points\].
const WIDTH: f32 = 150.0;

/// Outcomes that are always listed; those of the charts are added.
const LISTED: [&str; 14] = [
    "stations_open",
    "centres_open",
    "station_orders",
    "orders_per_open_station",
    "station_delivery_p50",
    "partner_income_mean",
    "partners_left",
    "buying_share",
    "better_off_share",
    "delivered_village_share",
    "shops",
    "shop_jobs",
    "taobao_villages",
    "poverty_rate",
];

/// Draws the panel.
pub fn ui(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    ui.horizontal_wrapped(|ui| {
        super::status::coming(ui, state);
        if ui.button(say.of("top.keep")).on_hover_text(say.of("top.keep.hint")).clicked() {
            state.keep();
        }
        super::status::unlike(ui, state);
    });
    let mut plans: Vec<Ready> = vec![state.baseline.clone()];
    for ready in std::iter::once(&state.current).chain(&state.kept) {
        if plans.iter().all(|known| known.id() != ready.id()) {
            plans.push(ready.clone());
        }
    }
    if plans.len() == 1 {
        ui.label(RichText::new(say.of("compare.alone")).italics());
    }
    ui.add(Label::new(RichText::new(say.of("compare.note")).weak().small()).wrap());
    let Some(level) = state.level() else {
        return super::empty(ui, say.of("status.first"));
    };
    ScrollArea::both().auto_shrink([false, false]).show(ui, |ui| {
        Grid::new("plans").num_columns(plans.len() + 1).striped(true).spacing([14.0, 6.0]).show(ui, |ui| {
            ui.label("");
            for (number, ready) in plans.iter().enumerate() {
                head(ui, state, number, ready, level);
            }
            ui.end_row();
            for account in [Account::Programme, Account::Platform, Account::Government] {
                spent(ui, state, &plans, account, level);
            }
            for outcome in listed(state) {
                row(ui, state, &plans, outcome, level);
            }
        });
    });
}

/// Outcomes that are always listed, and those of the charts.
fn listed(state: &State) -> Vec<&'static ShownOutcome> {
    let charted = state.view.charts.iter().map(String::as_str);
    let extra = charted.filter(|name| !LISTED.contains(name));
    LISTED.into_iter().chain(extra).filter_map(outcome::named).collect()
}

/// Name, changes and buttons of a plan.
fn head(ui: &mut Ui, state: &mut State, number: usize, ready: &Ready, level: Level) {
    let say = state.say();
    let is_current = ready.id() == state.current.id();
    let role = match (number, is_current) {
        (0, _) => say.of("charts.baseline"),
        (_, true) => say.of("compare.now"),
        _ => say.of("compare.kept"),
    };
    ui.vertical(|ui| {
        ui.set_width(WIDTH);
        ui.label(RichText::new(role).weak().small());
        rename(ui, state, ready);
        let basis = super::status::of_plan(state, ready, level);
        ui.add(Label::new(RichText::new(basis).weak().small()).wrap());
        let unlike = state.unlike(ready);
        if !unlike.is_empty() {
            let note = say.with("unlike.plan", &[&Unlike::list(&unlike, say)]);
            let note = RichText::new(note).small().color(ui.visuals().warn_fg_color);
            ui.add(Label::new(note).wrap());
        }
        for changed in ready.changed.iter().filter(|changed| changed.path.contains('.')).take(6) {
            let text = changed.words(ready, say);
            ui.add(Label::new(RichText::new(text).small()).wrap());
        }
        ui.horizontal_wrapped(|ui| {
            let take = ui.add_enabled(!is_current, Button::new(say.of("compare.take")).small());
            if take.clicked() {
                state.plans.change(ready.plan.clone(), "kept");
                state.plans.close();
            }
            let is_kept = state.kept.iter().any(|kept| kept.id() == ready.id());
            if is_kept && ui.small_button(say.of("compare.drop")).clicked() {
                state.kept.retain(|kept| kept.id() != ready.id());
            }
        });
    });
}

/// The name of a plan, which can be typed over.
fn rename(ui: &mut Ui, state: &mut State, ready: &Ready) {
    let say = state.say();
    let name = state.name(ready);
    let id = ui.scope_id().with(("name", ready.id()));
    let typed = ui.data(|data| data.get_temp::<String>(id));
    let is_typing = typed.is_some();
    let mut text = typed.unwrap_or_else(|| ready.plan.called.clone().unwrap_or_default());
    let field = TextEdit::multiline(&mut text)
        .desired_rows(1)
        .desired_width(WIDTH)
        .return_key(None)
        .font(egui::TextStyle::Button)
        .hint_text(RichText::new(&name).bold());
    let field = ui.add(field);
    let label = format!("{}: {name}", say.of("plan.rename"));
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &label));
    let is_entered = field.has_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    if field.changed() {
        ui.data_mut(|data| data.insert_temp(id, text.clone()));
    }
    if is_typing && (field.lost_focus() || is_entered) {
        ui.data_mut(|data| data.remove::<String>(id));
        state.rename(ready.id(), &text);
        field.surrender_focus();
    }
    field.on_hover_text(say.of("plan.rename.hint"));
}

/// A cell of lines close to each other.
fn cell(ui: &mut Ui, width: f32, lines: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 0.0;
        lines(ui);
    });
}

/// The cell that says what a row is of, and its unit.
fn name(ui: &mut Ui, title: &str, definition: &str, unit: &str) {
    cell(ui, WIDTH + 20.0, |ui| {
        let title = ui.add(Label::new(title).wrap());
        if !definition.is_empty() {
            title.on_hover_text(definition);
        }
        ui.add(Label::new(RichText::new(unit).weak().small()).wrap());
    });
}

/// What an account spent under every plan.
fn spent(ui: &mut Ui, state: &State, plans: &[Ready], account: Account, level: Level) {
    let say = state.say();
    let title = match account {
        Account::Government => say.of("money.government"),
        Account::Platform => say.of("money.platform"),
        _ => say.of("money.programme"),
    };
    let unit = format!("{}{}", say.of("money.million"), say.of("compare.sum"));
    name(ui, title, "", &unit);
    for (number, ready) in plans.iter().enumerate() {
        let Some(spent) = super::money::spent(&state.shown_beside(ready, level), account) else {
            ui.label("…");
            continue;
        };
        cell(ui, WIDTH, |ui| {
            ui.label(say.number(spent[2]));
            let band = [spent[0], spent[4]].map(|end| say.number(end)).join(" – ");
            ui.label(RichText::new(band).weak().small());
            if number > 0 {
                let compared = state.compared(ready, level, |run| super::money::spent_by(run, account));
                super::difference(ui, state, compared.as_ref(), unit!(MillionYuan));
            }
        });
    }
    ui.end_row();
}

/// An outcome of every plan, and its difference to the baseline's.
fn row(ui: &mut Ui, state: &State, plans: &[Ready], outcome: &ShownOutcome, level: Level) {
    let say = state.say();
    name(ui, &outcome.title(say), outcome.definition_in(say), &outcome.whole_unit(say));
    for (number, ready) in plans.iter().enumerate() {
        let shown = state.shown_beside(ready, level);
        let Some(spread) = shown.total(outcome) else {
            let is_missing = !shown.is_empty();
            ui.label(if is_missing { "–" } else { "…" });
            continue;
        };
        cell(ui, WIDTH, |ui| {
            let band = spread.band(say, outcome.unit);
            ui.label(say.amount(spread.at[2], outcome.unit)).on_hover_text(&band);
            ui.label(RichText::new(band).weak().small());
            if number > 0 {
                let compared = state.compared(ready, level, |run| run.total(outcome));
                super::difference(ui, state, compared.as_ref(), outcome.unit);
            }
        });
    }
    ui.end_row();
}
