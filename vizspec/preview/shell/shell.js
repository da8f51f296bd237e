// The page around the index: takes the newest page when it is told of one, and shows what is wrong over the last good one.
(() => {
  const state = document.getElementById("state");
  const problems = document.getElementById("problems");
  let shown = null;
  let page = 0;
  let source = null;

  function say(text) {
    state.textContent = text;
    state.hidden = text === "";
  }

  // Where the reader is: the last heading above the middle of the window, and how far it is from the top.
  function placeIn(frame) {
    const inner = frame.contentDocument;
    const above = [...inner.querySelectorAll("section[id]")].filter((one) => {
      const { top, height } = one.getBoundingClientRect();
      return height > 0 && top < frame.clientHeight / 2;
    }).at(-1);
    const tabs = [...inner.querySelectorAll("[role=tab][aria-selected=true]")].map((tab) => tab.id);
    return { id: above?.id, top: above?.getBoundingClientRect().top ?? 0, tabs, address: frame.contentWindow.location };
  }

  function restore(frame, place) {
    for (const id of place.tabs) frame.contentDocument.getElementById(id)?.click();
    const section = place.id && frame.contentDocument.getElementById(place.id);
    if (section) frame.contentWindow.scrollBy(0, section.getBoundingClientRect().top - place.top);
  }

  // What changed is put into the page that is shown; where that takes more, the new page takes its place.
  async function show(number) {
    const text = await (await fetch("output/index.html", { cache: "no-store" })).text();
    if (number !== page) return;
    const next = new DOMParser().parseFromString(text, "text/html");
    const isRenewed = await shown?.contentWindow.vizspecIndex?.renew(source, next).catch(() => false);
    if (number !== page) return;
    source = next;
    if (isRenewed) ready(next.title);
    else load(number);
  }

  function ready(title) {
    document.title = title;
    say("");
  }

  // The new page is loaded behind the old one, and takes its place when it is there.
  function load(number) {
    const next = document.createElement("iframe");
    next.title = "The index";
    next.className = "waiting";
    const place = shown && placeIn(shown);
    next.src = `output/index.html${place ? place.address.search : location.search}`;
    next.addEventListener("load", () => {
      if (number !== page) return next.remove();
      if (place) restore(next, place);
      next.className = "";
      shown?.remove();
      shown = next;
      ready(next.contentDocument.title);
    });
    document.body.append(next);
  }

  const events = new EventSource("events");
  events.onmessage = (event) => {
    const now = JSON.parse(event.data);
    problems.hidden = now.problems.length === 0;
    problems.textContent = now.problems.join("\n\n");
    if (now.is_busy) say("Rendering …");
    else if (now.page === page) say("");
    if (now.page !== page) {
      page = now.page;
      show(page);
    }
  };
  events.onerror = () => say("The preview has ended, or cannot be reached.");
})();
