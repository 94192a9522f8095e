//! What went well or wrong meanwhile, until it is put away.

use crate::export::place;
use crate::state::State;
use egui::{Label, RichText, Ui};
use sim_core::base::Localised;

/// Draws the panel.
pub fn ui(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    let (mut gone, mut opened) = (None, None);
    for (number, notice) in state.notices.iter().enumerate() {
        ui.horizontal(|ui| {
            let button = ui.small_button(say.of("notices.close"));
            if button.clicked() {
                gone = Some(number);
            }
            if let Some(folder) = &notice.folder
                && ui.small_button(say.of("notices.folder")).clicked()
            {
                opened = Some(folder.clone());
            }
            let text = notice.warning.as_ref().map(|warning| say.fault(warning));
            let text = RichText::new(text.as_ref().unwrap_or(&notice.text));
            let text = if notice.is_fault { text.color(ui.visuals().error_fg_color) } else { text };
            ui.add(Label::new(text).wrap());
        });
    }
    if let Some(number) = gone {
        state.notices.remove(number);
    }
    if let Some(folder) = opened
        && let Err(reason) = place::open(&folder)
    {
        let folder = folder.display().to_string();
        state.notice(say.with("notices.not_opened", &[&folder, &reason.localised(say.speaker())]), true);
    }
}
