//! Periods, inputs and missing values of runs.
