//! Memory that this process may still take: the least of what the machine has free, what its control group (a
//! Slurm job, a container) allows, and what `ulimit -v` allows.
//!
//! The first alone was rejected: inside a job or a container it is the whole machine's, and who believes it
//! is killed.

use sim_files::read::system as text;
use std::path::{Path, PathBuf};

/// Address space that a thread takes beyond what it uses \[bytes\]: its stack, and what the allocator keeps
/// for it.
#[cfg(unix)]
const THREAD: u64 = 8 << 20;

/// A limit, and what there is below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Free {
    /// Bytes that may still be taken.
    pub bytes: u64,
    /// Whose limit it is, for messages.
    pub what: &'static str,
    /// Whether others may give some of it back.
    pub is_soft: bool,
}

/// The least that is free for so many threads, where the system tells.
pub fn free(threads: usize) -> Option<Free> {
    [machine(), cgroup(Path::new("/"), &text(Path::new("/proc/self/cgroup"))), address_space(threads)]
        .into_iter()
        .flatten()
        .min_by_key(|free| free.bytes)
}

/// What the machine can give without swapping.
fn machine() -> Option<Free> {
    Some(Free {
        bytes: kilobytes(Path::new("/proc/meminfo"), "MemAvailable:")?,
        what: "free on this machine",
        is_soft: true,
    })
}

/// A size in a file of `Name:  123 kB` \[bytes\].
fn kilobytes(path: &Path, name: &str) -> Option<u64> {
    let text = text(path);
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes << 10)
}

/// What a form of control groups calls things.
struct Form {
    limit: &'static str,
    usage: &'static str,
    cache: &'static str,
}

const SECOND: Form = Form { limit: "memory.max", usage: "memory.current", cache: "inactive_file " };
const FIRST: Form =
    Form { limit: "memory.limit_in_bytes", usage: "memory.usage_in_bytes", cache: "total_inactive_file " };

/// The least that a control group and those above it leave, of either version. `groups` is
/// `/proc/self/cgroup`.
fn cgroup(root: &Path, groups: &str) -> Option<Free> {
    let base = root.join("sys/fs/cgroup");
    let least = groups.lines().flat_map(|line| {
        let mut parts = line.splitn(3, ':').skip(1);
        let (controllers, group) = (parts.next().unwrap_or(""), parts.next().unwrap_or("/"));
        let mounts: Vec<(PathBuf, &Form)> = if controllers.is_empty() {
            vec![(base.clone(), &SECOND), (base.join("unified"), &SECOND)]
        } else if controllers.split(',').any(|name| name == "memory") {
            vec![(base.join("memory"), &FIRST)]
        } else {
            Vec::new()
        };
        mounts.into_iter().filter_map(|(mount, form)| least(&mount, group, form)).min()
    });
    Some(Free { bytes: least.min()?, what: "left in this job or container", is_soft: false })
}

/// The least free in a group and those above it, as far as they can be seen: in a container only the mount's
/// own may be.
fn least(mount: &Path, group: &str, form: &Form) -> Option<u64> {
    let folder = mount.join(group.trim_start_matches('/'));
    let seen = folder.ancestors().take_while(|above| above.starts_with(mount));
    seen.filter_map(|folder| {
        let number = |name: &str| text(&folder.join(name)).trim().parse::<u64>().ok();
        let (limit, usage) = (number(form.limit)?, number(form.usage)?);
        // What the cache of files holds is given back when it is needed.
        let stat = text(&folder.join("memory.stat"));
        let cache = stat.lines().find_map(|line| line.strip_prefix(form.cache));
        let cache = cache.and_then(|size| size.trim().parse().ok()).unwrap_or(0);
        Some(limit.saturating_sub(usage.saturating_sub(cache)))
    })
    .min()
}

/// What `ulimit -v` leaves, threads to be started aside.
#[cfg(unix)]
fn address_space(threads: usize) -> Option<Free> {
    use rustix::process::{Resource, getrlimit};
    let limit = getrlimit(Resource::As).current?;
    let taken = kilobytes(Path::new("/proc/self/status"), "VmSize:").unwrap_or(0);
    Some(Free {
        bytes: limit.saturating_sub(taken + THREAD * threads as u64),
        what: "left by ulimit -v",
        is_soft: false,
    })
}

#[cfg(not(unix))]
fn address_space(_: usize) -> Option<Free> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn put(root: &Path, folder: &str, files: &[(&str, &str)]) {
        let folder = root.join("sys/fs/cgroup").join(folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in files {
            fs::write(folder.join(name), text).unwrap();
        }
    }

    #[test]
    fn a_job_of_the_second_version_is_limited_by_those_above_it() {
        let root = tempfile::tempdir().unwrap();
        put(root.path(), "slurm/job_7/step_0", &[("memory.max", "max\n"), ("memory.current", "300\n")]);
        put(
            root.path(),
            "slurm/job_7",
            &[
                ("memory.max", "1000\n"),
                ("memory.current", "700\n"),
                ("memory.stat", "anon 100\ninactive_file 200\n"),
            ],
        );
        put(root.path(), "slurm", &[("memory.max", "100000\n"), ("memory.current", "1\n")]);
        let free = cgroup(root.path(), "0::/slurm/job_7/step_0\n").unwrap();
        assert_eq!((free.bytes, free.what), (500, "left in this job or container"));
        assert_eq!(cgroup(root.path(), "0::/elsewhere\n"), None, "no limit is none");
    }

    #[test]
    fn a_container_of_the_first_version_sees_its_own_limit_at_the_mount() {
        let root = tempfile::tempdir().unwrap();
        put(
            root.path(),
            "memory",
            &[
                ("memory.limit_in_bytes", "4096\n"),
                ("memory.usage_in_bytes", "1096\n"),
                ("memory.stat", "total_inactive_file 96\n"),
            ],
        );
        let groups = "5:cpu,cpuacct:/docker/ab\n4:memory:/docker/ab\n1:name=systemd:/docker/ab\n";
        assert_eq!(cgroup(root.path(), groups).unwrap().bytes, 3096);
        assert_eq!(cgroup(root.path(), ""), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_machine_tells_and_no_limit_is_above_it() {
        let machine = machine().unwrap();
        assert!(machine.bytes > 1 << 20 && free(1).unwrap().bytes <= machine.bytes);
    }
}
