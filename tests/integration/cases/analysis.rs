//! What analyses say of few, equal, missing and discrete points.
