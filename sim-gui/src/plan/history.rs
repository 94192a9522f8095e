//! A value with its past and its future: undo and redo. Beside each value may stand what it was compared
//! with:
//! a step back brings that back, too. It is not kept from one start to the next.

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
    /// What stands beside the values of the past, the present one, and those of the future.
    beside: (Vec<Option<T>>, Option<T>, Vec<Option<T>>),
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
        History::with(Vec::new(), present, Vec::new())
    }

    /// With a past and a future, the nearest steps last. Of more than so many the oldest are forgotten.
    pub fn with(mut past: Vec<T>, present: T, mut future: Vec<T>) -> History<T> {
        past.drain(..past.len().saturating_sub(STEPS));
        future.drain(..future.len().saturating_sub(STEPS));
        let beside = (vec![None; past.len()], None, vec![None; future.len()]);
        History { past, present, future, open: None, beside }
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
            self.push(before);
        }
        self.open = Some(about.to_owned());
        self.forget();
    }

    fn push(&mut self, before: T) {
        self.past.push(before);
        self.beside.0.push(self.beside.1.clone());
        let over = self.past.len().saturating_sub(STEPS);
        self.past.drain(..over);
        self.beside.0.drain(..over);
    }

    fn forget(&mut self) {
        self.future.clear();
        self.beside.2.clear();
    }

    /// What stands beside the present value; none if nothing was noted.
    pub fn beside(&self) -> Option<&T> {
        self.beside.1.as_ref()
    }

    /// Changes value and what stands beside it, as one step of its own: what stood beside it before is noted,
    /// to come back.
    pub fn change_both(&mut self, next: T, was: T, beside: T) {
        self.open = None;
        if next == self.present && was == beside {
            return;
        }
        self.beside.1 = Some(was);
        let before = std::mem::replace(&mut self.present, next);
        self.push(before);
        self.beside.1 = Some(beside);
        self.forget();
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
            let beside = self.beside.0.pop().flatten();
            self.beside.2.push(std::mem::replace(&mut self.beside.1, beside));
        }
    }

    /// Takes a step again that was undone.
    pub fn redo(&mut self) {
        self.open = None;
        if let Some(after) = self.future.pop() {
            self.past.push(std::mem::replace(&mut self.present, after));
            let beside = self.beside.2.pop().flatten();
            self.beside.0.push(std::mem::replace(&mut self.beside.1, beside));
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
    fn what_stands_beside_comes_back_with_its_step() {
        let mut history = History::new(0);
        history.change(1, "a");
        assert_eq!(history.beside(), None);
        // Another value and another one beside it; then only the one beside.
        history.change_both(2, 10, 20);
        history.change(3, "b");
        history.change_both(3, 20, 30);
        assert_eq!((*history.now(), history.beside()), (3, Some(&30)));
        let mut seen = Vec::new();
        while history.can_undo() {
            history.undo();
            seen.push((*history.now(), history.beside().copied()));
        }
        assert_eq!(seen, [(3, Some(20)), (2, Some(20)), (1, Some(10)), (0, None)]);
        while history.can_redo() {
            history.redo();
        }
        assert_eq!((*history.now(), history.beside()), (3, Some(&30)));
        for step in 0..2 * STEPS {
            history.change_both(step, 30, 30);
        }
        assert_eq!((history.past().len(), history.beside.0.len()), (STEPS, STEPS));
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
