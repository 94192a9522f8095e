//! Keys, and the sheet that lists them.

use crate::map::layer::Layer;
use crate::panels::files::Dialog;
use crate::panels::presenter;
use crate::state::State;
use crate::view::Tab;
use egui::{Context, Key, KeyboardShortcut, Modifiers};

/// Keys and what they do, as keys of texts.
pub const SHEET: &[(&str, &str)] = &[
    ("Space", "keys.play"),
    ("Left, Right", "keys.step"),
    ("Home, End", "keys.ends"),
    ("1 … 9", "keys.layers"),
    ("F", "keys.fit"),
    ("D", "keys.difference"),
    ("Ctrl+Z, Ctrl+Y", "keys.undo"),
    ("Ctrl+K", "keys.search"),
    ("Ctrl+B", "keys.baseline"),
    ("Ctrl+D", "keys.keep"),
    ("Ctrl+O, Ctrl+S", "keys.files"),
    ("Ctrl+E", "keys.export"),
    ("Ctrl+1 … Ctrl+8", "keys.tabs"),
    ("Ctrl+L, Ctrl+I", "keys.panels"),
    ("F1", "keys.help"),
    ("F2", "keys.lessons"),
    ("F5", "keys.presenter"),
];

const DIGITS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// Does what keys ask for. Letters without Ctrl count only while nothing is being typed.
pub fn press(context: &Context, state: &mut State, dialog: &mut Option<Dialog>) {
    let command = |key| {
        context.input_mut(|input| input.consume_shortcut(&KeyboardShortcut::new(Modifiers::COMMAND, key)))
    };
    if command(Key::Z) {
        state.plans.undo();
    }
    if command(Key::Y) {
        state.plans.redo();
    }
    if command(Key::B) {
        state.make_baseline();
    }
    if command(Key::D) {
        state.keep();
    }
    if command(Key::K) {
        *dialog = Some(Dialog::find());
    }
    if command(Key::O) {
        *dialog = Some(Dialog::open());
    }
    if command(Key::S) {
        *dialog = Some(Dialog::save(state));
    }
    if command(Key::E) {
        *dialog = Some(Dialog::export(state));
    }
    if command(Key::L) {
        state.view.has_levers = !state.view.has_levers;
    }
    if command(Key::I) {
        state.view.has_inspector = !state.view.has_inspector;
    }
    for (key, tab) in DIGITS.into_iter().zip(Tab::ALL) {
        if command(key) {
            state.view.tab = tab;
        }
    }
    if context.input(|input| input.key_pressed(Key::F1)) {
        *dialog = Some(Dialog::Help);
    }
    if context.input(|input| input.key_pressed(Key::F2)) {
        *dialog = Some(Dialog::Lessons);
    }
    if context.input(|input| input.key_pressed(Key::F5)) {
        presenter::toggle(state);
    }
    let is_busy = context.memory(|memory| memory.focused().is_some());
    if !is_busy && dialog.is_none() {
        letters(context, state);
    }
}

fn letters(context: &Context, state: &mut State) {
    let pressed = |key| context.input(|input| input.key_pressed(key) && input.modifiers.is_none());
    let (first, last) = state.shown_run().map_or((0.0, 0.0), |(run, _)| run.span());
    if pressed(Key::Space) {
        state.clock.toggle(first, last);
    }
    for (key, by) in [(Key::ArrowLeft, -1.0), (Key::ArrowRight, 1.0)] {
        if pressed(key) {
            state.clock.step(by);
        }
    }
    for (key, to) in [(Key::Home, first), (Key::End, last)] {
        if pressed(key) {
            state.clock.seek(to);
        }
    }
    for (key, layer) in DIGITS.into_iter().zip(Layer::VILLAGES) {
        if pressed(key) {
            state.view.layer = layer;
        }
    }
    if pressed(Key::F) {
        state.view.camera = None;
    }
    if pressed(Key::D) {
        state.view.is_difference = !state.view.is_difference;
    }
}
