//! A stand-in until the simulation lands.
#![allow(missing_docs)]

use sim_core::base::{Delay, Fingerprint, Time};
use sim_core::metrics::table::{Column, Table};
use sim_core::scenario::{Faults, Scenario};

pub struct Estimate {
    pub counties: u64,
    pub villages: u64,
    pub households: u64,
    pub records: u64,
    pub bytes: u64,
}
#[derive(Clone, Copy, Debug)]
pub enum Threads {
    Sequential,
    Parallel(usize),
}
#[derive(Clone)]
pub struct Headline {
    pub name: String,
    pub unit: String,
    pub definition: String,
    pub value: f64,
    pub series: Vec<f64>,
}
pub struct Audit {
    pub money_closes: bool,
    pub parcels_close: bool,
    pub messages: Vec<String>,
}
pub struct Outcome {
    pub headline: Vec<Headline>,
    pub tables: Vec<Table>,
    pub audit: Audit,
}
pub type CheckpointError = String;
pub type BranchError = String;

pub struct Simulation {
    scenario: Scenario,
    now: Time,
    print: Fingerprint,
    series: Vec<f64>,
}

impl Simulation {
    pub fn estimate(scenario: &Scenario) -> Result<Estimate, Faults> {
        let villages = u64::from(scenario.places.villages_per_county.unwrap_or(100));
        Ok(Estimate {
            counties: 3,
            villages: 3 * villages,
            households: 900 * villages,
            records: 90,
            bytes: 1000 * 900 * villages,
        })
    }
    pub fn build(scenario: &Scenario, _: Threads) -> Result<Simulation, Faults> {
        Ok(Simulation {
            scenario: scenario.clone(),
            now: scenario.start_time(),
            print: Fingerprint::default(),
            series: vec![],
        })
    }
    pub fn now(&self) -> Time {
        self.now
    }
    pub fn start(&self) -> Time {
        self.scenario.start_time()
    }
    pub fn end(&self) -> Time {
        self.scenario.end_time()
    }
    pub fn step(&mut self) -> bool {
        if self.now >= self.end() {
            return false;
        }
        if self.scenario.name == "nation_2009" {
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        if std::env::var_os("STUB_PANIC").is_some() {
            panic!("stub");
        }
        self.now = (self.now + Delay::days(self.scenario.window_days)).min(self.end());
        self.print
            .mix(u64::from(self.now.minutes()) ^ self.scenario.seed.0);
        let x = (self.print.value() % 1000) as f64;
        self.series.push(x + 10.0 * self.series.len() as f64);
        self.now < self.end()
    }
    pub fn fingerprint(&self) -> Fingerprint {
        self.print
    }
    pub fn events(&self) -> u64 {
        self.series.len() as u64 * 100
    }
    pub fn orders(&self) -> u64 {
        self.series.len() as u64 * 20
    }
    pub fn checkpoint(&self) -> Result<Vec<u8>, CheckpointError> {
        Ok(
            serde_json::to_vec(&(self.scenario.resolved_text(), self.now, self.print, &self.series))
                .unwrap_or_default(),
        )
    }
    pub fn resume(bytes: &[u8], _: Threads) -> Result<Simulation, CheckpointError> {
        let (text, now, print, series): (String, Time, Fingerprint, Vec<f64>) =
            serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
        let source = sim_core::scenario::MemorySource::of("c", text.into_bytes());
        let scenario = sim_core::scenario::load(&source, "c", &[]).map_err(|e| e.to_string())?;
        Ok(Simulation {
            scenario,
            now,
            print,
            series,
        })
    }
    pub fn branch(
        bytes: &[u8],
        overrides: &[(String, String)],
        threads: Threads,
    ) -> Result<Simulation, BranchError> {
        let mut simulation = Simulation::resume(bytes, threads)?;
        for (path, value) in overrides {
            simulation.scenario.set(path, value).map_err(|e| e.to_string())?;
        }
        Ok(simulation)
    }
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }
    pub fn outcome(&self) -> Outcome {
        let h = |name: &str, unit: &str, k: f64| Headline {
            name: name.into(),
            unit: unit.into(),
            definition: "A stub.".into(),
            value: self.series.last().copied().unwrap_or(0.0) * k,
            series: self.series.iter().map(|x| x * k).collect(),
        };
        let n = self.series.len();
        Outcome {
            headline: vec![
                h("stations_open", "stations", 1.0),
                h("orders", "orders/month", 812.0),
                h("partner_income", "yuan/month", 0.77),
            ],
            tables: vec![
                Table::new(
                    "nation",
                    "Months.",
                    vec![
                        Column::text("name", "=x", (0..n).map(|i| format!("=m{i}"))),
                        Column::real("orders", "orders/month", "Orders.", self.series.iter().copied()),
                    ],
                )
                .unwrap_or_else(|_| unreachable!()),
                Table::new(
                    "ledger",
                    "Payments.",
                    vec![
                        Column::text("month", "m", vec!["2014-10"; 2]),
                        Column::text("item", "i", ["station_purchase", "refund"]),
                        Column::text("from", "f", ["households", "merchants"]),
                        Column::text("to", "t", ["merchants", "households"]),
                        Column::integer("paid", "fen", "Paid.", [123_456_789_i64, 1_000_i64]),
                    ],
                )
                .unwrap_or_else(|_| unreachable!()),
            ],
            audit: Audit {
                money_closes: true,
                parcels_close: true,
                messages: vec![],
            },
        }
    }
}
