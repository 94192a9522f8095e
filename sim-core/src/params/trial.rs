//! A randomised trial of the programme: who is surveyed, who is held back, when.

use super::parameters;
use super::value::Range;
use crate::base::Date;

parameters! {
    /// A randomised trial of the programme, in every county simulated.
    "trial" TrialParameters {
        /// Whether a trial is run: villages drawn from each county's candidates are surveyed, and some of
        /// them held back.
        @lever enabled: bool = false, YesOrNo, Range::Any, "lever";
        /// Villages surveyed, spread evenly over the counties.
        @lever survey_villages: u32 = 100, Villages, Range::Between(1.0, 10_000.0), "facts: trial";
        /// Surveyed villages in which no station may open before the follow-up, spread evenly over the
        /// counties.
        @lever control_villages: u32 = 40, Villages, Range::Between(0.0, 10_000.0), "facts: trial";
        /// Control villages in which a station is allowed after all before the follow-up.
        @lever late_openings: u32 = 5, Villages, Range::Between(0.0, 10_000.0), "facts: trial";
        /// Time from the baseline until those villages are screened.
        @lever late_after: u32 = 120, Days, Range::Between(0.0, 3_600.0), "assumed";
        /// Households surveyed near the terminal, in a village.
        @lever households_near: u32 = 14, Households, Range::Between(0.0, 1_000.0), "facts: trial";
        /// Households surveyed elsewhere, in a village.
        @lever households_elsewhere: u32 = 14, Households, Range::Between(0.0, 1_000.0), "facts: trial";
        /// Day of the baseline survey, on which villages are drawn.
        @lever baseline: Date = "2015-12-28", Date, Range::Any, "facts: trial";
        /// Day of the follow-up survey.
        @lever follow_up: Date = "2016-12-28", Date, Range::Any, "facts: trial, a year later";
        /// Share of households that are not found again at the follow-up.
        attrition: f64 = 0.08, Share, Range::Between(0.0, 0.9), "assumed";
        /// Time before a survey whose spending households report.
        @lever recall: u32 = 91, Days, Range::Between(7.0, 366.0), "assumed: a quarter";
    }
}
