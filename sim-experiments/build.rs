//! Compiles the ensemble of members in, if this source tree has one: adding `data/ensemble.csv` is all that
//! it takes. A tree without one builds, too; the command then asks for a file.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let data = Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../data");
    // The folder, not the file: cargo takes a file that is not there for one that has always changed.
    println!("cargo:rerun-if-changed={}", data.display());
    let file = data.join("ensemble.csv");
    let content = if file.is_file() {
        format!("Some(include_str!({:?}))", file.display().to_string())
    } else {
        "None".to_owned()
    };
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("ensemble.rs"), content)
}
