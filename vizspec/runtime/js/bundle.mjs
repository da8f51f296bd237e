// Builds the runtime: node js/bundle.mjs OUTPUT-FOLDER, in a folder where `npm ci` has run.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const DATABASE = "node_modules/@duckdb/duckdb-wasm/dist";
const LICENCE_FILE = /^(licen[cs]e|notice|copying)/i;

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

function licenceText(folder) {
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((name) => LICENCE_FILE.test(name)).sort();
  const texts = files.map((name) => readFileSync(join(folder, name), "utf8").trim());
  const body = texts.join("\n\n") || "(the package carries no licence text; the licence named above applies)";
  return `${about.name} ${about.version}\nLicence: ${about.license ?? "not named"}\n\n${body}\n`;
}

function licences(inputs) {
  const folders = new Set([...inputs.map(packageFolder).filter(Boolean), "node_modules/@duckdb/duckdb-wasm"]);
  const rule = "\n" + "-".repeat(78) + "\n\n";
  return "Third-party software in this folder's bundles.\n" + rule + [...folders].sort().map(licenceText).join(rule);
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
