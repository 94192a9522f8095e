//! A plan in another region: its money and its prices, in texts and movers.

use super::*;
use crate::panels::levers::prices;
use crate::text::{Language, Say};
use sim_core::base::Currency;

#[test]
fn amounts_of_a_plan_are_in_the_money_of_its_region() {
    let state = State::new(Plan::of("kenya_hubs"), View::default(), 0, Arc::new(|| ()));
    let say = state.say();
    assert_eq!(say.1, Currency::of_code("KES").unwrap());
    let fee = lever::find("household.delivery_fee").unwrap();
    assert_eq!(say.unit(fee.row.unit), "KES/order");
    assert_eq!(say.of("money.million"), "million KES");
    assert!(say.of("money.million").as_ptr() == say.of("money.million").as_ptr(), "made once");
    assert_eq!(prices(&state, fee), 10.0);
    assert_eq!(prices(&state, lever::find("programme.training_hours").unwrap()), 1.0);
    let home = State::new(tiny(), View::default(), 0, Arc::new(|| ()));
    assert_eq!((home.say().of("money.million"), prices(&home, fee)), ("million yuan", 1.0));
    assert_eq!(Say(Language::Chinese, say.1).of("money.million"), "百万KES");
}
