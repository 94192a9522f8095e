//! What is sent is what is received.

use super::*;
use crate::plan::own::Table;
use crate::tests::plans;
use crate::text::Language;
use proptest::prelude::*;
use sim_core::scenario::MemorySource;

/// The plan as somebody on another machine has it.
fn elsewhere(plan: &Plan) -> Plan {
    let base = match plan.own {
        Some(_) => plan.stem(),
        None => plan.base.clone(),
    };
    Plan { base, ..plan.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_plan_that_is_sent_or_saved_is_the_same_plan(plan in plans::sound()) {
        let code = code(&plan).unwrap();
        prop_assert!(code.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-'));
        let text = file(&plan).unwrap();
        // Mails break lines.
        let broken: String = code.chars().flat_map(|letter| [letter, '\n']).collect();
        for received in [of_code(&code), of_code(&broken), of_file(&text), of_file(&text.replace('\n',
            "\r\n"))] {
            let received = received.unwrap();
            prop_assert_eq!(received.warning(Say::in_language(Language::English)), None);
            prop_assert_eq!(&received.plan, &elsewhere(&plan));
            prop_assert_eq!(received.plan.prepare().unwrap().id, plan.prepare().unwrap().id);
        }
    }

    /// Whatever becomes of a code or a file on its way, it is a plan or is refused, and neither is a fault of
    /// the window. What checks that a code is whole is made anew in every third.
    #[test]
    fn a_plan_that_is_damaged_on_its_way_is_a_plan_or_refused(
        plan in plans::sound(), at in any::<prop::sample::Index>(), length in 0_usize..9,
        with in "[ -~问\u{0}]{0,4}",
    ) {
        let strike = |text: &str| plans::struck(text, at, length, &with);
        let content = strike(&ron::to_string(&document(&plan).unwrap()).unwrap());
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(content.as_bytes(), 1);
        let forged = format!("{CODE}{}", own::to_hex(&packed));
        let (code, file) = (strike(&code(&plan).unwrap()), strike(&file(&plan).unwrap()));
        for received in [of_code(&code), of_code(&forged), of_file(&file)] {
            match received {
                Ok(received) => drop(received.plan.prepare()),
                Err(refusal) => prop_assert!(!refusal.text(Say::in_language(Language::English)).is_empty()),
            }
        }
    }

    #[test]
    fn a_plan_saved_as_a_scenario_gives_the_same_results(plan in plans::sound()) {
        let mut plan = plan;
        plan.unbranch();
        let (text, table) = scenario(&plan, Some("x_counties.csv")).unwrap();
        let mut files = MemorySource::of("x.ron", text.into_bytes());
        if let Some(table) = table {
            files = files.with("x_counties.csv", table);
        }
        let loaded = sim_core::scenario::load_traced(&files, "x.ron", &[]).unwrap();
        let own = Some(Arc::new(Own::of(loaded)));
        let again = Plan { own, ..Plan::of("x.ron") };
        let (before, after) = (plan.prepare().unwrap(), again.prepare().unwrap());
        prop_assert_eq!(after.id, before.id);
        prop_assert_eq!(&after.scenario.name, &before.scenario.name);
        prop_assert_eq!(&after.scenario.question, &before.scenario.question);
        prop_assert_eq!(after.table, before.table);
    }

    #[test]
    fn nothing_that_is_pasted_ends_the_program(text in "(countryside2?-)?[0-9a-f]{0,60}", noise in ".{0,60}")
        {
        let _ = of_code(&text);
        let _ = of_code(&noise);
        let _ = of_file(&noise);
    }
}

/// A plan of a scenario with a table of its own, opened from a file.
fn of_own_file(folder: &Path) -> Plan {
    let table = "code,province,name\n330122,Zhejiang,Tonglu\n";
    std::fs::write(folder.join("places.csv"), table).unwrap();
    let text = "(base: \"tiny\", name: \"mine\", places: (table: \"places.csv\"))";
    std::fs::write(folder.join("my plan.ron"), text).unwrap();
    let path = folder.join("my plan.ron").to_string_lossy().into_owned();
    own::opened(&path).with("programme.promotion", "300.0")
}

#[test]
fn what_is_sent_carries_no_path_and_needs_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let plan = of_own_file(folder.path());
    let id = plan.prepare().unwrap().id;
    let machine = folder.path().to_string_lossy().into_owned();
    let text = file(&plan).unwrap();
    assert!(!text.contains(&machine) && text.contains("Tonglu"), "{text}");
    let (scenario_text, _) = scenario(&plan, Some("t.csv")).unwrap();
    assert!(!scenario_text.contains(&machine), "{scenario_text}");
    let commands = crate::export::commands(&plan, "plan").join("\n");
    assert!(!commands.contains(&machine) && commands.contains("'my plan.ron'"), "{commands}");
    let code = code(&plan).unwrap();
    folder.close().unwrap();
    for received in [of_code(&code).unwrap(), of_file(&text).unwrap()] {
        assert!(!format!("{received:?}").contains(&machine));
        assert_eq!(received.plan.name(), "my plan +1");
        assert_eq!(received.plan.prepare().unwrap().id, id);
    }
    // The plan itself needs its file no more.
    assert_eq!(plan.prepare().unwrap().id, id);
}

#[test]
fn tables_of_one_name_are_different_scenarios() {
    let folder = tempfile::tempdir().unwrap();
    let one = of_own_file(folder.path()).prepare().unwrap().id;
    let mut other = of_own_file(folder.path());
    let own = Arc::make_mut(other.own.as_mut().unwrap());
    own.table = Some(Table(b"code,province,name\n330182,Zhejiang,Jiande\n".to_vec()));
    assert_ne!(one, other.prepare().unwrap().id);
}

#[test]
fn a_code_of_a_version_with_other_results_says_so() {
    let say = Say::in_language(Language::English);
    let plan = Plan::of("tiny").with("programme.promotion", "300.0");
    // As the version before wrote it: only the plan.
    let old =
        "(base:\"tiny\",edits:[(path:\"programme.promotion\",value:\"300.0\",is_later:false)],branch:None)";
    let received = of_code(&format!("countryside-{}", own::to_hex(old.as_bytes()))).unwrap();
    assert_eq!(received.plan, plan);
    assert!(received.warning(say).unwrap().contains("earlier version"));
    let text = file(&plan).unwrap().replace(&results(), "0.0.9+12345678");
    let received = of_file(&text).unwrap();
    assert!(received.warning(say).unwrap().contains("0.0.9+12345678"), "{received:?}");
    assert_eq!(of_file(&file(&plan).unwrap()).unwrap().warning(say), None);
}

#[test]
fn what_cannot_be_taken_over_is_refused_in_words() {
    let say = Say::in_language(Language::English);
    let plan = Plan::of("tiny");
    let code = code(&plan).unwrap();
    assert_eq!(of_code("hello"), Err(Refusal::Nothing));
    let message = |code: &str| of_code(code).unwrap_err().text(say);
    assert!(message(&code[..code.len() - 8]).contains("the end is missing"));
    assert!(message("countryside2-zz").contains("wrong or missing"));
    let later = file(&plan).unwrap().replace("format: 2", "format: 3");
    assert_eq!(of_file(&later), Err(Refusal::Later(3)));
    // A path on another machine is no scenario here.
    let old = "(base:\"/somewhere/my.ron\",edits:[],branch:None)";
    let old = format!("countryside-{}", own::to_hex(old.as_bytes()));
    assert!(message(&old).contains("/somewhere/my.ron"));
    let foreign = file(&plan).unwrap().replace("\"tiny\"", "\"/somewhere/my.ron\"");
    assert_eq!(of_file(&foreign), Err(Refusal::File("/somewhere/my.ron".to_owned())));
    // A table that no chat would carry.
    let mut loaded = own::read("tiny", &[]).unwrap();
    let mut state = 1_u64;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    });
    loaded.table = Some(noise.take(200_000).collect());
    let large = Plan { own: Some(Arc::new(Own::of(loaded))), ..Plan::of("large.ron") };
    let refused = super::code(&large).unwrap_err();
    assert!(matches!(refused, Refusal::TooLong(_)) && refused.text(say).contains("plan file"));
    assert_eq!(of_file(&file(&large).unwrap()).unwrap().plan.own, large.own);
}
