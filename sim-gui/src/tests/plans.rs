//! Plans of every kind, for properties that hold of all of them.

use crate::plan::own::{Own, read};
use crate::plan::{History, Plan};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use std::sync::Arc;

/// Changes that are sound together, whichever of them are made.
const CHANGES: [(&str, &str); 6] = [
    ("programme.training_hours", "55.0"),
    ("programme.promotion", "300.0"),
    ("programme.partner_kind", "Returnees"),
    ("household.persuasion", "0.31"),
    ("seed", "18446744073709551615"),
    ("end", "\"2016-06-30\""),
];

fn own() -> impl Strategy<Value = Option<Arc<Own>>> {
    let tables = option::of(vec(any::<u8>(), 0..40));
    let own =
        ("[a-z][a-z0-9 _-]{0,8}[a-z]", "[ -~问题\\n]{0,40}", tables).prop_map(|(name, question, table)| {
            let mut loaded = read("tiny", &[]).unwrap();
            loaded.scenario.name = name;
            loaded.scenario.question = question;
            loaded.table = table;
            Arc::new(Own::of(loaded))
        });
    option::of(own)
}

/// Plans that can run, of built-in scenarios and of the user's own, with and without a branch.
pub fn sound() -> impl Strategy<Value = Plan> {
    let changes = vec((0..CHANGES.len(), any::<bool>()), 0..5);
    let days = option::of("2015-0[1-9]-(0[1-9]|1[0-9]|2[0-8])");
    let bases = "(/[a-z]{1,5} ?[a-z]{1,5}){1,3}\\.ron";
    (own(), bases, changes, days).prop_map(|(own, base, changes, day)| {
        let mut plan = match own {
            Some(_) => Plan::of(&base),
            None => Plan::of("tiny"),
        };
        plan.own = own;
        for (change, is_later) in changes {
            let branch = day.as_ref().filter(|_| is_later);
            plan.branch = branch.map(|day| day.parse().unwrap());
            plan.set(CHANGES[change].0, CHANGES[change].1);
        }
        plan.branch = day.map(|day| day.parse().unwrap());
        plan
    })
}

/// Plans of any kind, which need not be able to run.
pub fn any_plan() -> impl Strategy<Value = Plan> {
    let edit = ("[a-z]{1,9}\\.[a-z]{1,9}", "[ -~\"\\\\问\\n]{0,30}", any::<bool>());
    (sound(), "[ -~问]{0,12}", any::<bool>(), vec(edit, 0..4)).prop_map(|(mut plan, base, is_odd, edits)| {
        if is_odd && plan.own.is_none() {
            plan.base = base;
        }
        let branch = plan.branch;
        for (path, value, is_later) in edits {
            plan.branch = branch.filter(|_| is_later);
            plan.set(&path, &value);
        }
        plan.branch = branch;
        plan
    })
}

/// What can be undone and redone.
pub fn any_history() -> impl Strategy<Value = History<Plan>> {
    let past = vec(any_plan(), 0..5);
    let future = vec(any_plan(), 0..3);
    (past, any_plan(), future).prop_map(|(past, present, future)| History::with(past, present, future))
}

/// A text in which some characters from a place on are replaced by others.
pub fn struck(text: &str, at: prop::sample::Index, length: usize, with: &str) -> String {
    let at = at.index(text.chars().count().max(1));
    let (before, after) = (text.chars().take(at), text.chars().skip(at + length));
    before.chain(with.chars()).chain(after).collect()
}
