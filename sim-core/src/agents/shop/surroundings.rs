//! What surrounds a shop.

/// A partner's help with selling online.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SalesHelp {
    /// What the shop pays for it \[share of sales\].
    pub fee: f64,
    /// How much faster its reputation grows \[share\].
    pub gain: f64,
}

/// What surrounds a shop this month.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings {
    /// What a unit of attraction sells on the shop's platform \[yuan/month\].
    pub unit_sales: f64,
    /// Shops of the trade in the village.
    pub neighbours: f64,
    /// Shops of the trade in the county, besides.
    pub county: f64,
    /// Season of the trade over the yearly mean.
    pub season: f64,
    /// Price of sending a parcel \[yuan\].
    pub parcel_price: f64,
    /// Share of parcels damaged or lost on the way.
    pub lost: f64,
    /// Wage of a hired worker \[yuan/month\].
    pub wage: f64,
    /// What the owner could earn elsewhere \[yuan/month\].
    pub outside_wage: f64,
    /// Fee of the platform \[share of sales\].
    pub fee: f64,
    /// What the platform gives sellers \[share of sales\].
    pub seller_subsidy: f64,
    /// What the platform lends on a month's sales \[months\].
    pub platform_credit: f64,
    /// Rents where the shop is, over those where rooms are not scarce.
    pub rent_index: f64,
    /// Public credit that may be drawn \[yuan\], and its interest \[per year\].
    pub credit: Option<(f64, f64)>,
    /// Share of rents paid by rent support.
    pub rent_support: f64,
    /// Gain in quality by marks \[share\].
    pub mark: f64,
    /// What government pays an exporter \[yuan/month\].
    pub export_support: f64,
    /// Hazard of beginning to export \[per month\].
    pub export_start: f64,
    /// Workers that can still be hired in the village and township.
    pub labour: u32,
    /// A partner's help with selling, if it uses that.
    pub help: Option<SalesHelp>,
}
