//! A scenario as text again: single values, the whole, and its fingerprint.

use super::advice::Advice;
use super::assign::{VILLAGE_REPORTS, assign};
use super::checked::Scenario;
use super::conflicts::conflicts;
use super::error::{InputError, InputErrors};
use super::fields::{FIELDS, catalogue, own, parameter, sections};
use super::file_errors::FileErrors;
use super::issue::Issue;
use super::leaf::ValueError;
use super::origins::Origins;
use super::ron_text::{list, quoted, real, word};
use super::scanner::scan;
use super::selection::{PlaceRule, PlaceSelection};
use super::selection_reader::{KINDS, RANKS};
use super::{rule_reader, target_reader};
use std::fmt::Write as _;

impl Scenario {
    /// The value at any path (`seed`, `places.table`, `household.elasticity`), in RON; nothing if there is no
    /// such field.
    pub fn get(&self, path: &str) -> Option<String> {
        Some(match path {
            "name" => quoted(&self.name),
            "question" => quoted(&self.question),
            "start" => quoted(&self.start.to_string()),
            "end" => quoted(&self.end.to_string()),
            "seed" => self.seed.0.to_string(),
            "world_seed" => self.world_seed.map_or_else(|| "None".to_owned(), |seed| seed.0.to_string()),
            "household_sample" => real(self.household_sample),
            "window_days" => self.window_days.to_string(),
            "rules" => list(self.rules.iter().map(rule_reader::text)),
            "targets" => list(self.targets.iter().map(target_reader::text)),
            "places.select" => selection(&self.places.selection),
            "places.villages_per_county" => limit(self.places.villages_per_county),
            "places.region" => quoted(self.places.region_name()),
            "places.table" => self.places.table.as_deref().map_or_else(|| "None".to_owned(), quoted),
            "report.villages" => word(&VILLAGE_REPORTS, self.report.villages).to_owned(),
            "report.village_interval" => self.report.village_interval.to_string(),
            "report.household_interval" => self.report.household_interval.to_string(),
            "report.followed" => self.report.followed.to_string(),
            "limits.memory" => self.limits.memory.to_string(),
            _ => return self.inputs.stated(path).map(real).or_else(|| self.parameters.get(path)),
        })
    }

    /// Sets the value at any path from RON, as a slider or a sweep does.
    ///
    /// Fields that contradict each other are not looked at: see [`Scenario::check`].
    ///
    /// # Errors
    /// If there is no such field or the value is none of its type or range; nothing is then changed.
    pub fn set(&mut self, path: &str, text: &str) -> Result<(), InputErrors> {
        let mut report = FileErrors::new("value", text);
        let scanned = scan(text);
        let known = own(path).is_some() || parameter(path).is_some();
        match scanned.root {
            _ if !known => report.add(path, ValueError::nothing(Issue::NoSuchField)),
            Some(node) if scanned.faults.is_empty() => {
                if let Err(problem) = assign(self, path, &node) {
                    report.add(path, problem);
                }
            }
            _ => report.add(path, ValueError::nothing(Issue::NoValue)),
        }
        scanned.faults.into_iter().for_each(|fault| report.add(path, fault.into()));
        let faults = report.finish();
        if faults.is_empty() { Ok(()) } else { Err(InputErrors(faults)) }
    }

    /// Holds fields against each other: dates in order, shares that sum to at most one.
    ///
    /// # Errors
    /// Every contradiction.
    pub fn check(&self) -> Result<(), InputErrors> {
        let found = conflicts(self).into_iter().filter(|conflict| !conflict.is_warning);
        let nowhere = Origins::default();
        let faults: Vec<InputError> =
            found.map(|conflict| nowhere.fault(conflict.paths[0], conflict.issue, Advice::Nothing)).collect();
        if faults.is_empty() { Ok(()) } else { Err(InputErrors(faults)) }
    }

    /// The whole scenario as a scenario file that, read in the same folder, gives an equal one.
    pub fn resolved_text(&self) -> String {
        self.text_of(|_| true)
    }

    /// The same without the values at some paths: what a file does not set itself, an ensemble's members may.
    pub fn resolved_text_without(&self, open: &[&str]) -> String {
        self.text_of(|path| !open.contains(&path))
    }

    /// A fingerprint of everything that determines results and reports: all but name and question. For a
    /// scenario with a table of counties of its own use [`Scenario::hash_with`].
    pub fn hash(&self) -> u128 {
        self.hash_with(None)
    }

    /// The same with the bytes of the scenario's own table of counties, which count in place of the table's
    /// path.
    pub fn hash_with(&self, table: Option<&[u8]>) -> u128 {
        let mut left_out = vec!["name", "question"];
        left_out.extend(table.map(|_| "places.table"));
        left_out.extend(table.map(|_| "places.region"));
        let text = self.text_of(|path| !left_out.contains(&path));
        xxhash_rust::xxh3::xxh3_128(&[text.as_bytes(), table.unwrap_or_default()].concat())
    }

    fn text_of(&self, keep: impl Fn(&str) -> bool) -> String {
        let mut text = "(\n".to_owned();
        let fields = || FIELDS.iter().map(|field| field.path).filter(|path| keep(path));
        for path in fields().filter(|path| !path.contains('.')) {
            let _ = writeln!(text, "    {path}: {},", self.get(path).unwrap_or_default());
        }
        for section in sections() {
            let _ = writeln!(text, "    {section}: (");
            let own = fields().filter_map(|path| path.split_once('.'));
            let rows = catalogue().iter().map(|row| (row.group, row.name));
            for (group, name) in own.chain(rows).filter(|(group, _)| *group == section) {
                let path = format!("{group}.{name}");
                if keep(&path) {
                    let _ = writeln!(text, "        {name}: {},", self.get(&path).unwrap_or_default());
                }
            }
            text.push_str("    ),\n");
        }
        text.push_str(")\n");
        text
    }
}

fn limit(value: Option<u32>) -> String {
    value.map_or_else(|| "None".to_owned(), |value| value.to_string())
}

fn provinces(names: &[String]) -> String {
    list(names.iter().map(|name| quoted(name)))
}

fn selection(selection: &PlaceSelection) -> String {
    match selection {
        PlaceSelection::All => "All".to_owned(),
        PlaceSelection::Provinces(names) => format!("Provinces({})", provinces(names)),
        PlaceSelection::Codes(codes) => format!("Codes({})", list(codes.iter().map(ToString::to_string))),
        PlaceSelection::Random { count } => format!("Random(count: {count})"),
        PlaceSelection::Rule(rule) => format!("Rule(({}))", conditions(rule)),
    }
}

fn conditions(rule: &PlaceRule) -> String {
    let kinds =
        rule.kinds.as_ref().map(|kinds| list(kinds.iter().map(|&kind| word(&KINDS, kind).to_owned())));
    let conditions = [
        ("provinces", rule.provinces.as_deref().map(provinces)),
        ("kinds", kinds),
        ("poverty", rule.poverty.map(|poor| poor.to_string())),
        ("min_villages", rule.min_villages.map(|least| least.to_string())),
        ("max_villages", rule.max_villages.map(|most| most.to_string())),
        ("top", rule.top.map(|count| count.to_string())),
        ("rank_by", rule.rank_by.map(|rank| word(&RANKS, rank).to_owned())),
    ];
    let given = conditions.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", value?)));
    given.collect::<Vec<_>>().join(", ")
}
