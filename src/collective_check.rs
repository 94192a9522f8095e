//! Collective checks: ranks that share a run end together. What fails on one is reported once, and ends the
//! run on all.
//!
//! Each step that can fail on one rank alone (a file that is missing there, too little memory, too few
//! threads) is followed by an agreement before the next common step, in which the others would wait for ever.

use crate::command_error::CommandError;
use sim_core::runner::{Communicator, from_bytes, to_bytes};
use sim_core::scenario::Scenario;
use std::fmt::Write;

/// A failure as it is sent: exit code and message.
type SentFailure = Option<(u8, String)>;

/// The own result, if no rank failed; else on every rank the same failure, which tells who failed.
///
/// # Errors
/// If any rank failed.
pub fn collective_check<T, C: Communicator>(
    communicator: &mut C,
    own: Result<T, CommandError>,
) -> Result<T, CommandError> {
    if communicator.count() == 1 {
        return own;
    }
    let sent: SentFailure = own.as_ref().err().map(|failure| (failure.code(), failure.to_string()));
    let all: Vec<SentFailure> =
        communicator.all_gather(&to_bytes(&sent)).iter().map(|bytes| from_bytes(bytes)).collect();
    match joined(&all) {
        None => own,
        Some(failure) => Err(failure),
    }
}

/// One failure for all, if any rank failed: each message once, with the ranks that say it unless all
/// do.
fn joined(all: &[SentFailure]) -> Option<CommandError> {
    let (code, _) = all.iter().flatten().next()?;
    let mut messages: Vec<(&String, Vec<String>)> = Vec::new();
    for (rank, sent) in all.iter().enumerate() {
        let Some((_, message)) = sent else { continue };
        match messages.iter_mut().find(|(known, _)| *known == message) {
            Some((_, ranks)) => ranks.push(rank.to_string()),
            None => messages.push((message, vec![rank.to_string()])),
        }
    }
    let mut text = String::new();
    for (message, ranks) in &messages {
        let line = if text.is_empty() { "" } else { "\n" };
        let _ = match ranks.len() {
            all_of_them if all_of_them == all.len() => write!(text, "{line}{message}"),
            1 => write!(text, "{line}rank {}: {message}", ranks[0]),
            _ => write!(text, "{line}ranks {}: {message}", ranks.join(", ")),
        };
    }
    Some(match code {
        0 => CommandError::ClosedPipe,
        2 => CommandError::Input(text),
        130 => CommandError::Interrupted(text),
        _ => CommandError::Run(text),
    })
}

/// Refuses ranks that are about to run different things: another version, scenario or moment to go on
/// from.
///
/// # Errors
/// If they differ: who has what.
pub fn same_run<C: Communicator>(
    communicator: &mut C,
    scenario: &Scenario,
    table: Option<&[u8]>,
    from: &str,
) -> Result<(), CommandError> {
    let version = crate::version::of_results();
    let (name, hash) = (&scenario.name, scenario.hash_with(table));
    let model = crate::version::of_model();
    let own = format!("version {version}, model {model}, scenario {name} ({hash:032x}), {from}");
    let all: Vec<String> = communicator
        .all_gather(own.as_bytes())
        .iter()
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    if all.windows(2).all(|pair| pair[0] == pair[1]) {
        return Ok(());
    }
    let mut text = "the ranks would not run the same; start all with one program, one scenario and one \
                    checkpoint"
        .to_owned();
    let mut known: Vec<&String> = Vec::new();
    for (rank, one) in all.iter().enumerate() {
        if !known.contains(&one) {
            known.push(one);
            let _ = write!(text, "\n  rank {rank}: {one}");
        }
    }
    Err(CommandError::Input(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two ranks, of which the other says what is given.
    struct Two(Vec<u8>);

    impl Communicator for Two {
        fn count(&self) -> usize {
            2
        }

        fn rank(&self) -> usize {
            0
        }

        fn sum(&mut self, _values: &mut [i64]) {}

        fn all_gather(&mut self, own: &[u8]) -> Vec<Vec<u8>> {
            vec![own.to_vec(), self.0.clone()]
        }

        fn gather(&mut self, own: &[u8]) -> Vec<Vec<u8>> {
            self.all_gather(own)
        }

        fn all_to_all(&mut self, outgoing: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
            outgoing
        }

        fn send(&mut self, _piece: &[u8]) {}

        fn receive(&mut self, _from: usize) -> Vec<u8> {
            Vec::new()
        }
    }

    #[test]
    fn ranks_of_another_version_are_told_apart() {
        let day = "2015-01-01".parse().unwrap();
        let scenario = Scenario::new("small", day, day);
        let own = format!(
            "version {}, model {}, scenario small ({:032x}), now",
            crate::version::of_results(),
            crate::version::of_model(),
            scenario.hash_with(None)
        );
        let with = |other: &str| same_run(&mut Two(other.as_bytes().to_vec()), &scenario, None, "now");
        assert!(with(&own).is_ok());
        let older = own.replace("version ", "version 0.0.9 and not ");
        let refused = with(&older).unwrap_err();
        assert_eq!(refused.code(), 2);
        let text = refused.to_string();
        assert!(text.contains(&format!("rank 0: {own}")) && text.contains("rank 1: version 0.0.9"), "{text}");
    }

    fn sent(code: u8, message: &str) -> SentFailure {
        Some((code, message.to_owned()))
    }

    #[test]
    fn each_message_is_told_once_with_those_who_say_it() {
        assert!(joined(&[None, None]).is_none());
        let all = joined(&[sent(2, "no such file"), sent(2, "no such file")]).unwrap();
        assert_eq!((all.code(), all.to_string().as_str()), (2, "no such file"));
        let some = joined(&[None, sent(1, "full"), sent(1, "full"), sent(1, "slow")]).unwrap();
        assert_eq!(some.code(), 1);
        assert_eq!(some.to_string(), "ranks 1, 2: full\nrank 3: slow");
    }
}
