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

// The worker prefix answers for this address; it is never resolved.
const LOCAL = "https://runtime.invalid/duckdb";

// DuckDB with the worker that the page has already started: a page opened as a file may load no worker script by its
// address, so the widget's own worker is ended, and lends only its error events.
class LocalDuckDB extends duckdb.AsyncDuckDB {
  constructor(logger, unused) {
    const worker = globalThis.vizspec.databaseWorker();
    for (const kind of ["error", "messageerror"]) {
      worker.addEventListener(kind, (event) => unused.dispatchEvent(new event.constructor(kind, event)));
    }
    unused.terminate();
    super(logger, worker);
  }
}

const localDuckdb = {
  ...duckdb,
  AsyncDuckDB: LocalDuckDB,
  getJsDelivrBundles: () => ({}),
  selectBundle: async () => ({ mainModule: LOCAL, mainWorker: "data:text/javascript,", pthreadWorker: null }),
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
