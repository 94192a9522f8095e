//! Platforms: the incumbent, an integrated retailer with village promoters, a social group-buying newcomer.

use super::parameters;
use super::value::Range;
use crate::base::Date;

parameters! {
    /// Platforms, their fees and offers, and what ties buyers and sellers to them.
    "platform" PlatformParameters {
        /// Fee the incumbent takes on shop sales.
        @lever fee: f64 = 0.025, ShareOfSales, Range::Between(0.0, 0.5), "assumed";
        /// Subsidy the incumbent gives buyers on village orders.
        @lever buyer_subsidy: f64 = 0.0, ShareOfValue, Range::Between(0.0, 0.9), "lever";
        /// Subsidy the incumbent gives village sellers.
        @lever seller_subsidy: f64 = 0.0, ShareOfSales, Range::Between(0.0, 0.9), "lever";
        /// Day on which the integrated retailer's village promoters start.
        @lever retailer_entry: Date = "2015-01-01", Date, Range::Any, "docs/odd.md, P12; date M";
        /// Pull of the integrated retailer on new buyers and sellers, against the incumbent's 1, with
        /// promoters paid 3 % of orders.
        retailer_pull: f64 = 0.15, Pure, Range::Between(0.0, 100.0), "assumed";
        /// What the integrated retailer pays its village promoters of the orders that its buyers place; its
        /// pull rises with it in proportion.
        @lever promoter_commission: f64 = 0.03, ShareOfValue, Range::Between(0.0, 0.5),
            "assumed: as the incumbent's partners";
        /// Day on which the social group-buying platform starts.
        @lever social_entry: Date = "2015-09-01", Date, Range::Any, "docs/odd.md, P12: from 2015";
        /// Pull of the social platform on new buyers at its start, against the incumbent's 1.
        social_pull: f64 = 0.05, Pure, Range::Between(0.0, 100.0), "assumed";
        /// Growth of that pull while the newcomer subsidises.
        social_growth: f64 = 0.9, Rate / Year, Range::Between(0.0, 10.0), "assumed";
        /// Most that pull can reach.
        social_limit: f64 = 0.9, Pure, Range::Between(0.0, 100.0), "assumed";
        /// Fee rivals take on shop sales.
        rival_fee: f64 = 0.01, ShareOfSales, Range::Between(0.0, 0.5), "assumed";
        /// Hazard that a self-service buyer without a habit looks at all platforms again.
        reconsideration: f64 = 0.3, Rate / Year, Range::Between(0.0, 20.0),
            "15 to 38 % a year left a shopping site while buying grew (CNNIC 2012, R)";
        /// How far a year's habit lowers the chance of switching.
        buyer_lock_in: f64 = 0.5, Rate / YearOfUse, Range::Between(0.0, 10.0),
            "docs/odd.md, P12; size assumed";
        /// How far reputation earned lowers a seller's chance of switching.
        seller_lock_in: f64 = 2.0, PerUnitOfReputation, Range::Between(0.0, 20.0),
            "docs/odd.md, P12; size assumed";
        /// Share of new buyers that sellers on the incumbent cannot reach when rivals hold them.
        seller_reach_loss: f64 = 0.6, Share, Range::Between(0.0, 1.0), "assumed";
        /// Promoters' commission with which the retailer's pull is `retailer_pull`.
        @structure promoter_usual: f64 = 0.03, ShareOfValue, Range::Between(0.001, 0.5),
            "assumed: the reference of promoter_commission";
        /// Rise of the incumbent's pull on new buyers for a subsidy of the whole value.
        @structure subsidy_pull: f64 = 4.0, Pure, Range::Between(0.0, 100.0), "assumed";
        /// Hazard that a seller without reputation moves to a rival that holds all buyers.
        @structure seller_switching: f64 = 0.04, Rate / Month, Range::Between(0.0, 1.0), "assumed";
        /// Part of its reputation that a seller keeps on moving to a rival.
        @structure reputation_kept: f64 = 0.4, Share, Range::Between(0.0, 1.0), "assumed";
    }
}
