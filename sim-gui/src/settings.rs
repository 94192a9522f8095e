//! What is kept from one start to the next: how the window looks, and everything at work: the plan with what
//! can be undone and redone, what it is compared with, and the plans that were kept (autosave).
//!
//! Scenarios of the user's own are stored with it, each once. What cannot be read is set aside and told,
//! never written over.

use crate::document;
use crate::plan::{History, Own, Plan, own};
use crate::reason::Reason;
use crate::text::Say;
use crate::view::View;
use serde::{Deserialize, Serialize};
use sim_core::base::Localised;
use std::path::Path;
use std::sync::Arc;

mod place;

pub use place::place;

/// The form that is written. The first had no number: only view, plan and baseline.
const FORMAT: u32 = 2;

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// How the window looks.
    pub view: View,
    /// The plan at work, with what was before and what was taken back.
    pub plans: Option<History<Plan>>,
    /// What it is compared with.
    pub baseline: Option<Plan>,
    /// Plans kept to compare, in their order.
    pub kept: Vec<Plan>,
}

/// What is to be kept, where it stands: nothing is copied as long as nothing has changed.
pub struct Parts<'s> {
    /// How the window looks.
    pub view: View,
    /// The plan at work.
    pub plans: &'s History<Plan>,
    /// What it is compared with.
    pub baseline: &'s Plan,
    /// Plans kept to compare.
    pub kept: Vec<&'s Plan>,
}

/// What was kept, and what there is to say about it.
#[derive(Debug, Default)]
pub struct Remembered {
    /// What was kept.
    pub settings: Settings,
    /// What to tell the user.
    pub notices: Vec<String>,
    /// Whether there is something in the place that must not be written over.
    pub is_locked: bool,
}

/// What is written.
#[derive(Serialize, Deserialize)]
struct Stored {
    format: u32,
    /// The results of the version that wrote it.
    results: String,
    view: View,
    past: Vec<Filed>,
    present: Option<Filed>,
    future: Vec<Filed>,
    baseline: Option<Filed>,
    kept: Vec<Filed>,
    /// Scenarios of the user's own.
    sources: Vec<Own>,
}

/// A plan with the number of its scenario among the sources.
#[derive(Serialize, Deserialize)]
struct Filed {
    plan: Plan,
    own: Option<usize>,
}

/// Only what says how the rest is to be read.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    format: u32,
}

/// The first form.
#[derive(Deserialize, Default)]
#[serde(default)]
struct First {
    view: View,
    plan: Option<Plan>,
    baseline: Option<Plan>,
}

impl Parts<'_> {
    /// A copy.
    pub fn settings(&self) -> Settings {
        Settings {
            view: self.view.clone(),
            plans: Some(self.plans.clone()),
            baseline: Some(self.baseline.clone()),
            kept: self.kept.iter().copied().cloned().collect(),
        }
    }

    /// Whether plans are as they were kept.
    pub fn has_plans_of(&self, settings: &Settings) -> bool {
        settings.plans.as_ref() == Some(self.plans)
            && settings.baseline.as_ref() == Some(self.baseline)
            && settings.kept.len() == self.kept.len()
            && settings.kept.iter().zip(&self.kept).all(|(one, other)| one == *other)
    }

    /// Whether everything is as it was kept.
    pub fn is_of(&self, settings: &Settings) -> bool {
        self.view == settings.view && self.has_plans_of(settings)
    }
}

impl Settings {
    /// Reads what was kept; the usual if nothing was. What cannot be read is set aside and told: it must
    /// neither keep the window from opening nor be lost.
    pub fn read(place: &Path) -> Remembered {
        let found = match place::load(place) {
            Ok(None) => return Remembered::default(),
            Ok(Some(text)) => Settings::of_text(&text),
            Err(reason) => Err(reason),
        };
        let (settings, results) = match found {
            Ok(found) => found,
            Err(reason) => return set_aside(place, &reason),
        };
        let say = Say::in_language(settings.view.language);
        let is_other = results.as_ref().is_some_and(|results| *results != document::results());
        let notice = results.filter(|_| is_other).map(|results| {
            let now = document::results();
            say.with("settings.other_results", &[&results, &now])
        });
        Remembered { settings, notices: notice.into_iter().collect(), is_locked: false }
    }

    /// What a text says, and the results of the version that wrote it, if it says which.
    fn of_text(text: &str) -> Result<(Settings, Option<String>), Reason> {
        let wrong = |reason: ron::error::SpannedError| Reason::from(reason.to_string());
        let head: Head = ron::from_str(text).map_err(wrong)?;
        let (mut settings, results) = match head.format {
            0 => (Settings::of_first(ron::from_str(text).map_err(wrong)?), None),
            FORMAT => {
                let stored: Stored = ron::from_str(text).map_err(wrong)?;
                let results = stored.results.clone();
                (Settings::of_stored(stored)?, Some(results))
            }
            other => {
                return Err(Reason::LaterForm { form: other, own: FORMAT });
            }
        };
        settings.view.repair();
        Ok((settings, results))
    }

    fn of_first(first: First) -> Settings {
        Settings {
            view: first.view,
            plans: first.plan.map(|plan| History::new(reopened(plan))),
            baseline: first.baseline.map(reopened),
            kept: Vec::new(),
        }
    }

    fn of_stored(stored: Stored) -> Result<Settings, Reason> {
        let sources: Vec<Arc<Own>> = stored.sources.into_iter().map(Arc::new).collect();
        let plan = |filed: Filed| {
            let mut plan = filed.plan;
            if let Some(number) = filed.own {
                let source = sources.get(number).ok_or(Reason::NoScenario { number })?;
                plan.own = Some(source.clone());
            }
            Ok(plan)
        };
        let all = |filed: Vec<Filed>| filed.into_iter().map(plan).collect::<Result<Vec<Plan>, Reason>>();
        let (past, future) = (all(stored.past)?, all(stored.future)?);
        let present = stored.present.map(plan).transpose()?;
        Ok(Settings {
            view: stored.view,
            plans: present.map(|present| History::with(past, present, future)),
            baseline: stored.baseline.map(plan).transpose()?,
            kept: all(stored.kept)?,
        })
    }

    /// Everything as a text.
    ///
    /// # Errors
    /// If it has no text, in words.
    fn text(&self) -> Result<String, Reason> {
        let mut sources: Vec<Arc<Own>> = Vec::new();
        let mut filed = |plan: &Plan| {
            let own = plan.own.as_ref().map(|own| {
                let known = sources.iter().position(|source| source == own);
                known.unwrap_or_else(|| {
                    sources.push(own.clone());
                    sources.len() - 1
                })
            });
            Filed { plan: plan.clone(), own }
        };
        let mut all = |plans: &[Plan]| plans.iter().map(&mut filed).collect::<Vec<Filed>>();
        let plans = self.plans.as_ref();
        let past = plans.map_or_else(Vec::new, |plans| all(plans.past()));
        let future = plans.map_or_else(Vec::new, |plans| all(plans.future()));
        let kept = all(&self.kept);
        let present = plans.map(|plans| filed(plans.now()));
        let baseline = self.baseline.as_ref().map(filed);
        let stored = Stored {
            format: FORMAT,
            results: document::results(),
            view: self.view.clone(),
            past,
            present,
            future,
            baseline,
            kept,
            sources: sources.iter().map(|own| Own::clone(own)).collect(),
        };
        let text = ron::ser::to_string_pretty(&stored, ron::ser::PrettyConfig::default());
        text.map_err(|reason| reason.to_string().into())
    }

    /// Keeps it.
    ///
    /// # Errors
    /// Why it could not be kept, in words.
    pub fn keep(&self, place: &Path) -> Result<(), Reason> {
        place::store(place, &self.text()?)
    }
}

/// A plan of the first form, which held no scenario of the user's own: its file is read once more.
fn reopened(plan: Plan) -> Plan {
    let opened = own::opened(&plan.base);
    Plan { base: opened.base, own: opened.own, ..plan }
}

/// Sets aside what cannot be read.
fn set_aside(place: &Path, reason: &Reason) -> Remembered {
    // Nobody knows the language of what cannot be read.
    let both = |key: &'static str, values: &dyn Fn(Say) -> [String; 3]| {
        let languages = [crate::text::Language::English, crate::text::Language::Chinese];
        let message = languages.map(|language| {
            let say = Say::in_language(language);
            say.with(key, &values(say).each_ref().map(String::as_str))
        });
        message.join(" ")
    };
    let why = |say: Say, reason: &Reason| reason.localised(say.speaker());
    let shown = place.to_string_lossy();
    match place::set_aside(place) {
        Ok(aside) => Remembered {
            notices: vec![both("settings.set_aside", &|say| {
                [shown.to_string(), why(say, reason), aside.to_string_lossy().into_owned()]
            })],
            ..Remembered::default()
        },
        Err(refused) => Remembered {
            notices: vec![both("settings.locked", &|say| {
                [shown.to_string(), why(say, reason), why(say, &refused)]
            })],
            is_locked: true,
            ..Remembered::default()
        },
    }
}

#[cfg(test)]
mod tests;
