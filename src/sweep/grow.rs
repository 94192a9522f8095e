//! Growing a sweep: a larger folder takes over what a smaller one has finished.
//!
//! A run is the same if its scenario, its table of places and its seed are, whatever its number: more
//! replicates, a longer sequence, one more value of a factor, another question or fewer outcomes leave runs
//! that need not be made again. An outcome that was not kept cannot be had without a run, unless it is
//! derived from numbers that were. The old folder stays as it is. Rejected: to change a folder in place,
//! where a kill in between leaves neither the old sweep nor the new one.

use super::folder::Folder;
use super::pieces::Pieces;
use crate::command_error::CommandError;
use crate::text::number::{count, of};
use sim_experiments::experiment::{Kept, KeptOutcome};
use sim_experiments::plan::RunPlan;
use sim_experiments::record::{Record, Values};
use sim_experiments::series::Formula;
use std::collections::BTreeMap;

/// Where a new number is to be had from old ones.
enum NumberSource {
    /// It was kept.
    Kept(usize),
    /// Its parts were kept: in the order of their mention.
    Derived(Formula, Vec<(KeptOutcome, usize)>),
}

impl NumberSource {
    fn value(&self, numbers: &[f64]) -> f64 {
        let kept = |at: usize| numbers.get(at).copied().unwrap_or(f64::NAN);
        match self {
            NumberSource::Kept(at) => kept(*at),
            NumberSource::Derived(formula, parts) => formula.value(&|name, reading| {
                let is_it = |part: &KeptOutcome| {
                    part.series == name && reading.is_some_and(|own| part.kept == Kept::Number(own))
                };
                parts.iter().find(|(part, _)| is_it(part)).map_or(f64::NAN, |(_, at)| kept(*at))
            }),
        }
    }
}

/// Where the numbers and the rows of a new plan are to be had from those of an old one.
struct KeptPlaces {
    numbers: Vec<NumberSource>,
    rows: Vec<usize>,
}

/// What a new plan can take over from a folder.
pub struct Grown<'o> {
    old: &'o Folder,
    /// New runs by old one.
    same: BTreeMap<u64, Vec<u64>>,
    /// Where the outcomes of the new plan are among the numbers and the rows of the old one.
    places: Option<KeptPlaces>,
    /// Outcomes that the old one did not keep.
    lacking: Vec<String>,
    /// Runs that the old one has done well.
    done: u64,
}

impl<'o> Grown<'o> {
    /// Looks what there is to take over.
    ///
    /// # Errors
    /// If the old folder's runs cannot be read, or a scenario is faulty.
    pub fn of(old: &'o Folder, new: &RunPlan) -> Result<Grown<'o>, CommandError> {
        let index = old.pieces().index()?;
        let (places, lacking) = places(old.plan.experiment().outcomes.as_slice(), &new.experiment().outcomes);
        let mut known: BTreeMap<(u128, u64), Vec<u64>> = BTreeMap::new();
        let mut same: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        if lacking.is_empty() && index.done() > 0 {
            each(new, |world, run, seed| known.entry((world, seed)).or_default().push(run))?;
            each(&old.plan, |world, run, seed| {
                let is_done = index.runs.get(&run).is_some_and(|known| !known.failed);
                if let Some(runs) = known.get(&(world, seed)).filter(|_| is_done) {
                    same.insert(run, runs.clone());
                }
            })?;
        }
        Ok(Grown { old, same, places, lacking, done: index.done() })
    }

    /// New runs that need not be made.
    pub fn kept(&self) -> u64 {
        self.same.values().map(|runs| runs.len() as u64).sum()
    }

    /// Writes them into the pieces of the new folder.
    ///
    /// # Errors
    /// If they cannot be read or written.
    pub fn carry(&self, pieces: &Pieces) -> Result<(), CommandError> {
        let Some(KeptPlaces { numbers, rows }) = &self.places else {
            return Ok(());
        };
        let index = self.old.pieces().index()?;
        let mut writer = pieces.writer();
        for file in &index.files {
            for record in self.old.pieces().read(file)? {
                let (Some(runs), Ok(values)) = (self.same.get(&record.run), &record.result) else {
                    continue;
                };
                let values = Values {
                    fingerprint: values.fingerprint,
                    numbers: numbers.iter().map(|source| source.value(&values.numbers)).collect(),
                    rows: rows.iter().filter_map(|&at| values.rows.get(at).cloned()).collect(),
                };
                for &run in runs {
                    writer.carry(Record { run, result: Ok(values.clone()), ..record.clone() })?;
                }
            }
        }
        writer.pack()
    }

    /// What is kept, and why not more, in a sentence.
    pub fn summary(&self, new: &RunPlan) -> String {
        let path = self.old.path.display();
        let (kept, all) = (self.kept(), new.runs());
        let finished = of(self.done, "finished run", "finished runs");
        if !self.lacking.is_empty() {
            return format!(
                "none of the {finished} of {path} can be kept: {} {} not kept there, and a new outcome \
                 needs new runs",
                self.lacking.join(", "),
                if self.lacking.len() == 1 { "was" } else { "were" }
            );
        }
        let used = self.same.len() as u64;
        let rest = match self.done - used.min(self.done) {
            0 => String::new(),
            rest => format!("; {} of no point, replicate and seed of this experiment", are(rest)),
        };
        format!(
            "{} of the {finished} of {path} {} kept{rest}; {} new",
            count(used),
            if used == 1 { "is" } else { "are" },
            of(all - kept.min(all), "run is", "runs are")
        )
    }
}

fn are(number: u64) -> String {
    format!("{} {}", count(number), if number == 1 { "is" } else { "are" })
}

/// Calls for every run with a digest of its world, its number and its seed.
fn each(plan: &RunPlan, mut found: impl FnMut(u128, u64, u64)) -> Result<(), CommandError> {
    let replicates = u64::from(plan.experiment().replicates);
    for first in (0..plan.runs()).step_by(plan.experiment().replicates as usize) {
        let run = plan.run(first);
        // What is refused has no runs to share.
        let Ok(world) = plan.world(run.point, run.member) else { continue };
        for number in first..first + replicates {
            found(world, number, plan.run(number).seed);
        }
    }
    Ok(())
}

/// Where new outcomes are among those of old records, and which are not there. Names may differ: an outcome
/// is what is read, and how.
fn places(old: &[KeptOutcome], new: &[KeptOutcome]) -> (Option<KeptPlaces>, Vec<String>) {
    let same = |a: &KeptOutcome, b: &KeptOutcome| {
        (&a.series, a.level, &a.places, a.within, &a.kept)
            == (&b.series, b.level, &b.places, b.within, &b.kept)
    };
    let of = |is_number: bool| -> Vec<&KeptOutcome> {
        old.iter().filter(|outcome| outcome.kept.is_number() == is_number).collect()
    };
    let (numbers, rows) = (of(true), of(false));
    let number = |outcome: &KeptOutcome| numbers.iter().position(|known| same(known, outcome));
    let derived = |outcome: &KeptOutcome| {
        let (formula, parts) = outcome.parts()?;
        let parts = parts.into_iter().map(|part| number(&part).map(|at| (part, at)));
        Some(NumberSource::Derived(formula, parts.collect::<Option<_>>()?))
    };
    let mut found = KeptPlaces { numbers: Vec::new(), rows: Vec::new() };
    let mut lacking = Vec::new();
    for outcome in new {
        let is_found = if outcome.kept.is_number() {
            let source = number(outcome).map(NumberSource::Kept).or_else(|| derived(outcome));
            source.map(|source| found.numbers.push(source))
        } else {
            rows.iter().position(|known| same(known, outcome)).map(|place| found.rows.push(place))
        };
        if is_found.is_none() {
            lacking.push(outcome.name.clone());
        }
    }
    (lacking.is_empty().then_some(found), lacking)
}
