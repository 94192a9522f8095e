//! The lesson: its text and task below the picture, and the shelf from which one is taken.

use super::files::Dialog;
use crate::lesson::{self, Course, Lesson, Step, Task, Verdict};
use crate::state::State;
use crate::text::Say;
use crate::theme::Weight;
use egui::{Align, Button, Label, Layout, ProgressBar, RichText, ScrollArea, TextEdit, Ui};
use sim_core::base::Localised;
use std::sync::Arc;

/// What was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// To the step before.
    Back,
    /// To the next step.
    Next,
    /// Past a task.
    Skip,
    /// Whether the task is done.
    Check,
    /// How to do it.
    Hint,
    /// That the program does it.
    Solution,
    /// Out of the lesson.
    Leave,
}

/// Draws the panel of the lesson that is being read.
pub fn ui(ui: &mut Ui, state: &mut State, dialog: &mut Option<Dialog>) {
    let Some(mut course) = state.teaching.course.take() else {
        return;
    };
    let Some(step) = course.now().cloned() else { return };
    let say = state.say();
    ui.add_space(4.0);
    let mut press = head(ui, say, &course);
    ui.separator();
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        if ui.available_width() > 760.0 {
            ui.columns(2, |columns| {
                // Columns would stretch every line to both margins.
                let ragged = Layout::top_down(Align::Min);
                columns[0].with_layout(ragged, |ui| step_text(ui, say, &step));
                let task = columns[1].with_layout(ragged, |ui| asked(ui, state, &mut course, &step));
                press = press.or(task.inner);
            });
        } else {
            step_text(ui, say, &step);
            press = press.or(asked(ui, state, &mut course, &step));
        }
    });
    if press == Some(Press::Hint) {
        course.is_hinted = !course.is_hinted;
    }
    if press == Some(Press::Check) {
        course.given.number = course.typed.trim().replace(',', "").parse().ok();
        course.given.choice = course.chosen;
        course.said = Some(course.verdict(&step, state));
    }
    course.is_said_now = matches!(press, Some(Press::Hint | Press::Check | Press::Solution));
    state.teaching.course = Some(course);
    if let Some(press) = press {
        follow(state, dialog, press);
    }
}

/// Goes where was pressed.
pub fn follow(state: &mut State, dialog: &mut Option<Dialog>, press: Press) {
    let Some(course) = &state.teaching.course else {
        return;
    };
    let number = course.step;
    let is_last = number + 1 == course.lesson.steps.len();
    match press {
        Press::Back => lesson::go(state, number.saturating_sub(1)),
        Press::Next if is_last => {
            lesson::leave(state);
            *dialog = Some(Dialog::Lessons);
        }
        Press::Next | Press::Skip => lesson::go(state, number + 1),
        Press::Solution => lesson::show_solution(state),
        Press::Leave => lesson::leave(state),
        Press::Check | Press::Hint => {}
    }
}

/// Title, progress, and the way through the lesson.
fn head(ui: &mut Ui, say: Say, course: &Course) -> Option<Press> {
    let mut press = None;
    let count = course.lesson.steps.len();
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(course.lesson.title.of(say.0)).bold());
        let text = say.with("lesson.step", &[&(course.step + 1).to_string(), &count.to_string()]);
        let done = course.met.iter().filter(|met| **met).count();
        let bar =
            ProgressBar::new(done as f32 / count.max(1) as f32).desired_width(90.0).desired_height(10.0);
        let name = say.with("lesson.progress", &[&done.to_string(), &count.to_string()]);
        let bar = ui.add(bar).on_hover_text(name.clone());
        bar.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, &name));
        ui.label(RichText::new(text).weak());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button(say.of("lesson.leave")).on_hover_text(say.of("lesson.leave.hint")).clicked() {
                press = Some(Press::Leave);
            }
            press = press.or(steps(ui, say, course));
        });
    });
    press
}

/// On, past a task, and back: the buttons from the right.
pub fn steps(ui: &mut Ui, say: Say, course: &Course) -> Option<Press> {
    let mut press = None;
    let count = course.lesson.steps.len();
    let key = if course.step + 1 == count { say.of("lesson.finish") } else { say.of("lesson.next") };
    let next = Button::new(RichText::new(key).bold()).min_size(egui::vec2(64.0, 0.0));
    let next = ui.add_enabled(course.is_met(), next);
    if next.on_disabled_hover_text(say.of("lesson.next.not_yet")).clicked() {
        press = Some(Press::Next);
    }
    // Nobody is stuck in front of a class.
    if !course.is_met() && course.step + 1 < count {
        let skip = ui.button(say.of("lesson.skip"));
        if skip.on_hover_text(say.of("lesson.skip.hint")).clicked() {
            press = Some(Press::Skip);
        }
    }
    let back = ui.add_enabled(course.step > 0, Button::new(say.of("lesson.back")));
    if back.clicked() {
        press = Some(Press::Back);
    }
    press
}

fn step_text(ui: &mut Ui, say: Say, step: &Step) {
    ui.label(RichText::new(step.title.of(say.0)).heading());
    ui.add(Label::new(step.text.of(say.0)).wrap());
}

/// The task: what is asked, the answer, what is missing, the hint, and what it showed.
fn asked(ui: &mut Ui, state: &State, course: &mut Course, step: &Step) -> Option<Press> {
    let say = state.say();
    if step.task == Task::Read {
        return None;
    }
    let mut press = None;
    ui.add(Label::new(RichText::new(step.ask.of(say.0)).bold()).wrap());
    match &step.task {
        Task::Number(..) => {
            let field = ui.add(
                TextEdit::singleline(&mut course.typed)
                    .hint_text(say.of("lesson.answer"))
                    .desired_width(130.0),
            );
            let name = say.of("lesson.answer");
            field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
            if field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
                press = Some(Press::Check);
            }
        }
        Task::Choice(options, _) => {
            for (number, option) in options.iter().enumerate() {
                let text = option.of(say.0);
                let is_chosen = course.chosen == Some(number);
                if ui.add(egui::RadioButton::new(is_chosen, text)).clicked() {
                    course.chosen = Some(number);
                }
            }
        }
        _ => {}
    }
    if course.is_met() {
        ui.label(RichText::new(say.of("lesson.done")).color(state.palette().gain_text()).bold());
        ui.add(Label::new(step.after.of(say.0)).wrap());
        bring_into_view(ui, course);
        return press;
    }
    ui.horizontal_wrapped(|ui| {
        if ui.button(say.of("lesson.check")).clicked() {
            press = Some(Press::Check);
        }
        let hint = ui.add_enabled(!step.hint.en.is_empty(), Button::new(say.of("lesson.hint")));
        if hint.clicked() {
            press = Some(Press::Hint);
        }
        let solution = ui.button(say.of("lesson.solution"));
        if solution.on_hover_text(say.of("lesson.solution.hint")).clicked() {
            press = Some(Press::Solution);
        }
    });
    if !course.pending.is_empty() {
        ui.add(Label::new(RichText::new(say.of("lesson.wait.recording")).weak()).wrap());
    }
    match &course.said {
        Some(Verdict::Missing(text)) => {
            ui.add(Label::new(RichText::new(text).color(ui.visuals().warn_fg_color)).wrap());
        }
        Some(Verdict::Waiting(text)) => {
            ui.add(Label::new(RichText::new(text).weak()).wrap());
        }
        Some(Verdict::Met) | None => {}
    }
    if course.is_hinted {
        ui.add(Label::new(RichText::new(step.hint.of(say.0)).italics()).wrap());
    }
    bring_into_view(ui, course);
    press
}

/// What was just said is often below the panel's edge.
fn bring_into_view(ui: &Ui, course: &Course) {
    if course.is_said_now {
        ui.scroll_to_cursor(Some(Align::Max));
    }
}

/// Draws the shelf: the lessons that ship, and those of a folder. Whether one was taken.
pub fn shelf(ui: &mut Ui, state: &mut State) -> bool {
    let say = state.say();
    let mut taken: Option<Arc<Lesson>> = None;
    ScrollArea::vertical().max_height(430.0).show(ui, |ui| {
        let own = state.teaching.own.clone();
        for lesson in lesson::shipped().iter().chain(&own) {
            if entry(ui, state, lesson) {
                taken = Some(lesson.clone());
            }
        }
        for faulty in &state.teaching.faulty {
            ui.separator();
            ui.label(RichText::new(say.with("lesson.faulty", &[&faulty.file])).bold());
            for fault in &faulty.faults {
                let text = RichText::new(fault.localised(say.speaker())).color(ui.visuals().error_fg_color);
                ui.add(Label::new(text).wrap());
            }
        }
    });
    ui.separator();
    ui.horizontal(|ui| {
        let label = ui.label(say.of("lesson.folder"));
        let field = TextEdit::singleline(&mut state.teaching.folder).desired_width(240.0);
        let field = ui.add(field).labelled_by(label.id);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        if ui.button(say.of("lesson.folder.open")).clicked() || entered {
            state.teaching.open_folder();
        }
    });
    ui.add(Label::new(RichText::new(say.of("lesson.folder.hint")).weak().small()).wrap());
    match taken {
        Some(lesson) => {
            lesson::begin(state, &lesson);
            true
        }
        None => false,
    }
}

/// One lesson on the shelf. Whether it is taken.
fn entry(ui: &mut Ui, state: &State, lesson: &Lesson) -> bool {
    let say = state.say();
    let count = lesson.steps.len();
    let done = state.view.lessons.get(&lesson.name).copied().unwrap_or(0).min(count);
    let title = RichText::new(lesson.title.of(say.0)).bold();
    let is_taken = ui.button(title).clicked();
    ui.add(Label::new(lesson.summary.of(say.0)).wrap());
    let facts = [count, done].map(|number| number.to_string());
    let text = say.with("lesson.facts", &[&lesson.minutes.to_string(), &facts[0], &facts[1]]);
    ui.label(RichText::new(text).weak().small());
    ui.add_space(6.0);
    is_taken
}
