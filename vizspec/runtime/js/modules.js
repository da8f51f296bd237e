// The modules that inspect-viz's widget imports, in one bundle: mosaic-core keeps a singleton, so that two copies
// would not see each other. The build checks that every dependency of package.json is named here.
import * as duckdb from "@duckdb/duckdb-wasm";
import * as mosaicCore from "@uwdata/mosaic-core";
import * as mosaicSpec from "@uwdata/mosaic-spec";
import * as mosaicSql from "@uwdata/mosaic-sql";
import * as agGrid from "ag-grid-community";
import * as d3Force from "d3-force";
import * as d3Format from "d3-format";
import * as d3TimeFormat from "d3-time-format";
import * as nouislider from "nouislider";
import * as svgPathParser from "svg-path-parser";
import * as tippy from "tippy.js";
import * as tomSelect from "tom-select";

// The widget has one tip for all charts of a page, bound to one of them: a touch of another would hide it at once.
tippy.default.setDefaultProps({ hideOnClick: false });

// The worker prefix answers for this address; it is never resolved.
const LOCAL = "https://runtime.invalid/duckdb";

let worker = null;
let database = null;

// Starts the database in this worker at once, so that it comes up while the page still loads the widget. A failure is
// told to the widget when that waits for the database.
export function startDatabase(started) {
  worker = started;
  database = new duckdb.AsyncDuckDB(new duckdb.ConsoleLogger(duckdb.LogLevel.WARNING), worker);
  const running = database.instantiate(LOCAL);
  running.catch(() => {});
  database.instantiate = () => running;
}

async function post(address, body) {
  const response = await fetch(address, { method: "POST", body });
  const answer = new Uint8Array(await response.arrayBuffer());
  if (!response.ok) throw new Error(new TextDecoder().decode(answer));
  return answer;
}

// A database at this address answers instead, and has all tables: it does what the widget and mosaic-core ask of
// DuckDB-WASM, and one thing after the other as a worker would.
export function useDatabaseAt(address) {
  let turn = Promise.resolve();
  const ask = (path, sql) => {
    const answer = turn.then(() => post(address + path, sql));
    turn = answer.catch(() => {});
    return answer;
  };
  const connection = {
    query: async (sql) => ({ numRows: Number(new TextDecoder().decode(await ask("count", sql))) }),
    useUnsafe: (use) => use({ runQuery: (_connection, sql) => ask("query", sql) }, 0),
  };
  worker = new EventTarget();
  database = { instantiate: async () => {}, connect: async () => connection };
}

// A page opened as a file may load no worker script by its address. The widget asks for the bundle right before it
// makes a worker, and is handed the one that runs.
async function selectLocalBundle() {
  const Original = globalThis.Worker;
  globalThis.Worker = function () {
    globalThis.Worker = Original;
    return worker;
  };
  return { mainModule: LOCAL, mainWorker: LOCAL, pthreadWorker: null };
}

const localDuckdb = {
  ...duckdb,
  getJsDelivrBundles: () => ({}),
  selectBundle: selectLocalBundle,
  AsyncDuckDB: function () {
    return database;
  },
};

export const modules = {
  "@duckdb/duckdb-wasm": localDuckdb,
  "@uwdata/mosaic-core": mosaicCore,
  "@uwdata/mosaic-spec": mosaicSpec,
  "@uwdata/mosaic-sql": mosaicSql,
  "ag-grid-community": agGrid,
  "d3-force": d3Force,
  "d3-format": d3Format,
  "d3-time-format": d3TimeFormat,
  "nouislider": nouislider,
  "svg-path-parser": svgPathParser,
  "tippy.js": tippy,
  "tom-select": tomSelect,
};
