//! What to tell the user, and when it is old news.

use super::{Notice, Ready, State};

impl State {
    /// Tells the user something.
    pub fn notice(&mut self, text: impl Into<String>, is_fault: bool) {
        // What went well is old news when something else did.
        if !is_fault {
            self.notices.retain(|notice| notice.is_fault || notice.warning.is_some());
        }
        self.notices.push(Notice { text: text.into(), is_fault, folder: None, warning: None });
        if self.notices.len() > 5 {
            self.notices.remove(0);
        }
    }

    /// Tells what a plan's scenario warns of, unless a lesson opened it: a learner can do nothing about it.
    /// What another one warned of goes.
    pub(super) fn warn(&mut self, ready: &Ready) {
        let now = &ready.prepared.warnings;
        self.notices.retain(|notice| notice.warning.as_ref().is_none_or(|known| now.contains(known)));
        if self.teaching.course.is_some() {
            return;
        }
        for warning in now.iter().filter(|new| !self.current.prepared.warnings.contains(new)) {
            let warning = Some(warning.clone());
            self.notices.push(Notice { text: String::new(), is_fault: false, folder: None, warning });
        }
    }
}
