/**
 * Weighs how much a question speaks of danger; the twin of handbook/search/listener.py, which
 * says what is weighed.
 */
"use strict";

handbook.listener = (kinds, table, signsOf) => {
  const LONGEST = 25;
  const STRETCHES = [[10, 4], [LONGEST, 8]]; // length, and from one to the next
  const SHORT = 5;
  const BITS = 17;
  const STEP = 10;
  const DOUBLED = 8;
  const GROUPS = ["abuse", "despair", "hurting"];

  const kindOf = new Map();
  for (const kind in kinds) for (const term of kinds[kind].split(" ")) kindOf.set(term, kind);

  /** The weights of each bucket, one column for danger and one for each group but the first. */
  const columns = table.bias.map(() => new Int8Array(1 << BITS));
  const gaps = new handbook.digits.Unpacker(table.gaps);
  const weights = new handbook.digits.Unpacker(table.weights);
  for (let at = 0; gaps.at < table.gaps.length; ) {
    at += gaps.number();
    const held = table.common[weights.number()];
    columns.forEach((column, i) => (column[at] = held[i]));
  }

  /** The number under which a feature is weighed. */
  function bucket(feature) {
    let sum = 0x811c9dc5;
    for (const letter of feature) sum = Math.imul(sum ^ letter.codePointAt(0), 0x01000193);
    return (sum ^ (sum >>> BITS)) & ((1 << BITS) - 1);
  }

  /** What a stretch holds, each once. */
  function bucketsOf(terms) {
    const some = terms.map((term) => kindOf.get(term) ?? term);
    const pairs = (row, apart) => row.slice(apart).map((second, i) => `${row[i]} ${second}`);
    const held = [...pairs(some, 1), ...pairs(some, 2), ...pairs(terms, 1), ...signsOf(terms)];
    return [...new Set([...terms, ...some, `^${terms.slice(0, 1)}`, ...held].map(bucket))];
  }

  function weigh(terms) {
    const held = bucketsOf(terms);
    const scale = 1 / Math.sqrt(terms.length + SHORT);
    const [weight, ...sums] = columns.map(
      (column, i) => table.bias[i] + scale * STEP * held.reduce((sum, at) => sum + column[at], 0),
    );
    return { weight, group: GROUPS[[0, ...sums].indexOf(Math.max(0, ...sums))] };
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
