//! How far a sweep is, and forgetting failures.

use super::folder::Folder;
use super::lock::SweepLock;
use crate::args::experiment::{FolderArgs, StatusArgs};
use crate::command_error::CommandError;
use crate::recipe;
use crate::terminal;
use crate::text::layout;
use crate::text::number::{bytes, count, duration, of};

/// Shards beyond which only those that are not finished are listed.
const LISTED: usize = 20;

/// How far a shard is.
struct Shard {
    number: u32,
    runs: u64,
    done: u64,
    failed: u64,
    running: bool,
}

/// `sweep status`.
///
/// # Errors
/// If the folder cannot be read.
pub fn status(args: &StatusArgs) -> Result<(), CommandError> {
    let folder = Folder::open(&args.folder)?;
    if args.unfinished {
        let known = folder.pieces().index()?.runs;
        return terminal::print(&format!("{}\n", ranges(&unfinished(&shards(&folder, &known)))));
    }
    print(&folder, args.json)
}

/// The numbers of shards with missing runs that nobody runs.
fn unfinished(shards: &[Shard]) -> Vec<u32> {
    let open = |shard: &&Shard| shard.done + shard.failed < shard.runs && !shard.running;
    shards.iter().filter(open).map(|shard| shard.number).collect()
}

/// Ascending numbers as `3,17-19`.
fn ranges(numbers: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    let text = |&(first, last): &(u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    ranges.iter().map(text).collect::<Vec<_>>().join(",")
}

/// Prints how far a sweep is.
///
/// # Errors
/// If the folder cannot be read.
pub fn print(folder: &Folder, json: bool) -> Result<(), CommandError> {
    let index = folder.pieces().index()?;
    let plan = &folder.plan;
    let shards = shards(folder, &index.runs);
    let seconds: f64 = index.runs.values().map(|known| known.seconds).sum();
    let missing = plan.runs() - index.runs.len() as u64;
    let each = seconds / index.runs.len().max(1) as f64;
    if json {
        let rows: Vec<serde_json::Value> = shards
            .iter()
            .map(|shard| {
                serde_json::json!({
                    "shard": shard.number, "runs": shard.runs, "done": shard.done, "failed": shard.failed,
                        "running": shard.running,
                })
            })
            .collect();
        let document = serde_json::json!({
            "experiment": plan.experiment().name,
            "runs": plan.runs(),
            "done": index.done(),
            "failed": index.failed(),
            "missing": missing,
            "seconds_per_run": each,
            "piece_bytes": index.bytes,
            "shards": rows,
        });
        return terminal::print(&format!("{document:#}\n"));
    }
    let mut text = format!(
        "{}: {} of {} done, {} failed, {} missing; {} of pieces\n",
        folder.path.display(),
        count(index.done()),
        of(plan.runs(), "run", "runs"),
        count(index.failed()),
        count(missing),
        bytes(index.bytes),
    );
    if missing > 0 && !index.runs.is_empty() {
        text += &format!(
            "A run took {} on its thread, so that the rest needs {} of one processor.\n",
            duration(each),
            duration(each * missing as f64)
        );
    }
    if shards.len() > 1 {
        text += &table(&shards);
    }
    terminal::print(&text)
}

fn shards(folder: &Folder, known: &std::collections::BTreeMap<u64, super::pieces::Known>) -> Vec<Shard> {
    let count = folder.plan.stored().shards;
    let mut shards: Vec<Shard> = (0..count)
        .map(|shard| Shard {
            number: shard + 1,
            runs: folder.plan.of_shard(shard).count() as u64,
            done: 0,
            failed: 0,
            running: SweepLock::is_held(&folder.path, &format!("shard-{}", shard + 1)),
        })
        .collect();
    for (&run, known) in known {
        if let Some(shard) = shards.get_mut((run % u64::from(count)) as usize) {
            shard.done += u64::from(!known.failed);
            shard.failed += u64::from(known.failed);
        }
    }
    shards
}

fn table(shards: &[Shard]) -> String {
    let all = shards.len() <= LISTED;
    let mut table = layout::table(terminal::width(), &["shard", "runs", "done", "failed", "missing", ""]);
    let open = |shard: &&Shard| all || shard.running || shard.done + shard.failed < shard.runs;
    for shard in shards.iter().filter(open).take(4 * LISTED) {
        let missing = shard.runs - shard.done - shard.failed;
        table.add_row([
            shard.number.to_string(),
            count(shard.runs),
            count(shard.done),
            count(shard.failed),
            count(missing),
            if shard.running { "running".to_owned() } else { String::new() },
        ]);
    }
    layout::numbers(&mut table, 1..5);
    layout::text(&table, "  ")
}

/// `sweep retry`.
///
/// # Errors
/// If somebody is running, or the folder cannot be written.
pub fn retry(args: &FolderArgs) -> Result<(), CommandError> {
    let folder = Folder::open(&args.folder)?;
    let _lock = folder.lock_all("forgetting failed runs")?;
    let pieces = folder.pieces();
    let forgotten = pieces.forget(&pieces.index()?, |record| record.result.is_err())?;
    if args.json {
        return terminal::print(&format!("{:#}\n", serde_json::json!({ "forgotten": forgotten })));
    }
    terminal::print(&format!(
        "{}: {} forgotten; countryside sweep run {} runs what is missing\n",
        args.folder.display(),
        of(forgotten, "failed run", "failed runs"),
        recipe::path(&args.folder)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_listed_as_ranges() {
        assert_eq!(ranges(&[]), "");
        assert_eq!(ranges(&[3, 17, 18, 19, 21, 22]), "3,17-19,21-22");
    }
}
