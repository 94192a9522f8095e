//! Villages at the end of a run, where there are not too many of them.

use sim_core::base::CountyCode;
use sim_core::simulation::Simulation;

/// Runs of more villages are told by county only: a village of thousands says little, and all of them take
/// much memory.
pub const MOST_VILLAGES: u64 = 20_000;

/// What is looked at in every village at the end of a run: name, unit, definition.
pub const VILLAGE_OUTCOMES: [(&str, &str, &str); 5] = [
    ("buying_share", "share", "Households that buy online regularly."),
    ("station_open", "share of runs", "Runs in which a station is open."),
    ("partner_income", "yuan/month", "Smoothed income of the station's partner; 0 without one."),
    ("shops", "shops", "Online shops."),
    ("yearly_sales", "yuan/year", "Sales of its shops in the last twelve months."),
];

/// A village: its county's code, and its number in the county's full list.
pub type VillageName = (CountyCode, u16);

/// A village at the end of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct VillageSeen {
    /// Which.
    pub name: VillageName,
    /// Longitude and latitude, synthetic \[degrees\].
    pub position: (f32, f32),
    /// A number for each of [`VILLAGE_OUTCOMES`].
    pub values: [f64; VILLAGE_OUTCOMES.len()],
}

/// All villages of a finished run, in order; none if there are more than [`MOST_VILLAGES`].
pub fn villages(simulation: &Simulation) -> Vec<VillageSeen> {
    let atlas = &simulation.setting().atlas;
    if atlas.villages() > MOST_VILLAGES {
        return Vec::new();
    }
    let seen = simulation.counties().zip(&atlas.counties).map(|(process, county)| {
        let each = county.villages.iter().enumerate();
        each.map(|(at, village)| {
            let view = process.view(at);
            VillageSeen {
                name: (county.code, village.number),
                position: (village.longitude, village.latitude),
                values: [
                    f64::from(view.regular_share),
                    f64::from(u8::from(view.station_open)),
                    view.partner_income.map_or(f64::NAN, f64::from),
                    f64::from(view.shops),
                    view.yearly_sales,
                ],
            }
        })
        .collect::<Vec<_>>()
    });
    seen.flatten().collect()
}
