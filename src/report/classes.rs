//! Classes of values for maps: few, of round limits, each with many places.

use crate::text::number::compact;

/// A class of values.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// The least value.
    pub from: f64,
    /// The greatest value.
    pub to: f64,
    /// Its limits in words.
    pub label: String,
    /// The name of its colour in the page's style.
    pub style: String,
    /// Size of its points \[pixels\].
    pub size: f64,
    /// Whether its values are below zero on a map of change.
    pub is_falling: bool,
}

/// Classes, the least first.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    /// The classes.
    pub all: Vec<Class>,
}

/// Classes of a scale from little to much, at most, besides zero.
const MOST: usize = 5;
/// Classes to either side of a scale of change, at most.
const MOST_OF_CHANGE: usize = 2;

impl Classes {
    /// Classes of values of which all or most are above zero: zero by itself, then up to five with about as
    /// many places each.
    pub fn rising(values: impl Iterator<Item = f64>) -> Classes {
        let mut values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        let has_zero = values.contains(&0.0);
        let others: Vec<f64> = values.into_iter().filter(|value| *value != 0.0).collect();
        let mut all: Vec<Class> =
            split(&others, MOST).into_iter().map(|(from, to)| class(from, to)).collect();
        let count = all.len();
        for (at, class) in all.iter_mut().enumerate() {
            let strength = if count > 1 { at * (MOST - 1) / (count - 1) } else { MOST - 1 };
            class.style = format!("class-{}", strength + 1);
            class.size = 1.8 + 0.35 * strength as f64;
        }
        if has_zero {
            let mut zero = class(0.0, 0.0);
            zero.style = "class-0".to_owned();
            zero.size = 1.4;
            let at = all.iter().take_while(|class| class.to < 0.0).count();
            all.insert(at, zero);
        }
        Classes { all }
    }

    /// Classes of changes: falls, none, rises.
    pub fn changing(values: impl Iterator<Item = f64>) -> Classes {
        let mut values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        let part = |keep: fn(f64) -> bool| -> Vec<f64> {
            values.iter().copied().filter(|value| keep(*value)).collect()
        };
        let (falls, rises) = (part(|value| value < 0.0), part(|value| value > 0.0));
        let falls = split(&falls, MOST_OF_CHANGE);
        let rises = split(&rises, MOST_OF_CHANGE);
        let mut all = Vec::new();
        for (at, &(from, to)) in falls.iter().enumerate() {
            let strength = if falls.len() - at == 1 && falls.len() > 1 { 1 } else { 2 };
            all.push(changed(from, to, "fall", strength, true));
        }
        if values.contains(&0.0) {
            let mut zero = class(0.0, 0.0);
            zero.style = "class-0".to_owned();
            zero.size = 1.4;
            all.push(zero);
        }
        for (at, &(from, to)) in rises.iter().enumerate() {
            let strength = if at == 0 && rises.len() > 1 { 1 } else { 2 };
            all.push(changed(from, to, "rise", strength, false));
        }
        Classes { all }
    }

    /// The place of a value's class; nothing for a missing value.
    pub fn of(&self, value: f64) -> Option<usize> {
        if !value.is_finite() {
            return None;
        }
        self.all.iter().position(|class| (class.from..=class.to).contains(&value))
    }
}

fn changed(from: f64, to: f64, side: &str, strength: usize, is_falling: bool) -> Class {
    Class {
        style: format!("{side}-{strength}"),
        size: 1.6 + 0.7 * strength as f64,
        is_falling,
        ..class(from, to)
    }
}

fn class(from: f64, to: f64) -> Class {
    let [low, high] = [from, to].map(compact);
    Class {
        from,
        to,
        label: if low == high { low } else { format!("{low} to {high}") },
        style: String::new(),
        size: 1.0,
        is_falling: false,
    }
}

/// Stretches of sorted values with about as many values each, equal values together: least and greatest of
/// each.
fn split(values: &[f64], most: usize) -> Vec<(f64, f64)> {
    let mut stretches: Vec<(f64, f64)> = Vec::new();
    let mut start = 0;
    for part in 1..=most {
        let mut end = (values.len() * part).div_ceil(most).max(start);
        while end > start && end < values.len() && values.get(end) == values.get(end - 1) {
            end += 1;
        }
        if let (Some(&low), Some(&high)) = (values.get(start), values.get(end.wrapping_sub(1)))
            && end > start
        {
            stretches.push((low, high));
        }
        start = end;
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_one_class_and_zero_its_own() {
        let values: Vec<f64> = (0..97).map(|at| f64::from(at / 3)).collect();
        let classes = Classes::rising(values.iter().copied());
        assert_eq!(classes.all.len(), 6);
        assert_eq!(classes.all[0].label, "0");
        assert!(values.iter().all(|&value| classes.of(value).is_some()));
        assert!(classes.all.windows(2).all(|pair| pair[0].to < pair[1].from && pair[0].size < pair[1].size));
        assert_eq!(classes.of(f64::NAN), None);
    }

    #[test]
    fn few_values_make_few_classes() {
        assert_eq!(Classes::rising([7.0].into_iter()).all.len(), 1);
        assert_eq!(Classes::rising([7.0, 7.0, 8.0].into_iter()).all.len(), 2);
        assert!(Classes::rising([f64::NAN].into_iter()).all.is_empty());
    }

    #[test]
    fn changes_fall_and_rise_with_their_own_marks() {
        let values = [-5.0, -1.0, 0.0, 0.0, 2.0, 3.0, 9.0];
        let classes = Classes::changing(values.into_iter());
        let styles: Vec<&str> = classes.all.iter().map(|class| class.style.as_str()).collect();
        assert_eq!(styles, ["fall-2", "fall-1", "class-0", "rise-1", "rise-2"]);
        assert!(values.iter().all(|&value| classes.of(value).is_some()));
        assert!(classes.all.iter().all(|class| class.is_falling == (class.to < 0.0)));
    }
}
