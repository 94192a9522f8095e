//! What is kept is there again; what cannot be read is told, and not destroyed.

use super::*;
use crate::tests::plans;
use crate::text::Language;
use crate::view::WindowSize;
use proptest::collection::vec;
use proptest::prelude::*;

fn any_settings() -> impl Strategy<Value = Settings> {
    let size = (any::<f32>(), any::<f32>(), any::<bool>());
    let view =
        (proptest::option::of(size), any::<bool>(), "[ -~问]{0,9}").prop_map(|(size, is_chinese, folder)| {
            let mut view = View {
                language: if is_chinese { Language::Chinese } else { Language::English },
                window: size.map(|(wide, high, is_maximized)| WindowSize::of((wide, high), is_maximized)),
                folder,
                ..View::default()
            };
            view.repair();
            view
        });
    let plans = (plans::any_history(), plans::any_plan(), vec(plans::any_plan(), 0..10));
    (view, plans).prop_map(|(view, (plans, baseline, kept))| Settings {
        view,
        plans: Some(plans),
        baseline: Some(baseline),
        kept,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_kept_is_there_again(settings in any_settings()) {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("deep/window.ron");
        settings.keep(&place).unwrap();
        let again = Settings::read(&place);
        prop_assert_eq!(&again.notices, &Vec::<String>::new());
        prop_assert_eq!(again.settings, settings);
    }

    #[test]
    fn damage_anywhere_is_told_and_what_was_there_is_set_aside(
        settings in any_settings(), at in any::<proptest::sample::Index>(), with in any::<u8>(),
            is_cut in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("window.ron");
        settings.keep(&place).unwrap();
        let mut bytes = std::fs::read(&place).unwrap();
        let at = at.index(bytes.len());
        match is_cut {
            true => bytes.truncate(at),
            false => bytes[at] = with,
        }
        std::fs::write(&place, &bytes).unwrap();
        let again = Settings::read(&place);
        prop_assert!(!again.is_locked);
        let aside = folder.path().join("window-set-aside.ron");
        if aside.exists() {
            prop_assert_eq!(std::fs::read(aside).unwrap(), bytes);
            prop_assert_eq!(again.notices.len(), 1);
            prop_assert!(!place.exists());
        } else {
            // A letter within a name, a value or a comment is no damage that anybody could see.
            prop_assert_eq!(std::fs::read(&place).unwrap(), bytes);
        }
    }
}

#[test]
fn a_scenario_is_stored_once_for_all_plans_of_it() {
    let own = Arc::new(Own { text: "xyzzy".to_owned(), table: None });
    let plan = |value: &str| {
        let mut plan = Plan::of("/my.ron").with("programme.promotion", value);
        plan.own = Some(own.clone());
        plan
    };
    let mut plans = History::new(plan("1.0"));
    plans.change(plan("2.0"), "a");
    let settings = Settings {
        plans: Some(plans),
        baseline: Some(plan("3.0")),
        kept: vec![plan("4.0"), Plan::of("tiny")],
        ..Settings::default()
    };
    let text = settings.text().unwrap();
    assert_eq!(text.matches("xyzzy").count(), 1, "{text}");
}

#[test]
fn the_first_form_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("window.ron");
    let text = "(view: (scale: 1.5), plan: Some((base: \"tiny\", edits: [(path: \"seed\", value: \"7\", \
                is_later: false)], branch: Some(\"2015-06-01\"))), baseline: Some((base: \"county\", edits: \
                [], branch: None)))";
    std::fs::write(&place, text).unwrap();
    let again = Settings::read(&place);
    assert_eq!(again.notices, Vec::<String>::new());
    let mut plan = Plan::of("tiny").with("seed", "7");
    plan.branch = "2015-06-01".parse().ok();
    assert_eq!(again.settings.plans, Some(History::new(plan)));
    assert_eq!(again.settings.baseline, Some(Plan::of("county")));
    assert_eq!(again.settings.view.scale, 1.5);
}

#[test]
fn outcomes_kept_by_an_earlier_name_are_read_by_the_name_they_have_now() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("window.ron");
    let text = "(view: (charts: [\"alone_orders\", \"shops\"], columns: [\"gaining_share\"], layer: \
                County(\"alone_value\"), table: (counties: (column: \"buyers_alone\", is_falling: true))))";
    std::fs::write(&place, text).unwrap();
    let view = Settings::read(&place).settings.view;
    assert_eq!(view.charts, ["self_service_orders", "shops"]);
    assert_eq!(view.columns, ["better_off_share"]);
    assert_eq!(view.layer.name(), "self_service_value");
    assert_eq!(view.table.counties.column, "self_service_buyers");
}

#[test]
fn what_cannot_be_read_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("window.ron");
    // Nothing was kept: nothing to tell.
    assert!(Settings::read(&place).notices.is_empty());
    for (number, text) in
        ["(view: (scale: \"x\"))", "(format: 9)", "\u{0}\u{0}\u{0}", ""].into_iter().enumerate()
    {
        std::fs::write(&place, text).unwrap();
        let again = Settings::read(&place);
        assert_eq!((again.notices.len(), again.is_locked), (1, false), "{text}");
        assert_eq!(again.settings, Settings::default());
        let name = match number {
            0 => "window-set-aside.ron".to_owned(),
            number => format!("window-set-aside ({}).ron", number + 1),
        };
        assert!(again.notices[0].contains(&name), "{:?}", again.notices);
        assert_eq!(std::fs::read_to_string(folder.path().join(name)).unwrap(), text);
    }
    // A folder in its place is not moved, and nothing is written.
    std::fs::create_dir(&place).unwrap();
    let again = Settings::read(&place);
    assert!(again.is_locked && again.notices.len() == 1 && place.is_dir());
}

#[test]
fn plans_of_a_version_with_other_results_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("window.ron");
    let settings = Settings { kept: vec![Plan::of("tiny")], ..Settings::default() };
    settings.keep(&place).unwrap();
    let text = std::fs::read_to_string(&place).unwrap();
    std::fs::write(&place, text.replace(&document::results(), "0.0.9+12345678")).unwrap();
    let again = Settings::read(&place);
    assert_eq!(again.settings, settings);
    assert!(again.notices[0].contains("0.0.9+12345678"), "{:?}", again.notices);
}
