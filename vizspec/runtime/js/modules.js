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

// A page opened as a file may load no worker script by its address. The page has started the database's worker by
// then; the widget asks for the bundle right before it makes a worker, and is handed that one.
async function selectLocalBundle() {
  const Original = globalThis.Worker;
  globalThis.Worker = function () {
    globalThis.Worker = Original;
    return globalThis.vizspec.databaseWorker();
  };
  return { mainModule: LOCAL, mainWorker: LOCAL, pthreadWorker: null };
}

const localDuckdb = { ...duckdb, getJsDelivrBundles: () => ({}), selectBundle: selectLocalBundle };

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
