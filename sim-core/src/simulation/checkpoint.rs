//! Checkpoints: everything that a run is at a window's end, as bytes.
//!
//! A checkpoint carries its scenario (as text) and its table of counties, so that it can be resumed anywhere.
//! Places are not stored: they are made again from the seed. The caller writes the bytes and guards them by a
//! checksum; what is inside is nevertheless checked, and never trusted with an allocation.
//!
//! ```text
//! 1 byte   form
//! 32 bytes digest of the model that wrote it, in hexadecimal
//! pieces, each after its length in 8 bytes, little endian:
//!          head: scenario, earlier scenarios, moment, fingerprint, weights, messages on their way
//!          one for each node: counties, then the nation
//!          what was gathered so far
//! ```
//!
//! Nodes are pieces of their own, so that a run of any size is written and read county by county, and so that
//! a rank can skip what others are to hold. One piece for everything was rejected: it doubles the memory
//! of a run.

use super::branching::{refuse_fixed, refuse_past};
use super::checkpoint_error::{BranchError, CheckpointError, Damage, FORM, MODEL};
use super::faults::{fault, world_faults};
use super::own_places::geography;
use super::places::Threads;
use super::run::{Earlier, Simulation};
use crate::base::{Fingerprint, Time};
use crate::event::Message;
use crate::model::assembly::{self, MadePlaces};
use crate::model::soundness::{self, StoredMessage, StoredPart};
use crate::model::{Gathered, ModelNode, Setting};
use crate::runner::{Communicator, Envelope, Network, Node, Shares, SingleRank, from_bytes, to_bytes};
use crate::scenario::{InputErrors, Issue, MemorySource, Scenario, load};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};

/// A scenario that held until a branch changed it, as stored.
#[derive(Clone, Serialize, Deserialize)]
struct StoredEarlier {
    until: Time,
    fingerprint: Fingerprint,
    scenario: String,
}

/// What a checkpoint says before its nodes.
#[derive(Serialize, Deserialize)]
pub(super) struct Head {
    scenario: String,
    pub(super) table: Option<Vec<u8>>,
    /// What the scenario calls its table; in the texts it has a name of the checkpoint's own.
    table_name: Option<String>,
    /// Scenarios that held earlier.
    earlier: Vec<StoredEarlier>,
    pub(super) now: Time,
    fingerprint: Fingerprint,
    /// Recent work of every node, by which ranks share them.
    weights: Vec<u64>,
    undelivered: Vec<Envelope<Message>>,
}

impl Simulation {
    /// Everything the run is now, as bytes.
    ///
    /// # Errors
    /// If it cannot be written down, which would be a fault of the program.
    pub fn checkpoint(&self) -> Result<Vec<u8>, CheckpointError> {
        let mut bytes = Vec::new();
        self.checkpoint_on_ranks(Some(&mut bytes), &mut SingleRank)?;
        Ok(bytes)
    }

    /// The same, written county by county, so that it takes no memory of its own. Every rank makes this
    /// call; the first has the writer. The bytes do not depend on how many ranks there are.
    ///
    /// # Errors
    /// On the first rank, what the writer reports.
    pub fn checkpoint_on_ranks<C: Communicator>(
        &self,
        writer: Option<&mut dyn Write>,
        communicator: &mut C,
    ) -> Result<(), CheckpointError> {
        let nodes = self.network.nodes();
        let weights: Vec<u64> = nodes.iter().map(Node::weight).collect();
        let own = to_bytes(&(weights, self.network.undelivered()));
        let parts = communicator.gather(&own);
        let Some(writer) = writer.filter(|_| communicator.rank() == 0) else {
            nodes.iter().for_each(|node| communicator.send(&to_bytes(node)));
            return Ok(());
        };
        let mut pieces = Pieces::to(writer);
        pieces.write(&to_bytes(&self.head(&parts)));
        nodes.iter().for_each(|node| pieces.write(&to_bytes(node)));
        for rank in 1..communicator.count() {
            // Also after a fault: the others send on.
            self.shares.range(rank).for_each(|_| pieces.write(&communicator.receive(rank)));
        }
        pieces.write(&to_bytes(&self.gathered));
        pieces.finish()
    }

    fn head(&self, parts: &[Vec<u8>]) -> Head {
        let mut head = Head {
            scenario: stored_text(&self.scenario),
            table: self.table.clone(),
            table_name: own_name(&self.scenario),
            earlier: self.earlier.iter().map(written).collect(),
            now: self.now,
            fingerprint: self.fingerprint,
            weights: Vec::new(),
            undelivered: Vec::new(),
        };
        for bytes in parts {
            let (weights, undelivered): (Vec<u64>, Vec<Envelope<Message>>) = from_bytes(bytes);
            head.weights.extend(weights);
            head.undelivered.extend(undelivered);
        }
        head
    }

    /// Goes on from a checkpoint.
    ///
    /// # Errors
    /// If the bytes are not those of a checkpoint of this version.
    pub fn resume(bytes: &[u8], threads: Threads) -> Result<Simulation, CheckpointError> {
        Simulation::resume_on_ranks(bytes, threads, &mut SingleRank)
    }

    /// The same from a reader, county by county, with what this rank is to hold. Every rank makes this
    /// call, with the same bytes to read; how many there are need not be how many wrote them.
    ///
    /// # Errors
    /// Those of [`Simulation::resume`]; more ranks than counties. The ranks must agree on it before
    /// they go on.
    pub fn resume_on_ranks<C: Communicator>(
        mut reader: impl Read,
        threads: Threads,
        communicator: &mut C,
    ) -> Result<Simulation, CheckpointError> {
        let head = read_head(&mut reader)?;
        let scenario = stored_scenario(&head)?;
        let parts = read_parts(reader, &head, communicator)?;
        rebuild(head, parts, scenario, threads)
    }

    /// Goes on from a checkpoint with changes (path, value in RON), with the same random draws until then.
    ///
    /// # Errors
    /// If the checkpoint cannot be resumed, a change is faulty, would unmake the past, or lies in it.
    pub fn branch(
        bytes: &[u8],
        changes: &[(String, String)],
        threads: Threads,
    ) -> Result<Simulation, BranchError> {
        Simulation::branch_from(bytes, changes, threads)
    }

    /// The same from a reader, county by county.
    ///
    /// # Errors
    /// Those of [`Simulation::branch`].
    pub fn branch_from(
        mut reader: impl Read,
        changes: &[(String, String)],
        threads: Threads,
    ) -> Result<Simulation, BranchError> {
        let mut head = read_head(&mut reader)?;
        let before = stored_scenario(&head)?;
        let scenario = changed(&before, head.table.as_deref(), changes, head.now)?;
        let parts = read_parts(reader, &head, &SingleRank)?;
        // A scenario that a branch at the same moment replaced has never held.
        if head.earlier.last().is_none_or(|last| last.until < head.now) {
            let (until, fingerprint) = (head.now, head.fingerprint);
            head.earlier.push(StoredEarlier { until, fingerprint, scenario: head.scenario.clone() });
        }
        rebuild(head, parts, scenario, threads).map_err(|reason| match reason {
            CheckpointError::Scenario(faults) => BranchError::Change(faults),
            other => BranchError::Checkpoint(other),
        })
    }
}

/// A scenario as a branch at a moment changes it (path, value in RON), for who asks before there is a run to
/// branch. `table` is the scenario's own table of counties.
///
/// # Errors
/// If a change is faulty, would unmake the past, or lies in it.
pub fn changed(
    scenario: &Scenario,
    table: Option<&[u8]>,
    changes: &[(String, String)],
    now: Time,
) -> Result<Scenario, BranchError> {
    refuse_fixed(changes)?;
    let source = source(&stored_text(scenario), table);
    let mut after = load(&source, STORED, changes).map_err(BranchError::Change)?;
    restore(&mut after, own_name(scenario));
    refuse_past(scenario, &after, now)?;
    Ok(after)
}

const STORED: &str = "checkpoint.ron";

fn source(text: &str, table: Option<&[u8]>) -> MemorySource {
    let source = MemorySource::of(STORED, text.as_bytes());
    match table {
        // The scenario names the one that it has.
        Some(table) => source.with("table.csv", table).with("table.region", table),
        None => source,
    }
}

fn written(earlier: &Earlier) -> StoredEarlier {
    let Earlier { until, fingerprint, ref scenario } = *earlier;
    StoredEarlier { until, fingerprint, scenario: stored_text(scenario) }
}

/// Reads the scenarios that held earlier.
fn earlier(head: &Head) -> Result<Vec<Earlier>, InputErrors> {
    let read = |stored: &StoredEarlier| {
        let scenario = read_scenario(head, &stored.scenario)?;
        Ok(Earlier { until: stored.until, fingerprint: stored.fingerprint, scenario })
    };
    head.earlier.iter().map(read).collect()
}

/// The name under which a checkpoint's scenarios find the places that they brought, but for its ending.
const STORED_PLACES: &str = "table";

/// How a scenario calls the places that it brought.
fn own_name(scenario: &Scenario) -> Option<String> {
    scenario.places.region_path.clone().or_else(|| scenario.places.table.clone())
}

/// Calls the places that a stored scenario brought as it called them.
fn restore(scenario: &mut Scenario, name: Option<String>) {
    match scenario.places.region_path.is_some() {
        true => scenario.places.region_path = name,
        false => scenario.places.table = name,
    }
}

/// A scenario as a text that finds its table in the checkpoint. Looking for the table's own name in the text
/// was rejected: a question may hold anything.
fn stored_text(scenario: &Scenario) -> String {
    let mut scenario = scenario.clone();
    scenario.places.keep_as(STORED_PLACES);
    scenario.resolved_text()
}

/// A stored scenario, its table called as it was.
fn read_scenario(head: &Head, text: &str) -> Result<Scenario, InputErrors> {
    let mut scenario = load(&source(text, head.table.as_deref()), STORED, &[])?;
    restore(&mut scenario, head.table_name.clone());
    Ok(scenario)
}

/// Writes the form and the model, then pieces, each after its length; keeps the first fault and writes no
/// more after it.
struct Pieces<'w> {
    writer: &'w mut dyn Write,
    result: io::Result<()>,
}

impl<'w> Pieces<'w> {
    fn to(writer: &'w mut dyn Write) -> Pieces<'w> {
        let result = writer.write_all(&[FORM]).and_then(|()| writer.write_all(MODEL.as_bytes()));
        Pieces { writer, result }
    }

    fn write(&mut self, piece: &[u8]) {
        if self.result.is_ok() {
            let length = (piece.len() as u64).to_le_bytes();
            let written = self.writer.write_all(&length);
            self.result = written.and_then(|()| self.writer.write_all(piece));
        }
    }

    fn finish(self) -> Result<(), CheckpointError> {
        self.result.map_err(CheckpointError::Writing)
    }
}

fn damaged(error: impl ToString) -> CheckpointError {
    CheckpointError::Damaged(Damage::Undecodable { reason: error.to_string() })
}

fn cut_short() -> CheckpointError {
    CheckpointError::Damaged(Damage::CutShort)
}

/// The length of the next piece, which is not to be trusted.
fn read_length(reader: &mut impl Read) -> Result<u64, CheckpointError> {
    let mut length = [0; 8];
    reader.read_exact(&mut length).map_err(|_| cut_short())?;
    Ok(u64::from_le_bytes(length))
}

/// Reads a piece; memory grows with what is really there.
fn read_piece<T: DeserializeOwned>(reader: &mut impl Read) -> Result<T, CheckpointError> {
    let length = read_length(reader)?;
    let mut piece = Vec::new();
    reader.take(length).read_to_end(&mut piece).map_err(damaged)?;
    if piece.len() as u64 != length {
        return Err(cut_short());
    }
    postcard::from_bytes(&piece).map_err(damaged)
}

fn skip_piece(reader: &mut impl Read) -> Result<(), CheckpointError> {
    let length = read_length(reader)?;
    let skipped = io::copy(&mut reader.take(length), &mut io::sink()).map_err(damaged)?;
    if skipped == length { Ok(()) } else { Err(cut_short()) }
}

pub(super) fn read_head(reader: &mut impl Read) -> Result<Head, CheckpointError> {
    let mut form = [0];
    reader.read_exact(&mut form).map_err(|_| cut_short())?;
    if form != [FORM] {
        return Err(CheckpointError::Form { found: form[0] });
    }
    let mut model = [0; MODEL.len()];
    reader.read_exact(&mut model).map_err(|_| cut_short())?;
    if model != *MODEL.as_bytes() {
        let is_digest = model.iter().all(u8::is_ascii_hexdigit);
        let found = String::from_utf8_lossy(&model).into_owned();
        return Err(if is_digest {
            CheckpointError::Model { found }
        } else {
            CheckpointError::Damaged(Damage::NoModel)
        });
    }
    read_piece(reader)
}

/// The part of a checkpoint that a rank holds.
struct Parts {
    shares: Shares,
    nodes: Vec<ModelNode>,
    first: u32,
    gathered: Gathered,
}

fn read_parts(
    mut reader: impl Read,
    head: &Head,
    communicator: &impl Communicator,
) -> Result<Parts, CheckpointError> {
    if head.weights.iter().any(|&weight| weight > MOST_WEIGHT) {
        return Err(contradicts(StoredPart::Nodes));
    }
    let shares = Shares::of(&head.weights, communicator.count());
    let counties = head.weights.len().saturating_sub(1);
    if communicator.count() > counties.max(1) {
        return Err(CheckpointError::Scenario(super::on_ranks::too_many(communicator.count(), counties)));
    }
    let own = shares.range(communicator.rank());
    let mut nodes = Vec::new();
    for address in 0..shares.nodes() as u32 {
        if own.contains(&address) {
            nodes.push(read_piece(&mut reader)?);
        } else {
            skip_piece(&mut reader)?;
        }
    }
    let gathered = if communicator.rank() == 0 { read_piece(&mut reader)? } else { Gathered::default() };
    Ok(Parts { shares, nodes, first: own.start, gathered })
}

pub(super) fn stored_scenario(head: &Head) -> Result<Scenario, CheckpointError> {
    read_scenario(head, &head.scenario).map_err(CheckpointError::Scenario)
}

fn contradicts(part: StoredPart) -> CheckpointError {
    CheckpointError::Damaged(Damage::Contradiction { part })
}

/// The most work of a node in a window that is believed \[events\].
const MOST_WEIGHT: u64 = 1 << 40;

/// Holds what was stored against the places and rules of its scenario, before anything is computed with it.
///
/// A moment is any between start and end: a run that was at its end, and goes on to a later one, need not
/// be at the end of a window.
fn check(head: &Head, parts: &Parts, setting: &Setting, scenario: &Scenario) -> Result<(), StoredPart> {
    let moments = scenario.start_time()..=scenario.end_time();
    soundness::holds(moments.contains(&head.now), StoredPart::Moment)?;
    for (address, node) in (parts.first..).zip(&parts.nodes) {
        soundness::check_node(node, setting, address, head.now)?;
    }
    let messages = head.undelivered.iter().map(|Envelope { from, to, body, .. }| StoredMessage {
        from: *from,
        to: *to,
        body,
    });
    soundness::check_messages(messages, setting, head.now)?;
    soundness::holds(parts.gathered.is_sound(setting), StoredPart::Results)
}

fn rebuild(
    head: Head,
    parts: Parts,
    scenario: Scenario,
    threads: Threads,
) -> Result<Simulation, CheckpointError> {
    let refused = CheckpointError::Scenario;
    let earlier = earlier(&head).map_err(refused)?;
    let geography = &*geography(&scenario, head.table.as_deref()).map_err(refused)?;
    super::rule_check::check_rules(&scenario, geography).map_err(refused)?;
    let places = MadePlaces::of(geography, &scenario).map_err(|error| refused(world_faults(&error)))?;
    let setting = assembly::setting(geography, &scenario, &places);
    if head.weights.len() != setting.atlas.counties.len() + 1 {
        return Err(refused(fault("places", Issue::OtherCounties).into()));
    }
    check(&head, &parts, &setting, &scenario).map_err(contradicts)?;
    let runner = threads.runner().map_err(refused)?;
    let mut nodes = parts.nodes;
    nodes.iter_mut().filter_map(ModelNode::county_mut).for_each(|county| county.derive(&setting));
    let here = parts.first..parts.first + nodes.len() as u32;
    let mut undelivered = head.undelivered;
    undelivered.retain(|envelope| here.contains(&envelope.to));
    Ok(Simulation {
        scenario,
        table: head.table,
        earlier,
        setting,
        shares: parts.shares,
        network: Network::part(parts.first, nodes, undelivered, head.fingerprint),
        runner,
        now: head.now,
        fingerprint: head.fingerprint,
        gathered: parts.gathered,
    })
}
