//! Plans side by side: the baseline, the present plan, and kept ones; what they change, and what comes of it.

use crate::lever;
use crate::outcome::{self, Outcome};
use crate::state::{Ready, State};
use crate::theme::Weight;
use crate::work::sample::Level;
use egui::{Button, Grid, Label, RichText, ScrollArea, Ui};
use sim_core::metrics::ledger::Account;

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
    "gaining_share",
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
        super::status::sample(ui, state);
        if ui
            .button(say.of("top.keep"))
            .on_hover_text(say.of("top.keep.hint"))
            .clicked()
        {
            state.keep();
        }
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
        Grid::new("plans")
            .num_columns(plans.len() + 1)
            .striped(true)
            .spacing([14.0, 6.0])
            .show(ui, |ui| {
                ui.label("");
                for (number, ready) in plans.iter().enumerate() {
                    head(ui, state, number, ready);
                }
                ui.end_row();
                for account in [Account::Programme, Account::Government] {
                    spent(ui, state, &plans, account, level);
                }
                for outcome in listed(state) {
                    row(ui, state, &plans, outcome, level);
                }
            });
    });
}

/// Outcomes that are always listed, and those of the charts.
fn listed(state: &State) -> Vec<&'static Outcome> {
    let charted = state.view.charts.iter().map(String::as_str);
    let extra = charted.filter(|name| !LISTED.contains(name));
    LISTED
        .into_iter()
        .chain(extra)
        .filter_map(outcome::named)
        .collect()
}

/// Name, changes and buttons of a plan.
fn head(ui: &mut Ui, state: &mut State, number: usize, ready: &Ready) {
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
        ui.label(RichText::new(ready.plan.title(say)).bold());
        for edit in ready
            .plan
            .edits
            .iter()
            .filter(|edit| edit.path.contains('.'))
            .take(6)
        {
            let (name, value) = match lever::find(&edit.path) {
                Some(lever) => (lever.title(say.0), say.choice(&edit.value)),
                None => (edit.path.as_str(), edit.value.clone()),
            };
            let value: String = value.chars().take(24).collect();
            ui.add(Label::new(RichText::new(format!("{name}: {value}")).small()).wrap());
        }
        ui.horizontal(|ui| {
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
        _ => say.of("money.programme"),
    };
    let unit = format!("{}{}", say.of("money.million"), say.of("compare.sum"));
    name(ui, title, "", &unit);
    let of = |ready: &Ready| super::money::spent(&state.shown(ready.id(), level), account);
    for (number, ready) in plans.iter().enumerate() {
        if state.shown(ready.id(), level).is_empty() {
            ui.label("…");
            continue;
        }
        cell(ui, WIDTH, |ui| {
            ui.label(say.number(of(ready)));
            if number > 0 {
                super::difference(ui, state, of(ready) - of(&plans[0]), None, "million yuan");
            }
        });
    }
    ui.end_row();
}

/// An outcome of every plan, and its difference to the baseline's.
fn row(ui: &mut Ui, state: &State, plans: &[Ready], outcome: &Outcome, level: Level) {
    let say = state.say();
    name(
        ui,
        &outcome.title(say),
        outcome.told(say),
        &outcome.whole_unit(say),
    );
    let of = |ready: &Ready| state.shown(ready.id(), level).total(outcome);
    let base = plans.first().and_then(of);
    for (number, ready) in plans.iter().enumerate() {
        let Some(spread) = of(ready) else {
            ui.label("…");
            continue;
        };
        cell(ui, WIDTH, |ui| {
            let band = spread.band(say, outcome.unit);
            ui.label(say.amount(spread.at[2], outcome.unit))
                .on_hover_text(&band);
            ui.label(RichText::new(band).weak().small());
            if let (1.., Some(base)) = (number, base) {
                let first = state.shown(plans[0].id(), level);
                let luck = state
                    .shown(ready.id(), level)
                    .less(&first, |run| run.total(outcome));
                super::difference(ui, state, spread.at[2] - base.at[2], luck.as_ref(), outcome.unit);
            }
        });
    }
    ui.end_row();
}
