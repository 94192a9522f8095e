//! Money: what programme, platform and government spent, on what, beside the baseline; and what it bought.

use crate::comparison::{Comparison, Verdict};
use crate::outcome::{self, ShownOutcome};
use crate::state::State;
use crate::text::Say;
use crate::work::preview::Record;
use crate::work::sample::Level;
use crate::work::store::Shown;
use egui::{Grid, RichText, ScrollArea, Ui};
use sim_core::base::Unit;
use sim_core::metrics::ledger::{Account, Item, Payer};
use sim_core::unit;

/// Draws the panel.
pub fn ui(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    ui.horizontal_wrapped(|ui| {
        super::status::sample(ui, state);
        super::status::unlike(ui, state);
    });
    let Some(level) = state.level() else {
        return super::empty(ui, say.of("status.first"));
    };
    let (now, before) = compared(state, level);
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        for (account, title) in [
            (Account::Programme, say.of("money.programme")),
            (Account::Platform, say.of("money.platform")),
            (Account::Government, say.of("money.government")),
        ] {
            spending(ui, state, account, title, &now, &before);
        }
        bought(ui, state, &now, &before);
    });
}

/// The runs of the present plan, and those of the baseline that they are compared with: none if the two are
/// not alike.
pub fn compared(state: &State, level: Level) -> (Shown, Shown) {
    let before = match state.is_compared() {
        true => state.shown(state.baseline.id(), level),
        false => Shown::default(),
    };
    (state.shown(state.current.id(), level), before)
}

/// What an item came to in a run, in million yuan of the whole.
fn paid(run: &Record, item: Item) -> f64 {
    let fen: i128 = run.ledger.iter().map(|month| month.totals.item(item)).sum();
    fen as f64 * run.places / 1e8
}

/// The items that are an account's spending on a plan, by the ledger's definition.
fn own(account: Account) -> impl Iterator<Item = Item> {
    let payer = Payer::of(account);
    let items = Item::ALL.into_iter();
    items.filter(move |&item| payer.is_some_and(|payer| payer.spends(item)))
}

/// What programme, platform and government spent in a run together, in million yuan.
fn spent_together(run: &Record) -> f64 {
    let items = Item::ALL.into_iter();
    items.filter(|&item| Payer::Together.spends(item)).map(|item| paid(run, item)).sum()
}

/// What an account spent in a run in all, in million yuan; without what it gives back.
pub fn spent_by(run: &Record, account: Account) -> f64 {
    own(account).map(|item| paid(run, item)).sum()
}

/// The middle of what the runs spent from an account, and the ends of its bands, in million yuan; none
/// without a run.
pub fn spent(shown: &Shown, account: Account) -> Option<[f64; 5]> {
    shown.middle(|run| spent_by(run, account))
}

/// What was paid for something, in million yuan.
pub struct Paid {
    /// For what; for everything, if for nothing.
    pub item: Option<Item>,
    /// Under the plan: the middle of the runs.
    pub now: f64,
    /// Under the baseline; none if it has no run to compare.
    pub before: Option<f64>,
    /// The difference, run by run.
    pub change: Option<Comparison>,
}

/// What an account paid for, the largest first, and last what it paid in all; nothing if it paid nothing.
pub fn items(account: Account, now: &Shown, before: &Shown) -> Vec<Paid> {
    let row = |item: Option<Item>| {
        let figure = |run: &Record| match item {
            Some(item) => paid(run, item),
            None => spent_by(run, account),
        };
        let middle = |shown: &Shown| shown.middle(figure).map(|at| at[2]);
        Paid {
            item,
            now: middle(now).unwrap_or(f64::NAN),
            before: middle(before),
            change: now.compared(before, figure),
        }
    };
    let is_paid = |paid: &Paid| paid.now > 0.0 || paid.before.is_some_and(|before| before > 0.0);
    let mut rows: Vec<Paid> = own(account).map(|item| row(Some(item))).filter(is_paid).collect();
    rows.sort_by(|a, b| b.now.total_cmp(&a.now));
    if !rows.is_empty() {
        rows.push(row(None));
    }
    rows
}

impl Paid {
    /// What it was for.
    pub fn title(&self, say: Say) -> String {
        match self.item {
            Some(item) => say.item(item),
            None => say.of("money.all").to_owned(),
        }
    }
}

/// A number; a dash if there is none.
fn number(say: Say, value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| say.number(value))
}

fn spending(ui: &mut Ui, state: &State, account: Account, title: &str, now: &Shown, before: &Shown) {
    let say = state.say();
    let rows = items(account, now, before);
    ui.add_space(6.0);
    ui.heading(title);
    let Some(total) = rows.last().map(|row| row.now) else {
        ui.label(say.of("money.nothing"));
        return;
    };
    let palette = state.palette();
    Grid::new(title).num_columns(5).striped(true).spacing([14.0, 3.0]).show(ui, |ui| {
        ui.label(RichText::new(say.of("money.item")).weak().small());
        super::cell(ui, RichText::new(say.of("money.million")).weak().small());
        ui.label(RichText::new(say.of("money.share")).weak().small());
        super::cell(ui, RichText::new(say.of("money.before")).weak().small());
        super::cell(ui, RichText::new(say.of("money.change")).weak().small());
        ui.end_row();
        for row in &rows {
            let hint = row.item.map_or("", |item| say.payment(item));
            ui.label(row.title(say)).on_hover_text(hint);
            super::cell(ui, say.number(row.now));
            let share = if total > 0.0 { row.now / total } else { 0.0 };
            bar(ui, share as f32, palette.series[0]);
            super::cell(ui, number(say, row.before));
            change(ui, state, row.change.as_ref(), unit!(MillionYuan));
            ui.end_row();
        }
    });
}

/// A difference in a grid.
fn change(ui: &mut Ui, state: &State, compared: Option<&Comparison>, unit: Unit) {
    super::at_right(ui, |ui| super::difference(ui, state, compared, unit));
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
    pub outcome: &'static ShownOutcome,
    /// How much of it, in its own unit: the middle of the runs.
    pub value: f64,
    /// How much more than under the baseline, run by run.
    pub more: Option<Comparison>,
    /// What was spent for each of it \[yuan\]: the middle of the runs.
    pub each: f64,
    /// What each one more cost, or each one less saved, in words.
    pub against: String,
}

/// Results that money is held against.
const RESULTS: [&str; 6] = [
    "stations_open",
    "station_orders",
    "households_better_off",
    "shop_jobs",
    "taobao_villages",
    "migrants_returned",
];

/// What the money of programme, platform and government bought, in all and in comparison with the baseline.
pub fn results(say: Say, now: &Shown, before: &Shown) -> Vec<Bought> {
    let money = |run: &Record| spent_together(run);
    let more_money = now.compared(before, money);
    let of = |outcome: &'static ShownOutcome| {
        let middle = |figure: &dyn Fn(&Record) -> f64| now.middle(figure).map_or(f64::NAN, |at| at[2]);
        let more = now.compared(before, |run| run.total(outcome));
        Bought {
            outcome,
            value: middle(&|run| run.total(outcome)),
            each: each(now, outcome),
            against: against(say, more.as_ref(), more_money.as_ref()),
            more,
        }
    };
    RESULTS.into_iter().filter_map(outcome::named).map(of).collect()
}

/// What was spent for each of a result \[yuan\]: the middle of the runs. Where half of them have none of it,
/// it has no price; those of the others alone would be of another set of runs than the result beside it.
fn each(now: &Shown, outcome: &ShownOutcome) -> f64 {
    let value = |run: &Record| run.total(outcome);
    match now.middle(value).is_some_and(|at| at[2] > 0.0) {
        // A run that has none of it paid without end for each.
        true => now.middle_with(|run| match value(run) {
            count if count > 0.0 => spent_together(run) * 1e6 / count,
            0.0 => f64::INFINITY,
            _ => f64::NAN,
        }),
        false => f64::NAN,
    }
}

/// What one more of a result cost against the baseline, in yuan, or what one less saved: only where both the
/// result and the money changed by more than chance, for a quotient of two chances means nothing.
fn against(say: Say, more: Option<&Comparison>, money: Option<&Comparison>) -> String {
    let (Some(more), Some(money)) = (more, money) else {
        return "–".to_owned();
    };
    let each = say.number((money.middle() * 1e6 / more.middle()).abs());
    match (more.verdict(), money.verdict()) {
        (Verdict::WithinChance, _) | (_, Verdict::WithinChance) => say.of("money.chance").to_owned(),
        (Verdict::More, Verdict::More) => say.with("money.both_more", &[&each]),
        (Verdict::Less, Verdict::Less) => say.with("money.both_less", &[&each]),
        (Verdict::More, Verdict::Less) => say.of("money.better").to_owned(),
        (Verdict::Less, Verdict::More) => say.of("money.worse").to_owned(),
    }
}

/// What the money bought.
fn bought(ui: &mut Ui, state: &State, now: &Shown, before: &Shown) {
    let say = state.say();
    ui.add_space(10.0);
    ui.heading(say.of("money.bought"));
    Grid::new("bought").num_columns(5).striped(true).spacing([14.0, 3.0]).show(ui, |ui| {
        ui.label(RichText::new(say.of("money.result")).weak().small());
        for head in
            [say.of("money.now"), say.of("money.change"), say.of("money.each"), say.of("money.each_more")]
        {
            super::cell(ui, RichText::new(head).weak().small());
        }
        ui.end_row();
        for result in results(say, now, before) {
            let outcome = result.outcome;
            ui.label(outcome.title(say)).on_hover_text(outcome.definition_in(say));
            super::cell(ui, say.amount(result.value, outcome.unit));
            change(ui, state, result.more.as_ref(), outcome.unit);
            super::cell(ui, say.number(result.each));
            super::cell(ui, result.against);
            ui.end_row();
        }
    });
    ui.label(RichText::new(say.of("money.note")).weak().small());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;
    use crate::work::preview::{Holds, Key};
    use std::sync::Arc;

    fn shown(seeds: std::ops::Range<u32>) -> Shown {
        let record = |seed| Record {
            key: Key { plan: 1, level: Level::Preview, holds: Holds::Luck, seed },
            months: Vec::new(),
            ledger: Vec::new(),
            places: 1.0,
            villages: 1,
            households: 1.0,
        };
        Shown { runs: seeds.map(|seed| Arc::new(record(seed))).collect() }
    }

    #[test]
    fn against_no_run_there_is_no_change() {
        let row = |now: &Shown, before: &Shown| {
            let compared = now.compared(before, |_| 351.0);
            (before.middle(|_| 351.0), compared.map(|compared| compared.middle()))
        };
        // "351, +351" against an empty set of runs was the difference to nothing.
        assert_eq!(row(&shown(0..8), &shown(0..0)), (None, None));
        assert_eq!(row(&shown(0..3), &shown(4..8)).1, None);
        assert_eq!(row(&shown(0..8), &shown(0..8)).1, Some(0.0));
        assert_eq!(spent(&shown(0..0), Account::Programme), None);
        let say = Say::in_language(Language::English);
        for result in results(say, &shown(0..8), &shown(0..0)) {
            assert_eq!((result.more, result.against.as_str()), (None, "–"));
        }
    }

    /// A run with so many Taobao villages, for which so many million yuan were spent.
    fn boom(seed: u32, villages: i64) -> Arc<Record> {
        use sim_core::event::{Distribution, Measure};
        use sim_core::metrics::area::AreaMonth;
        let mut values = vec![0; Measure::COUNT];
        values[Measure::TaobaoVillages.at()] = villages;
        let month = AreaMonth {
            month: sim_core::base::Month(180),
            days: 31,
            values,
            spreads: [Default::default(); Distribution::ALL.len()],
            gini: f32::NAN,
        };
        let mut run = Record::clone(&shown(seed..seed + 1).runs[0]);
        run.months.push(month);
        Arc::new(run)
    }

    #[test]
    fn what_most_runs_have_none_of_has_no_price() {
        let taobao = outcome::named("taobao_villages").unwrap();
        let of = |counts: &[i64]| {
            let runs = (0..).zip(counts).map(|(seed, &count)| boom(seed, count));
            each(&Shown { runs: runs.collect() }, taobao)
        };
        assert!(of(&[0, 0, 0, 0, 2]).is_nan() && of(&[]).is_nan());
        assert_eq!((of(&[0, 3, 3]), of(&[3, 3])), (0.0, 0.0));
    }

    #[test]
    fn a_price_of_more_is_told_only_where_both_changed_by_more_than_chance() {
        let say = Say::in_language(Language::English);
        let of = |difference: f64, count: u32| {
            let now: Vec<(u32, f64)> = (0..count).map(|seed| (seed, difference)).collect();
            let before: Vec<(u32, f64)> = now.iter().map(|&(seed, _)| (seed, 0.0)).collect();
            Comparison::of(&now, &before)
        };
        let message =
            |more: Option<Comparison>, money: Option<Comparison>| against(say, more.as_ref(), money.as_ref());
        assert_eq!(message(of(2.0, 8), of(3.0, 8)), "1.50 million each more");
        assert_eq!(message(of(-2.0, 8), of(-3.0, 8)), "1.50 million saved each less");
        assert_eq!(message(of(2.0, 8), of(-3.0, 8)), "more for less");
        assert_eq!(message(of(2.0, 7), of(3.0, 7)), "≈");
        assert_eq!(message(of(0.0, 8), of(3.0, 8)), "≈");
        assert_eq!(message(None, of(3.0, 8)), "–");
    }
}
