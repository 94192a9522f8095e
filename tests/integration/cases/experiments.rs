//! Experiment files: what is refused, what is written, what types values have.
