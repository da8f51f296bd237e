// What the index does for its readers: contents that can be searched, sections that fold, tabs, colours, tables that
// sort and filter, one filter for all, and charts that are drawn as they come into view.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  // What is found in a part of the page, itself included.
  const within = (root, selector) => [...(root.matches(selector) ? [root] : []), ...all(selector, root)];
  const FACETS = ["model", "task", "epoch", "run"];
  const runtime = window.vizspec;

  function button(text, action, attributes = {}) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.addEventListener("click", action);
    return made;
  }

  function element(tag, className, ...children) {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...children);
    return made;
  }

  let clearing = null;
  function tell(text) {
    const status = $(".status");
    status.textContent = text;
    clearTimeout(clearing);
    clearing = setTimeout(() => { status.textContent = ""; }, 2000);
  }

  function save(name, blob) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {  // refused, or not offered here
      const area = element("textarea", "");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    tell("Copied");
  }

  // ---- colours

  const THEMES = ["system", "light", "dark"];

  function remembered(name) {
    try {
      return localStorage.getItem(name);
    } catch {  // storage is switched off
      return null;
    }
  }

  function setTheme(theme) {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    const changer = $(".theme");
    changer.dataset.theme = theme;
    changer.textContent = { system: "◐ System", light: "☀ Light", dark: "☾ Dark" }[theme];
    changer.setAttribute("aria-label", `Colours: ${theme}`);
  }

  function startTheme() {
    const kept = remembered("vizspec-theme");
    setTheme(THEMES.includes(kept) ? kept : "system");
    $(".theme").addEventListener("click", (event) => {
      const next = THEMES[(THEMES.indexOf(event.currentTarget.dataset.theme) + 1) % THEMES.length];
      setTheme(next);
      try {
        localStorage.setItem("vizspec-theme", next);
      } catch {
        // it is forgotten with the page then
      }
    });
  }

  // ---- contents

  function startContents() {
    const contents = $("#contents");
    const find = $(".find", contents);
    const menu = $(".menu");
    find.addEventListener("input", showFound);
    menu.addEventListener("click", () => {
      const isShown = contents.classList.toggle("shown");
      menu.setAttribute("aria-expanded", String(isShown));
    });
    contents.addEventListener("click", (event) => {
      if (event.target.closest("a")) {
        contents.classList.remove("shown");
        menu.setAttribute("aria-expanded", "false");
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && !event.target.closest?.("input, textarea, select")) {
        event.preventDefault();
        contents.classList.add("shown");
        find.focus();
      }
    });
    followSections();
  }

  // The entries that have the words, with what stands above and below them.
  function showFound() {
    const words = $("#contents .find").value.trim().toLowerCase();
    const entries = all("#contents li");
    for (const entry of entries) {
      const isFound = words !== "" && $("a", entry).textContent.toLowerCase().includes(words);
      entry.classList.toggle("found", isFound);
    }
    for (const entry of entries) {
      entry.hidden = words !== "" && !entry.matches(".found, .found li") && !$(".found", entry);
    }
  }

  // Marks the entry of what is read now.
  let follower = null;
  function followSections() {
    follower?.disconnect();
    const links = new Map(all("#contents li").map((entry) => [$("a", entry).hash.slice(1), $("a", entry)]));
    const seen = new Set();
    const sections = all("main section").filter((section) => links.has(section.id));
    follower = new IntersectionObserver((changes) => {
      for (const { target, isIntersecting } of changes) seen[isIntersecting ? "add" : "delete"](target);
      const current = sections.filter((section) => seen.has(section)).findLast((section) => !$("section", section))
        ?? sections.find((section) => seen.has(section));
      for (const [id, link] of links) {
        if (id === current?.id) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }, { rootMargin: "-10% 0px -75% 0px" });
    for (const section of sections) follower.observe(section);
  }

  // ---- sections that fold

  function setFolded(section, isFolded) {
    section.classList.toggle("folded", isFolded);
    const toggle = $(":scope > .heading > .fold", section);
    if (!toggle) return;
    toggle.textContent = isFolded ? "▸" : "▾";
    toggle.setAttribute("aria-expanded", String(!isFolded));
  }

  function startFolding(root) {
    for (const section of within(root, "section.level-2, section.level-3")) {
      const heading = $(":scope > .heading", section);
      const name = $("h2, h3", heading).textContent;
      const toggle = button("▾", () => setFolded(section, !section.classList.contains("folded")), {
        class: "fold", "aria-label": `Fold ${name}`, "aria-expanded": "true",
      });
      heading.prepend(toggle);
      setFolded(section, section.hasAttribute("data-folded"));
    }
  }

  // ---- tabs

  function choose(group, panel) {
    for (const tab of all(":scope > .content > .tablist [role=tab]", group)) {
      const isChosen = tab.getAttribute("aria-controls") === panel.id;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
    }
    for (const other of all(":scope > .content > section", group)) other.classList.toggle("chosen", other === panel);
  }

  function startTabs(root) {
    for (const group of within(root, "section.tabs")) {
      const panels = all(":scope > .content > section", group);
      if (panels.length < 2) continue;
      group.classList.add("tabbed");
      const list = element("div", "tablist");
      const tabs = element("div", "tablist");
      tabs.setAttribute("role", "tablist");
      tabs.setAttribute("aria-label", $("h2, h3", group).textContent);
      for (const panel of panels) {
        const name = $("h3, h4", panel).textContent;
        const tab = button(name, () => choose(group, panel), {
          role: "tab", id: `tab-${panel.id}`, "aria-controls": panel.id,
        });
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", tab.id);
        tabs.append(tab);
      }
      tabs.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const place = panels.findIndex((panel) => panel.classList.contains("chosen"));
        const next = panels[(place + step + panels.length) % panels.length];
        choose(group, next);
        document.getElementById(`tab-${next.id}`).focus();
      });
      list.append(tabs, button("Side by side", (event) => {
        const isBeside = group.classList.toggle("beside-each-other");
        group.classList.toggle("tabbed", !isBeside);
        tabs.hidden = isBeside;
        event.currentTarget.setAttribute("aria-pressed", String(isBeside));
      }, { class: "beside", "aria-pressed": "false" }));
      $(":scope > .content", group).prepend(list);
      choose(group, panels[0]);
    }
  }

  // ---- where an address leads

  function reveal() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let place = target; place; place = place.parentElement) {
      if (place.matches?.("section")) setFolded(place, false);
      const group = place.parentElement?.closest("section.tabs");
      if (place.matches?.("[role=tabpanel]") && group) choose(group, place);
    }
    const holder = target.closest(".gridded");
    if (holder) showRow(holder, target);
    else target.scrollIntoView();
  }

  // ---- tables

  const grids = new Map();

  function valueOf(cell) {
    const text = cell.textContent.trim();
    const number = /^[−-]?\d[\d,]*(\.\d+)?/.exec(text);
    if (cell.classList.contains("number") && number) return Number(number[0].replace("−", "-").replaceAll(",", ""));
    return text;
  }

  function compare(one, other) {
    const numbers = [typeof one === "number", typeof other === "number"];
    if (numbers[0] && numbers[1]) return one - other;
    if (numbers[0] !== numbers[1]) return numbers[0] ? -1 : 1;
    return String(one).localeCompare(String(other), undefined, { numeric: true });
  }

  // The grid takes the library's own colours from the page's.
  function themeOf(library) {
    return library.themeQuartz.withParams({
      backgroundColor: "var(--paper)", foregroundColor: "var(--ink)", headerBackgroundColor: "var(--raised)",
      borderColor: "var(--line)", accentColor: "var(--link)", fontFamily: "inherit", fontSize: "14px", spacing: "5px",
      wrapperBorderRadius: "6px", browserColorScheme: "inherit",
    });
  }

  function cellOf(parameters) {
    const shown = element("div", "");
    for (const node of parameters.data.cells[parameters.column.getColId()].childNodes) shown.append(node.cloneNode(true));
    return shown;
  }

  const longestOf = (texts) => texts.reduce((longest, text) => Math.max(longest, text.length), 0);

  // Wide enough for most texts and for each word of the header, with room for the sign of its filter.
  function widthOf(header, cells) {
    const words = header.textContent.split(/\s+/);
    const isNumber = header.classList.contains("number");
    const text = longestOf(cells.map((cell) => cell.textContent)) * (isNumber ? 8.3 : 7.5) + 34;
    return Math.min(Math.max(text, longestOf(words) * 8.5 + 52, 72), isNumber ? 320 : 420);
  }

  // The widths of the columns; where there is no room for all, the widest are wrapped, between words.
  const NARROWEST = 120;
  function widthsIn(room, headers, rows) {
    const columns = headers.map((header, place) => {
      const cells = rows.map((row) => row.cells[place]);
      const words = longestOf(cells.flatMap((cell) => cell.textContent.split(/\s+/))) * 8.3 + 34;
      return { width: widthOf(header, cells), least: Math.max(NARROWEST, words) };
    });
    const within = (most) => columns.map(({ width, least }) => Math.min(width, Math.max(most, least)));
    let most = Math.max(...columns.map(({ width }) => width));
    while (most > NARROWEST && sumOf(within(most)) > room) most -= 10;
    return within(most);
  }

  const sumOf = (numbers) => numbers.reduce((sum, number) => sum + number, 0);
  const isNarrow = () => matchMedia("(max-width: 50rem)").matches;

  function optionsOf(library, headers, rows, widths) {
    const isLong = rows.length > 25;
    // On a phone the first score stands right after the names.
    const score = isNarrow() ? headers.findIndex((_, place) => rows.some(({ cells }) => cells[place].style.getPropertyValue("--heat"))) : -1;
    const rank = ({ colId }) => (Number(colId) === score ? 0.5 : Number(colId));
    return {
      theme: themeOf(library),
      domLayout: isLong ? "normal" : "autoHeight",
      animateRows: false,
      ensureDomOrder: true,
      enableCellTextSelection: true,
      suppressMovableColumns: false,
      suppressCellFocus: false,
      rowData: rows,
      getRowId: ({ data }) => data.id,
      isExternalFilterPresent: () => isFiltered(),
      doesExternalFilterPass: ({ data }) => passes(data.row),
      defaultColDef: {
        sortable: true, resizable: true, filter: true, wrapHeaderText: true, autoHeaderHeight: true,
        wrapText: true, autoHeight: true, minWidth: 72,
      },
      columnDefs: headers.map((header, place) => ({
        colId: String(place),
        headerName: header.textContent,
        headerClass: `${header.className}${header.classList.contains("number") ? " ag-right-aligned-header" : ""}`,
        valueGetter: ({ data }) => valueOf(data.cells[place]),
        useValueFormatterForExport: false,
        comparator: compare,
        filter: header.classList.contains("number") ? "agNumberColumnFilter" : "agTextColumnFilter",
        cellRenderer: cellOf,
        cellClass: header.className,
        cellStyle: ({ data }) => {
          const heat = data.cells[place].style.getPropertyValue("--heat");
          return heat ? { background: `color-mix(in srgb, var(--heat-high) ${heat * 32}%, var(--paper))` } : null;
        },
        width: widths[place],
        pinned: place === 0 && headers.length > 4 ? "left" : null,
        maxWidth: place === 0 && isNarrow() ? 144 : undefined,
      })).sort((one, other) => rank(one) - rank(other)),
    };
  }

  function toolsOf(grid, name, headers) {
    const search = element("input", "");
    search.type = "search";
    search.placeholder = "Search this table";
    search.setAttribute("aria-label", "Search this table");
    search.addEventListener("input", () => grid.setGridOption("quickFilterText", search.value));
    const columns = element("details", "facet columns", element("summary", "", "Columns"));
    const choices = element("div", "choices");
    headers.forEach((header, place) => {
      const box = element("input", "");
      box.type = "checkbox";
      box.checked = true;
      box.addEventListener("change", () => grid.setColumnsVisible([String(place)], box.checked));
      choices.append(element("label", "", box, ` ${header.textContent}`));
    });
    columns.append(choices);
    const text = { processCellCallback: ({ column, node }) => textOf(node.data.cells[column.getColId()]) };
    const csv = { ...text, fileName: `${name}.csv` };
    const tools = element(
      "div", "table-tools", search, columns,
      button("Copy", () => copy(grid.getDataAsCsv({ ...text, columnSeparator: "\t", suppressQuotes: true }))),
      button("CSV", () => grid.exportDataAsCsv(csv)),
      button("All rows and columns", () => {
        search.value = "";
        grid.setGridOption("quickFilterText", "");
        grid.setFilterModel(null);
        grid.resetColumnState();
        for (const box of all("input[type=checkbox]", choices)) box.checked = true;
      }),
    );
    return tools;
  }

  // A spreadsheet takes a text that begins so for a formula.
  const plain = (text) => (/^[=+@]|^-(?![\d.])/.test(text) ? `'${text}` : text);
  const textOf = (cell) => plain(cell.textContent.trim());

  function makeGrid(library, holder) {
    if (grids.has(holder)) return;
    const table = $("table", holder);
    const headers = all("thead th", table);
    const rows = all("tbody tr", table).map((row, place) => ({ id: String(place), row, cells: [...row.cells] }));
    if (!headers.length || !rows.length) return;
    const place = element("div", "ag-holder");
    const border = 4;
    const widths = widthsIn(holder.clientWidth - border, headers, rows);
    place.style.width = `${sumOf(widths) + border}px`;
    if (rows.length > 25) place.style.height = "32rem";
    holder.append(place);
    const grid = library.createGrid(place, optionsOf(library, headers, rows, widths));
    $(".ag-header-viewport", place)?.removeAttribute("tabindex");  // it is presentation, and takes no focus
    holder.classList.add("gridded");
    holder.removeAttribute("tabindex");
    holder.before(toolsOf(grid, holder.dataset.vizspecTable, headers));
    grids.set(holder, { grid, rows });
    if (location.hash && holder.contains(document.getElementById(location.hash.slice(1)))) reveal();
  }

  function showRow(holder, target) {
    const { grid, rows } = grids.get(holder);
    const found = rows.find(({ row }) => row === target || row.contains(target));
    const node = found && grid.getRowNode(found.id);
    holder.scrollIntoView({ block: "center" });
    if (!node) return;
    grid.ensureNodeVisible(node, "middle");
    setTimeout(() => {
      const shown = all(`.ag-row[row-id="${CSS.escape(found.id)}"]`, holder);
      for (const row of shown) row.classList.add("flash");
      shown[0]?.scrollIntoView({ block: "center" });
    }, 100);
  }

  async function tableLibrary() {
    const library = await runtime.module("ag-grid-community");
    library.ModuleRegistry.registerModules([library.AllCommunityModule]);
    return library;
  }

  // Tables are grids from when they come near, and stay as the page has them where the library cannot be had.
  const tables = new IntersectionObserver(async (changes) => {
    const near = changes.filter((change) => change.isIntersecting).map((change) => change.target);
    if (!near.length) return;
    for (const holder of near) tables.unobserve(holder);
    try {
      const library = await tableLibrary();
      for (const holder of near) if (holder.isConnected) makeGrid(library, holder);
    } catch (error) {
      console.warn(`tables cannot be sorted: ${error.message}`);
    }
  }, { rootMargin: "300px 0px" });

  function startTables(root) {
    if (runtime) for (const holder of within(root, "[data-vizspec-table]")) tables.observe(holder);
  }

  // ---- one filter for all

  const chosen = Object.fromEntries(FACETS.map((name) => [name, new Set()]));
  const isFiltered = () => FACETS.some((name) => chosen[name].size);

  // What tells nothing of a facet, or names a value that nobody can choose, tells of all its values. A row on two
  // evaluations passes with either of them.
  const offered = Object.fromEntries(FACETS.map((name) => [
    name, new Set(all(`.facet[data-facet="${name}"] input`).map((box) => box.value)),
  ]));

  function passes({ dataset }) {
    const isChosen = (name, value) => !chosen[name].size || chosen[name].has(value) || !offered[name].has(value);
    const isPassed = (side) => FACETS.every((name) => isChosen(name, dataset[name + side]));
    const isOfTwo = FACETS.some((name) => dataset[`${name}Other`] !== undefined);
    return isPassed("") || (isOfTwo && isPassed("Other"));
  }

  function filterPage() {
    for (const section of all("main section")) section.classList.toggle("filtered", !passes(section));
    for (const node of all("main tr, table.grid td")) node.classList.toggle("filtered-out", !passes(node));
    for (const { grid } of grids.values()) grid.onFilterChanged();
    runtime?.filter(chosen);
    const active = FACETS.filter((name) => chosen[name].size);
    for (const image of all("main figure .drawing > img")) {
      const { dataset } = image.closest("section");
      image.parentElement.dataset.unfiltered = active.filter((name) => dataset[name] === undefined).join(", ");
    }
    for (const facet of all(".filter .facet")) {
      const values = chosen[facet.dataset.facet];
      $(".chosen", facet).textContent = values.size ? (values.size === 1 ? `: ${[...values][0]}` : `: ${values.size}`) : "";
    }
    $(".filter .clear").hidden = !isFiltered();
    const address = new URL(location.href);
    for (const name of FACETS) {
      address.searchParams.delete(name);
      for (const value of chosen[name]) address.searchParams.append(name, value);
    }
    try {
      history.replaceState(null, "", address);
    } catch {
      // a page in a frame may not change its address
    }
  }

  function startFilter() {
    const filter = $(".filter");
    if (!filter) return;
    const address = new URL(location.href);
    for (const box of all(".facet input", filter)) {
      const name = box.closest(".facet").dataset.facet;
      if (address.searchParams.getAll(name).includes(box.value)) chosen[name].add(box.value);
      box.checked = chosen[name].has(box.value);
      box.addEventListener("change", () => {
        chosen[name][box.checked ? "add" : "delete"](box.value);
        filterPage();
      });
    }
    $(".clear", filter).addEventListener("click", () => {
      for (const name of FACETS) chosen[name].clear();
      for (const box of all(".facet input", filter)) box.checked = false;
      filterPage();
    });
    if (isFiltered()) filterPage();
  }

  function closeLists(event) {
    for (const open of all(".facet[open]")) {
      if (event.type === "keydown" ? event.key === "Escape" : !open.contains(event.target)) open.open = false;
    }
  }

  // ---- figures: the picture, or its data, and both as files

  function startFigures(root) {
    for (const figure of within(root, "figure")) {
      const tools = element("div", "figure-tools");
      const chart = $("[data-vizspec-chart]", figure);
      const table = $(".figure-data", figure);
      if (chart && runtime || table) tools.append(dataToggle(figure, chart, table));
      if (chart && runtime) tools.append(...filesOf(chart));
      else tools.append(...linksOf(figure));
      if (tools.childElementCount) figure.prepend(tools);
    }
  }

  function dataToggle(figure, chart, table) {
    const drawing = $(".drawing", figure);
    const place = table ?? element("div", "figure-data");
    place.hidden = true;
    drawing.after(place);
    const toggle = button("Data", () => {
      place.hidden = !place.hidden;
      drawing.hidden = !place.hidden;
      toggle.textContent = place.hidden ? "Data" : "Picture";
      if (!place.childElementCount) showData(chart, place).catch((error) => { place.textContent = error.message; });
    });
    return toggle;
  }

  // Links to the files of a picture; a browser opens a file on a disk where it would save one of a server.
  function linksOf(figure) {
    const below = all(":scope > .links a", figure.parentElement);
    return below.filter((link) => /^(PNG|SVG|CSV)$/.test(link.textContent)).map((link) => {
      const made = link.cloneNode(true);
      Object.assign(made, { className: "button", target: "_blank" });
      return made;
    });
  }

  // What is drawn here as a file of each kind, as the filter leaves it.
  function filesOf(chart) {
    const name = chart.getAttribute("aria-label");
    const { pngOf, svgOf } = window.vizspecExport;
    return Object.entries({ PNG: pngOf, SVG: svgOf, CSV: csvOf }).map(([kind, make]) => button(kind, async () => {
      try {
        save(`${name}.${kind.toLowerCase()}`, await make(chart));
      } catch (error) {
        tell(error.message);
      }
    }));
  }

  async function csvOf(chart) {
    const { headers, rows } = await runtime.dataOf(chart);
    const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const lines = [headers.map(({ text }) => text), ...rows].map((row) => row.map((text) => quoted(plain(text))).join(","));
    return new Blob([`${lines.join("\n")}\n`], { type: "text/csv" });
  }

  async function showData(chart, place) {
    const { headers, rows } = await runtime.dataOf(chart);
    const head = element("tr", "", ...headers.map(({ text, isNumber }) => element("th", isNumber ? "number" : "", text)));
    for (const header of head.children) header.scope = "col";
    const body = rows.map((row) => element("tr", "", ...row.map((text, at) => element("td", headers[at].isNumber ? "number" : "", text))));
    const holder = element("div", "scroll", element("table", "", element("thead", "", head), element("tbody", "", ...body)));
    holder.dataset.vizspecTable = chart.getAttribute("aria-label");
    place.append(holder);
    makeGrid(await tableLibrary(), holder);
  }

  // ---- paper

  async function print() {
    document.body.classList.add("printing");
    if (runtime) await runtime.drawAll((done, total) => tell(`Drawing charts: ${done} of ${total} …`));
    window.print();
    document.body.classList.remove("printing");
    runtime?.releaseFar();
  }

  // ---- another page in place of this one, while its spec is written

  // Makes of this page, whose source is `last`, the page that `next` is the source of: what is alike stays as it is, with
  // its charts. False where it takes another load.
  async function renew(last, next) {
    const same = (selector) => $(selector, last)?.outerHTML === $(selector, next)?.outerHTML;
    const own = "body > script:not([src])";
    if (!same("style:last-of-type") || !same(own) || !same(".filter")) return false;
    if (last.body.dataset.runtime !== next.body.dataset.runtime) return false;
    await Promise.all(all("body > script[src]", next).map(loadOnce));
    document.title = next.title;
    $("h1").textContent = $("h1", next).textContent;
    renewParts($("main", last), $("main", next), $("main"));
    $("#contents ol").replaceWith(document.importNode($("#contents ol", next), true));
    showFound();
    followSections();
    if (isFiltered()) filterPage();
    return true;
  }

  function loadOnce(script) {
    const address = script.getAttribute("src");
    if ($(`script[src='${CSS.escape(address)}']`)) return null;
    return new Promise((resolve, reject) => {
      const made = document.createElement("script");
      Object.assign(made, { src: address, onload: resolve, onerror: () => reject(new Error(`${address} is not there`)) });
      document.body.append(made);
    });
  }

  // Sections with the same names in the same order are looked at one by one; else all is put there anew.
  function renewParts(last, next, live) {
    const [before, after] = [last, next].map((one) => all(":scope > section", one));
    const rest = (one) => [...one.children].filter((child) => !child.matches("section")).map((child) => child.outerHTML).join();
    if (rest(last) !== rest(next) || before.map(({ id }) => id).join() !== after.map(({ id }) => id).join()) {
      for (const section of all(":scope > section", live)) leave(section);
      live.replaceChildren(...[...next.children].map((child) => document.importNode(child, true)));
      for (const section of all(":scope > section", live)) start(section);
      return;
    }
    before.forEach((section, place) => renewSection(section, after[place], document.getElementById(section.id)));
  }

  function renewSection(last, next, live) {
    if (last.outerHTML === next.outerHTML) return;
    const head = (section) => [section.cloneNode(false).outerHTML, $(":scope > .heading", section).outerHTML].join();
    if (next.matches(".chapter") && head(last) === head(next)) {
      renewParts($(":scope > .content", last), $(":scope > .content", next), $(":scope > .content", live));
      return;
    }
    const chosenTabs = within(live, "[role=tab][aria-selected=true]").map((tab) => tab.id);
    const isFolded = live.classList.contains("folded");
    const fresh = document.importNode(next, true);
    leave(live);
    live.replaceWith(fresh);
    start(fresh);
    setFolded(fresh, isFolded);
    for (const id of chosenTabs) document.getElementById(id)?.click();
  }

  function leave(section) {
    runtime?.drop(section);
    for (const holder of within(section, ".gridded")) {
      grids.get(holder)?.grid.destroy();
      grids.delete(holder);
    }
  }

  // Charts beside each other are as wide as can still be read.
  const READABLE = 0.7;
  function makeRoom(root) {
    for (const group of within(root, "section.grid, section.tabs")) {
      const widths = all("[data-vizspec-chart]", group).map((chart) => runtime.sizeOf(chart).width);
      if (widths.length) group.style.setProperty("--least", `${Math.round(READABLE * Math.max(...widths))}px`);
    }
  }

  function start(section) {
    if (runtime) makeRoom(section);
    startFolding(section);
    startTabs(section);
    startFigures(section);
    startTables(section);
    runtime?.showInView(section);
  }

  // ----

  startTheme();
  startContents();
  startFilter();
  for (const section of all("main > section")) start(section);
  $(".print").addEventListener("click", print);
  document.addEventListener("click", closeLists);
  document.addEventListener("keydown", closeLists);
  window.addEventListener("hashchange", reveal);
  reveal();
  if (!runtime) for (const chart of all("[data-vizspec-chart]")) {
    chart.textContent = `This chart needs the file ${document.body.dataset.runtime} beside this page.`;
  }
  window.vizspecIndex = { renew };
})();
