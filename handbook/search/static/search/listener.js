/**
 * Weighs how much a question speaks of danger; the twin of handbook/search/listener.py, which
 * says what is weighed.
 */
"use strict";

handbook.listener = (kinds, table, groupsOf) => {
  const [STRETCH, STEP, SHORT] = [25, 8, 5];
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

  /** The gravest stretch of a question: its weight, and the group that it speaks of. */
  function heard(terms) {
    let gravest = null;
    for (let start = 0; !gravest || start < terms.length - STRETCH + STEP; start += STEP) {
      const one = weigh(terms.slice(start, start + STRETCH));
      if (!gravest || one.weight > gravest.weight) gravest = one;
    }
    return gravest;
  }

  /** Whether a term speaks of danger by itself. */
  const isGrave = (term) => (words.get(term)?.[0] ?? 0) + (words.get(kindOf.get(term))?.[0] ?? 0) >= table.grave;

  return { heard, isGrave };
};
