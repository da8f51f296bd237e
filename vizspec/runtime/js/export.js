// Charts as files: what is drawn on the page, as SVG or PNG, where no file of it lies beside the page.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const INK = "#1b1f24";
  const SWATCH_PIXELS = 12;
  const PNG_SCALE = 2;
  // What style sheets give to drawings; a file has none.
  const STYLES = ["fill", "stroke", "font-family", "font-size", "font-weight", "text-anchor", "stroke-width", "opacity"];

  function made(name, attributes, ...children) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  // A copy of a plot that looks alike without the page.
  function copyOf(svg, box) {
    const copy = svg.cloneNode(true);
    const originals = [svg, ...svg.querySelectorAll("*")];
    [copy, ...copy.querySelectorAll("*")].forEach((node, place) => {
      const style = getComputedStyle(originals[place]);
      for (const name of node.tagName === "text" || node === copy ? STYLES : []) node.style.setProperty(name, style.getPropertyValue(name));
    });
    const { left, top, width, height } = svg.getBoundingClientRect();
    for (const [key, value] of Object.entries({ x: left - box.left, y: top - box.top, width, height })) copy.setAttribute(key, value);
    copy.removeAttribute("class");
    return copy;
  }

  // An entry of a legend: its sign, or a square of its colour, and its words.
  function entriesOf(chart, box) {
    return [...chart.querySelectorAll(".legend-container [class$=-swatch]")].flatMap((entry) => {
      const sign = entry.querySelector("svg");
      const place = entry.getBoundingClientRect();
      const [x, y] = [place.left - box.left, place.top - box.top + place.height / 2];
      const words = made("text", { x: x + SWATCH_PIXELS + 6, y, "dominant-baseline": "central", "font-size": 11, fill: INK }, entry.textContent);
      const square = { x, y: y - SWATCH_PIXELS / 2, width: SWATCH_PIXELS, height: SWATCH_PIXELS };
      const colour = getComputedStyle(entry).getPropertyValue("--color") || sign?.getAttribute("fill") || INK;
      return [sign ? copyOf(sign, box) : made("rect", { ...square, fill: colour }), words];
    });
  }

  function svgOf(chart) {
    const box = chart.getBoundingClientRect();
    const plots = [...chart.querySelectorAll(".plot > svg")].filter((svg) => svg.getBoundingClientRect().width > 0);
    if (!plots.length) throw new Error("only charts can be saved as pictures");
    const { width, height } = { width: Math.ceil(chart.scrollWidth), height: Math.ceil(chart.scrollHeight) };
    const size = { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "system-ui, sans-serif" };
    const paper = made("rect", { width: "100%", height: "100%", fill: "#fff" });
    const whole = made("svg", size, paper, ...plots.map((svg) => copyOf(svg, box)), ...entriesOf(chart, box));
    return new Blob([new XMLSerializer().serializeToString(whole)], { type: "image/svg+xml" });
  }

  async function pngOf(chart) {
    const address = URL.createObjectURL(svgOf(chart));
    try {
      const image = new Image();
      image.src = address;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.width * PNG_SCALE;
      canvas.height = image.height * PNG_SCALE;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  window.vizspecExport = { svgOf, pngOf };
})();
