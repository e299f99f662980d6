/**
 * How the words of a question stand together in a section: in one passage, and side by side.
 *
 * A passage is a heading, a phrasing or a sentence (handbook/search/index.py).
 */
"use strict";

handbook.passages = (reader, weights, rarityOf) => {
  /** Where each word of the question stands in a section, by passage: [value, strength, before]. */
  function placesIn(section, asked) {
    return asked.map(({ options, rarity }) => {
      const places = new Map();
      for (const { weight, postings } of options) {
        reader.eachPlace(postings, section, (passage, strength, before) => {
          const value = rarity * weight;
          if (!(places.get(passage)?.[0] >= value)) places.set(passage, [value, strength, before]);
        });
      }
      return places;
    });
  }

  /**
   * The best of the passages of a section that hold at least so many of the words:
   * [worth, number, share of the question that it holds]. `whole` is what all its words are worth.
   */
  function best(words, whole, least, first = 0, last = Infinity) {
    const matched = new Map();
    for (const places of words) {
      for (const [passage, [value, strength]] of places) {
        if (passage < first || passage > last) continue;
        const [sum, , count] = matched.get(passage) ?? [0, 0, 0];
        matched.set(passage, [sum + value, strength, count + 1]);
      }
    }
    let found = [0, -1, 0];
    for (const [passage, [value, strength, count]] of matched) {
      const share = value / whole;
      const worth = count < least ? 0 : strength * value * share ** weights.recall;
      if (worth > found[0]) found = [worth, passage, share];
    }
    return found;
  }

  /** The pairs of a question: [place of one word among the known, of the other, how far apart]. */
  function pairsOf(typed, known) {
    const pairs = new Map();
    const at = typed.map((word) => known.findIndex((each) => each.word === word));
    for (const apart of [1, 2]) {
      for (let i = apart; i < at.length; i++) {
        const pair = [at[i - apart], at[i], apart];
        if (pair[0] >= 0 && pair[1] >= 0 && pair[0] !== pair[1]) pairs.set(pair.join(), pair);
      }
    }
    return [...pairs.values()];
  }

  /** Add to each candidate what the pairs are worth that it holds, rare ones more. */
  function addPairs(found, pairs, total) {
    for (const [one, other, apart] of pairs) {
      const held = found.map(({ words }) => {
        let count = 0;
        for (const [passage, [, , before]] of words[one]) {
          if (words[other].get(passage)?.[2] === before + apart) count++;
        }
        return count;
      });
      const holding = held.filter(Boolean).length;
      // Of the sections that are no candidates it is not known: they may hold it as often.
      const rarity = rarityOf((holding * total) / found.length);
      const worth = rarity * (apart === 1 ? weights.neighbours : weights.near);
      found.forEach((each, i) => {
        if (held[i]) each.score += (worth * held[i]) / (held[i] + reader.halves[each.section]);
      });
    }
  }

  return { placesIn, best, pairsOf, addPairs };
};
