//! Plans side by side: the baseline, the present plan, and kept ones; what they change, and what comes of it.

use crate::outcome;
use crate::state::{Ready, State};
use egui::{Button, Grid, RichText, ScrollArea, Ui};

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
    ScrollArea::both().auto_shrink([false, false]).show(ui, |ui| {
        heads(ui, state, &plans);
        ui.separator();
        figures(ui, state, &plans);
    });
}

/// Name, changes and buttons of each plan.
fn heads(ui: &mut Ui, state: &mut State, plans: &[Ready]) {
    let say = state.say();
    Grid::new("plans")
        .num_columns(plans.len())
        .min_col_width(190.0)
        .spacing([12.0, 4.0])
        .show(ui, |ui| {
            for (number, ready) in plans.iter().enumerate() {
                ui.vertical(|ui| {
                    ui.set_width(190.0);
                    let is_current = ready.id() == state.current.id();
                    let role = match (number, is_current) {
                        (0, _) => say.of("charts.baseline"),
                        (_, true) => say.of("compare.now"),
                        _ => say.of("compare.kept"),
                    };
                    ui.label(RichText::new(role).weak().small());
                    ui.strong(ready.plan.name());
                    for edit in ready.plan.edits.iter().take(8) {
                        let value: String = edit.value.chars().take(24).collect();
                        let text = format!("{} = {value}", edit.path);
                        ui.add(egui::Label::new(RichText::new(text).small().monospace()).truncate());
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
            ui.end_row();
        });
}

fn figures(ui: &mut Ui, state: &State, plans: &[Ready]) {
    let say = state.say();
    let Some(level) = state.level() else {
        return super::empty(ui, say.of("status.first"));
    };
    let extra = state
        .view
        .charts
        .iter()
        .map(String::as_str)
        .filter(|name| !LISTED.contains(name));
    let names: Vec<&str> = LISTED.into_iter().chain(extra).collect();
    Grid::new("figures")
        .num_columns(plans.len() + 1)
        .striped(true)
        .min_col_width(150.0)
        .show(ui, |ui| {
            ui.label("");
            for ready in plans {
                ui.strong(ready.plan.name());
            }
            ui.end_row();
            for name in names {
                let Some(outcome) = outcome::named(name) else {
                    continue;
                };
                ui.label(format!("{} [{}]", outcome.title(say), say.unit(outcome.unit)))
                    .on_hover_text(outcome.definition);
                let of = |ready: &Ready| state.shown(ready.id(), level).total(outcome);
                let base = plans.first().and_then(of);
                for (number, ready) in plans.iter().enumerate() {
                    let Some(spread) = of(ready) else {
                        ui.label("…");
                        continue;
                    };
                    let difference = match (number, base) {
                        (1.., Some(base)) => format!("  {}", say.signed(spread.at[2] - base.at[2])),
                        _ => String::new(),
                    };
                    let band = format!("{} – {}", say.number(spread.at[0]), say.number(spread.at[4]));
                    ui.label(format!("{}{difference}", say.number(spread.at[2])))
                        .on_hover_text(band);
                }
                ui.end_row();
            }
        });
    ui.label(RichText::new(say.of("compare.note")).weak().small());
}
