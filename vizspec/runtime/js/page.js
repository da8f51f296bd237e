// What every page that vizspec writes runs: finds the modules, starts the database, draws the charts, and
// says in the chart's place why one could not be drawn. Works from a file, without a network.
(() => {
  const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
  // inspect-viz shows an error as a box with this icon before its heading.
  const ERROR_HEADING = 'svg[viewBox="0 0 24 24"] + h3';
  const POLL_MILLISECONDS = 10;
  const GRACE_MILLISECONDS = 1500;
  const QUIET_TURNS = 15;
  const MAX_TURNS = 200;
  const DEFAULT_LIMIT_SECONDS = 120;
  // A page of many charts keeps so many of them drawn, besides those in view.
  const MOST_DRAWN = 12;
  const NEAR = "60% 0px";
  const LEGEND_PIXELS = 40;
  const PADDING_PIXELS = 16;
  // The facets of an evaluation stand in columns of these names; where a row tells of two, those of the other have the
  // same names with this ending.
  const FACET_COLUMN = { model: "facet_model", task: "facet_task", epoch: "facet_epoch", run: "facet_run" };
  const OTHER_SIDE = "_b";
  const SIDES = ["", OTHER_SIDE];
  // Where inspect-viz keeps what all charts of a page share.
  const CONTEXT = Symbol.for("@@inspect-viz-context");
  // What a table of a chart's data calls the columns that people read; the others serve the drawing.
  const HEADERS = {
    model_display_name: "Model", model: "Model", task_display_name: "Task", task_name: "Task", factor_level: "Factor",
    pair_label: "Pair", metric: "Metric", score_headline_value: "Score", value: "Score", difference: "Difference",
    interval_lower: "Lower", lower_end: "Lower", interval_upper: "Upper", upper_end: "Upper",
    score_headline_stderr: "Standard error", noise_limit: "Noise up to", verdict: "Verdict",
  };
  const FACET_HEADERS = { Model: "facet_model", Task: "facet_task", Run: "facet_run", Epoch: "facet_epoch" };
  // A page of paper in CSS pixels, less its margins and what stands about a chart.
  const SHEET = { width: 700, height: 900 };
  const TURNED = { width: 1000, height: 550 };
  const WORTH_TURNING = 1.2;
  const LEGEND_COLUMNS = { upright: 3, turned: 5 };
  const LEGEND_LINE_REMS = 1.5;

  let parts = {};
  let modules = null;
  let host = null;
  let running = null;
  let context = null;
  const encodedTables = new Map();
  const tables = new Map();

  // ---- the parts of the runtime: gzipped base64 in a page or its shared file, or an address that serves them as they are

  function decodeBase64(text) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  }

  async function inflated(part) {
    const stream = new Blob([decodeBase64(part.base64)]).stream().pipeThrough(new DecompressionStream("gzip"));
    return await new Response(stream).text();
  }

  const absolute = (address) => new URL(address, document.baseURI).href;

  async function importText(text) {
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    try {
      return await import(url);
    } finally {
      URL.revokeObjectURL(url);
    }
  }

  // ---- the widget, with its imports answered by the bundle

  function shimText(name, namespace) {
    const names = Object.keys(namespace).filter((key) => key !== "default" && IDENTIFIER.test(key));
    const lines = names.map((key, i) => `const _${i} = m[${JSON.stringify(key)}]; export { _${i} as ${key} };`);
    return [
      `const m = globalThis.vizspec.modules[${JSON.stringify(name)}];`,
      ...lines,
      "export default m.default;",
    ].join("\n");
  }

  function localImports(text) {
    for (const [address, name] of Object.entries(parts.imports)) {
      const namespace = api.modules[name];
      if (!namespace) continue;
      const shim = new Blob([shimText(name, namespace)], { type: "text/javascript" });
      text = text.replaceAll(address, URL.createObjectURL(shim));
    }
    return text;
  }

  // The browser's own message names a random address, and not the one that could not be reached.
  async function importWidget(text) {
    try {
      return await importText(text);
    } catch (error) {
      const [address] = Object.keys(parts.imports);
      if (parts.modules || !address) throw error;
      const cause = `its modules could not be loaded from ${new URL(address).origin}`;
      const hint = "where that address cannot be reached, build the runtime with `vizspec runtime build` and "
        + "render with `output: {html: linked}`";
      throw new Error(`${cause}; ${hint}`, { cause: error });
    }
  }

  async function startWorker() {
    const source = await inflated(parts.worker);
    const url = URL.createObjectURL(new Blob([parts.workerPrefix, source], { type: "text/javascript" }));
    const worker = new Worker(url);
    const bytes = decodeBase64(parts.wasm.base64);
    worker.postMessage({ vizspecWasm: bytes }, [bytes.buffer]);
    return worker;
  }

  async function importModules() {
    return parts.modules.url ? await import(absolute(parts.modules.url)) : await importText(await inflated(parts.modules));
  }

  async function loadModules() {
    if (!parts.modules) return;
    const [bundle, worker] = await Promise.all([importModules(), parts.database ? null : startWorker()]);
    if (parts.database) bundle.useDatabaseAt(absolute(parts.database));
    else bundle.startDatabase(worker);
    api.modules = bundle.modules;
    // A chart is nothing that opens and closes.
    api.modules["tippy.js"].default.setDefaultProps({ aria: { expanded: false } });
  }

  // The runtime may be loaded before the widget is provided.
  function prepare() {
    modules ||= loadModules();
    modules.catch(() => {}).finally(() => { api.isPrepared = true; });
  }

  async function loadHost() {
    prepare();
    await modules;
    const module = await importWidget(localImports(parts.widget));
    return typeof module.default === "function" ? await module.default() : module.default;
  }

  function provide(given) {
    parts = { ...parts, ...given };
    // The page's own styles come last, so that they win.
    for (const styles of [given.pageStyles, given.styles].filter(Boolean)) {
      const style = document.createElement("style");
      style.textContent = styles;
      document.head.prepend(style);
    }
  }

  // ---- drawing

  // The files of tables that pages share call this, each with its own.
  function hold(name, base64) {
    encodedTables.set(name, base64);
  }

  const hasTable = (name) => encodedTables.has(name) || Boolean(document.querySelector(`script[data-table="${name}"]`));

  function encodedTable(name) {
    if (encodedTables.has(name)) return encodedTables.get(name);
    const holder = document.querySelector(`script[data-table="${name}"]`);
    if (holder) return JSON.parse(holder.textContent);
    throw new Error(`its data is not there: the page needs the whole file ${fileOf(name)} beside it`);
  }

  // The file of a table is called by it, that of many tables of a chart by the first of them.
  function fileOf(name) {
    const states = [...document.querySelectorAll('script[id$="-state"]')].map((each) => JSON.parse(each.textContent));
    const first = states.find((state) => state.tables.includes(name))?.tables[0];
    const file = [name, first].map((each) => document.querySelector(`script[src*="${each}"]`)).find(Boolean);
    return file?.getAttribute("src") ?? `of table ${name}`;
  }

  // The widget waits for a table of which it is given an empty text: the database has it, or will have.
  function tableBytes(name) {
    if (parts.database) return "";
    if (!tables.has(name)) tables.set(name, decodeBase64(encodedTable(name)));
    // A copy: the database takes the buffer over, and another chart may read the same table.
    return new DataView(tables.get(name).slice().buffer);
  }

  function modelOf(state) {
    const values = {
      spec: JSON.stringify(state.spec),
      tables: Object.fromEntries(state.tables.map((name) => [name, tableBytes(name)])),
    };
    // What a Jupyter widget's model offers, of which a page needs only the reading.
    return { get: (key) => values[key], set() {}, on() {}, off() {}, save_changes() {}, send() {} };
  }

  function shownError(element) {
    const heading = element.querySelector(ERROR_HEADING);
    if (!heading) return null;
    const message = heading.parentElement.parentElement.querySelector("p");
    return [heading.textContent.trim(), message ? message.textContent.trim() : ""].filter(Boolean).join(": ");
  }

  function isDrawn(element) {
    const drawn = element.querySelector("svg, canvas, .inspect-viz-table, input, select");
    return Boolean(drawn) && !element.querySelector("div.plot:empty");
  }

  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const messageOf = (error) => String((error && error.message) || error);

  class TimeLimit extends Error {}

  // Waits until the chart is there; throws what the page says of it, or another's failure once `grace` has passed.
  async function untilDrawn(element, failures, limits) {
    for (;;) {
      const message = shownError(element);
      if (message) throw new Error(message);
      if (isDrawn(element)) return;
      const now = performance.now();
      if (failures.length && now > failures[0].time + limits.grace) throw new Error(failures[0].message);
      if (now > limits.deadline) throw new TimeLimit(`not drawn within ${limits.seconds} seconds`);
      await pause(POLL_MILLISECONDS);
    }
  }

  // The widget with its database running: it starts that with the first thing it renders, here an empty space, so
  // that no chart's time counts it.
  function started(plotDefaults) {
    running ||= (async () => {
      const widget = await api.host();
      const nothing = { spec: { plotDefaults, vspace: 0 }, tables: [] };
      await widget.render({ model: modelOf(nothing), el: document.createElement("div") });
      context = await window[CONTEXT];
      return widget;
    })();
    return running;
  }

  async function draw(element, seconds, grace) {
    const state = JSON.parse(document.getElementById(`${element.id}-state`).textContent);
    const widget = await started(state.spec.plotDefaults);
    const failures = [];
    const note = (event) => {
      failures.push({ message: messageOf(event.reason || event.error || event.message), time: performance.now() });
    };
    window.addEventListener("error", note);
    window.addEventListener("unhandledrejection", note);
    try {
      const limits = { deadline: performance.now() + seconds * 1000, seconds, grace };
      const rendered = widget.render({ model: modelOf(state), el: element });
      // The widget may never return, or return before the chart is there: what the page shows decides.
      await Promise.race([rendered, untilDrawn(element, failures, limits)]);
      await untilDrawn(element, failures, limits);
      element.dataset.state = "drawn";
      prepareForPaper(element);
    } finally {
      window.removeEventListener("error", note);
      window.removeEventListener("unhandledrejection", note);
    }
  }

  // Paper makes a chart smaller where it is too wide or too high. Its page is turned where that keeps it larger, and
  // the legend below it gets its room.
  function prepareForPaper(element) {
    const drawing = element.closest(".drawing");
    const svg = element.querySelector(".plot > svg");
    if (!drawing || !svg) return;
    const [width, height] = ["width", "height"].map((name) => Number(svg.getAttribute(name)));
    const scaleOn = (sheet) => Math.min(1, sheet.width / width, sheet.height / height);
    const isTurned = scaleOn(TURNED) > WORTH_TURNING * scaleOn(SHEET);
    drawing.closest("section, main").classList.toggle("wide", isTurned);
    const columns = isTurned ? LEGEND_COLUMNS.turned : LEGEND_COLUMNS.upright;
    const lines = Math.ceil(element.querySelectorAll(".legend-container [class$=-swatch]").length / columns);
    drawing.style.setProperty("--legend", `${lines * LEGEND_LINE_REMS}rem`);
  }

  // A cell that tells where a sample is in the log viewer of this machine opens it there. The address has no
  // path, so that no text of a log's leads anywhere else.
  const IN_VIEWER = /\bhttps?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\/#\S+/;
  const viewerOf = (event) => {
    const cell = event.target.closest?.("[data-vizspec-chart] .ag-cell");
    return [cell, cell && IN_VIEWER.exec(cell.textContent)?.[0]];
  };
  document.addEventListener("pointerover", (event) => {
    const [cell, address] = viewerOf(event);
    if (address) Object.assign(cell.style, { cursor: "pointer", textDecoration: "underline" });
  });
  document.addEventListener("click", (event) => {
    const [, address] = viewerOf(event);
    if (address) window.open(address, "_blank", "noopener");
  });

  // A tip is hidden when the window scrolls; it must not stay where a chart has been moved in its box.
  document.addEventListener("scroll", (event) => {
    if (event.target !== document) window.dispatchEvent(new Event("scroll"));
  }, { capture: true, passive: true });

  function giveUp(element, state, message) {
    const note = document.createElement("p");
    note.className = "vizspec-failure";
    note.setAttribute("role", "alert");
    note.textContent = `This chart could not be drawn: ${message}`;
    element.replaceChildren(note);
    showStill(element);
    element.dataset.message = message;
    element.dataset.state = state;
    console.error(note.textContent);
  }

  // The picture beside the page, where there is one, in the place of a chart that could not be drawn.
  function showStill(element) {
    const still = element.parentElement?.querySelector(":scope > .vizspec-still:has(img)");
    if (!still) return;
    still.querySelector("p").hidden = true;
    still.style.display = "block";
  }

  async function drawAlone(element, seconds) {
    forget(element);
    try {
      await draw(element, seconds, 0);
      return true;
    } catch (error) {
      giveUp(element, "failed", messageOf(error));
      return !(error instanceof TimeLimit);
    }
  }

  // All at once first, which is fast. The widget keeps one list of errors for the whole page, so where one chart
  // fails, those that are not there are drawn again one after the other, and each shows its own error. A chart that
  // never ends holds the database: those after it are abandoned.
  async function showAll(seconds = DEFAULT_LIMIT_SECONDS) {
    const charts = [...document.querySelectorAll("[data-vizspec-chart]")];
    const together = charts.length > 1 ? charts : [];
    await Promise.allSettled(together.map((element) => draw(element, seconds, GRACE_MILLISECONDS)));
    let usable = true;
    for (const element of charts.filter((one) => !one.dataset.state)) {
      if (usable) usable = await drawAlone(element, seconds);
      else giveUp(element, "abandoned", "another chart of this page took too long");
    }
  }

  // ---- charts as they come into view

  const drawn = new Set();
  const near = new Set();
  let chosen = {};
  let drawing = null;
  let turn = Promise.resolve();
  let isUsable = true;

  // Draws each chart of a part of the page when it is nearly in view, one after the other, and lets go of those that are
  // far away.
  let observer = null;
  function showInView(root = document) {
    observer ||= new IntersectionObserver((changes) => {
      for (const { target, isIntersecting } of changes) near[isIntersecting ? "add" : "delete"](target);
      drawing ||= drawNear().finally(() => { drawing = null; });
    }, { rootMargin: NEAR });
    const charts = [...root.querySelectorAll("[data-vizspec-chart]")];
    const places = charts.map(placeOf);
    charts.forEach((element, at) => {
      element.style.minHeight = `${places[at].height}px`;
      element.style.minWidth = `${places[at].width}px`;
      observer.observe(element);
    });
  }

  // Lets go of the charts of a part of the page that is taken away.
  function drop(root) {
    for (const element of root.querySelectorAll("[data-vizspec-chart]")) {
      observer?.unobserve(element);
      near.delete(element);
      drawn.delete(element);
      forget(element);
    }
  }

  // The place that a chart will take, so that nothing below it moves when it is drawn.
  function placeOf(element) {
    const { width, height } = sizeOf(element);
    const figure = element.closest("figure");
    const room = Math.max(0, figure.clientWidth - PADDING_PIXELS);
    const isScaled = getComputedStyle(element).getPropertyValue("--fits") === "1";
    const scale = isScaled && room > 0 ? Math.min(1, room / width) : 1;
    return { width: Math.round(Math.min(width, room)), height: Math.round(height * scale) };
  }

  // The pixels that a chart takes where there is room.
  const sizeOf = (element) => sizeOfSpec(stateOf(element).spec);

  // The pixels of what a specification lays out; legends stand below their charts.
  function sizeOfSpec(spec) {
    const parts = spec.vconcat ?? spec.hconcat;
    if (!parts) return { width: spec.width ?? 0, height: spec.height ?? spec.vspace ?? 0 };
    const sizes = parts.filter((part) => !part.legend).map(sizeOfSpec);
    const legend = parts.some((part) => part.legend) ? LEGEND_PIXELS : 0;
    const sum = (side) => sizes.reduce((total, size) => total + size[side], 0);
    const most = (side) => Math.max(0, ...sizes.map((size) => size[side]));
    return spec.vconcat
      ? { width: most("width"), height: sum("height") + legend }
      : { width: sum("width"), height: most("height") + legend };
  }

  async function drawNear() {
    for (let next = null; ; ) {
      next = [...near].find((element) => !element.dataset.state);
      if (next) await inTurn(next);
      if (!document.body.classList.contains("printing")) releaseFar();
      if (!next) return;
    }
  }

  function releaseFar() {
    for (const element of drawn) {
      if (drawn.size <= MOST_DRAWN) break;
      if (!near.has(element)) release(element);
    }
  }

  // One chart after the other, so that each shows its own error.
  function inTurn(element) {
    turn = turn.then(() => (element.dataset.state ? null : drawNext(element)));
    return turn;
  }

  async function drawNext(element) {
    if (!isUsable) return giveUp(element, "abandoned", "another chart of this page took too long");
    isUsable = await drawAlone(element, DEFAULT_LIMIT_SECONDS);
    element.style.minHeight = element.style.minWidth = "";
    if (!element.isConnected) return forget(element);
    if (element.dataset.state !== "drawn") return;
    drawn.add(element);
    nameParts(element);
    filterChart(element);
  }

  // Plots name their parts, and do not say what kind of part each is. They are drawn anew with each filter.
  function nameParts(element) {
    const give = () => {
      for (const part of element.querySelectorAll("g[aria-label]:not([role])")) part.setAttribute("role", "group");
    };
    give();
    new MutationObserver(give).observe(element, { childList: true, subtree: true });
  }

  const mosaic = () => api.modules["@uwdata/mosaic-core"];
  const elementOf = (client) => client.element ?? client.plot?.element ?? client.mark?.plot?.element;

  function clientsOf(element) {
    const clients = mosaic()?.coordinator().clients ?? [];
    return [...clients].filter((client) => element.contains(elementOf(client) ?? null));
  }

  // Nothing of what was drawn stays, neither in the page nor in the widget, which knows each plot by its name.
  function forget(element) {
    for (const client of clientsOf(element)) mosaic().coordinator().disconnect(client);
    const named = context?.api?.context?.namedPlots ?? new Map();
    for (const [name, plot] of [...named]) if (element.contains(plot.element)) named.delete(name);
    element.replaceChildren();
  }

  // The chart's place stays as high as it was, so that nothing moves.
  function release(element) {
    element.style.minHeight = `${element.offsetHeight}px`;
    forget(element);
    delete element.dataset.state;
    drawn.delete(element);
    for (const name of stateOf(element).tables) tables.delete(name);
  }

  // `progress` hears before each chart how many are done, and of how many.
  async function drawAll(progress = () => {}) {
    const charts = [...document.querySelectorAll("[data-vizspec-chart]")];
    for (const [done, element] of charts.entries()) {
      progress(done, charts.length);
      await inTurn(element);
    }
  }

  // ---- one filter for the charts

  // `values` are sets of the values to show, by facet; an empty set means all.
  function filter(values) {
    chosen = values;
    for (const element of drawn) filterChart(element);
  }

  const wantedFacets = () => Object.keys(FACET_COLUMN).filter((facet) => chosen[facet]?.size);

  // The table that a mark, an input or a table of the chart shows; null where it has its own few values.
  function tableOf(client) {
    const from = client.sourceTable?.() ?? client.from ?? client.options_?.from;
    return from?.value ?? from ?? null;
  }

  // What each client asks the database for is narrowed, whatever else filters it.
  const queries = new WeakMap();

  function filterChart(element) {
    const known = new Set();
    for (const client of clientsOf(element)) {
      const fields = fieldsOf(tableOf(client));
      for (const field of fields) known.add(field);
      const predicate = predicateOn(fields);
      if (!predicate && !queries.has(client)) continue;
      if (!queries.has(client)) queries.set(client, client.query);
      const query = queries.get(client);
      client.query = (filter) => query.call(client, predicate ? [filter ?? [], predicate].flat() : filter);
      client.requestQuery();
    }
    hidePlots(element);
    const all = wantedFacets().filter((facet) => SIDES.every((side) => !known.has(FACET_COLUMN[facet] + side)));
    element.dataset.unfiltered = all.join(", ");
  }

  // Rows of which a side has what is chosen; of what a row does not tell it has everything. Null: all rows.
  function predicateOn(fields) {
    const sql = api.modules["@uwdata/mosaic-sql"];
    const sides = sidesIn(fields).map((columns) => columns.map(([facet, name]) => {
      const column = sql.column(name);
      return sql.or(sql.isNull(column), sql.isIn(column, [...chosen[facet]].map((value) => sql.literal(value))));
    }));
    if (!sides.length || sides.some((parts) => !parts.length)) return null;
    return sql.or(...sides.map((parts) => sql.and(...parts)));
  }

  // The chosen facets and their columns, for each side that rows tell of.
  function sidesIn(fields) {
    const columns = SIDES.map((side) => Object.entries(FACET_COLUMN).map(([facet, name]) => [facet, name + side]));
    const told = columns.filter((side) => side.some(([, name]) => fields.has(name)));
    const wanted = new Set(wantedFacets());
    return told.map((side) => side.filter(([facet, name]) => wanted.has(facet) && fields.has(name)));
  }

  // Of several plots of a chart those go of which nothing is left; where nothing at all is left, the chart says so.
  function hidePlots(element) {
    const shown = new Map();
    for (const client of clientsOf(element)) {
      const plot = elementOf(client);
      const name = tableOf(client);
      if (name && sidesIn(fieldsOf(name)).length) shown.set(plot, shown.get(plot) || hasRows(name));
    }
    for (const [plot, isShown] of shown) plot.hidden = shown.size > 1 && !isShown;
    element.toggleAttribute("data-nothing", shown.size > 0 && ![...shown.values()].some(Boolean));
  }

  function hasRows(name) {
    const table = decoded(name);
    const sides = sidesIn(fieldsOf(name)).map((columns) => columns.map(([facet, field]) => [facet, [...table.getChild(field)]]));
    const passes = (place) => sides.some((columns) => columns.every(([facet, values]) => {
      const value = values[place];
      return value === null || value === undefined || chosen[facet].has(value);
    }));
    return Array.from({ length: table.numRows }, (_, place) => place).some(passes);
  }

  // ---- the data of a chart

  const stateOf = (element) => JSON.parse(document.getElementById(`${element.id}-state`).textContent);
  const decoded = (name) => mosaic().decodeIPC(decodeBase64(encodedTable(name)));
  const fields = new Map();

  function fieldsOf(name) {
    if (name === null || !hasTable(name)) return new Set();
    if (!fields.has(name)) fields.set(name, new Set(decoded(name).schema.fields.map((field) => field.name)));
    return fields.get(name);
  }

  // What people call a table's columns: as the tips and heads of the chart do, else as all charts do.
  function headersOf(spec, name) {
    const found = {};
    const look = (part) => {
      if (!part || typeof part !== "object") return;
      if ((part.data?.from ?? part.from) === name) {
        for (const { column, label } of part.columns ?? []) found[column] = label;
        for (const [label, column] of Object.entries(part.channels ?? {})) if (typeof column === "string") found[column] = label;
      }
      Object.values(part).forEach(look);
    };
    look(spec);
    const fields = [...fieldsOf(name)];
    const named = fields.map((field) => [found[field] ?? HEADERS[field], field]).filter(([header]) => header);
    // What a row tells of two evaluations, its own words name.
    const facets = fields.some((field) => field.endsWith(OTHER_SIDE)) ? [] : Object.entries(FACET_HEADERS);
    const own = facets.filter(([, field]) => fields.includes(field));
    return named.length ? [...new Map([...own, ...named])] : [];
  }

  // Headers and rows of texts: of the chart's tables that have the same columns for people to read, those that tell most.
  async function dataOf(element) {
    await module("@uwdata/mosaic-core");
    const { spec, tables: names } = stateOf(element);
    const alike = new Map();
    for (const name of names) {
      const headers = headersOf(spec, name);
      const key = headers.map(([header]) => header).join();
      if (headers.length) alike.set(key, [...(alike.get(key) ?? []), { table: decoded(name), headers }]);
    }
    const sizeOf = (group) => group.reduce((sum, { table, headers }) => sum + table.numRows * headers.length, 0);
    const [most] = [...alike.values()].sort((one, other) => sizeOf(other) - sizeOf(one));
    if (!most) throw new Error("this chart has no data that could be shown as a table");
    const rows = most.flatMap(({ table, headers }) => {
      const columns = headers.map(([, field]) => [...table.getChild(field)]);
      return Array.from({ length: table.numRows }, (_, place) => columns.map((values) => values[place]));
    });
    const headers = most[0].headers.map(([text], at) => (
      { text, isNumber: rows.some((row) => typeof row[at] === "number") }
    ));
    const different = new Map(rows.map((row) => row.map(textOf)).map((row) => [JSON.stringify(row), row]));
    return { headers, rows: [...different.values()] };
  }

  function textOf(value) {
    if (value === null || value === undefined) return "–";
    return typeof value === "number" && !Number.isInteger(value) ? String(Number(value.toPrecision(6))) : String(value);
  }

  // A module of the bundle by itself; without the runtime, from where the widget imports it.
  async function module(name) {
    prepare();
    await modules;
    if (api.modules[name]) return api.modules[name];
    const address = Object.keys(parts.imports).find((one) => parts.imports[one] === name);
    return await import(address);
  }

  // ---- pictures

  // Legends and labels are put right after a chart is drawn; resolves when nothing has moved for a while. The while is
  // counted in turns of this loop: on a busy machine the clock goes on while the page stands still.
  async function untilQuiet() {
    let quiet = 0;
    const observer = new MutationObserver(() => { quiet = 0; });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    await document.fonts.ready;
    for (let turn = 0; quiet < QUIET_TURNS && turn < MAX_TURNS; turn++, quiet++) await pause(POLL_MILLISECONDS);
    observer.disconnect();
  }

  // Every chart's state and the size of its picture in whole pixels, by the chart's id. Each box gets a whole height, so
  // that a chart looks the same wherever it stands on the page.
  async function measure() {
    await untilQuiet();
    const charts = [...document.querySelectorAll("[data-vizspec-chart]")];
    for (const element of charts) {
      const box = element.parentElement;
      box.style.height = `${Math.ceil(element.getBoundingClientRect().height)}px`;
      box.style.width = `${box.clientWidth - 2 * parseFloat(getComputedStyle(box).paddingLeft)}px`;
      box.style.top = box.style.left = 0;
    }
    return Object.fromEntries(charts.map((element) => [element.id, {
      state: element.dataset.state,
      message: element.dataset.message,
      ...boxOf(element),
    }]));
  }

  function boxOf(element) {
    const inner = element.getBoundingClientRect();
    const box = element.parentElement.getBoundingClientRect();
    return { width: Math.ceil(inner.width) + 2 * (inner.left - box.left), height: box.height };
  }

  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  // Shows this chart alone, at the page's beginning, for its picture: the same pixels whatever other charts there are.
  // Resolves once the window has painted it; of what lies outside the window parts may be missing.
  async function showAlone(id) {
    for (const element of document.querySelectorAll("[data-vizspec-chart]")) {
      const box = element.parentElement;
      const isShown = element.id === id;
      box.style.visibility = isShown ? "visible" : "hidden";
      box.style.position = isShown ? "absolute" : "static";
    }
    window.scrollTo(0, 0);
    await frame();
    await frame();
  }

  const api = {
    modules: {},
    isPrepared: false,
    provide,
    hold,
    host: () => (host ||= loadHost()),
    prepare,
    module,
    showAll,
    showInView,
    sizeOf,
    drop,
    drawAll,
    releaseFar,
    filter,
    dataOf,
    measure,
    showAlone,
  };
  window.vizspec = api;
})();
