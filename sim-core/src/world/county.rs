//! Counties of a run, with their towns and villages.

use super::county_record::CountyKind;
use super::early_economy::EarlyEconomy;
use super::village::Village;
use crate::base::{CountyCode, Fingerprint, Owner, Product};

/// A county as a run uses it. Immutable once built.
///
/// From the tables: code, names, kind, province, prefecture, position, terrain, distances, towns and their
/// numbers of villages. Synthesised from the province's figures and the county's hardship: everything else.
#[derive(Clone, Debug, PartialEq)]
pub struct County {
    /// Code (GB/T 2260, 2023).
    pub code: CountyCode,
    /// Chinese name.
    pub name: String,
    /// Name in Latin letters.
    pub name_en: String,
    /// What sort of unit.
    pub kind: CountyKind,
    /// Its province, as an index into [`Atlas::provinces`](super::Atlas::provinces).
    pub province: u16,
    /// Its prefecture's Chinese name; empty where the province rules it directly.
    pub prefecture: String,
    /// Longitude of the seat \[degrees east\].
    pub longitude: f64,
    /// Latitude of the seat \[degrees north\].
    pub latitude: f64,
    /// Height of the land around the seat \[m\].
    pub elevation: f64,
    /// Relief around the seat \[m\].
    pub relief: f64,
    /// Great-circle distance to the prefecture's seat \[km\].
    pub to_prefecture: f64,
    /// Great-circle distance to the provincial capital \[km\].
    pub to_capital: f64,
    /// Area the county is taken to cover \[km²\]; synthetic, from the spacing of seats.
    pub area: f64,
    /// Hardship of the place: height, relief, distance and kind in one score, about -2 to 3; higher is
    /// harder.
    pub hardship: f64,
    /// Whether it counts among the poor counties of 2014-2020; synthetic within the province's count.
    pub poverty_county: bool,
    /// Mean rural income per head over the national mean \[above 0\].
    pub income_ratio: f64,
    /// Mean schooling of rural adults \[years\].
    pub schooling: f64,
    /// Share of rural residents aged 65 or more \[0 to 1\].
    pub share_over_65: f64,
    /// Share of the employed who work in farming \[0 to 1\].
    pub farm_employment: f64,
    /// People per rural household.
    pub household_size: f64,
    /// Its economy before 2010, medians where its table says nothing.
    pub early: EarlyEconomy,
    /// Industrial base by product: 0 or more, mean about 1 over the nation's counties, heavy-tailed.
    pub industry: [f32; Product::COUNT],
    /// Its towns, in order of code.
    pub towns: Vec<Town>,
    /// Its villages in this run, in order of number.
    pub villages: Vec<Village>,
}

/// A town, township or subdistrict with villages.
#[derive(Clone, Debug, PartialEq)]
pub struct Town {
    /// 9-digit code; 0 for a town made up for a county that the town table does not know.
    pub code: u32,
    /// Chinese name.
    pub name: String,
    /// Longitude \[degrees east\]; synthetic.
    pub longitude: f32,
    /// Latitude \[degrees north\]; synthetic.
    pub latitude: f32,
    /// Village committees in all, whether or not they are in this run.
    pub villages: u16,
    /// Time to the county seat \[road minutes\]; synthetic.
    pub to_seat: u16,
}

impl County {
    /// The owner of the county's random streams.
    pub fn owner(&self) -> Owner {
        Owner::county(self.code)
    }

    /// Rural households of its villages in this run.
    pub fn households(&self) -> u64 {
        self.villages.iter().map(|village| u64::from(village.households)).sum()
    }

    /// Adds every figure to a fingerprint.
    pub(super) fn mix_into(&self, print: &mut Fingerprint) {
        print.mix_text(&self.title());
        print.mix_text(&self.prefecture);
        print.mix(
            u64::from(self.code.0) << 32 | u64::from(self.province) << 16 | u64::from(self.poverty_county),
        );
        print.mix_text(self.kind.name());
        let place =
            [self.longitude, self.latitude, self.elevation, self.relief, self.to_prefecture, self.to_capital];
        let people = [self.income_ratio, self.schooling, self.share_over_65, self.farm_employment];
        let made = [self.area, self.hardship, self.household_size];
        place.into_iter().chain(people).chain(made).for_each(|value| print.mix_float(value));
        self.industry.iter().for_each(|&base| print.mix_float(f64::from(base)));
        self.early.mix_into(print);
        self.towns.iter().for_each(|town| town.mix_into(print));
        self.villages.iter().for_each(|village| village.mix_into(print));
    }

    /// The name for people: Chinese and Latin.
    pub fn title(&self) -> String {
        format!("{} {}", self.name, self.name_en)
    }
}

impl Town {
    fn mix_into(&self, print: &mut Fingerprint) {
        print.mix_text(&self.name);
        print.mix(u64::from(self.code) << 32 | u64::from(self.villages) << 16 | u64::from(self.to_seat));
        print.mix_float(f64::from(self.longitude));
        print.mix_float(f64::from(self.latitude));
    }
}
