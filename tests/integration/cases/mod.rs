//! Small inputs on which the program once said or did something wrong, each with the right result. Inputs
//! that a case needs are in `tests/fixtures/cases/`; cases of the Python package are in
//! `sim-python/tests/test_cases.py`.

mod analysis;
mod experiments;
mod files;
mod operations;
mod runs;
