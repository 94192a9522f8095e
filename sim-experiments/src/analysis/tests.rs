//! Tests of several analyses together.

mod coverage;
