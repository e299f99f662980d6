/**
 * From text to the words that are indexed; the twin of handbook/search/text.py.
 * What differs between languages comes with the index; tests/search/words.json holds both to it.
 */
"use strict";

handbook.text = ({ stop, variants }, stem, terms = new Map()) => {
  const WORD = /[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu;
  // The same on text as it is written, for marks: accents are still apart or in one letter.
  const WRITTEN = /[\p{L}\p{M}\p{N}]+(?:['’‘ʼ´][\p{L}\p{M}\p{N}]+)*/gu;
  const rules = variants.map(([old, now]) => [new RegExp(`^(?:${old})$`, "u"), now]);
  const stops = new Set(stop);

  const fold = (text) =>
    text.replace(/[’‘ʼ´]/g, "'").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const tokens = (text) =>
    (fold(text).match(WORD) ?? []).map((word) => word.replace(/'s$/, "").replaceAll("'", ""));

  /** The term that a folded word is indexed under; `terms` are those of words already known. */
  function term(word) {
    if (!terms.has(word)) {
      terms.set(word, stem(rules.reduce((now, [old, fresh]) => now.replace(old, fresh), word)));
    }
    return terms.get(word);
  }

  /** Each word of a text as it is written: its terms, where it begins and ends. */
  const written = (text) =>
    Array.from(text.matchAll(WRITTEN), ({ 0: word, index }) => ({
      terms: tokens(word).map(term),
      begin: index,
      end: index + word.length,
    }));

  return { tokens, term, written, isStop: (some) => stops.has(some) };
};
