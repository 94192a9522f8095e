//! Files, links and readers.
