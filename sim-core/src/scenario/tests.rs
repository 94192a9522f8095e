//! Tests of loading as a whole: layers, origins, text and fingerprint.

use super::*;
use crate::base::CountyCode;
use crate::region::Region;
use std::sync::Arc;

const PLAIN: &str = "(name: \"plain\", start: \"2014-10-01\", end: \"2015-09-30\")";

fn plain() -> Scenario {
    load(&MemorySource::of("plain.ron", PLAIN), "plain.ron", &[]).unwrap()
}

fn set(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect()
}

fn faults(text: &str) -> String {
    load(&MemorySource::of("x.ron", text), "x.ron", &[]).unwrap_err().to_string()
}

#[test]
fn what_is_not_given_is_default() {
    let expected = Scenario::new("plain", "2014-10-01".parse().unwrap(), "2015-09-30".parse().unwrap());
    assert_eq!(plain(), expected);
    assert_eq!(plain().end_time().date().to_string(), "2015-10-01");
}

#[test]
fn every_builtin_loads_says_its_question_and_has_its_own_name() {
    for (name, text) in builtin() {
        let loaded =
            load_traced(&BuiltinSource, name, &[]).unwrap_or_else(|faults| panic!("{name}: {faults}"));
        // nation_2009 is longer than some of the series that it stands on, which is said; nothing else is.
        let other = |warning: &&InputError| {
            name != &"nation_2009"
                || !matches!(warning.message, Issue::LevelBefore { .. } | Issue::LevelAfter { .. })
        };
        assert_eq!(loaded.warnings.iter().find(other), None, "{name}");
        assert_eq!(loaded.scenario.name, *name);
        assert!(loaded.scenario.question.ends_with('?'), "{name}");
        assert!(text.contains("// Question: "), "{name}");
        assert_eq!(Scenario::builtin(name).as_ref(), Some(&loaded.scenario));
    }
}

#[test]
fn resolved_text_loads_back_to_an_equal_scenario() {
    let odd = "(name: \"odd\", question: \"q \\\"\\\\ 桐庐\\n\", start: \"2014-10-01\", end: \"2015-09-30\",
        seed: 18446744073709551615, household_sample: 0.1, places: (table: \"t.csv\", select: Rule((
        provinces: [\"Zhejiang\", 52], kinds: [County], poverty: true, min_villages: 3, max_villages: 4, \
               top: 9,
        rank_by: Relief))), world: (shocks: [(kind: DemandSlump, start: \"2015-01-01\", weeks: 2)]))";
    let source = MemorySource::of("odd.ron", odd).with("t.csv", "code\n");
    let mut all: Vec<Scenario> = builtin().iter().filter_map(|(name, _)| Scenario::builtin(name)).collect();
    all.push(load(&source, "odd.ron", &[]).unwrap());
    for scenario in all {
        let again = source.clone().with("again.ron", scenario.resolved_text());
        assert_eq!(load(&again, "again.ron", &[]).unwrap(), scenario);
    }
}

#[test]
fn every_field_of_the_resolved_text_can_be_set_to_itself() {
    let scenario = plain();
    let mut copy = scenario.clone();
    let own = FIELDS.iter().map(|field| field.path.to_owned());
    let rows = crate::params::Parameters::catalogue().into_iter().map(|row| row.path());
    for path in own.chain(rows) {
        let text = scenario.get(&path).unwrap();
        copy.set(&path, &text).unwrap_or_else(|fault| panic!("{fault}"));
    }
    assert_eq!(copy, scenario);
}

#[test]
fn the_hash_holds_what_matters_and_nothing_else() {
    let hash = |path: &str, text: &str| {
        let mut changed = plain();
        changed.set(path, text).unwrap();
        changed.hash()
    };
    let own = plain().hash();
    assert_eq!(hash("name", "\"other\""), own);
    assert_eq!(hash("question", "\"why?\""), own);
    for (path, text) in [
        ("seed", "2"),
        ("end", "\"2015-10-01\""),
        ("household.elasticity", "3.871"),
        ("places.select", "Random(count: 3)"),
        ("world.shocks", "[(kind: RoadsClosed, start: \"2016-01-20\", weeks: 3)]"),
    ] {
        assert_ne!(hash(path, text), own, "{path}");
    }
}

#[test]
fn a_text_without_quotes_may_begin_with_any_letter() {
    let set_name = |value: &str| {
        let scenario =
            load(&MemorySource::of("x.ron", "(base: \"tiny\")"), "x.ron", &set(&[("name", value)]));
        scenario.map(|scenario| scenario.name)
    };
    for name in ["returnees", "mine", "None at all"] {
        assert_eq!(set_name(name).as_deref(), Ok(name));
    }
    assert_eq!(set_name("r#\"raw\"#").as_deref(), Ok("raw"));
}

#[test]
fn a_file_may_rest_on_a_built_in_scenario_that_has_a_base_itself() {
    let source = MemorySource::of("my.ron", "(base: \"closed_roads\", name: \"mine\")");
    let scenario = load(&source, "my.ron", &[]).unwrap();
    let known = Scenario::builtin("closed_roads").unwrap();
    assert_eq!((scenario.name.as_str(), scenario.hash()), ("mine", known.hash()));
    let beside = MemorySource::of("my.ron", "(base: \"tiny.ron\")");
    assert!(load(&beside, "my.ron", &[]).is_err(), "a file that is not there");
}

#[test]
fn layers_lie_over_each_other_and_know_where_they_came_from() {
    let bottom = "(name: \"a\", start: \"2014-10-01\", end: \"2015-09-30\", seed: 1, window_days: 1,
 household: (elasticity: 3.0, lapse: 0.2))";
    let top = "(base: \"sub/bottom.ron\",\n name: \"b\", household: (elasticity: 4.0))";
    let source = MemorySource::of("dir/sub/bottom.ron", bottom).with("dir/top.ron", top);
    let overrides = set(&[("window_days", "2"), ("end", "2016-01-01")]);
    let loaded = load_traced(&source, "dir/top.ron", &overrides).unwrap();
    let scenario = &loaded.scenario;
    let values = (
        scenario.name.as_str(),
        scenario.parameters.household.elasticity,
        scenario.parameters.household.lapse,
    );
    assert_eq!(values, ("b", 4.0, 0.2));
    assert_eq!((scenario.window_days, scenario.end.to_string().as_str()), (2, "2016-01-01"));
    let origin =
        |path: &str| loaded.origins.of(path).map(|at| format!("{}:{}:{}", at.file, at.line, at.column));
    assert_eq!(origin("household.elasticity").as_deref(), Some("dir/top.ron:2:37"));
    assert_eq!(origin("household.lapse").as_deref(), Some("dir/sub/bottom.ron:2:38"));
    assert_eq!(origin("end").as_deref(), Some("--set:2:5"));
    assert_eq!(origin("household.damage"), None);
}

#[test]
fn tables_are_found_from_the_file_that_names_them() {
    let base = "(name: \"a\", start: \"2014-10-01\", end: \"2015-09-30\", places: (table: \"t.csv\"))";
    let source = MemorySource::of("d/sub/base.ron", base)
        .with("d/top.ron", "(base: \"sub/base.ron\")")
        .with("d/sub/t.csv", "x");
    let loaded = load_traced(&source, "d/top.ron", &[]).unwrap();
    assert_eq!(loaded.scenario.places.table.as_deref(), Some("sub/t.csv"));
    assert_eq!(loaded.table.as_deref(), Some(&b"x"[..]));
}

#[test]
fn a_renamed_path_is_refused_and_its_new_name_is_one() {
    for (old, now) in super::fields::RENAMED {
        assert!(super::path_info(old).is_none() && super::path_info(now).is_some(), "{old} {now}");
        let refused =
            load(&MemorySource::of("x.ron", "(name: \"x\")"), "x.ron", &set(&[(old, "1.0")])).unwrap_err();
        assert!(refused.to_string().contains(&format!("is now called `{now}`")), "{refused}");
    }
}

#[test]
fn all_faults_of_all_layers_come_at_once() {
    let source = MemorySource::of("base.ron", "(start: 3, sed: 1)")
        .with("x.ron", "(base: \"base.ron\", end: \"2014-02-30\", seed: -1 window_days: 99)");
    let overrides = set(&[("household.elasticity", "99"), ("houshold.elasticity", "2")]);
    let found = load(&source, "x.ron", &overrides).unwrap_err();
    let places: Vec<String> = found
        .0
        .iter()
        .map(|fault| format!("{}:{}:{} {}", fault.file, fault.line, fault.column, fault.path))
        .collect();
    assert_eq!(
        places,
        [
            "base.ron:1:9 start",
            "base.ron:1:12 sed",
            "x.ron:1:25 end",
            "x.ron:1:45 seed",
            "x.ron:1:48 ",
            "x.ron:1:61 window_days",
            "--set:1:22 household.elasticity",
            "--set:2:1 houshold.elasticity",
        ]
    );
}

#[test]
fn a_wrong_value_within_a_list_is_named_at_its_own_place() {
    let text = "(name: \"x\", start: \"2014-10-01\", end: \"2015-09-30\",\n programme: (tranches: [\n  \
                (\"2014-10-13\", 5.0),\n  (\"2015-02-30\", 5.0)]))";
    assert!(faults(text).starts_with("x.ron:4:"), "{}", faults(text));
}

#[test]
fn what_has_no_effect_is_a_warning() {
    let text =
        PLAIN.replace("(name", "(programme: (start: \"2015-01-01\", support_end: \"2014-12-01\"), name");
    let loaded = load_traced(&MemorySource::of("x.ron", text), "x.ron", &[]).unwrap();
    let warnings: Vec<String> = loaded.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        ["x.ron:1:48: programme.support_end: support ends on 2014-12-01, before the programme starts on \
          2015-01-01"]
    );
}

struct Two;

impl Gazetteer for Two {
    fn county(&self, _: &Arc<Region>, code: CountyCode) -> Result<(), Vec<String>> {
        if code.0 == 330_122 { Ok(()) } else { Err(vec!["330122".to_owned()]) }
    }
    fn province(&self, _: &Arc<Region>, name: &str) -> Result<(), Vec<String>> {
        if name == "Zhejiang" { Ok(()) } else { Err(Vec::new()) }
    }
    fn figure(&self, name: &str) -> Result<(), Option<String>> {
        if name == "shop_sales" { Ok(()) } else { Err(Some("shop_sales".to_owned())) }
    }
    fn suppliers_columns(&self) -> &'static [&'static str] {
        &["clusters", "to_port_km"]
    }
}

#[test]
fn a_table_that_does_not_tell_where_suppliers_are_is_warned_of() {
    let text = PLAIN.replace("(name", "(places: (table: \"t.csv\"), name");
    let warned = |table: &str| {
        let source = MemorySource::of("x.ron", text.clone()).with("t.csv", table);
        let loaded = super::load_with_places(&source, "x.ron", &[], &Two).unwrap();
        loaded.warnings.iter().map(ToString::to_string).filter(|text| text.contains("no column")).collect()
    };
    let found: Vec<String> = warned("code,to_port_km\n330122,5\n");
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("the table has no column clusters: in these"), "{found:?}");
    assert_eq!(warned("code,to_port_km,clusters\n330122,5,\n"), Vec::<String>::new());
}

#[test]
fn unknown_places_are_named_where_they_stand() {
    let check = |select: &str| {
        let text = PLAIN.replace("(name", &format!("(places: (select: {select}), name"));
        let loaded = load_traced(&MemorySource::of("x.ron", text), "x.ron", &[]).unwrap();
        loaded.check_places(&Two).map_err(|faults| faults.to_string())
    };
    assert_eq!(check("Codes([330122])"), Ok(()));
    assert_eq!(
        check("Codes([330122, 330121])").unwrap_err(),
        "x.ron:1:34: places.select: `330121` is no county\n  help: did you mean 330122?"
    );
    let message = "is no province (Chinese, pinyin or 2-digit code)";
    assert_eq!(
        check("Rule(provinces: [\"Zhejiang\",\n \"Zhejian\", \"x\"])").unwrap_err(),
        format!("x.ron:2:2: places.select: `Zhejian` {message}\nx.ron:2:13: places.select: `x` {message}")
    );
}

#[test]
fn a_thousand_faults_are_counted_not_listed() {
    let text = format!("({})", "bad: 1, ".repeat(1000));
    let found = load(&MemorySource::of("x.ron", text), "x.ron", &[]).unwrap_err();
    assert!(found.0.len() < 110, "{}", found.0.len());
    assert!(found.to_string().contains("and 900 more faults"), "{found}");
}
