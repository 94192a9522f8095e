//! What a stranger sees in the terminal and in Python when a file is wrong, whole: the place, the field, the
//! line with its markers, what was expected and what to do.

use sim_core::scenario::{MemorySource, load_traced};
use sim_core::simulation::Simulation;
use sim_files::marked;
use std::fs;
use std::path::Path;

const RECORD: &str = "COUNTRYSIDE_RECORD_ERRORS";

/// A scenario with several faults.
const SCENARIO: &str = "(
    base: \"tiny\",
    name: \"My \tfirst?\",
    start: \"2015-02-30\",
    household_sampel: 0.5,
    household: (elasticity: 0.5, alone_hassle: 1.0),
    report: (villages: Everything),
    seed: 1,
    seed: 2,
)
";

/// An experiment with several faults.
const EXPERIMENT: &str = "(
    name: \"prices\",
    base: \"tiny\",
    common_luck: true,
    factors: [
        (path: \"household.elasticty\", range: (2.0, 5.0)),
        (path: \"household.retail_share\", range: (0.9, 0.1)),
        (path: \"programme.enabled\", values: [true, maybe]),
    ],
    design: Sobol(sample: 64),
    outcomes: [\"shops\", (series: \"station_oders\", read: Total)],
    budget: (runs: 0),
)
";

/// A scenario whose table of counties has several faults.
const WITH_TABLE: &str = "(base: \"tiny\", places: (select: All, table: \"own.csv\"))\n";

/// The table: codes, names, kinds and numbers that are none.
const COUNTIES: &str = "code,name,name_en,kind,province,prefecture,lon,lat,elevation_m,relief_m,\
to_prefecture_km,to_capital_km,towns,townships,subdistricts,villages,communities
33012,桐庐县,Tonglu County,county,浙江省,杭州市,119.69,29.79,45,520,70,70,6,4,4,183,22
330122,,Tonglu County,county,Zhejiang,杭州市,119.69,29.79,45,520,70,70,6,4,4,183,22
330127,淳安县,Chun'an County,shire,浙江省,杭州市,1190.4,29.61,130,-5,105,105,11,12,0,183,13
";

/// What is shown of each of the files.
fn shown() -> String {
    let source = MemorySource::of("scenario.ron", SCENARIO)
        .with("experiment.ron", EXPERIMENT)
        .with("table.ron", WITH_TABLE)
        .with("own.csv", COUNTIES);
    let scenario = load_traced(&source, "scenario.ron", &[]).unwrap_err();
    let experiment = sim_experiments::experiment::load(&source, "experiment.ron").unwrap_err();
    let with_table = load_traced(&source, "table.ron", &[]).unwrap();
    let table = Simulation::estimate(&with_table.scenario, with_table.table.as_deref()).unwrap_err();
    [scenario, experiment, table].map(|errors| marked::shown(&errors) + "\n").join("\n")
}

#[test]
fn errors_are_shown_as_the_golden_file_has_them() {
    let text = shown();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/errors.txt");
    if std::env::var_os(RECORD).is_some() {
        fs::write(&golden, &text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(golden).unwrap(), "if the change is meant, set {RECORD}=1");
    assert!(text.lines().filter(|line| line.contains('^')).count() > 8, "every fault has its marker");
}
