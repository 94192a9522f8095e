//! Which counties a run takes.
//!
//! A random choice ranks counties by a draw of their own, so that a larger choice contains the smaller and
//! that a county's draws do not depend on which others are in the table. Rejected: shuffling a list, which
//! gives neither.

use super::county_record::{CountyKind, CountyRecord};
use super::error::{Place, UnknownName, WorldError};
use super::geography::Geography;
use crate::base::random_stream::block;
use crate::base::{CountyCode, Owner, Purpose, Seed};
use serde::{Deserialize, Serialize};

/// Which counties to take.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Selection {
    /// All of them.
    #[default]
    All,
    /// Those of some provinces: Chinese, pinyin or 2-digit codes.
    Provinces(Vec<String>),
    /// Those with these codes; repeated codes count once.
    Codes(Vec<CountyCode>),
    /// So many at random.
    Random {
        /// How many.
        count: u32,
    },
    /// Those that fit a rule.
    Rule(SelectionRule),
}

/// A rule for counties: all conditions that are given must hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SelectionRule {
    /// In one of these provinces: Chinese, pinyin or 2-digit codes.
    pub provinces: Option<Vec<String>>,
    /// Of one of these kinds.
    pub kinds: Option<Vec<CountyKind>>,
    /// A poor county (true), or none (false).
    pub poverty: Option<bool>,
    /// At least so many village committees.
    pub min_villages: Option<u32>,
    /// At most so many village committees.
    pub max_villages: Option<u32>,
    /// Of those left, so many by rank; all if not given.
    pub top: Option<u32>,
    /// What ranks them; at random if not given.
    pub rank_by: Option<RankBy>,
}

/// What ranks counties, greatest first; ties by code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RankBy {
    /// A draw of each county's own.
    #[default]
    Random,
    /// Hardship of the place: height, relief, distance and kind.
    Hardship,
    /// Distance to the provincial capital.
    Remoteness,
    /// Number of village committees.
    Villages,
    /// Relief around the seat.
    Relief,
}

/// The positions of the selected counties in the geography, ascending.
///
/// # Errors
///
/// Unknown names (all at once), more counties asked for than there are, or none left.
pub(super) fn select(
    geography: &Geography,
    selection: &Selection,
    seed: Seed,
) -> Result<Vec<usize>, WorldError> {
    let mut chosen = match selection {
        Selection::All => (0..geography.counties().len()).collect(),
        Selection::Provinces(names) => of_provinces(geography, names)?,
        Selection::Codes(codes) => of_codes(geography, codes)?,
        Selection::Random { count } => {
            let all = (0..geography.counties().len()).collect();
            first_by_rank(geography, all, *count, RankBy::Random, seed)?
        }
        Selection::Rule(rule) => of_rule(geography, rule, seed)?,
    };
    chosen.sort_unstable();
    chosen.dedup();
    if chosen.is_empty() { Err(WorldError::Nothing) } else { Ok(chosen) }
}

fn of_provinces(geography: &Geography, names: &[String]) -> Result<Vec<usize>, WorldError> {
    let wanted = province_indices(geography, names)?;
    Ok(positions(geography, |county| wanted.contains(&county.province)))
}

fn province_indices(geography: &Geography, names: &[String]) -> Result<Vec<u16>, WorldError> {
    gather(names.iter().map(|name| geography.find_province(name)))
}

fn of_codes(geography: &Geography, codes: &[CountyCode]) -> Result<Vec<usize>, WorldError> {
    gather(codes.iter().map(|&code| {
        let unknown = || geography.find_county(&code.to_string()).err();
        geography.position(code).ok_or_else(|| {
            unknown().unwrap_or_else(|| UnknownName {
                written: code.to_string(),
                expected: Place::CountyCode,
                suggestions: Vec::new(),
            })
        })
    }))
}

/// All found, or all that were not.
fn gather<T>(found: impl Iterator<Item = Result<T, UnknownName>>) -> Result<Vec<T>, WorldError> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for item in found {
        match item {
            Ok(item) => good.push(item),
            Err(unknown) => bad.push(unknown),
        }
    }
    if bad.is_empty() { Ok(good) } else { Err(WorldError::Unknown { names: bad }) }
}

fn positions(geography: &Geography, keep: impl Fn(&CountyRecord) -> bool) -> Vec<usize> {
    let counties = geography.counties().iter().enumerate();
    counties.filter(|(_, county)| keep(county)).map(|(at, _)| at).collect()
}

fn of_rule(geography: &Geography, rule: &SelectionRule, seed: Seed) -> Result<Vec<usize>, WorldError> {
    let provinces = match &rule.provinces {
        Some(names) => Some(province_indices(geography, names)?),
        None => None,
    };
    let settings = geography.settings();
    let fitting = positions(geography, |county| {
        provinces.as_ref().is_none_or(|wanted| wanted.contains(&county.province))
            && rule.kinds.as_ref().is_none_or(|kinds| kinds.contains(&county.kind))
            && rule.min_villages.is_none_or(|least| county.villages >= least)
            && rule.max_villages.is_none_or(|most| county.villages <= most)
    });
    let fitting: Vec<usize> = fitting
        .into_iter()
        .filter(|&at| rule.poverty.is_none_or(|poor| settings.get(at).is_some_and(|s| s.poverty == poor)))
        .collect();
    match rule.top {
        None => Ok(fitting),
        Some(count) => first_by_rank(geography, fitting, count, rule.rank_by.unwrap_or_default(), seed),
    }
}

fn first_by_rank(
    geography: &Geography,
    members: Vec<usize>,
    count: u32,
    rank_by: RankBy,
    seed: Seed,
) -> Result<Vec<usize>, WorldError> {
    let available = members.len();
    if u64::from(count) > available as u64 {
        return Err(WorldError::TooMany { asked: count, available });
    }
    let mut ranked: Vec<(f64, usize)> =
        members.into_iter().map(|at| (rank(geography, at, rank_by, seed), at)).collect();
    // Positions follow codes, so that ties are broken by code.
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    Ok(ranked.into_iter().take(count as usize).map(|(_, at)| at).collect())
}

fn rank(geography: &Geography, at: usize, rank_by: RankBy, seed: Seed) -> f64 {
    let (Some(county), Some(setting)) = (geography.counties().get(at), geography.settings().get(at)) else {
        return f64::NEG_INFINITY;
    };
    match rank_by {
        RankBy::Random => draw(seed, Owner::county(county.code)),
        RankBy::Hardship => setting.hardship,
        RankBy::Remoteness => county.to_capital,
        RankBy::Villages => f64::from(county.villages),
        RankBy::Relief => county.relief,
    }
}

/// The draw that ranks an owner among its like: 53 bits, so that ties do not happen in practice.
pub(super) fn draw(seed: Seed, owner: Owner) -> f64 {
    let words = block(seed, owner, Purpose::Selection, 0);
    let bits = u64::from(words[0]) << 21 | u64::from(words[1]) >> 11;
    bits as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(rule: SelectionRule) -> Vec<&'static CountyRecord> {
        let geography = Geography::embedded();
        let at = select(geography, &Selection::Rule(rule), Seed(1)).unwrap();
        at.into_iter().map(|at| &geography.counties()[at]).collect()
    }

    #[test]
    fn all_conditions_of_a_rule_hold() {
        let counties = chosen(SelectionRule {
            provinces: Some(vec!["Gansu".into(), "贵州".into()]),
            kinds: Some(vec![CountyKind::County]),
            poverty: Some(true),
            min_villages: Some(100),
            max_villages: Some(200),
            ..SelectionRule::default()
        });
        assert!(counties.len() > 20);
        for county in counties {
            assert!([62, 52].contains(&(county.code.0 / 10_000)));
            assert_eq!(county.kind, CountyKind::County);
            assert!((100..=200).contains(&county.villages));
        }
    }

    #[test]
    fn the_first_by_rank_are_the_greatest() {
        let largest = chosen(SelectionRule {
            top: Some(3),
            rank_by: Some(RankBy::Villages),
            ..SelectionRule::default()
        });
        assert!(largest.iter().all(|county| county.villages >= 1_000));
        assert!(largest.iter().any(|county| county.villages == 1_123));
    }

    #[test]
    fn impossible_selections_say_why() {
        let geography = Geography::embedded();
        let fault = |selection| select(geography, &selection, Seed(1)).unwrap_err();
        let expected = WorldError::TooMany { asked: 1_000_000_000, available: 2735 };
        assert_eq!(fault(Selection::Random { count: 1_000_000_000 }), expected);
        assert_eq!(fault(Selection::Random { count: 0 }), WorldError::Nothing);
        assert_eq!(fault(Selection::Codes(Vec::new())), WorldError::Nothing);
        let WorldError::Unknown { names: unknown } =
            fault(Selection::Codes(vec![CountyCode(330_123), CountyCode(1)]))
        else {
            panic!("unknown codes are refused");
        };
        assert_eq!(unknown.len(), 2);
        assert!(unknown[0].suggestions.iter().any(|near| near.starts_with("3301")), "{unknown:?}");
    }

    #[test]
    fn repeated_codes_count_once() {
        let codes = vec![CountyCode(330_122); 3];
        assert_eq!(select(Geography::embedded(), &Selection::Codes(codes), Seed(1)).unwrap().len(), 1);
    }
}
