// Builds the runtime: node js/bundle.mjs OUTPUT-FOLDER, in a folder where `npm ci` has run.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const DATABASE = "node_modules/@duckdb/duckdb-wasm/dist";
const LICENCE_FILE = /^(licen[cs]e|notice|copying)/i;
// Of packages that name a licence and carry no text of it: who holds the copyright, as their repositories say.
const HOLDERS = {
  "@duckdb/duckdb-wasm": "Copyright 2021 DuckDB WASM Contributors\nCopyright 2018 Stichting DuckDB Foundation (DuckDB)",
  "@orchidjs/sifter": "Copyright 2013 Brian Reavis & contributors",
};
const BEGINNINGS = { MIT: "Permission is hereby granted, free of charge", "Apache-2.0": "Apache License" };

const out = process.argv[2];
const dependencies = JSON.parse(readFileSync("package.json", "utf8")).dependencies;

async function bundleModules() {
  const result = await build({
    entryPoints: ["js/modules.js"],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
  return { text: result.outputFiles[0].contents, inputs: Object.keys(result.metafile.inputs) };
}

function packageFolder(input) {
  const at = input.lastIndexOf("node_modules/");
  if (at < 0) return null;
  const steps = input.slice(at + "node_modules/".length).split("/");
  const depth = steps[0].startsWith("@") ? 2 : 1;
  return input.slice(0, at) + "node_modules/" + steps.slice(0, depth).join("/");
}

function packageOf(folder) {
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((name) => LICENCE_FILE.test(name)).sort();
  const texts = files.map((name) => readFileSync(join(folder, name), "utf8").trim());
  return { name: about.name, version: about.version, licence: about.license, text: texts.join("\n\n") };
}

// The words of a licence that are the same for all, as another package carries them.
function words(licence, packages) {
  const begins = BEGINNINGS[licence];
  const other = packages.find((each) => each.licence === licence && begins && each.text.includes(begins));
  return other && other.text.slice(other.text.indexOf(begins));
}

function licenceText(one, packages) {
  const holder = HOLDERS[one.name];
  const text = one.text || (holder && words(one.licence, packages) && `${holder}\n\n${words(one.licence, packages)}`);
  if (!one.licence || !text) throw new Error(`${one.name} ${one.version} has no licence, or no text of it`);
  return `${one.name} ${one.version}\nLicence: ${one.licence}\n\n${text}\n`;
}

function licences(inputs) {
  const folders = new Set([...inputs.map(packageFolder).filter(Boolean), "node_modules/@duckdb/duckdb-wasm"]);
  const rule = "\n" + "-".repeat(78) + "\n\n";
  const packages = [...folders].sort().map(packageOf);
  const texts = packages.map((one) => licenceText(one, packages));
  return "Third-party software in this folder's bundles.\n" + rule + texts.join(rule);
}

function missingImports() {
  const text = readFileSync("js/modules.js", "utf8");
  return Object.keys(dependencies).filter((name) => !text.includes(`from "${name}"`));
}

const missing = missingImports();
if (missing.length) throw new Error(`js/modules.js does not import ${missing.join(", ")}`);

mkdirSync(out, { recursive: true });
const { text, inputs } = await bundleModules();
const parts = {
  "modules.js.gz": text,
  "worker.js.gz": readFileSync(join(DATABASE, "duckdb-browser-eh.worker.js")),
  "duckdb.wasm.gz": readFileSync(join(DATABASE, "duckdb-eh.wasm")),
};
const digests = {};
for (const [name, bytes] of Object.entries(parts)) {
  // Of the inflated bytes: two builds by different versions of zlib are one runtime.
  digests[name] = createHash("sha256").update(bytes).digest("hex");
  writeFileSync(join(out, name), gzipSync(bytes, { level: 9 }));
}
writeFileSync(join(out, "THIRD_PARTY_LICENSES.txt"), licences(inputs));
writeFileSync(join(out, "modules.json"), JSON.stringify({ modules: dependencies, digests }, null, 2) + "\n");
