//! What results need of counties beyond what was gathered on the way: counts, the books, partners as they
//! stand.

use super::run::Simulation;
use crate::agents::partner::Station;
use crate::base::CountyCode;
use crate::metrics::ledger;
use serde::{Deserialize, Serialize};

/// Whether the books balance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Audit {
    /// Whether every account's balance follows from payments, and all sum to zero, to the fen.
    pub money_closes: bool,
    /// Whether parcels sent are those ended and those in transit, in every county.
    pub parcels_close: bool,
    /// Whether incomes of households, by source, were what the ledger paid them, in every month in which
    /// households were reviewed.
    pub incomes_close: bool,
    /// What does not balance.
    pub messages: Vec<String>,
}

impl Audit {
    /// Whether all of it balances.
    pub fn closes(&self) -> bool {
        self.money_closes && self.parcels_close && self.incomes_close
    }
}

/// A station that had a partner, as it stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PartnerRow {
    pub(super) county: CountyCode,
    /// Number of the village in the county's full list.
    pub(super) village: u16,
    pub(super) station: Station,
}

/// The state of some counties, as far as results tell of it; parts add up in the order of counties.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Ending {
    pub(super) events: u64,
    pub(super) orders: u64,
    pub(super) audit: Audit,
    pub(super) partners: Vec<PartnerRow>,
}

impl Ending {
    /// Of the counties held here.
    pub(super) fn of(simulation: &Simulation) -> Ending {
        Ending {
            events: simulation.events(),
            orders: simulation.orders(),
            audit: audit(simulation),
            partners: partners(simulation),
        }
    }

    /// Adds the counties that come next.
    pub(super) fn join(&mut self, next: Ending) {
        self.events += next.events;
        self.orders += next.orders;
        self.audit.money_closes &= next.audit.money_closes;
        self.audit.parcels_close &= next.audit.parcels_close;
        self.audit.incomes_close &= next.audit.incomes_close;
        self.audit.messages.extend(next.audit.messages);
        self.partners.extend(next.partners);
    }
}

fn partners(simulation: &Simulation) -> Vec<PartnerRow> {
    let mut rows = Vec::new();
    for (process, county) in simulation.counties().zip(simulation.places_here()) {
        for (state, village) in process.villages().iter().zip(&county.villages) {
            if let Some(station) = state.station.as_deref() {
                rows.push(PartnerRow {
                    county: county.code,
                    village: village.number,
                    station: station.clone(),
                });
            }
        }
    }
    rows
}

impl Simulation {
    /// Whether the books balance so far; part of [`Simulation::outcome`], without its tables.
    pub fn audit(&self) -> Audit {
        audit(self)
    }
}

/// Whether the books of the counties held here balance.
fn audit(simulation: &Simulation) -> Audit {
    let mut messages = Vec::new();
    let (mut money, mut parcels, mut incomes) = (true, true, true);
    for (county, place) in simulation.counties().zip(simulation.places_here()) {
        if let Err(faults) = ledger::check(&county.book().ledger().totals()) {
            money = false;
            messages.push(format!("{}: {faults:?}", place.title()));
        }
        if let Some(gap) = county.income_gap() {
            incomes = false;
            messages.push(format!("{}: {gap}", place.title()));
        }
        let count = county.parcels();
        if count.sent - count.ended != county.parcels_in_transit(&simulation.setting) {
            parcels = false;
            messages.push(format!(
                "{}: {count:?}, {} in transit",
                place.title(),
                county.parcels_in_transit(&simulation.setting)
            ));
        }
    }
    Audit { money_closes: money, parcels_close: parcels, incomes_close: incomes, messages }
}
