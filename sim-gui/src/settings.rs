//! What is kept from one start to the next: how the window looks, and the plan at work (autosave).

use crate::plan::Plan;
use crate::view::View;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// How the window looks.
    pub view: View,
    /// The plan at work when the window was closed.
    pub plan: Option<Plan>,
    /// What it was compared with.
    pub baseline: Option<Plan>,
}

/// Where settings are kept: `countryside/window.ron` in the user's folder for settings; nowhere if there is none.
#[cfg(not(target_arch = "wasm32"))]
pub fn place() -> Option<PathBuf> {
    let folder = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".config"));
    let folder = folder.filter(|folder| folder.is_absolute()).or_else(home)?;
    Some(folder.join("countryside").join("window.ron"))
}

/// Where settings are kept: in the browser.
#[cfg(target_arch = "wasm32")]
pub fn place() -> Option<PathBuf> {
    Some(PathBuf::from("window.ron"))
}

#[cfg(not(target_arch = "wasm32"))]
fn load(place: &Path) -> String {
    std::fs::read_to_string(place).unwrap_or_default()
}

#[cfg(target_arch = "wasm32")]
fn load(_place: &Path) -> String {
    crate::web::remembered()
}

#[cfg(not(target_arch = "wasm32"))]
fn store(place: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = place.parent() {
        std::fs::create_dir_all(folder).map_err(|reason| reason.to_string())?;
    }
    crate::export::write(&place.to_string_lossy(), text.as_bytes())
}

#[cfg(target_arch = "wasm32")]
fn store(_place: &Path, text: &str) -> Result<(), String> {
    crate::web::remember(text)
}

impl Settings {
    /// Reads what was kept; the usual if nothing was, or if it cannot be read: an old file must not keep the window
    /// from opening.
    pub fn read(place: &Path) -> Settings {
        ron::from_str(&load(place)).unwrap_or_default()
    }

    /// Keeps it.
    ///
    /// # Errors
    /// Why it could not be kept, in words.
    pub fn keep(&self, place: &Path) -> Result<(), String> {
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::default());
        store(place, &text.map_err(|reason| reason.to_string())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_and_a_broken_file_is_the_usual() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("deep/window.ron");
        let mut settings = Settings::default();
        settings.view.scale = 1.5;
        settings.plan = Some(Plan::of("tiny"));
        settings.baseline = Some(Plan::of("county"));
        settings.keep(&place).unwrap();
        assert_eq!(Settings::read(&place), settings);
        std::fs::write(&place, "(view: (scale: \"x\"))").unwrap();
        assert_eq!(Settings::read(&place), Settings::default());
        assert_eq!(Settings::read(folder.path()), Settings::default());
    }
}
