// Stands in front of DuckDB's worker source. The page posts the gzipped database program; it is inflated and compiled
// here while the page still loads its other modules, and handed to DuckDB when that asks for it.
(() => {
  const bytes = new Promise((resolve) => {
    self.addEventListener("message", function take(event) {
      if (!event.data || !event.data.vizspecWasm) return;
      event.stopImmediatePropagation();
      self.removeEventListener("message", take);
      resolve(event.data.vizspecWasm);
    });
  });
  const compiled = bytes.then((gzipped) => {
    const stream = new Blob([gzipped]).stream().pipeThrough(new DecompressionStream("gzip"));
    return WebAssembly.compileStreaming(
      new Response(stream, { headers: { "Content-Type": "application/wasm" } }),
    );
  });
  // A failed compilation is reported when DuckDB asks for the program, not as an unhandled rejection before.
  compiled.catch(() => {});
  self.fetch = async () => new Response(new Uint8Array());
  WebAssembly.instantiateStreaming = async (_source, imports) => {
    const module = await compiled;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
})();
