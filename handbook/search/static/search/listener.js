/**
 * Weighs how much a question speaks of danger; the twin of handbook/search/listener.py, which
 * says what is weighed.
 */
"use strict";

handbook.listener = (kinds, table, groupsOf) => {
  const STRETCHES = [[10, 4], [25, 8]]; // length, and from one to the next
  const SHORT = 5;
  const DOUBLED = 8;
  const [LONGEST] = STRETCHES[STRETCHES.length - 1];
  const GROUPS = ["abuse", "despair", "hurting"];

  const kindOf = new Map();
  for (const [kind, terms] of Object.entries(kinds)) for (const term of terms.split(" ")) kindOf.set(term, kind);

  /** What is packed as "feature numbers feature numbers", as a map. */
  function unpacked(text) {
    const found = new Map();
    const parts = text.split(" ");
    for (let i = 0; i + 1 < parts.length; i += 2) found.set(parts[i], parts[i + 1].split(",").map(Number));
    return found;
  }

  const words = unpacked(table.words);
  const pairs = new Map(Object.entries(table.pairs).map(([first, seconds]) => [first, unpacked(seconds)]));

  /** The weights of what a stretch holds, each once. */
  function* weightsOf(terms, groups) {
    const some = terms.map((term) => kindOf.get(term) ?? term);
    for (const one of new Set([...terms, ...some, ...groups.map((group) => `${group}!`)])) {
      if (words.has(one)) yield words.get(one);
    }
    const met = new Map();
    const meet = (row, apart) => row.slice(apart).forEach((second, i) => met.set(`${row[i]} ${second}`, [row[i], second]));
    meet(some, 1);
    meet(some, 2);
    meet(terms, 1);
    for (const [first, second] of met.values()) {
      const weights = pairs.get(first)?.get(second);
      if (weights) yield weights;
    }
  }

  function weigh(terms) {
    const sums = table.bias.map(() => 0);
    for (const weights of weightsOf(terms, groupsOf(terms))) weights.forEach((weight, i) => (sums[i] += weight));
    const scale = 1 / Math.sqrt(terms.length + SHORT);
    const [weight, ...others] = sums.map((sum, i) => table.bias[i] + scale * sum);
    const most = Math.max(...others);
    return { weight, group: GROUPS[most > 0 ? 1 + others.indexOf(most) : 0] };
  }

  /** The stretches of a question that are heard each for itself. */
  function* stretches(terms) {
    let shortest = -1;
    for (const [length, step] of STRETCHES) {
      for (let start = 0; terms.length > shortest && (!start || start < terms.length - length + step); start += step) {
        yield terms.slice(start, start + length);
      }
      shortest = length;
    }
  }

  /** The gravest stretch of a question: its weight, also with patience, and the group it speaks of. */
  function heard(terms) {
    const gravest = Array.from(stretches(terms), weigh).reduce((most, one) => (one.weight > most.weight ? one : most));
    return { ...gravest, patient: gravest.weight - DOUBLED * Math.log2(Math.max(1, terms.length / LONGEST)) };
  }

  /** Whether a word is of danger, so that no slip may become one lightly. */
  const isGrave = (term) => table.grave.includes(kindOf.get(term));

  return { heard, isGrave };
};
