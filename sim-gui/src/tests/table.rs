//! The table of counties and of villages: what a column says of itself, what stays in view, and how rows are
//! found.

use super::*;
use crate::map::layer::Layer;
use crate::outcome;
use crate::view::{Listed, Order};

const COST: &str = "programme_cost_per_order";

fn recorded() -> Harness<'static, App> {
    let mut harness = window();
    wait_until(&mut harness, "the recording", is_recorded);
    harness.state_mut().state.view.tab = Tab::Table;
    harness.run_steps(3);
    harness
}

#[test]
fn a_column_that_is_added_comes_first_is_sorted_by_and_says_its_unit() {
    let mut harness = recorded();
    let cost = outcome::named(COST).unwrap();
    harness.get_by_label("Columns ▼").click();
    harness.run_steps(2);
    harness.get_by_label("Search columns").type_text("cost order");
    harness.run_steps(2);
    let title = cost.title(harness.state().state.say());
    harness.get_by_role_and_label(egui::accesskit::Role::CheckBox, &title).click();
    harness.run_steps(3);
    let view = &harness.state().state.view;
    assert_eq!(view.columns[0], COST);
    // What something costs: the least first.
    assert_eq!(view.table.counties, Order::by(COST, false));
    harness.key_press(egui::Key::Escape);
    harness.run_steps(3);
    let unit = harness.get_by_label("▲ yuan/order").rect();
    let head = harness.get_by_role_and_label(egui::accesskit::Role::Button, &title).rect();
    assert!(unit.top() >= head.bottom() - 1.0, "{unit:?} {head:?}");
    harness.get_by_role_and_label(egui::accesskit::Role::Button, &title).click();
    harness.run_steps(3);
    harness.get_by_label("▼ yuan/order");
    // The page of the county says where it stands by it.
    harness.state_mut().state.select(Selected::Entity(Entity::County(0)));
    harness.run_steps(3);
    let ranked = harness.query_all_by_label_contains("number 1 of 1 counties from the lowest");
    assert_eq!(ranked.count(), 1);
}

#[test]
fn names_stay_in_view_however_many_columns_there_are() {
    let mut harness = recorded();
    for outcome in outcome::of_counties().take(14) {
        if !harness.state().state.view.columns.iter().any(|name| name == outcome.name) {
            harness.state_mut().state.view.toggle_column(outcome);
        }
    }
    harness.run_steps(3);
    let name = "Tonglu County, Zhejiang";
    // The first of that name is the row's; others are the tips that pointing at it opens.
    let named = |harness: &Harness<App>| -> Vec<egui::Rect> {
        harness.get_all_by_label(name).map(|node| node.rect()).collect()
    };
    let before = named(&harness);
    let head = harness.get_by_label("County").rect();
    harness.event(egui::Event::PointerMoved(before[0].center()));
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(-700.0, 0.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: egui::Modifiers::NONE,
    });
    harness.run_steps(12);
    assert_eq!(named(&harness)[0], before[0]);
    assert_eq!(harness.get_by_label("County").rect(), head);
    // The columns have moved: the first is no more drawn.
    let first = outcome::named(&harness.state().state.view.columns[0]).unwrap();
    let title = first.title(harness.state().state.say());
    assert_eq!(harness.query_all_by_label(&title).count(), 0, "{title}");
}

#[test]
fn another_order_begins_at_the_top() {
    let mut harness = recorded();
    harness.get_by_label("Villages").click();
    harness.run_steps(3);
    harness.get_by_label("Village").click();
    harness.run_steps(3);
    let (run, _) = harness.state().state.shown_run().unwrap();
    let label = |at: usize| run.places.village_label(0, at, false);
    let (first, last) = (label(0), label(run.places.len() - 1));
    let is_drawn = |harness: &Harness<App>, label: &str| harness.query_all_by_label(label).count() > 0;
    // Five villages: the window is made lower until they have no room.
    let mut height = 700.0;
    while is_drawn(&harness, &last) && height > 200.0 {
        height -= 10.0;
        harness.set_size(egui::vec2(1280.0, height));
        harness.run_steps(3);
    }
    assert!(is_drawn(&harness, &first) && !is_drawn(&harness, &last));
    let over = harness.get_by_label(&first).rect().center();
    let wheel = |harness: &mut Harness<App>| {
        harness.event(egui::Event::PointerMoved(over));
        harness.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, -3000.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: egui::Modifiers::NONE,
        });
        harness.run_steps(12);
    };
    wheel(&mut harness);
    assert!(is_drawn(&harness, &last) && !is_drawn(&harness, &first));
    // The names again: those of the other end come first, and are seen.
    harness.get_by_label("Village").click();
    harness.run_steps(12);
    assert!(is_drawn(&harness, &last) && !is_drawn(&harness, &first));
    harness.get_by_label("Village").click();
    harness.run_steps(12);
    assert!(is_drawn(&harness, &first) && !is_drawn(&harness, &last));
}

#[test]
fn villages_are_listed_found_by_number_and_opened() {
    let mut harness = recorded();
    harness.get_by_label("Villages").click();
    harness.run_steps(3);
    let run = harness.state().state.shown_run().unwrap().0.clone();
    let label = |at: usize| run.places.village_label(0, at, false);
    for at in 0..run.places.len() {
        harness.get_by_label(&label(at));
    }
    // By county and number, in the table and by the finder.
    let number = run.places.atlas.counties[0].villages[3].number;
    harness.state_mut().state.view.table.filter = format!("tonglu {number}");
    harness.run_steps(3);
    assert_eq!(harness.query_all_by_label_contains(" of Tonglu County, Zhejiang").count(), 1);
    harness.get_by_label(&label(3)).click();
    harness.run_steps(2);
    let chosen = Selected::Entity(Entity::Village(0, 3));
    assert_eq!(harness.state().state.selected, chosen);
    harness.state_mut().state.selected = Selected::Nothing;
    find(&mut harness, &format!("village {number} of tonglu"));
    assert_eq!(harness.state().state.selected, chosen);
    for (typed, only_taobao) in [("taobao villages of tonglu", true), ("villages of tonglu", false)] {
        harness.state_mut().state.view.tab = Tab::Map;
        find(&mut harness, typed);
        let view = &harness.state().state.view;
        assert_eq!((view.tab, view.table.listed), (Tab::Table, Listed::Villages), "{typed}");
        assert_eq!(view.table.only_taobao, only_taobao);
        assert_eq!(view.table.villages, Order::by(Layer::Sales.name(), true));
    }
    harness.run_steps(3);
    assert_eq!(harness.query_all_by_label_contains(" of Tonglu County, Zhejiang").count(), run.places.len());
    find(&mut harness, "boom list");
    assert!(harness.state().state.view.table.only_taobao);
}

fn find(harness: &mut Harness<'_, App>, typed: &str) {
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    harness.run_steps(2);
    let hint = harness.state().state.say().of("finder.hint");
    harness.get_by_label(hint).type_text(typed);
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(2);
    assert_eq!(harness.state().dialog, None, "{typed}");
}

#[test]
fn a_run_that_is_recorded_again_stands_as_it_was() {
    let mut harness = recorded();
    let first = harness.state().state.current.id();
    harness.state_mut().state.set("programme.promotion", "300.0");
    harness.state_mut().state.plans.close();
    harness.step();
    wait_until(&mut harness, "the other recording", is_recorded);
    harness.state_mut().state.plans.undo();
    harness.step();
    let whole = |state: &State| {
        let run = state.run_of(first).unwrap();
        (run.frames.len(), run.ending.is_some())
    };
    let before = whole(&harness.state().state);
    let entity = Entity::Village(0, 1);
    harness.state_mut().state.select(Selected::Entity(entity));
    wait_until(&mut harness, "the story", |state| {
        assert_eq!(whole(state), before);
        state.story.entity == Some(entity) && state.recording_of == Some(first)
    });
    assert!(before.1);
}
