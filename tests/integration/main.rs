//! What the parts must do together; one module for each behaviour.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod atomic_output;
mod bad_scenarios;
mod buyers;
mod cases;
mod checkpoints;
mod codebook;
mod command;
mod comparisons;
mod digest;
mod documents;
mod evidence;
mod examples;
mod explain;
mod flows;
mod history;
mod incomes;
mod known_answers;
mod ledger_and_parcels;
mod metamorphic;
mod odd;
mod phold;
mod phold_model;
mod places;
mod program;
mod queue;
mod queueing;
mod queueing_networks;
mod ranks;
mod recorded;
mod recorded_experiments;
mod rendering;
mod report;
mod sampling;
mod scenario_fuzz;
mod shown_errors;
mod signals;
mod support;
mod sweep_engines;
mod sweep_failures;
mod sweeps;
mod texts;
mod tidy;
mod trial;
mod windows;
