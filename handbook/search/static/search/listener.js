/**
 * Weighs how much a question speaks of danger; the twin of handbook/search/listener.py, which
 * says what is weighed.
 */
"use strict";

handbook.listener = (table, signsOf) => {
  const LONGEST = 25;
  const STRETCHES = [[10, 4], [LONGEST, 8]]; // length, and from one to the next
  const WINDOWS = [[40, 20]];
  const SHORT = 5;
  const BITS = 17;
  const STEP = 10;
  const DOUBLED = 10;
  const VECTOR = 3;
  const FILTER = 5;
  const GROUPS = ["abuse", "despair", "hurting"];
  const { Unpacker } = handbook.digits;

  /** What some buckets hold, in their order. */
  function held(gaps, next) {
    const found = new Map();
    const from = new Unpacker(gaps);
    for (let at = 0; from.at < gaps.length; ) found.set((at += from.number()), next());
    return found;
  }

  // For each bucket the weight for danger, and one for each group but the first; for a word a vector.
  const common = new Unpacker(table.weights);
  const weights = held(table.gaps, () => table.common[common.number()]);
  const { words, least, filters, share, ...network } = table.network;
  const columns = network.vectors.map((packed) => new Unpacker(packed));
  const vectors = held(words, () => columns.map((column) => column.number() + least));
  const kindOf = new Map();
  for (const kind in table.kinds) for (const term of table.kinds[kind].split(" ")) kindOf.set(term, kind);

  /** The number under which a feature is weighed. */
  function bucket(feature) {
    let sum = 0x811c9dc5;
    for (const letter of feature) sum = Math.imul(sum ^ letter.codePointAt(0), 0x01000193);
    return (sum ^ (sum >>> BITS)) & ((1 << BITS) - 1);
  }

  /** The weights of what a stretch holds, each once. */
  function weightsOf(terms) {
    const some = terms.map((term) => kindOf.get(term) ?? term);
    const pairs = (row, apart) => row.slice(apart).map((second, i) => `${row[i]} ${second}`);
    const near = [...pairs(some, 1), ...pairs(some, 2), ...pairs(terms, 1)];
    const features = [...terms, ...some, `^${terms.slice(0, 1)}`, ...near, ...signsOf(terms)];
    return [...new Set(features.map(bucket))].flatMap((at) => (weights.has(at) ? [weights.get(at)] : []));
  }

  /** What the filters count, each where a row of words fits it best (network.py). */
  function counted(terms) {
    const nothing = Array(VECTOR).fill(0);
    const apart = Array((FILTER - 1) * VECTOR).fill(0);
    const numbers = [...apart, ...terms.flatMap((term) => vectors.get(bucket(term)) ?? nothing), ...apart];
    let whole = 0;
    for (const [worth, start, ...row] of filters) {
      let best = 0;
      for (let at = 0; at + row.length <= numbers.length; at += VECTOR) {
        let sum = start;
        for (let i = 0; i < row.length; i++) sum += row[i] * numbers[at + i];
        if (sum > best) best = sum;
      }
      whole += worth * best;
    }
    return whole / share;
  }

  function weigh(terms) {
    const found = weightsOf(terms);
    const scale = 1 / Math.sqrt(terms.length + SHORT);
    const [weight, ...sums] = table.bias.map(
      (bias, place) => bias + scale * STEP * found.reduce((sum, some) => sum + some[place], 0),
    );
    return { weight, group: GROUPS[[0, ...sums].indexOf(Math.max(0, ...sums))] };
  }

  /** The stretches of a question that are heard each for itself. */
  function* stretches(terms, lengths) {
    let shortest = -1;
    for (const [length, step] of lengths) {
      for (let start = 0; terms.length > shortest && (!start || start < terms.length - length + step); start += step) {
        yield terms.slice(start, start + length);
      }
      shortest = length;
    }
  }

  /** The gravest stretch of a question: its weight, also with patience, and the group it speaks of. */
  function heard(terms) {
    const [gravest] = Array.from(stretches(terms, STRETCHES), weigh).sort((a, b) => b.weight - a.weight);
    const weight = gravest.weight + Math.max(...Array.from(stretches(terms, WINDOWS), counted));
    return { ...gravest, weight, patient: weight - DOUBLED * Math.log2(Math.max(1, terms.length / LONGEST)) };
  }

  /** Whether a word is of danger, so that no slip may become one lightly. */
  const isGrave = (term) => table.grave.includes(kindOf.get(term));

  return { heard, isGrave };
};
