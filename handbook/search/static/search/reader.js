/**
 * Reads the index: what handbook/search/store.py packs, this unpacks, piece by piece.
 *
 * Postings and texts are asked for by the piece that holds them, handbook.piece(name), which
 * loads it where it is not there yet; a small index is there from the beginning.
 */
"use strict";

handbook.reader = (head) => {
  // store.py, `DIGITS`: what each character is worth.
  const VALUE = new Uint8Array(128);
  let digits = 0;
  for (let code = 35; code < 127; code++) if (code !== 60 && code !== 92) VALUE[code] = digits++;
  const TOP = digits - 1;
  const HALF = digits / 2;

  /** Reads packed numbers one after the other. */
  class Unpacker {
    constructor(packed, at = 0) {
      this.packed = packed;
      this.at = at;
    }
    digit() {
      return VALUE[this.packed.charCodeAt(this.at++)];
    }
    number() {
      let sum = 0;
      for (let unit = 1; ; unit *= HALF) {
        const digit = this.digit();
        if (digit < HALF) return sum + digit * unit;
        sum += (digit - HALF) * unit;
      }
    }
  }

  /** The first place in a sorted list that is not below a value. */
  function lowest(list, value) {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Postings of one term: sections, their impacts, and where the places in each begin. */
  function unpackPostings(packed) {
    const from = new Unpacker(packed);
    const count = from.number();
    const sections = new Int32Array(count);
    const impacts = new Float32Array(count);
    const places = new Int32Array(count);
    for (let i = 0, section = 0; i < count; i++) {
      sections[i] = section += from.number();
      impacts[i] = from.digit() / TOP;
      places[i] = from.at;
      for (let left = from.number(); left > 0; left--) {
        from.number();
        from.at += 2;
      }
    }
    return { packed, sections, impacts, places };
  }

  /** Words in their order, each with how common it is (0 to 1) where there is a digit for it. */
  function unpackWords(packed, digits) {
    const words = [];
    const common = [];
    let word = "";
    for (const entry of packed ? packed.split(" ") : []) {
      word = word.slice(0, VALUE[entry.charCodeAt(0)]) + entry.slice(digits);
      words.push(word);
      if (digits > 1) common.push(VALUE[entry.charCodeAt(1)] / TOP);
    }
    return { words, common };
  }

  const [weakest, strongest] = head.strengths;
  const STRENGTH = Float32Array.from(
    { length: digits },
    (_, step) => weakest * (strongest / weakest) ** (step / TOP),
  );

  const isOwn = Object.prototype.hasOwnProperty; // "constructor" is a word too
  const beginnings = new Map(head.beginnings.map((beginning, place) => [beginning, place]));
  const longest = Math.max(0, ...head.beginnings.map((beginning) => beginning.length));
  const unpacked = new Map();

  /** The postings of a term, or null. */
  async function postingsOf(term) {
    if (!unpacked.has(term)) {
      let length = Math.min(longest, term.length);
      while (length && !beginnings.has(term.slice(0, length))) length--;
      const beginning = term.slice(0, length);
      const place = beginnings.get(beginning);
      const group = place === undefined ? {} : await handbook.piece(`p${place}`);
      unpacked.set(term, isOwn.call(group, term) ? unpackPostings(group[term]) : null);
    }
    return unpacked.get(term);
  }

  /** Calls back with each place of a term in a section: passage, its strength, words before. */
  function eachPlace({ packed, sections, places }, section, call) {
    const i = lowest(sections, section);
    if (sections[i] !== section) return;
    const from = new Unpacker(packed, places[i]);
    for (let left = from.number(), passage = 0; left > 0; left--) {
      passage += from.number();
      call(passage, STRENGTH[from.digit()], from.digit());
    }
  }

  /** How many passages with a pair of words make half of its worth (index.py, `halves`). */
  const TENTHS = 10; // as in store.py
  const halves = new Float32Array(head.sections);
  for (let i = 0, from = new Unpacker(head.halves); i < head.sections; i++) {
    halves[i] = from.number() / TENTHS;
  }

  /** A section as it is shown (store.py, `record`). */
  async function recordOf(section) {
    const run = lowest(head.starts, section + 1) - 1;
    return (await handbook.piece(`t${run}`))[section - head.starts[run]];
  }

  const spelled = unpackWords(head.spelled, 1).words;
  return { lowest, postingsOf, eachPlace, halves, recordOf, spelled, ...unpackWords(head.vocabulary, 2) };
};
