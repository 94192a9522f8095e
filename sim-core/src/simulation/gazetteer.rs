//! The real places as scenarios ask for them: scenario and world do not know each other.

use super::rule_check::near_figure;
use crate::base::CountyCode;
use crate::model::RuleFigure;
use crate::region::Region;
use crate::scenario::Gazetteer;
use crate::world::{EarlyEconomy, Geography, UnknownName};
use std::sync::Arc;

/// The counties and provinces of the embedded tables.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealPlaces;

impl Gazetteer for RealPlaces {
    fn county(&self, region: &Arc<Region>, code: CountyCode) -> Result<(), Vec<String>> {
        // A region whose tables are faulty is told when it is built.
        let Ok(geography) = Geography::of_region(region) else { return Ok(()) };
        let found = geography.find_county(&code.to_string());
        found.map(drop).map_err(|unknown: UnknownName| unknown.suggestions)
    }

    fn province(&self, region: &Arc<Region>, name: &str) -> Result<(), Vec<String>> {
        let Ok(geography) = Geography::of_region(region) else { return Ok(()) };
        let found = geography.find_province(name);
        found.map(drop).map_err(|unknown| unknown.suggestions)
    }

    fn figure(&self, name: &str) -> Result<(), Option<String>> {
        let known = RuleFigure::named(name).is_some();
        if known { Ok(()) } else { Err(near_figure(name).map(str::to_owned)) }
    }

    fn suppliers_columns(&self) -> &'static [&'static str] {
        &EarlyEconomy::COLUMNS
    }
}
