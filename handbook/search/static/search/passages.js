/**
 * How the words of a question stand together in a section: in one passage, and side by side.
 *
 * A passage is a heading, a phrasing or a sentence (handbook/search/index.py).
 */
"use strict";

handbook.passages = (reader, weights, rarityOf) => {
  const NOWHERE = { values: [], passages: [], strengths: [], befores: [] };
  const unpacked = new WeakMap(); // by postings, then by section: a question is asked at every key

  /** Where a term stands in a section: its passages in their order, their strengths, words before. */
  function placesOf(postings, section) {
    if (!unpacked.has(postings)) unpacked.set(postings, new Map());
    const kept = unpacked.get(postings);
    if (!kept.has(section)) {
      const rows = { passages: [], strengths: [], befores: [] };
      reader.eachPlace(postings, section, (passage, strength, before) => {
        rows.passages.push(passage);
        rows.strengths.push(strength);
        rows.befores.push(before);
      });
      kept.set(section, rows.passages.length ? rows : NOWHERE);
    }
    return kept.get(section);
  }

  /** Where each word of the question stands in a section, and what it is worth in each passage. */
  function placesIn(section, asked) {
    return asked.map(({ options, rarity }) => {
      const there = options
        .map(({ weight, postings }) => [rarity * weight, placesOf(postings, section)])
        .filter(([, { passages }]) => passages.length);
      if (there.length > 1) return merged(there);
      return there.length ? { ...there[0][1], value: there[0][0] } : NOWHERE;
    });
  }

  /** The places of several terms as those of one: in each passage the one that is worth most. */
  function merged(some) {
    const rows = { values: [], passages: [], strengths: [], befores: [] };
    const all = some.flatMap(([value, { passages, strengths, befores }]) =>
      passages.map((passage, i) => [passage, value, strengths[i], befores[i]]),
    );
    all.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    for (const [passage, value, strength, before] of all) {
      if (rows.passages[rows.passages.length - 1] === passage) continue;
      rows.passages.push(passage);
      rows.values.push(value);
      rows.strengths.push(strength);
      rows.befores.push(before);
    }
    return rows;
  }

  // By passage, all 0 but while `best` adds up.
  let sums = new Float64Array(0);
  let counts = new Uint16Array(0);

  /**
   * The best of the passages of a section that hold at least so many of a clause's words:
   * [worth, number, share of the clause that it holds].
   */
  function best(words, { places, all }, least, first = 0, last = Infinity) {
    const met = [];
    for (const place of places) {
      const { passages } = words[place];
      const most = passages[passages.length - 1] ?? 0;
      if (most < sums.length) continue;
      sums = new Float64Array(2 * most + 1);
      counts = new Uint16Array(2 * most + 1);
    }
    for (const place of places) {
      const { passages, strengths, values, value } = words[place];
      for (let i = 0; i < passages.length; i++) {
        const passage = passages[i];
        if (passage < first || passage > last) continue;
        if (counts[passage]++ === 0) met.push([passage, strengths[i]]);
        sums[passage] += value ?? values[i];
      }
    }
    let found = [0, -1, 0];
    for (const [passage, strength] of met) {
      const share = sums[passage] / all;
      const worth = counts[passage] < least ? 0 : strength * sums[passage] * share ** weights.recall;
      if (worth > found[0]) found = [worth, passage, share];
      sums[passage] = counts[passage] = 0;
    }
    return found;
  }

  /** The pairs of a clause: [place of one word among the known, of the other, how far apart]. */
  function pairsOf({ typed, places }, known) {
    const pairs = new Map();
    const numbers = new Map(places.map((place) => [known[place].word, place]));
    const at = typed.map((word) => numbers.get(word) ?? -1);
    for (const apart of [1, 2]) {
      for (let i = apart; i < at.length; i++) {
        const pair = [at[i - apart], at[i], apart];
        if (pair[0] >= 0 && pair[1] >= 0 && pair[0] !== pair[1]) pairs.set(pair.join(), pair);
      }
    }
    return [...pairs.values()];
  }

  /** How many passages hold a word and, so far behind it, another. */
  function countOf(one, other, apart) {
    let count = 0;
    for (let i = 0, j = 0; i < one.passages.length && j < other.passages.length; ) {
      if (one.passages[i] < other.passages[j]) i++;
      else if (one.passages[i] > other.passages[j]) j++;
      else if (other.befores[j++] === one.befores[i++] + apart) count++;
    }
    return count;
  }

  /** Add to the score of each candidate what the pairs are worth that it holds, rare ones more. */
  function addPairs(scores, found, pairs, total) {
    for (const [one, other, apart] of pairs) {
      const held = found.map(({ words }) => countOf(words[one], words[other], apart));
      const holding = held.filter(Boolean).length;
      // Of the sections that are no candidates it is not known: they may hold it as often.
      const rarity = rarityOf((holding * total) / found.length);
      const worth = rarity * (apart === 1 ? weights.neighbours : weights.near);
      found.forEach(({ section }, i) => {
        if (held[i]) scores[i] += (worth * held[i]) / (held[i] + reader.halves[section]);
      });
    }
  }

  return { placesIn, best, pairsOf, addPairs };
};
