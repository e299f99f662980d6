/* The index of the search, packed into this file. It is unpacked when the reader first searches,
   and leaves out what the file shows anyway: a section's text is read where it stands. */
"use strict";

handbook.root = location.href;
handbook.take("entry", {
  code: [],
  ready: async () => {
    /* Python's base64.b85encode (RFC 1924), but for the sign that could end a script. */
    const DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;'=>?@^_`{|}~";
    const BLOCKS = "p, dt, dd, td, th, pre, figcaption";
    const SENTENCE = /\S.*?(?:[.!?…](?=\s)|$)/gsu;
    const STOPPED = /[.!?…:;,]["'”’»)\]]*$/; // as in text.py
    const NOTE = "aside.footnote";
    const NOT_READ = `${NOTE}, .article-map`; // the picture in words is no text of its section
    const NUMBER = "a.footnote-reference";

    /** Bytes of their digits, five for four bytes, a shorter group at the end. */
    function unpacked(packed) {
      const bytes = new Uint8Array(Math.floor((packed.length * 4) / 5));
      for (let at = 0; at < packed.length; at += 5) {
        let sum = 0;
        for (const digit of packed.slice(at, at + 5).padEnd(5, "~")) sum = sum * 85 + DIGITS.indexOf(digit);
        for (let i = 3, place = (at / 5) * 4; i >= 0; i--, sum = Math.floor(sum / 256)) {
          if (place + i < bytes.length) bytes[place + i] = sum % 256;
        }
      }
      return bytes;
    }

    /** The stop of a block that has none of its own (documents.py, `_sentences`). */
    function stopOf(block) {
      if (block.matches("dt")) return ":";
      return block.parentElement.matches("li:not(:last-child)") ? ";" : ".";
    }

    /**
     * What is read of a block, with a stop: without the numbers of footnotes, its line breaks as
     * blanks.
     */
    function textOf(block) {
      const copy = block.cloneNode(true);
      for (const number of copy.querySelectorAll(NUMBER)) number.remove();
      for (const lineBreak of copy.querySelectorAll("br")) lineBreak.replaceWith(" ");
      const text = copy.textContent.trim();
      return !text || STOPPED.test(text) ? text : text + stopOf(block);
    }

    /** The sentences of a section, or of a term of the glossary, without those of sections in it. */
    function sentencesOf(id) {
      const named = document.getElementById(id);
      const entry = named.matches("dt");
      let place = named;
      while (entry && place.matches("dt")) place = place.nextElementSibling;
      const blocks = [...place.querySelectorAll(BLOCKS)].filter(
        (block) =>
          !block.querySelector(BLOCKS) &&
          !block.closest(NOT_READ) &&
          (entry || block.closest("section") === named),
      );
      // A footnote belongs to the section that refers to it.
      const numbers = blocks.flatMap((block) => [...block.querySelectorAll(NUMBER)]);
      const notes = numbers.map(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1))));
      blocks.push(...new Set(notes.flatMap((note) => [...(note?.querySelectorAll(BLOCKS) ?? [])])));
      return blocks.flatMap((block) =>
        (textOf(block).match(SENTENCE) ?? []).map((text) => text.trim().replace(/\s+/g, " ")),
      );
    }

    const packed = document.getElementById("search-index").textContent;
    const text = new TextDecoder().decode(fflate.gunzipSync(unpacked(packed)));
    for (const [name, value] of Object.entries(JSON.parse(text))) {
      handbook.take(name, value);
      if (!/^t\d/.test(name)) continue;
      const bodies = [];
      value.forEach(([url], i) => Object.defineProperty(bodies, i, { get: () => sentencesOf(url.slice(1)) }));
      handbook.take(name.replace("t", "b"), bodies);
    }
  },
});
