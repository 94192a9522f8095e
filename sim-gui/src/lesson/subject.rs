//! What a step is about, so that a wall shows it: the map, or a chart.

use super::Step;
use super::action::Action;
use super::check::{Figure, Page, Task};
use crate::view::Tab;

/// What the presenter's window shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presented {
    /// The map.
    Map,
    /// The chart of an outcome, by its name.
    Chart(String),
}

/// What a step is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The map.
    Map,
    /// The chart of an outcome, by its name.
    Chart(String),
    /// What a lever does: any of the charts.
    Charts,
}

impl Step {
    /// What the step is about; nothing if it says nothing of it. The task tells, or else what is laid out
    /// first.
    pub fn subject(&self) -> Option<Subject> {
        of_task(&self.task).or_else(|| self.begin.iter().find_map(of_action))
    }
}

fn of_task(task: &Task) -> Option<Subject> {
    match task {
        Task::Layer(_) | Task::Difference(_) | Task::Village(..) | Task::VillageBelow(..) => {
            Some(Subject::Map)
        }
        Task::Tab(Tab::Map) => Some(Subject::Map),
        Task::Inspect(Page::County | Page::Village | Page::Household | Page::Shop) => Some(Subject::Map),
        Task::Inspect(Page::Outcome(name)) => Some(Subject::Chart(name.clone())),
        Task::Ratio(figure, ..) | Task::Number(figure, _) => of_figure(figure),
        Task::Between(..) | Task::Is(..) | Task::Day(..) | Task::Back(_) => Some(Subject::Charts),
        Task::Read | Task::Tab(_) | Task::Inspect(Page::Lever(_)) | Task::Time(..) | Task::Choice(..) => None,
    }
}

fn of_figure(figure: &Figure) -> Option<Subject> {
    match figure {
        Figure::End(name) | Figure::Sum(name) => Some(Subject::Chart(name.clone())),
        Figure::Fixed(_) => None,
    }
}

fn of_action(action: &Action) -> Option<Subject> {
    match action {
        Action::Layer(_) | Action::Difference(_) | Action::Camera(..) | Action::Fit | Action::Find(..) => {
            Some(Subject::Map)
        }
        Action::Tab(Tab::Map) => Some(Subject::Map),
        Action::Charts(names) => names.first().map(|name| Subject::Chart(name.clone())),
        Action::Outcome(name) => Some(Subject::Chart(name.clone())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_that_ask_for_the_map_are_about_it_and_others_about_charts() {
        let lesson = |name: &str| {
            let mut lessons = crate::lesson::shipped().iter();
            lessons.find(|lesson| lesson.name == name).unwrap().clone()
        };
        let subjects =
            |name: &str| -> Vec<Option<Subject>> { lesson(name).steps.iter().map(Step::subject).collect() };
        let shops = subjects("taobao_village");
        assert_eq!(shops[..3], [const { Some(Subject::Map) }; 3]);
        assert_eq!(shops[3], None);
        assert_eq!(shops[4], Some(Subject::Charts));
        assert_eq!(shops[5], Some(Subject::Chart("shops".to_owned())));
        let partner = subjects("partner");
        assert_eq!(partner[0], Some(Subject::Chart("partner_income_mean".to_owned())));
    }
}
