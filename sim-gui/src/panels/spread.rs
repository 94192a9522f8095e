//! Distributions: quantiles of what the model keeps of people, parcels and shops, and counties by any
//! outcome.

use crate::clock::months;
use crate::draw::chart::{Chart, Curve};
use crate::map::layer::county_values;
use crate::outcome;
use crate::run::Run;
use crate::state::State;
use crate::theme::Weight;
use crate::work::frame::Frame;
use crate::work::store::Spread;
use egui::{Align2, ComboBox, FontId, Rect, RichText, ScrollArea, Sense, Stroke, Ui, pos2, vec2};
use sim_core::base::{Quantity, Unit};
use sim_core::event::Distribution;
use sim_core::unit;

/// Names of the distributions that are kept, as keys of texts, with their units.
const KEPT: [(Distribution, &str, Unit); 6] = [
    (Distribution::StationDelivery, "spread.station_delivery", unit!(Days)),
    (Distribution::SelfServiceDelivery, "spread.self_service_delivery", unit!(Days)),
    (Distribution::PartnerIncome, "spread.partner_income", unit!(Yuan / Month)),
    (Distribution::HouseholdIncome, "spread.household_income", unit!(Yuan / Person / Year)),
    (Distribution::CostOfLiving, "spread.cost_of_living", unit!(Share)),
    (Distribution::ShopSales, "spread.shop_sales", unit!(Yuan / Month)),
];

/// The panel's own state: the outcome whose counties are counted.
pub struct SpreadPanel {
    outcome: String,
}

impl Default for SpreadPanel {
    fn default() -> SpreadPanel {
        SpreadPanel { outcome: "orders_per_open_station".to_owned() }
    }
}

impl SpreadPanel {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, state: &mut State) {
        let say = state.say();
        ui.label(RichText::new(say.of("spread.note")).weak().small());
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            self.counties(ui, state);
            ui.separator();
            for row in KEPT.chunks(2) {
                ui.columns(2, |uis| {
                    for (ui, (distribution, key, unit)) in uis.iter_mut().zip(row) {
                        let title = format!("{} [{}]", say.find(key).unwrap_or(key), say.unit(*unit));
                        quantiles(ui, state, (*distribution, *unit), &title);
                    }
                });
            }
        });
    }

    fn counties(&mut self, ui: &mut Ui, state: &State) {
        let say = state.say();
        ui.horizontal_wrapped(|ui| {
            ui.label(say.of("spread.counties"));
            let title = outcome::named(&self.outcome).map_or_else(String::new, |outcome| outcome.title(say));
            let combo =
                ComboBox::from_id_salt("spread").selected_text(title).width(220.0).show_ui(ui, |ui| {
                    for outcome in outcome::of_counties() {
                        let name = outcome.name.to_owned();
                        ui.selectable_value(&mut self.outcome, name, outcome.title(say))
                            .on_hover_text(outcome.definition_in(say));
                    }
                });
            let unit =
                outcome::named(&self.outcome).map_or_else(String::new, |outcome| outcome.monthly_unit(say));
            ui.label(RichText::new(unit).weak().small());
            let name = say.of("spread.counties");
            combo.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
        });
        let run = state.run_of(state.current.id()).or(state.shown_run().map(|(run, _)| run));
        match run {
            Some(run) => {
                histogram(ui, state, run, state.recorded_baseline().map(|run| &**run), &self.outcome)
            }
            None => super::empty(ui, say.of("map.making")),
        }
    }
}

/// Counties by an outcome at the time that is looked at: bars now, an outline before.
fn histogram(ui: &mut Ui, state: &State, run: &Run, before: Option<&Run>, name: &str) {
    const BINS: usize = 30;
    let say = state.say();
    let palette = state.palette();
    let Some(outcome) = outcome::named(name) else {
        return;
    };
    let values = |frame: &Frame| -> Vec<f32> {
        county_values(outcome, frame).into_iter().filter(|value| value.is_finite()).collect()
    };
    let frame = run.frame_at(state.clock.now).and_then(|at| run.frames.get(at));
    let now = frame.map(|frame| values(frame)).unwrap_or_default();
    let before = before.filter(|before| before.plan != run.plan);
    let same = before.zip(frame).and_then(|(before, frame)| before.frames.get(before.frame_beside(frame)?));
    let then = same.map(|frame| values(frame)).unwrap_or_default();
    // Until the baseline is recorded as far, there is no outline: that of another month would look like one.
    let key = match (before, same) {
        (Some(_), None) => "spread.counties.wait",
        (Some(_), Some(_)) => "spread.counties.both",
        _ => "spread.counties.alone",
    };
    ui.label(RichText::new(say.find(key).unwrap_or_default()).weak().small());
    let (low, high) = now
        .iter()
        .chain(&then)
        .fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), &value| (low.min(value), high.max(value)));
    if now.is_empty() {
        ui.label(say.of("spread.none"));
        return;
    }
    if low >= high {
        let text =
            say.with("spread.flat", &[&now.len().to_string(), &say.amount(f64::from(low), outcome.unit)]);
        ui.label(text);
        return;
    }
    let count = |values: &[f32]| {
        let mut bins = [0usize; BINS];
        for value in values {
            let at = (value - low) / (high - low) * BINS as f32;
            bins[(at as usize).min(BINS - 1)] += 1;
        }
        bins
    };
    let (bins, ghost) = (count(&now), count(&then));
    let most = bins.iter().chain(&ghost).copied().max().unwrap_or(1).max(1) as f32;
    let (response, painter) = ui.allocate_painter(vec2(ui.available_width(), 150.0), Sense::hover());
    let plot = Rect::from_min_max(response.rect.min + vec2(34.0, 6.0), response.rect.max - vec2(10.0, 20.0));
    painter.rect_filled(response.rect, 3.0, palette.ground);
    let width = plot.width() / BINS as f32;
    let column = |bin: usize, count: usize| {
        let left = plot.left() + width * bin as f32;
        let top = plot.bottom() - plot.height() * count as f32 / most;
        Rect::from_min_max(pos2(left, top), pos2(left + width - 1.0, plot.bottom()))
    };
    for bin in 0..BINS {
        painter.rect_filled(column(bin, bins[bin]), 0.0, palette.series[0].gamma_multiply(0.75));
        if ghost[bin] > 0 {
            painter.rect_stroke(
                column(bin, ghost[bin]),
                0.0,
                Stroke::new(1.5, palette.ghost),
                egui::StrokeKind::Inside,
            );
        }
    }
    let font = FontId::proportional(11.0);
    for value in crate::draw::axis::ticks(f64::from(low), f64::from(high), 6) {
        let share = ((value - f64::from(low)) / f64::from(high - low)) as f32;
        let text = say.mark(value, outcome.unit);
        let galley = painter.layout_no_wrap(text, font.clone(), palette.faint);
        let left = plot.left() + plot.width() * share - galley.size().x / 2.0;
        let left = left.clamp(response.rect.left(), response.rect.right() - galley.size().x);
        painter.galley(pos2(left, plot.bottom() + 3.0), galley, palette.faint);
    }
    painter.text(
        plot.left_top() - vec2(4.0, 0.0),
        Align2::RIGHT_TOP,
        say.tick(f64::from(most)),
        font,
        palette.faint,
    );
    if let Some(pointer) = response.hover_pos().filter(|pointer| plot.contains(*pointer)) {
        let bin = (((pointer.x - plot.left()) / width) as usize).min(BINS - 1);
        let edge = |bin: usize| {
            let value = low + (high - low) * bin as f32 / BINS as f32;
            say.amount(f64::from(value), outcome.unit)
        };
        let values = [edge(bin), edge(bin + 1), bins[bin].to_string(), ghost[bin].to_string()];
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let text = state.say().with("spread.bin", &values);
        response.on_hover_text_at_pointer(text);
    }
}

/// The 10th, 50th and 90th percentile over time, with the mean of the baseline as a ghost.
fn quantiles(ui: &mut Ui, state: &State, (distribution, unit): (Distribution, Unit), title: &str) {
    let palette = state.palette();
    let level = state.level();
    let scenario = &state.current.prepared.scenario;
    ui.label(RichText::new(title).bold().small());
    let Some(level) = level else { return };
    // Delivery is kept in hours and told in days, as everywhere else.
    let hours = if unit.quantity == Quantity::Days { 24.0 } else { 1.0 };
    let points = |plan: u128| -> Vec<Spread> {
        let shown = state.shown(plan, level);
        let Some(first) = shown.runs.first() else {
            return Vec::new();
        };
        first
            .months
            .iter()
            .enumerate()
            .filter_map(|(at, month)| {
                let mean = |of: fn(&sim_core::metrics::spread::Spread) -> f32| {
                    let values = shown.runs.iter().filter_map(|run| run.months.get(at));
                    let values: Vec<f64> = values
                        .map(|month| f64::from(of(month.spread(distribution))) / hours)
                        .filter(|value| value.is_finite())
                        .collect();
                    values.iter().sum::<f64>() / values.len().max(1) as f64
                };
                let counted = month.spread(distribution).count > 0;
                let (low, middle, high) = (mean(|s| s.p10), mean(|s| s.p50), mean(|s| s.p90));
                counted.then_some(Spread { month: month.month, at: [low, low, middle, high, high] })
            })
            .collect()
    };
    let curve = |plan, colour, dash, has_band| Curve {
        plan,
        runs: 0,
        villages: (0, 0),
        is_drawn: true,
        name: String::new(),
        points: points(plan),
        colour,
        width: palette.line,
        dash,
        has_band,
    };
    let mut curves = Vec::new();
    if state.is_compared() {
        curves.push(curve(state.baseline.id(), palette.ghost, 5.0, false));
    }
    curves.push(curve(state.current.id(), palette.series[0], 0.0, true));
    let chart = Chart {
        curves,
        facts: Vec::new(),
        months: (months(scenario.start_time()), months(scenario.end_time())),
        cursor: Some(state.clock.now),
        branch: None,
        text: 11.0,
        unit,
        say: state.say(),
    };
    let (response, painter) = ui.allocate_painter(vec2(ui.available_width(), 130.0), Sense::hover());
    painter.rect_filled(response.rect, 3.0, palette.ground);
    chart.draw(response.rect, &palette).paint(&painter);
    if let Some(pointer) = response.hover_pos() {
        let month = chart.frame(response.rect).month(pointer.x);
        response.on_hover_text_at_pointer(chart.readout(month, state.say().of("spread.quantiles")));
    }
}
