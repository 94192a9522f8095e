//! What stands in a sweep's folder, by name.

/// The plan's name in the folder.
pub const PLAN: &str = "plan.json";

/// The name of the experiment as it was written.
pub const EXPERIMENT: &str = "experiment.ron";

/// The name of the folder of finished runs.
pub const PIECES: &str = "pieces";

/// The name of the folder of what an engine's tasks say.
pub const LOGS: &str = "logs";
