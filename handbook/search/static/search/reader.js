/**
 * Reads the index: what handbook/search/store.py packs, this unpacks, piece by piece.
 *
 * Pieces are asked for by their names, handbook.piece(name), which loads what is not there yet. Of
 * a small index all is there from the beginning but the places in passages, which come after.
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

  /** Words, sorted, from what each shares with the one before and the rest of each. */
  function unpackWords({ shared, rests }) {
    const words = [];
    let word = "";
    if (shared) rests.split(" ").forEach((rest, i) => {
      words.push((word = word.slice(0, VALUE[shared.charCodeAt(i)]) + rest));
    });
    return words;
  }

  const [weakest, strongest] = head.strengths;
  const STRENGTH = Float32Array.from(
    { length: digits },
    (_, step) => weakest * (strongest / weakest) ** (step / TOP),
  );

  // Terms as their words make them, each with its number of sections.
  const { made, endings, counts } = head.vocabulary;
  const words = unpackWords(head.vocabulary);
  const terms = new Map(); // numbers by term
  const from = { made: new Unpacker(made), counts: new Unpacker(counts) };
  const holding = [];
  const common = words.map((word) => {
    const [less, more] = endings[from.made.number()];
    const term = word.slice(0, word.length - less) + more;
    if (!terms.has(term)) {
      terms.set(term, holding.length);
      holding.push(from.counts.number());
    }
    return Math.log2(1 + holding[terms.get(term)]) / 20;
  });

  // Which pieces they are in: those that begin alike share one, those of most sections first.
  const longest = Math.max(0, ...head.beginnings.map((beginning) => beginning.length));
  const beginnings = new Map(head.beginnings.map((beginning, place) => [beginning, place]));
  const groups = head.beginnings.map(() => []);
  const groupOf = holding.map(() => -1);
  for (const [term, number] of terms) {
    if (!holding[number]) continue;
    let length = Math.min(longest, term.length);
    while (!beginnings.has(term.slice(0, length))) length--;
    groupOf[number] = beginnings.get(term.slice(0, length));
    groups[groupOf[number]].push(number);
  }
  for (const group of groups) group.sort((a, b) => holding[b] - holding[a]);

  const postings = []; // by the number of the term, once they are there

  /** Unpacks the postings of a group: sections and impacts of each term, without places yet. */
  function unpackPostings(group, { gaps, impacts }) {
    const gap = new Unpacker(gaps);
    const impact = new Unpacker(impacts);
    for (const number of group) {
      const sections = new Int32Array(holding[number]);
      const worth = new Float32Array(holding[number]);
      for (let i = 0, section = 0; i < sections.length; i++) {
        sections[i] = section += gap.number();
        worth[i] = impact.digit() / TOP;
      }
      postings[number] = { group: groupOf[number], sections, impacts: worth, places: null };
    }
  }

  /** The postings of a term, or null. */
  async function postingsOf(term) {
    const number = terms.get(term);
    const group = groupOf[number] ?? -1;
    if (group < 0) return null;
    if (!postings[number]) {
      const piece = await handbook.piece(`p${group}`);
      if (!postings[number]) unpackPostings(groups[group], piece);
    }
    return postings[number];
  }

  /** Room for the places of a term: its section, the passage there, its strength, words before. */
  const room = (count) => ({
    sections: new Int32Array(count),
    passages: new Int32Array(count),
    strengths: new Float32Array(count),
    before: new Uint8Array(count),
    filled: 0,
  });

  function put(places, section, passage, strength, before) {
    const i = places.filled++;
    places.sections[i] = section;
    places.passages[i] = passage;
    places.strengths[i] = strength;
    places.before[i] = before;
  }

  /** Unpacks the places of the terms of a group. */
  function unpackPlaces(group, { counts, gaps, strengths, before }) {
    const [count, gap] = [new Unpacker(counts), new Unpacker(gaps)];
    const [strength, words] = [new Unpacker(strengths), new Unpacker(before)];
    for (const number of group) {
      const { sections } = postings[number];
      const held = Array.from(sections, () => count.number());
      const places = room(held.reduce((sum, each) => sum + each, 0));
      sections.forEach((section, i) => {
        for (let left = held[i], passage = 0; left > 0; left--) {
          passage += gap.number();
          put(places, section, passage, STRENGTH[strength.digit()], words.digit());
        }
      });
      postings[number].places = places;
    }
  }

  /** Unpacks the places of all terms from passages, each the numbers of its terms. */
  function unpackPassages(group, { passages, lengths, strengths, terms: packed }) {
    const read = new Unpacker(packed);
    const held = [];
    const counted = new Int32Array(group.length + 1); // the last for words without a place
    while (read.at < packed.length) {
      const term = read.number();
      held.push(term);
      counted[term]++;
    }
    const all = Array.from(counted, room);
    const [count, length] = [new Unpacker(passages), new Unpacker(lengths)];
    const strength = new Unpacker(strengths);
    for (let section = 0, at = 0; section < head.sections; section++) {
      const end = count.number();
      for (let passage = 0; passage < end; passage++) {
        const worth = STRENGTH[strength.digit()];
        const words = length.number();
        for (let before = 0; before < words; before++) {
          put(all[held[at++]], section, passage, worth, Math.min(before, TOP));
        }
      }
    }
    group.forEach((number, i) => (postings[number].places = all[i]));
  }

  /** Whether the places of some terms in passages are there. */
  const havePlaces = (some) => some.every(({ places }) => places);

  /** Waits for the places of some terms in passages. */
  async function addPlaces(some) {
    const missing = new Set(some.filter(({ places }) => !places).map(({ group }) => group));
    await Promise.all(
      Array.from(missing, async (group) => {
        const piece = await handbook.piece(`q${group}`);
        if (postings[groups[group][0]].places) return; // another question has brought them
        (piece.lengths ? unpackPassages : unpackPlaces)(groups[group], piece);
      }),
    );
  }

  /** Calls back with each place of a term in a section: passage, its strength, words before. */
  function eachPlace({ places }, section, call) {
    if (!places) return;
    const { sections, passages, strengths, before } = places;
    for (let i = lowest(sections, section); sections[i] === section; i++) {
      call(passages[i], strengths[i], before[i]);
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

  const spelled = unpackWords(head.spelled);
  return { lowest, words, common, spelled, postingsOf, havePlaces, addPlaces, eachPlace, halves, recordOf };
};
