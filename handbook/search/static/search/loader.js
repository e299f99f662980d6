/**
 * The only script of the search that comes with a page: it waits until the reader wants one.
 *
 *   handbook.search(text)  a promise of the results in their order, each with url (with anchor),
 *                          title, page, article and about (of several, or ""), part, snippet,
 *                          answers (its own question, where that is alike, or "") and corrected
 *                          (the question as it was understood, or null); the array has fits
 *                          (false where the handbook does not seem to answer) and alarm ("sure":
 *                          it speaks of danger, help comes first; "perhaps"; or null)
 *
 * It waits for the whole ranking, while the dialog shows what the first half of the index says.
 * Everything else comes from classic scripts when search is first opened, because a page on a
 * disk may fetch nothing. Nothing is stored, and no question reaches the address. So the page
 * that a result leads to cannot know the words: it marks the section, by its address alone.
 */
"use strict";

var handbook = (() => {
  const source = document.currentScript.src;
  const root = source ? new URL("../../", source) : location.href; // all in one file: no source
  const taken = new Map(); // pieces of the index by name (handbook/search/store.py)
  const coming = new Map(); // scripts by name, as promises
  const keys = { slash: true }; // a reader may switch "/" off, until the page is left
  let started = null;
  let opening = null; // the opening that is still wanted, while the scripts come
  let done = 0; // scripts that were read ahead

  /** Run a script once; one that failed may be tried again. */
  function load(name) {
    if (!coming.has(name)) {
      const script = document.createElement("script");
      script.src = new URL(name, source);
      script.async = taken.has("head"); // until then in the order of the calls
      const ending = new Promise((resolve, reject) => {
        script.onload = resolve;
        script.onerror = () => {
          coming.delete(name);
          reject(new Error(`search: ${name} could not be loaded`));
        };
      });
      coming.set(name, ending);
      ending.catch(() => forget(name));
      document.head.append(script);
    }
    return coming.get(name);
  }

  /** Let a script come again: it was not there, or it was broken and said nothing. */
  const forget = (name) => void coming.delete(name);

  /** What the scripts of the index call with their pieces. */
  const take = (name, value) => void taken.set(name, value);

  /** A piece that is there; store.py, `files`, says which script brings it. */
  const given = (name) => taken.get(name);

  async function piece(name) {
    const { folder, whole } = taken.get("entry");
    const file = whole ? (/^[qblm]/.test(name) ? "rest" : "first") : name.replace("b", "t");
    const script = `${folder}/${file}.js`;
    if (!taken.has(name)) await load(script);
    if (taken.has(name)) return taken.get(name);
    forget(script);
    throw new Error(`search: ${script} is broken`);
  }

  /**
   * Read what the next question will most likely need (store.py, `ahead`), one script after the
   * other, as long as that is wanted: a question that comes meanwhile waits for one at most. Not at
   * all where the browser is told to save data.
   */
  async function ahead(isWanted) {
    const entry = taken.get("entry");
    while (done < entry.ahead && isWanted() && !navigator.connection?.saveData) {
      const next = done; // two may wait for the same
      await load(`${entry.folder}/a${next}.js`);
      done = next + 1;
    }
  }

  async function begin() {
    if (!taken.has("entry")) await load("index.js");
    await taken.get("entry").ready?.(); // an index that has come packed
    const [head] = await Promise.all([piece("head"), ...taken.get("entry").code.map(load)]);
    const engine = handbook.engine(head);
    // What refines every answer comes after what the first one needs, and before it is asked for.
    if (taken.get("entry").whole) piece("q0").catch(() => {});
    return { engine, dialog: handbook.dialog(engine, head) };
  }

  function start() {
    started ??= begin().catch((error) => {
      started = null;
      coming.clear(); // any of them may be the broken one
      throw error;
    });
    return started;
  }

  async function search(text) {
    const { results, fits, alarm } = await (await start()).engine.ask(text, true);
    return Object.assign(results, { fits, alarm });
  }

  const field = () => document.querySelector(".search-field");

  /** Say that search is not there; never that there are no results. */
  function fail(place) {
    const said = document.querySelector(".search-failed") ?? document.createElement("p");
    said.className = "search-failed";
    said.setAttribute("role", "alert");
    said.textContent = "Search could not be loaded. ";
    const link = document.createElement("a");
    link.href = field()?.getAttribute("action") ?? new URL("search.html", root);
    link.textContent = "See the list instead.";
    said.append(link);
    (place ?? document.body).prepend(said);
  }

  async function open() {
    const mine = (opening ??= {});
    const before = document.activeElement;
    const input = field()?.querySelector("input");
    try {
      // The page's field keeps what is typed until the dialog is there.
      input?.focus({ preventScroll: true });
      const { dialog } = await start();
      if (opening !== mine) return; // dismissed meanwhile, or open already
      opening = null;
      input?.blur();
      before.focus({ preventScroll: true }); // the dialog gives the focus back to it
      dialog.show(input?.value ?? "");
      if (input) input.value = "";
    } catch {
      if (opening === mine) fail(field());
      opening = null;
    }
  }

  /** The reader wants no search any more: what has not opened yet stays shut. */
  function dismiss() {
    opening = null;
    const input = field()?.querySelector("input");
    if (input) input.value = "";
  }

  /** Whether the section that the address names is marked (search.css). */
  const mark = (shown) => document.documentElement.classList.toggle("search-unmarked", !shown);

  const inField = (target) => target.closest?.(".search-field");
  const takesText = (target) =>
    target.isContentEditable || target.matches?.("input:not([type=checkbox], [type=radio]), select, textarea");

  document.addEventListener("focusin", ({ target }) => inField(target) && start().catch(() => {}));
  for (const event of ["click", "input"]) {
    document.addEventListener(event, ({ target }) => inField(target) && target.matches("input") && open());
  }
  document.addEventListener("submit", (event) => {
    if (!inField(event.target)) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    const { key, code, ctrlKey, metaKey, altKey, target } = event;
    if (key === "Escape" && !document.querySelector("dialog[open]")) {
      mark(false);
      dismiss();
    }
    // A second "/" while the search opens is impatience, and no question.
    if (opening && key === "/" && inField(target) && !target.value) event.preventDefault();
    // By its place too, for layouts that have another letter there.
    const isK = code === "KeyK" || key.toLowerCase() === "k";
    const shortcut = key === "/" ? keys.slash && !ctrlKey && !metaKey : isK && (ctrlKey || metaKey);
    if (!shortcut || altKey || takesText(target)) return;
    event.preventDefault();
    open();
  });
  for (const each of field()?.querySelectorAll("input, button") ?? []) {
    each.setAttribute("aria-haspopup", "dialog");
  }
  // However the page is left, it may come back from memory as it was: without the question.
  addEventListener("pagehide", dismiss);
  document.addEventListener("pointerdown", ({ target }) => opening && !inField(target) && dismiss());
  // Any link may lead to the section that the address names already: then no hash changes.
  document.addEventListener("click", ({ target }) => target.closest?.("a[href*='#']") && mark(true));
  addEventListener("hashchange", () => mark(true));

  return { search, take, given, piece, ahead, keys, root, fail };
})();
