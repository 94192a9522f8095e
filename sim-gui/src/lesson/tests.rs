//! Lessons that ship can be read and done; files that are none say why.

use super::*;
use crate::reason::LessonError;
use crate::view::{Tab, View};
use crate::work::sample::Level;
use std::time::{Duration, Instant};

/// Longest wait for a task, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// A window that answers with previews alone, so that nobody waits for large samples.
fn window() -> State {
    let mut state = State::new(Plan::of("tiny"), View::default(), 2, Arc::new(|| ()));
    state.answer_with(&[(Level::Preview, 8)]);
    state
}

fn wait_until(state: &mut State, what: &str, met: impl Fn(&State) -> bool) {
    let since = Instant::now();
    while !met(state) {
        assert!(
            since.elapsed() < PATIENCE,
            "waited too long: {what}: {:?}",
            state.teaching.course.as_ref().map(|course| {
                let step = &course.lesson.steps[course.step];
                check(step, &course.given, state)
            })
        );
        std::thread::sleep(Duration::from_millis(3));
        state.update(0.0);
    }
}

fn is_met(state: &State) -> bool {
    state.teaching.course.as_ref().is_some_and(Course::is_met)
}

/// Does a lesson from end to end by its solutions.
fn read_through(name: &str) {
    let lesson = shipped().iter().find(|lesson| lesson.name == name).unwrap();
    let mut state = window();
    begin(&mut state, lesson);
    for (number, step) in lesson.steps.iter().enumerate() {
        let what = format!("{name}, step {}", number + 1);
        state.update(0.0);
        wait_until(&mut state, &what, |state| {
            state.teaching.course.as_ref().is_some_and(|course| course.pending.is_empty())
        });
        state.update(0.0);
        if step.task != Task::Read {
            let course = state.teaching.course.as_ref().unwrap();
            assert!(!is_met(&state), "{what} is done before it begins");
            assert_ne!(check(step, &course.given, &state), Verdict::Met, "{what}");
            show_solution(&mut state);
        }
        wait_until(&mut state, &what, is_met);
        assert!(state.faults.is_empty(), "{what}: {:?}", state.faults);
        go(&mut state, number + 1);
    }
    assert_eq!(state.view.lessons.get(name), Some(&lesson.steps.len()));
    leave(&mut state);
    assert_eq!(*state.plans.now(), Plan::of("tiny"));
    assert_eq!(state.view.charts, View::default().charts);
}

#[test]
fn all_that_ship_are_sound_and_in_both_languages() {
    for (name, text) in SHIPPED {
        let lesson = read(name, text).unwrap_or_else(|faults| panic!("{name}: {faults:#?}"));
        assert!((5..=8).contains(&lesson.steps.len()), "{name}");
        let mut texts = vec![&lesson.title, &lesson.summary];
        for step in &lesson.steps {
            texts.extend([&step.title, &step.text]);
            if step.task != Task::Read {
                texts.extend([&step.ask, &step.hint, &step.after]);
            }
            if let Task::Choice(options, _) = &step.task {
                texts.extend(options);
            }
        }
        for text in texts {
            assert!(!text.en.is_empty() && !text.zh.is_empty(), "{name}: {text:?}");
        }
    }
    assert_eq!(shipped().len(), SHIPPED.len());
}

#[test]
fn a_village_booms() {
    read_through("taobao_village");
}

#[test]
fn most_do_not() {
    read_through("most_do_not_boom");
}

#[test]
fn a_partner_earns_and_leaves() {
    read_through("partner");
}

#[test]
fn something_comes_first() {
    read_through("what_first");
}

#[test]
fn platforms_hold() {
    read_through("locked_in");
}

#[test]
fn support_ends() {
    read_through("support_ends");
}

/// A lesson of one step, begun.
fn step_of(task: &str, begun: &str, solution: &str) -> State {
    begun_with(&format!("begin: [{begun}], task: {task}, solution: [{solution}]"))
}

/// A lesson of one step with such fields, begun.
fn begun_with(fields: &str) -> State {
    let text = format!(
        "(title: (en: \"x\"), summary: (en: \"y\"), minutes: 1, steps: [(title: (en: \"a\"), text: (en: \
         \"b\"), ask: (en: \"c\"), {fields})])"
    );
    let lesson = Arc::new(read("x", &text).unwrap_or_else(|faults| panic!("{faults:?}")));
    let mut state = window();
    state.set("programme.promotion", "300.0");
    state.view.tab = Tab::Money;
    state.select(Selected::Lever("programme.promotion".to_owned()));
    begin(&mut state, &lesson);
    state.update(0.0);
    state
}

/// Whether the reader is told that how things stood does not count.
fn is_told(state: &State) -> bool {
    let course = state.teaching.course.as_ref().unwrap();
    let message = course.verdict(course.now().unwrap(), state);
    matches!(message, Verdict::Missing(text) if text.starts_with("It was so before"))
}

#[test]
fn a_task_is_done_by_what_the_reader_does_and_not_by_how_things_stood() {
    // Each with how it stands already, with another way to stand, and back.
    type Change = fn(&mut State);
    let cases: [(&str, &str, &str, Change, Change); 6] = [
        (
            "Tab(Money)",
            "",
            "Tab(Money)",
            |state| state.view.tab = Tab::Map,
            |state| state.view.tab = Tab::Money,
        ),
        (
            "Between(\"programme.promotion\", 200.0, 400.0)",
            "",
            "Set(\"programme.promotion\", \"300.0\")",
            |state| state.set("programme.promotion", "900.0"),
            |state| state.set("programme.promotion", "300.0"),
        ),
        (
            "Back(\"programme.training_hours\")",
            "",
            "Reset(\"programme.training_hours\")",
            |state| state.set("programme.training_hours", "90.0"),
            |state| state.reset("programme.training_hours"),
        ),
        (
            "Difference(true)",
            "Difference(true)",
            "Difference(true)",
            |state| state.view.is_difference = false,
            |state| state.view.is_difference = true,
        ),
        (
            "Layer(Shops)",
            "Layer(Shops), Tab(Map)",
            "Layer(Shops)",
            |state| state.view.layer = crate::map::layer::Layer::Sales,
            |state| state.view.layer = crate::map::layer::Layer::Shops,
        ),
        (
            "Inspect(Lever(\"programme.teams\"))",
            "Lever(\"programme.teams\")",
            "Lever(\"programme.teams\")",
            |state| state.select(Selected::Nothing),
            |state| state.select(Selected::Lever("programme.teams".to_owned())),
        ),
    ];
    for (task, begun, solution, away, back) in cases {
        let mut state = step_of(task, begun, solution);
        for _ in 0..3 {
            state.update(0.0);
        }
        assert!(!is_met(&state), "{task} is done on entry");
        assert!(is_told(&state), "{task}");
        away(&mut state);
        state.update(0.0);
        state.update(0.0);
        assert!(!is_met(&state), "{task}");
        back(&mut state);
        state.update(0.0);
        state.update(0.0);
        assert!(is_met(&state), "{task}");
        // What is shown is done, though nothing had to change for it.
        let mut state = step_of(task, begun, solution);
        show_solution(&mut state);
        state.update(0.0);
        state.update(0.0);
        assert!(is_met(&state), "{task}");
        assert!(state.teaching.spot.is_some(), "{task}");
    }
}

/// "About an eighth" beside the figures of one run of a hundred villages taught to distrust the text.
#[test]
fn a_step_that_tells_results_is_done_when_all_runs_have_come_in() {
    let begun = |more: &str| {
        let path = "programme.promotion";
        let mut state = begun_with(&format!(
            "task: Is(\"{path}\", \"600.0\"), solution: [Set(\"{path}\", \"600.0\")]{more}"
        ));
        state.set(path, "600.0");
        state.plans.close();
        state.update(0.0);
        state.update(0.0);
        state
    };
    // One that tells none is done at once.
    assert!(is_met(&begun("")));
    let mut state = begun(", settled: true");
    assert!(state.waiting() > 0 && !is_met(&state));
    let message = state.teaching.course.as_ref().unwrap().said.clone();
    assert!(
        matches!(&message, Some(Verdict::Waiting(text)) if text.contains("Runs still to come")),
        "what is waited for is told unasked: {message:?}"
    );
    wait_until(&mut state, "all runs", is_met);
    assert!(state.is_settled());
    // An outcome that is compared always waits; while a lever is held nothing is settled.
    state.is_held = true;
    assert!(!state.is_settled());
    let compared = begun_with(
        "task: Ratio(End(\"stations_open\"), 0.0, 9.0), solution: [Set(\"programme.promotion\", \"600.0\")]",
    );
    let course = compared.teaching.course.unwrap();
    assert!(course.lesson.steps[0].waits() && !course.lesson.steps[0].settled);
}

#[test]
fn a_file_that_is_no_lesson_says_all_that_is_wrong() {
    let text = r#"(title: (en: "x"), summary: (en: "y"), minutes: 1, steps: [
        (title: (en: "a"), text: (en: "b"), begin: [Set("partner.comission", "0.1"), Seek("2016-13-01")]),
        (title: (en: "a"), text: (en: ""), task: Ratio(End("stations"), 2.0, 1.0)),
        (title: (en: "a"), text: (en: "b"), ask: (en: "c"), task: Choice([(en: "d")], 1),
            solution: [Choose(4)]),
        (title: (en: "a"), text: (en: "b"), begin: [Open("tinny", [])], settled: true),
    ])"#;
    let found = read("x", text).unwrap_err();
    for (step, named) in [
        (1, "partner.comission"),
        (1, "2016-13-01"),
        (2, "no English text"),
        (2, "\"stations\""),
        (2, "from 2 to 1"),
        (2, "solution"),
        (3, "right option"),
        (3, "Choose(4)"),
        (4, "tinny"),
        (4, "settled"),
    ] {
        let step = format!("step {step}:");
        let is_told = found
            .iter()
            .map(ToString::to_string)
            .any(|fault| fault.starts_with(&step) && fault.contains(named));
        assert!(is_told, "{step} {named}: {found:#?}");
    }
    assert!(read("x", "(title: 3").unwrap_err()[0].to_string().contains(':'));
}

#[test]
fn a_folder_of_lessons_is_read_and_its_faults_are_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("good.ron"), SHIPPED[2].1).unwrap();
    std::fs::write(folder.path().join("bad.ron"), "(steps: [").unwrap();
    std::fs::write(folder.path().join("notes.txt"), "no lesson").unwrap();
    let mut teaching = Teaching { folder: folder.path().display().to_string(), ..Teaching::default() };
    teaching.open_folder();
    assert_eq!((teaching.own.len(), teaching.faulty.len()), (1, 1));
    assert_eq!(teaching.own[0].name, "good");
    assert!(teaching.faulty[0].file.ends_with("bad.ron"));
    teaching.folder = "/no/such/folder".to_owned();
    teaching.open_folder();
    assert!(
        teaching.own.is_empty()
            && matches!(teaching.faulty[0].faults[0], LessonError::FolderNotOpened { .. })
    );
}

/// A pipe among the lessons stopped the window for ever, and a link showed the first line of any file of the
/// reader's.
#[test]
#[cfg(unix)]
fn a_folder_of_lessons_that_was_sent_neither_stops_the_window_nor_shows_a_file_outside_it() {
    let folder = tempfile::tempdir().unwrap();
    let (sent, secret) = (folder.path().join("sent"), folder.path().join("secret"));
    std::fs::create_dir(&sent).unwrap();
    std::fs::write(&secret, "mine alone").unwrap();
    std::os::unix::fs::symlink(&secret, sent.join("a.ron")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(sent.join("b.ron")).status();
    assert!(made.unwrap().success());
    let mut teaching = Teaching { folder: sent.to_str().unwrap().to_owned(), ..Teaching::default() };
    teaching.open_folder();
    let faults: Vec<String> = teaching.faulty.iter().map(|faulty| faulty.faults[0].to_string()).collect();
    assert_eq!(faults, ["a link, and links are not followed here", "a pipe, not a regular file"]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    /// A lesson that was damaged on its way is a lesson, or says what is wrong.
    #[test]
    fn a_damaged_lesson_is_read_or_refused(
        which in 0..SHIPPED.len(), at in proptest::prelude::any::<proptest::sample::Index>(),
        length in 0_usize..40, with in "[ -~\u{0}]{0,4}",
    ) {
        let (name, text) = SHIPPED[which];
        let struck = crate::tests::plans::struck(text, at, length, &with);
        match read(name, &struck) {
            Ok(lesson) => proptest::prop_assert!(!lesson.steps.is_empty()),
            Err(faults) => proptest::prop_assert!(!faults.is_empty()),
        }
    }
}
