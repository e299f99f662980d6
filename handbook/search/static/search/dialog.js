/**
 * What the reader sees: a dialog with one field and the results under it.
 *
 * The field is a combobox, the results are its listbox (WAI-ARIA Authoring Practices): the focus
 * stays in the field, arrows move the choice, Enter follows it. Each option is a real link too,
 * for Tab, for a new tab, for a finger. A question is set as text, never as markup, and is
 * forgotten when the dialog closes.
 */
"use strict";

handbook.dialog = (engine, head) => {
  const PAUSE = 700; // ms without a key before the count is announced
  const NEAREST = 3; // sections that are shown of those that do not answer
  const REST = 300; // ms without a key before more is read for an answer; a key on a phone takes as long
  const address = (url) => new URL(url, handbook.root).href;

  /** An element with attributes and children; text stays text. */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) element.setAttribute(name, value);
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  const link = (title, url) => make("a", { href: address(url) }, title);

  /** Text with its marked stretches in `mark` elements. */
  function marked(text, marks) {
    const parts = [];
    let done = 0;
    for (const [begin, end] of marks) {
      parts.push(text.slice(done, begin), make("mark", null, text.slice(begin, end)));
      done = end;
    }
    return [...parts, text.slice(done)];
  }

  /** A result: a link that is named by its title and part, and described by the rest. */
  function option(result, number) {
    const id = `search-${number}`;
    const label = head.parts[result.part];
    const attributes = {
      role: "option",
      id,
      href: result.url,
      class: `search-result part-${result.part}`,
      "aria-selected": "false",
      "aria-labelledby": label ? `${id}-title ${id}-part` : `${id}-title`,
      "aria-describedby": `${id}-text`,
    };
    return make(
      "a",
      attributes,
      make("span", { class: "search-title", id: `${id}-title` }, result.title),
      "\u00a0", // the part stands beside the last word of the title, never below it alone
      label ? make("span", { class: "search-part", id: `${id}-part` }, label) : null,
      " ",
      make(
        "span",
        { class: "search-text", id: `${id}-text` },
        result.answers ? make("span", { class: "search-answers" }, `Answers: ${result.answers}`) : null,
        " ",
        make("span", { class: "search-snippet" }, ...marked(result.snippet, result.marks)),
      ),
    );
  }

  /**
   * The title over a page's results: where there are several articles, its article's stands first,
   * with whom it is about, for the words below may say he to one who asks about her.
   */
  function heading({ page, article, about }) {
    if (!article) return [page];
    const name = make("span", { class: "search-article" }, article);
    return [name, ...[about, article === page ? "" : page].filter(Boolean).map((each) => ` \u00b7 ${each}`)];
  }

  /** Results under the titles of their pages, in the order of each page's best; the urgent first. */
  function grouped(results) {
    const pages = new Map();
    let last;
    for (const result of results) {
      // All pages may share one file, and those of two articles one title.
      const page = JSON.stringify([result.url.split("#")[0], result.article, result.page]);
      if (result.urgent) last = page;
      const key = page === last ? page : page + last;
      pages.set(key, [...(pages.get(key) ?? []), result]);
    }
    let number = 0;
    return [...pages.values()].map((group, place) =>
      make(
        "div",
        { role: "group", "aria-labelledby": `search-page-${place}` },
        make("div", { class: "search-page", id: `search-page-${place}` }, ...heading(group[0])),
        ...group.map((result) => option(result, number++)),
      ),
    );
  }

  /** Where else to look: the list of everything, and help. */
  function ways() {
    return [
      link(...head.list),
      head.help ? make("a", { href: address(head.help[1]), class: "part-help" }, head.help[0]) : null,
    ];
  }

  /** The field and its results, built into a place. */
  function panel(place, onLeave) {
    const input = make("input", {
      type: "text",
      role: "combobox",
      "aria-label": "Ask in your own words",
      "aria-expanded": "false",
      "aria-controls": "search-results",
      "aria-autocomplete": "list",
      placeholder: "Ask in your own words",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false", // some browsers send what they check
      enterkeyhint: "go",
    });
    const perhaps = make("p", { class: "search-perhaps part-help" });
    const note = make("p", { class: "search-note" });
    const doubt = make("p", { class: "search-doubt" });
    const list = make("div", { role: "listbox", id: "search-results", "aria-label": "Results" });
    const nothing = make("div", { class: "search-nothing" });
    const status = make("p", { role: "status", class: "search-status" });
    const bar = make("div", { class: "search-bar" }, input);
    const foot = make("p", { class: "search-foot" }, ...ways());
    place.append(bar, perhaps, note, doubt, list, nothing, status, foot);

    let turn = 0; // counts questions; only the last is answered
    let seen = 0; // the question whose results are there
    let answered = Promise.resolve();
    let timer = 0;
    let chosen = -1;
    let moved = false; // into the results, by pointer or focus
    const options = () => list.querySelectorAll("[role=option]");

    function choose(next) {
      const all = options();
      all[chosen]?.setAttribute("aria-selected", "false");
      chosen = all.length ? (next + all.length + 1) % (all.length + 1) : -1;
      if (chosen === all.length) chosen = -1;
      const now = all[chosen];
      now?.setAttribute("aria-selected", "true");
      now?.scrollIntoView({ block: "nearest" });
      if (now) input.setAttribute("aria-activedescendant", now.id);
      else input.removeAttribute("aria-activedescendant");
    }

    function announce(text, pause) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (status.textContent !== text) status.textContent = text; // or it would be heard again
      }, pause);
    }

    function show({ results, corrected, alarm, fits, isForeign }, near, asked) {
      const doubts = asked && results.length && !fits ? unanswered(isForeign) : [];
      const shown = doubts.length ? results.slice(0, NEAREST) : results;
      list.replaceChildren(...grouped(shown));
      choose(-1);
      input.setAttribute("aria-expanded", String(shown.length > 0));
      note.replaceChildren(...(corrected ? ["Showing results for ", make("b", null, corrected)] : []));
      perhaps.replaceChildren(...(alarm === "perhaps" ? offer() : []));
      doubt.replaceChildren(...doubts);
      nothing.replaceChildren(...(asked && !results.length ? elsewhere(near) : []));
      const count = shown.length === 1 ? "1 result" : `${shown.length} results`;
      const about = doubts.length ? doubts[0].trim() : "";
      const found = results.length ? (corrected ? `${count} for ${corrected}` : count) : "No results";
      const said = [perhaps.textContent, about, found].filter(Boolean).join(" ");
      announce(asked ? said : "", results.length ? PAUSE : 0);
    }

    /** A doubt is never dropped: one quiet line asks, and leads to help. */
    function offer() {
      if (!head.help || !head.perhaps) return [];
      return [make("span", null, head.perhaps), " ", link("Help is here.", head.help[1])];
    }

    /** What is said above results that do not answer, and where to look instead. */
    function unanswered(isForeign) {
      if (isForeign) return [`This looks like another language. The handbook is in ${head.language}.`];
      return [
        "This handbook does not seem to answer that. ",
        ...head.elsewhere.flatMap((where) => [link(...where), ". "]),
        "These sections are the nearest:",
      ];
    }

    /** Where to look instead of results: the nearest sections; where nothing is near, a start. */
    function elsewhere(near) {
      const found = near.slice(0, 3).map(({ title, url, article }) => [title, url, article]);
      const links = (found.length ? found : head.start).map(([title, url, article]) =>
        make("li", null, link(title, url), article ? ` \u00b7 ${article}` : null),
      );
      return [
        make("p", null, "No results for these words."),
        ...(links.length ? [make("p", null, found.length ? "The closest topics:" : "You could start here:")] : []),
        make("ul", null, ...links),
      ];
    }

    /**
     * Show the first answer, and the refined one once the rest of the index has come; unless the
     * reader is among the results by then: nothing jumps from under a finger. While nothing else is
     * asked, read ahead.
     */
    async function answer() {
      const mine = ++turn;
      const asked = input.value;
      const text = asked.trim();
      try {
        let answer = await engine.ask(asked);
        const near = answer.results.length ? [] : await engine.nearest(asked);
        if (mine !== turn) return;
        show(answer, near, text);
        [seen, moved] = [mine, false];
        await new Promise((done) => setTimeout(done, REST));
        if (mine === turn && !answer.isRefined) {
          answer = await engine.ask(asked, true).catch(() => answer); // the first one will do
          if (mine === turn && chosen < 0 && !moved && !list.scrollTop) show(answer, near, text);
        }
        if (text) handbook.ahead(() => mine === turn).catch(() => {}); // nobody waits for it
      } catch {
        if (mine === turn) handbook.fail(place);
      }
    }

    function ask(text) {
      input.value = text;
      answered = answer();
    }

    /** Nothing of a question stays, not even until it is answered. */
    function forget() {
      turn++;
      input.value = "";
      show({ results: [], corrected: null }, [], "");
    }

    /** Follow the choice, or the first result; where nothing is shown yet, it is waited for. */
    async function follow({ ctrlKey, metaKey, shiftKey }) {
      if (seen !== turn) await answered;
      // A click of its own, so that Ctrl or Cmd with Enter opens a new tab.
      const how = { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey };
      options()[Math.max(chosen, 0)]?.dispatchEvent(new MouseEvent("click", how));
    }

    input.addEventListener("input", () => (answered = answer()));
    place.addEventListener("keydown", (event) => {
      const { key } = event;
      if (event.isComposing || event.keyCode === 229) return; // an input method's own keys
      if (key === "/" && event.target === input && !input.value && handbook.keys.slash) {
        // Pressed once more than it takes to open: no question begins with it.
      } else if (key === "ArrowDown") choose(chosen + 1);
      else if (key === "ArrowUp") choose(chosen === -1 ? options().length - 1 : chosen - 1);
      else if (key === "Enter" && event.target === input) follow(event);
      else return;
      event.preventDefault();
      input.focus();
    });
    for (const event of ["focusin", "pointermove", "pointerdown"]) {
      list.addEventListener(event, () => (moved = true));
    }
    list.addEventListener("click", (event) => {
      if (event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) onLeave();
    });

    return { input, bar, foot, ask, forget };
  }

  let box = null; // the dialog
  let shown = null; // its panel

  /** Build the dialog, once. */
  function dialog() {
    box = make("dialog", { class: "search-dialog", "aria-label": "Search" });
    document.body.append(box);
    handbook.modal(box);
    shown = panel(box, () => box.close());
    const close = make("button", { type: "button" }, "Close");
    close.addEventListener("click", () => box.close());
    shown.bar.append(close);
    // What lies behind an open dialog is neither pressed nor heard; the way out of a page must be.
    const exit = document.querySelectorAll("a.exit, .exit-status");
    if (exit.length) {
      shown.bar.append(...Array.from(exit, (each) => each.cloneNode(true)));
      shown.bar.classList.add("with-exit");
    }
    const slash = make("input", { type: "checkbox", checked: "" });
    slash.addEventListener("change", () => (handbook.keys.slash = slash.checked));
    shown.foot.append(make("label", null, slash, " / opens the search"));
    box.addEventListener("click", ({ target }) => target === box && box.close());
    // What was asked is forgotten, and at once where the page is left by whatever way.
    box.addEventListener("close", shown.forget);
    addEventListener("pagehide", () => {
      if (box.hasAttribute("open")) box.close();
      shown.forget();
    });
  }

  return {
    /** Open the dialog with what was typed so far. */
    show(text) {
      if (!box) dialog();
      if (!box.hasAttribute("open")) box.showModal();
      if (text) shown.ask(text);
      shown.input.focus();
    },
  };
};
