/**
 * Reads the index: what handbook/search/store.py packs, this unpacks, piece by piece.
 *
 * Pieces are asked for by their names, handbook.piece(name), which loads what is not there yet. Of
 * a small index all is there from the beginning but the places in passages and the bodies.
 */
"use strict";

handbook.reader = (head) => {
  // store.py, `DIGITS`: what each character is worth.
  const VALUE = new Uint8Array(128);
  let digits = 0;
  for (let code = 35; code < 127; code++) if (code !== 60 && code !== 92) VALUE[code] = digits++;
  const TOP = digits - 1;
  const HALF = digits / 2;
  const IMPACTS = 64; // as in store.py

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

  /** The first place in a sorted list, or in a part of it, that is not below a value. */
  function lowest(list, value, low = 0, high = list.length) {
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Words, sorted, from what each shares with the one before and the rest of each. */
  function unpackWords({ shared, rests }) {
    let word = "";
    return rests.split(" ", shared.length).map((rest, i) => {
      word = word.slice(0, VALUE[shared.charCodeAt(i)]) + rest;
      return word;
    });
  }

  const [weakest, strongest] = head.strengths;
  const STRENGTH = Float32Array.from(
    { length: digits },
    (_, step) => weakest * (strongest / weakest) ** (step / TOP),
  );

  // The handbook's words, each with how common it is and its term, and others that are spelled right.
  const { made, endings, levels } = head.vocabulary;
  const [words, common, spelled] = [[], [], []];
  const termOf = new Map(); // by word
  const terms = new Map(); // numbers by term
  const level = []; // by the number of the term (store.py, `level`)
  const from = { made: new Unpacker(made), levels: new Unpacker(levels) };
  for (const word of unpackWords(head.vocabulary)) {
    const ending = endings[from.made.number()];
    if (!ending) {
      spelled.push(word);
      continue;
    }
    const [less, more] = ending;
    const term = less || more ? word.slice(0, word.length - less) + more : word;
    termOf.set(word, term);
    let number = terms.get(term);
    if (number === undefined) {
      number = level.push(from.levels.digit()) - 1;
      terms.set(term, number);
    }
    words.push(word);
    common.push(level[number] / 40); // of two million sections
  }

  // Those that begin alike share a piece, the commonest first.
  const longest = Math.max(0, ...head.beginnings.map((beginning) => beginning.length));
  const beginnings = new Map(head.beginnings.map((beginning, place) => [beginning, place]));
  const groups = head.beginnings.map(() => ({ terms: [], postings: null, places: null }));
  const groupOf = []; // by the number of the term
  const placeOf = []; // in its group
  for (const [term, number] of terms) {
    if (!level[number]) continue; // in no section
    let length = Math.min(longest, term.length);
    while (!beginnings.has(term.slice(0, length))) length--;
    groups[beginnings.get(term.slice(0, length))].terms.push(number);
  }
  for (const group of groups) {
    group.terms.sort((a, b) => level[b] - level[a]);
    group.terms.forEach((number, at) => {
      groupOf[number] = group;
      placeOf[number] = at;
    });
  }

  /** Where each of some runs begins, and the last ends. */
  function startsOf(lengths) {
    const starts = new Int32Array(lengths.length + 1);
    for (let i = 0; i < lengths.length; i++) starts[i + 1] = starts[i] + lengths[i];
    return starts;
  }

  /** Sections and impacts of the terms of a group, one after the other. */
  function unpackPostings(group, { counts, gaps, impacts }) {
    const holding = new Unpacker(counts);
    const starts = startsOf(group.terms.map(() => holding.number()));
    const count = starts[group.terms.length];
    const [gap, impact] = [new Unpacker(gaps), new Unpacker(impacts)];
    const found = { starts, sections: new Int32Array(count), impacts: new Float32Array(count) };
    for (let i = 0, at = 0, section = 0; i < count; i++) {
      if (i === starts[at]) [at, section] = [at + 1, 0];
      found.sections[i] = section += gap.number();
      found.impacts[i] = (impact.digit() / IMPACTS) ** 2;
    }
    return found;
  }

  const asked = new Map(); // postings by the number of the term: `passages` keeps what it finds in them

  /** The postings of a term, or null; the same ones every time. */
  async function postingsOf(term) {
    const number = terms.get(term);
    const group = groupOf[number];
    if (!group) return null;
    if (!group.postings) {
      const piece = await handbook.piece(`p${groups.indexOf(group)}`);
      group.postings ??= unpackPostings(group, piece); // or another word has brought it
    }
    if (!asked.has(number)) {
      const { starts, sections, impacts } = group.postings;
      const at = placeOf[number];
      const [start, end] = [starts[at], starts[at + 1]];
      const own = { sections: sections.subarray(start, end), impacts: impacts.subarray(start, end) };
      asked.set(number, { group, at, ...own });
    }
    return asked.get(number);
  }

  /** Room for places: the section of each, the passage in it, its strength, the words before. */
  const room = (starts) => {
    const count = starts[starts.length - 1];
    const [sections, passages] = [new Int32Array(count), new Int32Array(count)];
    return { starts, sections, passages, strengths: new Float32Array(count), before: new Uint8Array(count) };
  };

  /** The places of the terms of a group, one after the other. */
  function unpackPlaces(group, { counts, gaps, strengths, before }) {
    const { starts, sections } = group.postings;
    const count = new Unpacker(counts);
    const held = Array.from(sections, () => count.number());
    const ends = startsOf(held);
    const found = room(starts.map((start) => ends[start]));
    const [gap, strength, words] = [gaps, strengths, before].map((packed) => new Unpacker(packed));
    sections.forEach((section, posting) => {
      for (let i = ends[posting], passage = 0; i < ends[posting + 1]; i++) {
        found.sections[i] = section;
        found.passages[i] = passage += gap.number();
        found.strengths[i] = STRENGTH[strength.digit()];
        found.before[i] = words.digit();
      }
    });
    return found;
  }

  /** The same from passages, each the numbers of its terms. */
  function unpackPassages(group, { passages, lengths, strengths, terms: packed }) {
    const read = new Unpacker(packed);
    const numbers = [];
    const counted = new Int32Array(group.terms.length + 1); // the last for words without a place
    while (read.at < packed.length) {
      const term = read.number();
      numbers.push(term);
      counted[term]++;
    }
    const found = room(startsOf(counted));
    const next = found.starts.slice();
    const [count, length, strength] = [passages, lengths, strengths].map((each) => new Unpacker(each));
    let at = 0;
    for (let section = 0; section < head.sections; section++) {
      const end = count.number();
      for (let passage = 0; passage < end; passage++) {
        const worth = STRENGTH[strength.digit()];
        const words = length.number();
        for (let before = 0; before < words; before++) {
          const i = next[numbers[at++]]++;
          found.sections[i] = section;
          found.passages[i] = passage;
          found.strengths[i] = worth;
          found.before[i] = before;
        }
      }
    }
    return found;
  }

  /** Adds the places of some terms where they are there, or waits for them; whether all have them. */
  async function addPlaces(some, waited) {
    const missing = new Set(some.map(({ group }) => group).filter((group) => !group.places));
    await Promise.all(
      Array.from(missing, async (group) => {
        const name = `q${groups.indexOf(group)}`;
        const piece = waited ? await handbook.piece(name) : handbook.given(name);
        if (piece) group.places ??= (piece.lengths ? unpackPassages : unpackPlaces)(group, piece);
      }),
    );
    return some.every(({ group }) => group.places);
  }

  /** Calls back with each place of a term in a section: passage, its strength, words before. */
  function eachPlace({ group: { places }, at }, section, call) {
    if (!places) return;
    const { starts, sections, passages, strengths, before } = places;
    const end = starts[at + 1];
    for (let i = lowest(sections, section, starts[at], end); i < end && sections[i] === section; i++) {
      call(passages[i], strengths[i], before[i]);
    }
  }

  /** How many passages with a pair of words make half of its worth (index.py, `halves`). */
  const TENTHS = 10; // as in store.py
  const halves = new Float32Array(head.sections);
  for (let i = 0, from = new Unpacker(head.halves); i < head.sections; i++) {
    halves[i] = from.number() / TENTHS;
  }

  // Where each run of sections begins.
  const runs = [];
  for (const from = new Unpacker(head.starts); from.at < head.starts.length; ) {
    runs.push((runs[runs.length - 1] ?? 0) + from.number());
  }

  /**
   * A section as it is shown (store.py, `record`); without its body where that is not there yet,
   * unless it shall be waited for.
   */
  async function recordOf(section, waited) {
    const run = lowest(runs, section + 1) - 1;
    const place = section - runs[run];
    const record = (await handbook.piece(`t${run}`))[place];
    const bodies = waited ? await handbook.piece(`b${run}`) : handbook.given(`b${run}`);
    return [...record, bodies?.[place] ?? []];
  }

  return { lowest, words, common, termOf, spelled, postingsOf, addPlaces, eachPlace, halves, recordOf };
};
