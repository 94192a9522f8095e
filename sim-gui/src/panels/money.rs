//! Money: what the programme and government spent, on what, beside the baseline; and what it bought.

use crate::number::quantile;
use crate::outcome::{self, Outcome};
use crate::state::State;
use crate::text::Say;
use crate::work::preview::Record;
use crate::work::store::Shown;
use egui::{Grid, RichText, ScrollArea, Ui};
use sim_core::metrics::ledger::{Account, Item};
use std::sync::Arc;

/// Draws the panel.
pub fn ui(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    ui.horizontal_wrapped(|ui| super::status::sample(ui, state));
    let Some(level) = state.level() else {
        return super::empty(ui, say.of("status.first"));
    };
    let now = state.shown(state.current.id(), level);
    let before = state.shown(state.baseline.id(), level);
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        for (account, title) in [
            (Account::Programme, say.of("money.programme")),
            (Account::Government, say.of("money.government")),
        ] {
            spending(ui, state, account, title, &now, &before);
        }
        bought(ui, state, &now, &before);
    });
}

/// The mean over runs of what an item came to, in million yuan of the whole.
fn paid(shown: &Shown, item: Item) -> f64 {
    let runs = shown.runs.len().max(1) as f64;
    let of_run = |run: &Record| {
        let fen: i128 = run.ledger.iter().map(|month| month.totals.item(item)).sum();
        fen as f64 * run.places / 1e8
    };
    shown.runs.iter().map(|run| of_run(run)).sum::<f64>() / runs
}

/// What an account spent in all, in million yuan; without what it gives back.
pub fn spent(shown: &Shown, account: Account) -> f64 {
    let items = Item::ALL.into_iter();
    items
        .filter(|item| {
            item.from() == account && *item != Item::TrancheReturned && *item != Item::SocialTransfers
        })
        .map(|item| paid(shown, item))
        .sum()
}

/// The middle of what the runs spent from an account, and where nine tenths of them lie, in million yuan.
pub fn spread(shown: &Shown, account: Account) -> Option<[f64; 3]> {
    let of = |run: &Arc<Record>| {
        let runs = vec![run.clone()];
        spent(&Shown { runs }, account)
    };
    let mut sums: Vec<f64> = shown.runs.iter().map(of).collect();
    sums.sort_by(f64::total_cmp);
    let at = [0.05, 0.5, 0.95].map(|share| quantile(&sums, share));
    (!sums.is_empty()).then_some(at)
}

/// What an account paid for, the largest first, in million yuan: under the plan, and under the baseline.
pub fn items(account: Account, now: &Shown, before: &Shown) -> Vec<(Item, f64, f64)> {
    let own = |item: &Item| {
        item.from() == account && *item != Item::TrancheReturned && *item != Item::SocialTransfers
    };
    let mut items: Vec<(Item, f64, f64)> = Item::ALL
        .into_iter()
        .filter(own)
        .map(|item| (item, paid(now, item), paid(before, item)))
        .filter(|(_, now, before)| *now > 0.0 || *before > 0.0)
        .collect();
    items.sort_by(|a, b| b.1.total_cmp(&a.1));
    items
}

fn spending(ui: &mut Ui, state: &State, account: Account, title: &str, now: &Shown, before: &Shown) {
    let say = state.say();
    let items = items(account, now, before);
    ui.add_space(6.0);
    ui.heading(title);
    if items.is_empty() {
        ui.label(say.of("money.nothing"));
        return;
    }
    let total = (
        items.iter().map(|item| item.1).sum::<f64>(),
        items.iter().map(|item| item.2).sum::<f64>(),
    );
    let palette = state.palette();
    Grid::new(title)
        .num_columns(5)
        .striped(true)
        .spacing([14.0, 3.0])
        .show(ui, |ui| {
            ui.label(RichText::new(say.of("money.item")).weak().small());
            super::cell(ui, RichText::new(say.of("money.million")).weak().small());
            ui.label(RichText::new(say.of("money.share")).weak().small());
            super::cell(ui, RichText::new(say.of("money.before")).weak().small());
            super::cell(ui, RichText::new(say.of("money.change")).weak().small());
            ui.end_row();
            let whole = (say.of("money.all").to_owned(), total.0, total.1, String::new());
            let rows = items
                .iter()
                .map(|(item, now, before)| (say.item(*item), *now, *before, say.payment(*item).to_owned()));
            for (name, now, before, hint) in rows.chain([whole]) {
                ui.label(name).on_hover_text(hint);
                super::cell(ui, say.number(now));
                let share = if total.0 > 0.0 { now / total.0 } else { 0.0 };
                bar(ui, share as f32, palette.series[0]);
                super::cell(ui, say.number(before));
                super::cell(ui, say.signed(now - before));
                ui.end_row();
            }
        });
}

fn bar(ui: &mut Ui, share: f32, colour: egui::Color32) {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(110.0, 13.0), egui::Sense::hover());
    let width = rect.width() * share.clamp(0.0, 1.0);
    let filled = egui::Rect::from_min_size(rect.min, egui::vec2(width, rect.height()));
    ui.painter().rect_filled(filled, 1.0, colour);
    response.on_hover_text(format!("{:.0} %", 100.0 * share));
}

/// A result, and what it cost.
pub struct Bought {
    /// The result.
    pub outcome: &'static Outcome,
    /// How much of it, in its own unit.
    pub value: f64,
    /// How much more than under the baseline.
    pub more: f64,
    /// What was spent for each of it \[yuan\].
    pub each: f64,
    /// What each one more cost, or each one less saved, in words.
    pub against: String,
}

/// Results that money is held against.
const RESULTS: [&str; 6] = [
    "stations_open",
    "station_orders",
    "households_gaining",
    "shop_jobs",
    "taobao_villages",
    "migrants_returned",
];

/// What the money of programme and government bought, in all and in comparison with the baseline.
pub fn results(say: Say, now: &Shown, before: &Shown) -> Vec<Bought> {
    let sums = |shown: &Shown| spent(shown, Account::Programme) + spent(shown, Account::Government);
    let (spent_now, spent_before) = (sums(now), sums(before));
    let of = |outcome: &'static Outcome| {
        let total = |shown: &Shown| shown.total(outcome).map_or(f64::NAN, |spread| spread.at[2]);
        let value = total(now);
        let more = value - total(before);
        Bought {
            outcome,
            value,
            more,
            each: spent_now * 1e6 / value,
            against: against(say, more, (spent_now - spent_before) * 1e6),
        }
    };
    RESULTS.into_iter().filter_map(outcome::named).map(of).collect()
}

/// What one more of a result cost against the baseline, in yuan, or what one less saved.
fn against(say: Say, more: f64, more_money: f64) -> String {
    if !more.is_finite() || more.abs() <= 1e-9 || more_money.abs() <= 1e-9 {
        return "–".to_owned();
    }
    let each = say.number((more_money / more).abs());
    match (more > 0.0, more_money > 0.0) {
        (true, true) => say.with("money.both_more", &[&each]),
        (false, false) => say.with("money.both_less", &[&each]),
        (true, false) => say.of("money.better").to_owned(),
        (false, true) => say.of("money.worse").to_owned(),
    }
}

/// What the money bought.
fn bought(ui: &mut Ui, state: &State, now: &Shown, before: &Shown) {
    let say = state.say();
    ui.add_space(10.0);
    ui.heading(say.of("money.bought"));
    Grid::new("bought")
        .num_columns(5)
        .striped(true)
        .spacing([14.0, 3.0])
        .show(ui, |ui| {
            ui.label(RichText::new(say.of("money.result")).weak().small());
            for head in [
                say.of("money.now"),
                say.of("money.change"),
                say.of("money.each"),
                say.of("money.each_more"),
            ] {
                super::cell(ui, RichText::new(head).weak().small());
            }
            ui.end_row();
            for result in results(say, now, before) {
                let outcome = result.outcome;
                ui.label(outcome.title(say)).on_hover_text(outcome.told(say));
                super::cell(ui, say.number(result.value));
                super::cell(ui, say.signed(result.more));
                super::cell(ui, say.number(result.each));
                super::cell(ui, result.against);
                ui.end_row();
            }
        });
    ui.label(RichText::new(say.of("money.note")).weak().small());
}
