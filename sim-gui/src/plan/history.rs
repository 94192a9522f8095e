//! A value with its past and its future: undo and redo.

/// Steps that can be undone, and steps that can be redone, at most: older ones are forgotten.
pub const STEPS: usize = 200;

/// A value with its past and its future.
#[derive(Clone, Debug)]
pub struct History<T> {
    past: Vec<T>,
    present: T,
    future: Vec<T>,
    /// What the last change was about, while further changes of it belong to the same step.
    open: Option<String>,
}

/// Equal if undo and redo walk the same steps.
impl<T: PartialEq> PartialEq for History<T> {
    fn eq(&self, other: &History<T>) -> bool {
        self.present == other.present && self.past == other.past && self.future == other.future
    }
}

impl<T: Clone + PartialEq> History<T> {
    /// A beginning.
    pub fn new(present: T) -> History<T> {
        History { past: Vec::new(), present, future: Vec::new(), open: None }
    }

    /// With a past and a future, the nearest steps last. Of more than so many the oldest are forgotten.
    pub fn with(mut past: Vec<T>, present: T, mut future: Vec<T>) -> History<T> {
        past.drain(..past.len().saturating_sub(STEPS));
        future.drain(..future.len().saturating_sub(STEPS));
        History { past, present, future, open: None }
    }

    /// What was before, the latest last.
    pub fn past(&self) -> &[T] {
        &self.past
    }

    /// What was taken back, the latest last.
    pub fn future(&self) -> &[T] {
        &self.future
    }

    /// What is now.
    pub fn now(&self) -> &T {
        &self.present
    }

    /// Changes to a new value. Changes about the same thing, as long as it is held, are one step.
    pub fn change(&mut self, next: T, about: &str) {
        if next == self.present {
            return;
        }
        let same = self.open.as_deref() == Some(about);
        let before = std::mem::replace(&mut self.present, next);
        if !same {
            self.past.push(before);
            self.past.drain(..self.past.len().saturating_sub(STEPS));
        }
        self.open = Some(about.to_owned());
        self.future.clear();
    }

    /// The thing that was changed has been let go.
    pub fn close(&mut self) {
        self.open = None;
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Takes the last step back.
    pub fn undo(&mut self) {
        self.open = None;
        if let Some(before) = self.past.pop() {
            self.future.push(std::mem::replace(&mut self.present, before));
        }
    }

    /// Takes a step again that was undone.
    pub fn redo(&mut self) {
        self.open = None;
        if let Some(after) = self.future.pop() {
            self.past.push(std::mem::replace(&mut self.present, after));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_and_redo_walk_every_step_and_a_drag_is_one() {
        let mut history = History::new(0);
        history.change(1, "a");
        history.change(2, "a");
        history.close();
        history.change(3, "a");
        history.change(4, "b");
        let mut seen = vec![*history.now()];
        while history.can_undo() {
            history.undo();
            seen.push(*history.now());
        }
        assert_eq!(seen, [4, 3, 2, 0]);
        history.redo();
        history.redo();
        assert_eq!(*history.now(), 3);
        history.change(9, "c");
        assert!(!history.can_redo());
    }

    #[test]
    fn the_latest_steps_are_kept() {
        let mut history = History::new(0);
        for step in 1..=STEPS + 50 {
            history.change(step, "a");
            history.close();
        }
        assert_eq!(history.past().len(), STEPS);
        assert_eq!(history.past().last(), Some(&(STEPS + 49)));
        let again = History::with(history.past().to_vec(), *history.now(), history.future().to_vec());
        assert_eq!(again.past(), history.past());
    }
}
