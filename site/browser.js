/* global document, window, localStorage, matchMedia, Event */
// What runs in a reader's browser: the shade that they chose, the menu, and the search. Pages work without it.
import MiniSearch from "minisearch";

const { root: rootOfSite, search: fileOfSearch, diagrams: fileOfDiagrams } = document.currentScript.dataset;
const storage = {
  // A browser that keeps nothing for files and strangers throws.
  read: () => {
    try {
      return localStorage.getItem("shade");
    } catch {
      return null;
    }
  },
  write: (shade) => {
    try {
      localStorage.setItem("shade", shade);
    } catch {
      // Then it holds for this page.
    }
  },
};

const chosen = storage.read();
if (chosen === "dark" || chosen === "light") document.documentElement.dataset.shade = chosen;

document.addEventListener("DOMContentLoaded", () => {
  const wide = matchMedia("(min-width: 56rem)");
  const menu = document.querySelector(".menu > details");
  const fold = () => (menu.open = wide.matches);
  wide.addEventListener("change", fold);
  fold();
  menu.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
  window.scrollTo(0, 0);
  if (window.location.hash !== "")
    document.getElementById(decodeURIComponent(window.location.hash.slice(1)))?.scrollIntoView();
  startShade();
  startSearch();
  startDiagrams();
});

const darkScreen = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.shade ?? (darkScreen.matches ? "dark" : "light")) === "dark";

function startShade() {
  const button = document.getElementById("shade");
  const name = () => (button.textContent = isDark() ? "Light" : "Dark");
  button.hidden = false;
  button.addEventListener("click", () => {
    const shade = isDark() ? "light" : "dark";
    document.documentElement.dataset.shade = shade;
    storage.write(shade);
    document.dispatchEvent(new Event("shade"));
  });
  darkScreen.addEventListener("change", () => document.dispatchEvent(new Event("shade")));
  document.addEventListener("shade", name);
  name();
}

/** Loads a further script of the site: a page that is opened from a folder may fetch nothing else. */
function load(file) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = file;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${file} cannot be loaded`));
    document.head.append(script);
  });
}

/** Draws the diagrams of a page, in its colours, again when they change. */
function startDiagrams() {
  const figures = [...document.querySelectorAll("figure.diagram")].map((figure) => ({
    figure,
    source: figure.textContent,
  }));
  if (figures.length === 0) return;
  const draw = async () => {
    const { mermaid } = globalThis;
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: "strict",
      theme: isDark() ? "dark" : "neutral",
      fontFamily: "inherit",
    });
    for (const [at, { figure, source }] of figures.entries()) {
      const across = await mermaid.render(`diagram-${at}`, source);
      const tooWide = widthOf(across.svg) > 1.3 * figure.clientWidth;
      const down = tooWide
        ? await mermaid.render(`diagram-${at}`, source.replace(/^(flowchart|graph) LR\b/, "$1 TB"))
        : across;
      figure.innerHTML = widthOf(down.svg) < widthOf(across.svg) ? down.svg : across.svg;
      figure.firstElementChild.style.minWidth = `${Math.min(widthOf(figure.innerHTML), 560)}px`;
    }
    document.documentElement.dataset.drawn = isDark() ? "dark" : "light";
  };
  // One after the other: the library draws in one place of the page.
  let last = load(fileOfDiagrams).then(draw);
  document.addEventListener("shade", () => (last = last.then(draw)));
}

/** Width that a diagram wants, in CSS pixels. */
function widthOf(svg) {
  return Number(/viewBox="[-\d.]+ [-\d.]+ ([\d.]+)/.exec(svg)?.[1]);
}

const fillers = new Set(
  "a an and are can do does for from how i if in is it much my of on or the to what when where which who why".split(
    " ",
  ),
);

/** Loads what is searched when somebody first searches. */
let index;
function loadIndex() {
  index ??= load(fileOfSearch).then(() => {
    const made = new MiniSearch({
      // Whoever saw a page in the repository looks for it by the name of its file.
      fields: ["heading", "title", "text", "at"],
      storeFields: ["at", "title", "heading", "text"],
      // Somebody asks in a sentence, and no section has all of its words.
      processTerm: (term) => (fillers.has(term.toLowerCase()) ? null : term.toLowerCase()),
      searchOptions: { boost: { heading: 4, title: 2, at: 2 }, prefix: true, fuzzy: 0.15, combineWith: "AND" },
    });
    made.addAll(window.searchSections.map((it, id) => ({ id, ...it })));
    return made;
  });
  return index;
}

function startSearch() {
  const form = document.getElementById("search");
  const input = form.querySelector("input");
  const found = document.getElementById("found");
  const close = () => found.replaceChildren();
  form.hidden = false;

  const show = async () => {
    const words = input.value.trim();
    if (words === "") return close();
    const searched = await loadIndex();
    // Somebody who types fast has gone on.
    if (words !== input.value.trim()) return;
    const hits = searched.search(words).slice(0, 12);
    if (hits.length > 0) found.replaceChildren(listOf(hits));
    else found.replaceChildren(element("p", `Nothing is found for ${words}.`));
  };
  input.addEventListener("focus", () => void loadIndex());
  input.addEventListener("input", () => void show());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    found.querySelector("a")?.click();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
      input.blur();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [input, ...found.querySelectorAll("a")];
    const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  });
  document.addEventListener("click", (event) => {
    if (!form.contains(event.target) || event.target.closest("#found a") !== null) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
    event.preventDefault();
    input.focus();
  });
}

function listOf(hits) {
  const list = document.createElement("ol");
  for (const hit of hits) {
    const link = document.createElement("a");
    link.href = rootOfSite + hit.at;
    const heading = hit.heading === hit.title ? hit.title : `${hit.title}: ${hit.heading}`;
    link.append(element("b", heading), element("span", around(hit)));
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  return list;
}

/** The words of a section around the first that was looked for. */
function around({ text, terms }) {
  const lower = text.toLowerCase();
  const places = terms.map((it) => lower.indexOf(it)).filter((it) => it >= 0);
  const from = Math.max(0, Math.min(...places, text.length) - 50);
  const start = places.length === 0 ? 0 : text.lastIndexOf(" ", from) + 1;
  return `${start > 0 ? "… " : ""}${text.slice(start, start + 150)}`;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
