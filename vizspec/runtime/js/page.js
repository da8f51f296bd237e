// What every page that vizspec writes runs: finds the modules, starts the database, draws the charts one after the
// other, and says in the chart's place why one could not be drawn. Works from a file, without a network.
(() => {
  const SPECIFIER = /https:\/\/[\w.-]+\/npm\/((?:@[\w.-]+\/)?[\w.-]+)@[^/"']+\/\+esm/g;
  const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
  // inspect-viz shows an error as a box with this icon before its heading.
  const ERROR_HEADING = 'svg[viewBox="0 0 24 24"] + h3';
  const POLL_MILLISECONDS = 10;
  const DEFAULT_LIMIT_SECONDS = 120;

  let parts = null;
  let host = null;
  let worker = null;
  let queue = Promise.resolve();
  const tables = new Map();

  // ---- the parts of the runtime: gzipped base64 in a page or its shared file, or an address on a loopback server

  function decodeBase64(text) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  }

  async function gzipped(part) {
    if (part.base64) return decodeBase64(part.base64);
    const response = await fetch(part.url);
    if (!response.ok) throw new Error(`${part.url}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  async function inflate(part) {
    const stream = new Blob([await gzipped(part)]).stream().pipeThrough(new DecompressionStream("gzip"));
    return await new Response(stream).text();
  }

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
    return text.replace(SPECIFIER, (address, name) => {
      const namespace = api.modules[name];
      if (!namespace) return address;
      return URL.createObjectURL(new Blob([shimText(name, namespace)], { type: "text/javascript" }));
    });
  }

  async function startWorker() {
    const source = await inflate(parts.worker);
    const url = URL.createObjectURL(new Blob([parts.workerPrefix, source], { type: "text/javascript" }));
    worker = new Worker(url);
    const bytes = await gzipped(parts.wasm);
    worker.postMessage({ vizspecWasm: bytes }, [bytes.buffer]);
  }

  async function loadHost() {
    let text = parts.widget;
    if (parts.modules) {
      const started = startWorker();
      const bundle = await importText(await inflate(parts.modules));
      api.modules = bundle.modules;
      await started;
      text = localImports(text);
    }
    const module = await importText(text);
    return typeof module.default === "function" ? await module.default() : module.default;
  }

  function provide(given) {
    parts = given;
    const style = document.createElement("style");
    style.textContent = parts.styles;
    document.head.prepend(style);
  }

  // ---- drawing

  function tableBytes(name) {
    if (!tables.has(name)) {
      const holder = document.querySelector(`script[data-table="${name}"]`);
      tables.set(name, decodeBase64(JSON.parse(holder.textContent)));
    }
    // A copy: the database takes the buffer over, and another chart may read the same table.
    return new DataView(tables.get(name).slice().buffer);
  }

  function modelOf(state) {
    const values = {
      spec: JSON.stringify(state.spec),
      tables: Object.fromEntries(state.tables.map((name) => [name, tableBytes(name)])),
    };
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

  async function untilDrawn(element, failures, deadline) {
    for (;;) {
      const message = shownError(element) || failures[0];
      if (message) throw new Error(message);
      if (isDrawn(element)) return;
      if (performance.now() > deadline) throw new Error("it was not drawn within the time limit");
      await pause(POLL_MILLISECONDS);
    }
  }

  const messageOf = (error) => String((error && error.message) || error);

  async function draw(element, state, limitSeconds = DEFAULT_LIMIT_SECONDS) {
    const deadline = performance.now() + limitSeconds * 1000;
    const failures = [];
    const note = (event) => failures.push(messageOf(event.reason || event.error || event.message));
    window.addEventListener("error", note);
    window.addEventListener("unhandledrejection", note);
    try {
      host = host || loadHost();
      const widget = await host;
      // The widget may never return, or return before the chart is there: what the page shows decides.
      const rendered = widget.render({ model: modelOf(state), el: element });
      await Promise.race([rendered, untilDrawn(element, failures, deadline)]);
      await untilDrawn(element, failures, deadline);
    } finally {
      window.removeEventListener("error", note);
      window.removeEventListener("unhandledrejection", note);
    }
  }

  function showFailure(element, error) {
    const note = document.createElement("p");
    note.className = "vizspec-failure";
    note.setAttribute("role", "alert");
    note.textContent = `This chart could not be drawn: ${messageOf(error)}`;
    element.replaceChildren(note);
    console.error(note.textContent);
  }

  async function showOne(element) {
    const holder = document.getElementById(`${element.id}-state`);
    try {
      await draw(element, JSON.parse(holder.textContent));
      element.dataset.state = "drawn";
    } catch (error) {
      showFailure(element, error);
      element.dataset.state = "failed";
    }
  }

  // One chart after the other: the widget keeps one list of errors for the whole page, and an error must be shown
  // by the chart that made it.
  function showAll() {
    for (const element of document.querySelectorAll("[data-vizspec-chart]")) {
      queue = queue.then(() => showOne(element));
    }
    return queue;
  }

  const api = { modules: {}, provide, draw, showAll, databaseWorker: () => worker };
  window.vizspec = api;
})();
