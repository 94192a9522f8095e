//! What bands hold: luck alone, or what is unknown as well.

use super::comparing::{at_rest, take_holding};
use super::tiny;
use crate::outcome;
use crate::panels::status;
use crate::state::State;
use crate::work::preview::Holds;

#[test]
fn luck_is_told_from_what_is_unknown() {
    let mut state = at_rest(tiny());
    assert_eq!(state.view.holds, Holds::Luck);
    state.view.holds = Holds::LuckAndUnknown;
    let plan = state.current.id();
    state.update(0.0);
    let shops = outcome::named("shops").unwrap();
    for seed in 0..8 {
        take_holding(&mut state, plan, Holds::Luck, seed, 50 + i64::from(seed % 2));
    }
    assert!(state.told_apart().is_none(), "there is no band of what is unknown yet");
    for seed in 0..8 {
        take_holding(&mut state, plan, Holds::LuckAndUnknown, seed, 10 * i64::from(seed));
    }
    let width = |spread: &crate::work::store::Spread| spread.at[4] - spread.at[0];
    let [luck, both] = state.told_apart().unwrap().map(|shown| width(&shown.total(shops).unwrap()));
    assert!(luck <= 1.0 && both > 50.0, "{luck} {both}");
    // The switch shows the one or the other, and what leaves the window says which.
    let level = state.level().unwrap();
    let basis = |state: &State| status::of_plan(state, &state.current, level);
    let shown = |state: &State| width(&state.shown(plan, level).total(shops).unwrap());
    assert_eq!(shown(&state), both);
    assert!(basis(&state).contains("parameters of its own"), "{}", basis(&state));
    state.view.holds = Holds::Luck;
    state.update(0.0);
    assert_eq!(shown(&state), luck);
    assert!(!basis(&state).contains("parameters of its own"), "{}", basis(&state));
}
