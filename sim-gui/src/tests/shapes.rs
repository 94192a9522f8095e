//! What reaches the painter has a place: no figure without a value does, wherever it is drawn.

use super::*;
use crate::draw::chart::{Chart, Curve};
use crate::draw::scene::Scene;
use crate::map::layer::{Layer, Scale};
use crate::theme::Palette;
use crate::work::store::Spread;
use egui::{Color32, Rect, pos2};
use proptest::prelude::*;
use sim_core::base::Month;

/// Tessellates a frame as the window's painter does, and looks at every corner.
fn assert_sound(context: &egui::Context, output: &egui::FullOutput, what: &str) {
    for part in context.tessellate(output.shapes.clone(), 1.0) {
        if let egui::epaint::Primitive::Mesh(mesh) = part.primitive {
            assert!(mesh.vertices.iter().all(|vertex| vertex.pos.is_finite()), "{what}");
        }
    }
}

/// Paints something alone, as the window's painter does.
fn paint(what: &str, draw: impl Fn(&egui::Painter)) {
    let context = egui::Context::default();
    let mut output = context.run_ui(egui::RawInput::default(), |ui| draw(ui.painter()));
    output.textures_delta.clear();
    assert_sound(&context, &output, what);
}

#[test]
fn the_story_of_every_village_is_drawn_to_its_end() {
    // So high that no story needs to be scrolled; a map so high has no room on a graphics card.
    let view = View { tab: Tab::Money, ..View::default() };
    let app = App::new(State::new(Plan::first_on_page(), view, 2, Arc::new(|| ())), None);
    let mut harness = Harness::builder()
        .with_size(egui::vec2(1280.0, 4000.0))
        .with_max_steps(50)
        .build_ui_state(|ui, app: &mut App| app.show(ui), app);
    wait_until(&mut harness, "the recording", is_recorded);
    let villages = harness.state().state.shown_run().unwrap().0.places.len();
    assert!(villages > 100);
    let mut with_station = 0;
    for village in 0..villages as u16 {
        let entity = Entity::Village(0, village);
        harness.state_mut().state.select(Selected::Entity(entity));
        wait_until(&mut harness, "the story", |state| state.story.entity == Some(entity));
        assert_sound(&harness.ctx, harness.output(), &format!("village {village}"));
        let why = &harness.state().state.story.why;
        let zero = crate::work::story::Value::Text("0".to_owned());
        assert!(why.iter().all(|line| line.0 != "story.why.neighbours" || line.1[0] != zero), "{why:?}");
        let rows = &harness.state().state.story.rows;
        let incomes = rows.iter().filter(|row| row.partner_income.is_some()).count();
        with_station += usize::from(incomes > 0 && incomes < rows.len());
    }
    // Not sound by having nothing to draw: these have months with an income, and months without one.
    assert!(with_station > 20, "{with_station}");
}

/// Figures as they should not be, and as they may be.
fn figure() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => -1e6..1e6f64,
        1 => Just(0.0),
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
        1 => Just(f64::NEG_INFINITY),
        1 => Just(1e300),
    ]
}

fn chart(points: &[[f64; 5]]) -> Chart {
    let points = (180..).zip(points).map(|(month, at)| Spread { month: Month(month), at: *at }).collect();
    Chart {
        curves: vec![Curve {
            plan: 0,
            name: String::new(),
            points,
            colour: Color32::BLUE,
            width: 2.0,
            dash: 3.0,
            has_band: true,
            runs: 3,
            villages: (1, 1),
            is_drawn: true,
        }],
        facts: Vec::new(),
        months: (180.0, 200.0),
        cursor: Some(f64::NAN),
        branch: Some(f64::INFINITY),
        text: 11.0,
        unit: sim_core::unit!(Yuan / Month),
        say: crate::text::Say::default(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// No series, empty, of one point, constant or without values, breaks a chart.
    #[test]
    fn a_chart_of_any_series_is_sound(
        points in prop::collection::vec(prop::array::uniform5(figure()), 0..6),
    ) {
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(300.0, 150.0));
        let scene = chart(&points).draw(rect, &Palette::of(Theme::Light));
        paint("a chart", |painter| scene.paint(painter));
        let svg = scene.svg(rect, Color32::WHITE);
        prop_assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        chart(&points).readout(185.0, "");
    }

    /// Nor does one break a small curve of a story.
    #[test]
    fn a_line_of_any_points_is_sound(
        points in prop::collection::vec((figure(), figure()), 0..8), dash in 0..2u8,
    ) {
        let mut scene = Scene::default();
        let points = points.iter().map(|(x, y)| pos2(*x as f32, *y as f32)).filter(|at| at.x.abs() < 1e7);
        scene.line(points.collect(), Color32::RED, 2.0, 4e9 * f32::from(dash));
        paint("a line", |painter| scene.paint(painter));
    }

    /// Every layer has a scale for any values, with ends that are numbers, and a colour for each.
    #[test]
    fn a_scale_of_any_values_has_ends(values in prop::collection::vec(figure(), 0..20)) {
        let values: Vec<f32> = values.iter().map(|value| *value as f32).collect();
        let palette = Palette::of(Theme::Light);
        let county = Layer::County("partner_income_mean".to_owned());
        let layers = Layer::VILLAGES.into_iter().chain([county]);
        let scales = layers.map(|layer| layer.scale(&values)).chain([Scale::of_differences(&values)]);
        for scale in scales {
            prop_assert!(scale.ends().iter().all(|end| end.is_finite()), "{scale:?}");
            for value in &values {
                let _ = scale.colour(&palette, *value);
            }
        }
    }
}

/// Three points on one another, which chance seldom finds.
#[test]
fn a_line_that_goes_nowhere_is_a_dot() {
    for dash in [0.0, 3.0] {
        let mut scene = Scene::default();
        scene.line(vec![pos2(5.0, 5.0); 3], Color32::RED, 2.0, dash);
        scene.line(
            vec![pos2(5.0, 5.0), pos2(5.0, 5.0), pos2(5.0, 5.0), pos2(9.0, 5.0)],
            Color32::RED,
            2.0,
            dash,
        );
        paint("a line", |painter| scene.paint(painter));
    }
}

/// The tessellation above can fail: this is what the window used to hand to it.
#[test]
#[should_panic(expected = "NaN")]
fn a_shape_without_a_place_is_found() {
    let points = vec![pos2(f32::NAN, f32::NAN), pos2(0.0, 0.0), pos2(1.0, 1.0)];
    let stroke = egui::Stroke::new(1.0, Color32::RED);
    paint("a line", move |painter| {
        painter.add(egui::Shape::line(points.clone(), stroke));
    });
}
