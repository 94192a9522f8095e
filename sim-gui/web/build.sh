#!/usr/bin/env bash
# Builds the window as a web page: static files in target/web, to be served by any web server.
#
#   bash sim-gui/web/build.sh
#   python3 -m http.server --directory target/web 8000      then open http://localhost:8000
set -euo pipefail
cd "$(dirname "$0")/../.."
out=${1:-target/web}
version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)
bindgen=$(command -v wasm-bindgen || true)
if [[ -z $bindgen || $("$bindgen" --version) != "wasm-bindgen $version" ]]; then
  bindgen=target/tools/bin/wasm-bindgen
  [[ -x $bindgen && $("$bindgen" --version) == "wasm-bindgen $version" ]] ||
    cargo install wasm-bindgen-cli --version "$version" --root target/tools
fi
rustup target add wasm32-unknown-unknown
cargo build --profile web --target wasm32-unknown-unknown -p sim-gui
mkdir -p "$out"
"$bindgen" --target web --no-typescript --out-dir "$out" "${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/web/sim-gui.wasm"
cp sim-gui/web/index.html "$out/"
du -b "$out"/* | sort -n
