use super::*;
use proptest::prelude::*;

fn way(share_before: f64, share_after: f64, price_ratio: f64) -> Way {
    Way { share_before, share_after, price_ratio }
}

fn near(found: Result<f64, WelfareError>, expected: f64) -> bool {
    found.is_ok_and(|found| (found - expected).abs() < 1e-12)
}

/// Powers small enough to do by hand.
#[test]
fn a_new_way_by_hand() {
    assert!(near(new_way(0.0, 3.0), 1.0));
    assert!(near(new_way(0.19, 3.0), 0.9), "the root of 0.81");
    assert!(near(new_way(0.2, 2.0), 0.8));
    assert!(near(new_way(0.271, 4.0), 0.9), "the cube root of 0.729");
    assert!(near(new_way(0.5, 1.5), 0.25));
}

#[test]
fn limits_of_the_elasticity() {
    assert_eq!(new_way(0.1, 1.0), Err(WelfareError::Elasticity(1.0)));
    assert!(new_way(0.1, f64::NAN).is_err());
    assert!(new_way(0.1, 1.01).unwrap() < 3e-5, "nearly indispensable: nearly infinite gain");
    assert!(new_way(0.1, 1e9).unwrap() > 1.0 - 1e-9, "alike: no gain");
    assert_eq!(new_way(1.0, 3.0), Err(WelfareError::Shares(1.0)));
    assert!(new_way(f64::NAN, 3.0).is_err());
}

#[test]
fn the_general_form_contains_the_special_ones() {
    let arrival = [way(0.6, 0.486, 1.0), way(0.4, 0.324, 1.0), way(0.0, 0.19, f64::NAN)];
    assert!(near(cost_of_living(&arrival, 3.0), 0.9));
    let loss = [way(0.81, 1.0, 1.0), way(0.19, 0.0, f64::NAN)];
    assert!(near(cost_of_living(&loss, 3.0), 1.0 / 0.9), "the way back");
    let all_dearer = [way(0.3, 0.3, 1.1), way(0.7, 0.7, 1.1)];
    assert!(near(cost_of_living(&all_dearer, 3.0), 1.1));
    assert!(near(cost_of_living(&all_dearer, 0.5), 1.1), "no variety, no bound on sigma");
    let swapped = [way(1.0, 0.0, 1.0), way(0.0, 1.0, 1.0)];
    assert_eq!(cost_of_living(&swapped, 3.0), Err(WelfareError::NothingCommon));
    let absent = [way(1.0, 1.0, 0.9), way(0.0, 0.0, f64::NAN)];
    assert!(near(cost_of_living(&absent, 0.5), 0.9), "a way never used is not a new one");
}

#[test]
fn faulty_input_is_named() {
    let too_much = [way(0.7, 0.5, 1.0), way(0.7, 0.5, 1.0)];
    assert!(matches!(cost_of_living(&too_much, 3.0), Err(WelfareError::Shares(_))));
    assert_eq!(cost_of_living(&[way(1.0, 1.0, 0.0)], 3.0), Err(WelfareError::Price(0.0)));
    assert!(matches!(cost_of_living(&[way(f64::NAN, 1.0, 1.0)], 3.0), Err(WelfareError::Shares(_))));
    assert!(matches!(ces_change(&[(1.0, f64::NAN)], 3.0), Err(WelfareError::Price(_))));
    assert_eq!(ces_change(&[(0.5, 1.0), (0.5, f64::INFINITY)], 1.0), Err(WelfareError::Elasticity(1.0)));
}

/// Half of spending halves in price at sigma 2: 1 / (0.5 x 2 + 0.5) = 2/3.
#[test]
fn prices_alone_by_hand() {
    assert!(near(ces_change(&[(0.5, 0.5), (0.5, 1.0)], 2.0), 2.0 / 3.0));
    assert!(near(ces_change(&[(0.5, 0.25), (0.5, 1.0)], 1.0), 0.5));
    assert!(near(ces_change(&[(0.5, 0.5), (0.5, 1.0)], 0.0), 0.75), "Leontief");
    assert!(near(ces_change(&[(0.81, 1.0), (0.19, f64::INFINITY)], 3.0), 1.0 / 0.9));
    assert!(near(across_groups(&[(0.25, 0.0625), (0.75, 1.0)]), 0.5));
    let at = |sigma| ces_change(&[(0.3, 0.8), (0.7, 1.1)], sigma).unwrap();
    assert!((at(1.0 + 1e-6) - at(1.0)).abs() < 1e-6 && (at(1.0 - 1e-6) - at(1.0)).abs() < 1e-6);
}

#[test]
fn gains_and_costs_by_hand() {
    let spending = Money::from_yuan(9_000.0);
    assert_eq!(gain(spending, 0.9), Money::from_yuan(1_000.0));
    assert_eq!(gain(spending, 1.0), Money::ZERO);
    assert!(gain(spending, 1.25) < Money::ZERO);
    let mut account = CostEffectiveness { cost: Money::from_yuan(3_000.0), ..Default::default() };
    assert_eq!(account.per_household_year(), None);
    (0..24).for_each(|_| account.add_month(Money::from_yuan(50.0)));
    account.add_month(Money::from_yuan(-20.0));
    assert_eq!(account.per_household_year(), Some(Money::from_yuan(1_500.0)));
    assert_eq!(account.benefit_cost_ratio(), Some(1_180.0 / 3_000.0));
    account.merge(account);
    assert_eq!(
        account.per_household_year(),
        Some(Money::from_yuan(1_500.0)),
        "twice the cost, twice the years"
    );
    assert_eq!(CostEffectiveness::default().benefit_cost_ratio(), None);
}

/// Shares of a CES household with these tastes and prices (an infinite price: not there), and its index.
fn household(tastes: &[f64], prices: &[f64], sigma: f64) -> (Vec<f64>, f64) {
    let terms: Vec<f64> = tastes
        .iter()
        .zip(prices)
        .map(|(taste, price)| if price.is_finite() { taste * math::pow(*price, 1.0 - sigma) } else { 0.0 })
        .collect();
    let sum: f64 = terms.iter().sum();
    (terms.iter().map(|term| term / sum).collect(), math::pow(sum, 1.0 / (1.0 - sigma)))
}

proptest! {
    /// The oracle: for a household that truly is CES, shares alone give back the true index, with prices
    /// changing, one way new and one lost.
    #[test]
    fn shares_reveal_the_true_index(
        tastes in prop::array::uniform4(0.1_f64..2.0),
        before in prop::array::uniform4(0.3_f64..3.0),
        after in prop::array::uniform4(0.3_f64..3.0),
        sigma in 1.2_f64..8.0,
        turnover in any::<bool>(),
    ) {
        let (mut before, mut after) = (before, after);
        if turnover {
            before[2] = f64::INFINITY;
            after[3] = f64::INFINITY;
        }
        let (shares_before, index_before) = household(&tastes, &before, sigma);
        let (shares_after, index_after) = household(&tastes, &after, sigma);
        let ways: Vec<Way> =
            (0..4).map(|i| way(shares_before[i], shares_after[i], after[i] / before[i])).collect();
        let (found, truth) = (cost_of_living(&ways, sigma).unwrap(), index_after / index_before);
        prop_assert!((found / truth - 1.0).abs() < 1e-9, "{} for {}", found, truth);
        // The negative control: another elasticity must miss wherever ways come and go.
        if turnover {
            let lambda = (shares_after[0] + shares_after[1]) / (shares_before[0] + shares_before[1]);
            let wrong = cost_of_living(&ways, sigma + 0.5).unwrap();
            prop_assert!((wrong / truth - 1.0).abs() > 1e-9 || (lambda - 1.0).abs() < 1e-6);
        } else {
            let pairs: Vec<_> = (0..4).map(|i| (shares_before[i], after[i] / before[i])).collect();
            prop_assert!((ces_change(&pairs, sigma).unwrap() / truth - 1.0).abs() < 1e-9);
        }
    }
}
