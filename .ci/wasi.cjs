// Runs a program of wasm32-wasip1, with nothing of this machine but its output.
const { readFileSync } = require('node:fs');
const { WASI } = require('node:wasi');

const system = new WASI({ version: 'preview1', args: [], env: {}, returnOnExit: true });
const program = new WebAssembly.Module(readFileSync(process.argv[2]));
const instance = new WebAssembly.Instance(program, system.getImportObject());
process.exitCode = system.start(instance);
