/**
 * Reads the index: what handbook/search/store.py packs, this unpacks, piece by piece.
 *
 * Pieces are asked for by their names, handbook.piece(name), which loads what is not there yet. Of
 * a small index all is there from the beginning but the places in passages and the bodies.
 */
"use strict";

handbook.reader = (head) => {
  const { VALUE, TOP, Unpacker } = handbook.digits;
  const IMPACTS = 64; // as in packed/digits.py
  const AT_ONCE = 6; // files that a browser asks a server for at the same time (HTTP/1.1)

  /** The first place in a sorted list, or in a part of it, that is not below a value. */
  function lowest(list, value, low = 0, high = list.length) {
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Words, sorted, from what each shares with the one before and the rest of each, up to its mark. */
  function unpackWords({ shared, rests }) {
    let word = "";
    return rests.split(/[A-Z]+/, shared.length).map((rest, i) => {
      word = word.slice(0, VALUE[shared.charCodeAt(i)]) + rest;
      return word;
    });
  }

  const [weakest, strongest] = head.strengths;
  const STRENGTH = Float32Array.from(
    { length: TOP + 1 },
    (_, step) => weakest * (strongest / weakest) ** (step / TOP),
  );

  // The handbook's words, each with how common it is, and others that are spelled right; sorted.
  const [words, common, spelled] = [[], [], []];
  const termOf = new Map(); // by word
  const terms = new Map(); // numbers by term
  const level = []; // by the number of the term (packed/digits.py, `level`)

  // Terms that begin alike share a piece, the commonest first; `places` once they are wanted.
  const beginnings = unpackWords(head.beginnings);
  const groups = beginnings.map((_, number) => ({ number, terms: [], postings: null, places: null }));
  const groupOf = []; // by the number of the term
  const placeOf = []; // in its group

  /** The group of a term: the last that does not begin above it. */
  function groupFor(term) {
    const place = lowest(beginnings, term);
    return groups[beginnings[place] === term ? place : Math.max(0, place - 1)];
  }

  /** Puts a value where a word belongs, mostly at the end. */
  const put = (list, place, value) =>
    place === list.length ? list.push(value) : list.splice(place, 0, value);
  const placeFor = (list, word) =>
    list[list.length - 1] > word ? lowest(list, word) : list.length;

  /** Takes in the words that come with the head, or with the postings of a group. */
  function addWords(packed) {
    const from = new Unpacker(packed.levels);
    const marks = packed.rests.match(/[A-Z]+/g);
    const fresh = [];
    unpackWords(packed).forEach((word, i) => {
      const ending = head.endings[marks[i]];
      if (!ending) return put(spelled, placeFor(spelled, word), word);
      const [less, more] = ending;
      const term = word.slice(0, word.length - less) + more;
      termOf.set(word, term);
      let number = terms.get(term);
      if (number === undefined) {
        number = level.push(from.digit()) - 1;
        terms.set(term, number);
        if (level[number]) fresh.push([term, number]); // else in no section
      }
      const place = placeFor(words, word);
      put(words, place, word);
      put(common, place, level[number] / 40); // of two million sections
    });
    fresh.sort(([, a], [, b]) => level[b] - level[a]);
    for (const [term, number] of fresh) {
      groupOf[number] = groupFor(term);
      placeOf[number] = groupOf[number].terms.push(number) - 1;
    }
  }
  addWords(head.vocabulary);

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
    const gap = new Unpacker(gaps);
    const worth = [impacts].flat().map((packed) => new Unpacker(packed)); // of all, or by section
    const found = { starts, sections: new Int32Array(count), impacts: new Float32Array(count) };
    for (let i = 0, at = 0, section = 0; i < count; i++) {
      if (i === starts[at]) [at, section] = [at + 1, 0];
      found.sections[i] = section += gap.number();
      found.impacts[i] = ((worth[section] ?? worth[0]).digit() / IMPACTS) ** 2;
    }
    return found;
  }

  /** A piece that is waited for, or only taken where it is there. */
  const pieceOf = (name, waited) => (waited ? handbook.piece(name) : handbook.given(name));

  const asked = new Map(); // postings by the number of the term: `passages` keeps what it finds in them

  /**
   * The postings of a term, or null; the same ones every time. With them come the words that begin
   * like it and that the head leaves out: until then nobody knows whether it is one.
   */
  async function postingsOf(term) {
    if (level[terms.get(term)] === 0) return null;
    const group = groupFor(term);
    if (!group.postings) {
      const piece = await handbook.piece(`p${group.number}`);
      // Or another word has brought it.
      if (!group.postings && piece.words) addWords(piece.words);
      group.postings ??= unpackPostings(group, piece);
    }
    const number = terms.get(term);
    if (groupOf[number] === undefined) return null;
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

  /** How many passages with a pair of words make half of its worth, by section (index.py, `halves`). */
  const halves = new Float32Array(head.sections);
  const TENTHS = 10; // as in packed/digits.py
  let sized = false; // whether they are there

  function unpackHalves(packed) {
    const from = new Unpacker(packed);
    for (let i = 0; i < halves.length; i++) halves[i] = from.number() / TENTHS;
    sized = true;
  }

  /**
   * Adds the places of some terms, and the halves, where they are there, or waits for them; whether
   * nothing is missing.
   */
  async function addPlaces(some, waited) {
    const missing = new Set(some.map(({ group }) => group).filter((group) => !group.places));
    const come = async (name, unpack) => {
      const piece = await pieceOf(name, waited);
      if (piece) unpack(piece);
    };
    await Promise.all([
      ...Array.from(missing, (group) =>
        come(`q${group.number}`, (piece) => {
          group.places ??= (piece.lengths ? unpackPassages : unpackPlaces)(group, piece);
        }),
      ),
      some.length && !sized ? come("l0", unpackHalves) : null,
    ]);
    return some.every(({ group }) => sized && group.places);
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

  /**
   * A section as it is shown (store.py, `record`); without its body where that is not there yet,
   * unless it shall be waited for.
   */
  async function recordOf(section, waited) {
    const place = section % head.run;
    const run = runOf(section);
    const record = (await handbook.piece("t" + run))[place];
    const bodies = await pieceOf("b" + run, waited);
    return { record, body: bodies?.[place] };
  }

  const runOf = (section) => Math.floor(section / head.run);

  /** The first of what was found, so many as are there or come at once. */
  function atOnce(found) {
    const coming = new Set();
    return found.filter(({ section }) => {
      const run = runOf(section);
      if (!handbook.given("t" + run)) coming.add(run);
      return coming.size <= AT_ONCE;
    });
  }

  return {
    lowest,
    words,
    common,
    termOf,
    spelled,
    postingsOf,
    pieceOf,
    addPlaces,
    eachPlace,
    halves,
    recordOf,
    atOnce,
  };
};
