/**
 * Weighs how much a question speaks of danger; the twin of handbook/search/listener.py, which
 * says what is weighed, and of network.py.
 */
"use strict";

handbook.listener = (table, signsOf) => {
  const LONGEST = 25;
  const ON = 8; // words from one stretch to the next
  const SHORT = 5;
  const BITS = 18;
  const STEP = 6;
  const DOUBLED = 10;
  const CODES = 64;
  const PART = 4;
  const LEAST = -15;
  const FILTER = 5;
  const GROUPS = ["abuse", "despair", "hurting"];
  const { VALUE, Unpacker } = handbook.digits;

  /** What some buckets hold, which lie in this order. */
  function held(gaps, valueOf) {
    const found = new Map();
    const from = new Unpacker(gaps);
    for (let at = 0; from.at < gaps.length; ) found.set((at += from.number()), valueOf(found.size));
    return found;
  }

  const { words, digits, filters, bias, share } = table.network;
  const numbers = (packed) => Array.from(packed, (digit) => VALUE[digit.charCodeAt(0)] + LEAST);
  const [parts, row, ...columns] = digits.map(numbers);
  const codesOf = held(words, (at) => columns.map((column, part) => part * CODES + column[at]));

  // Kinds of words, and what weighs: first those of danger, the others come later (listener.py).
  const kindsOf = (kinds) =>
    kinds.split("\n").flatMap((line) => line.split(" ").map((term, _, [kind]) => [term, kind]));
  const grave = new Map(kindsOf(table.kinds));
  let kindOf = grave;
  let weights = new Map();

  /** Takes in the weights. */
  function learn(more) {
    const all = numbers(more.weights);
    weights = held(more.gaps, (at) => all[at]);
    kindOf = new Map([...grave, ...kindsOf(more.kinds)]);
  }

  /** The number under which a feature is weighed. */
  function bucket(feature) {
    let sum = 0x811c9dc5;
    for (const letter of feature) sum = Math.imul(sum ^ letter.codePointAt(0), 0x01000193);
    return (sum ^ (sum >>> BITS)) & ((1 << BITS) - 1);
  }

  /** What the features of a stretch weigh, each once. */
  function weighed(terms) {
    const some = terms.map((term) => kindOf.get(term) ?? term);
    const pairs = (row, apart) => row.slice(apart).map((second, i) => `${row[i]} ${second}`);
    const near = [...pairs(some, 1), ...pairs(some, 2), ...pairs(terms, 1)];
    const features = [...terms, ...some, `^${terms.slice(0, 1)}`, ...near, ...signsOf(terms)];
    let sum = 0;
    for (const at of new Set(features.map(bucket))) sum += weights.get(at) ?? 0;
    return (sum * STEP) / Math.sqrt(terms.length + SHORT);
  }

  /** What each filter says of a word, at each place in a row; nothing where none knows it. */
  function replyTo(term) {
    const codes = codesOf.get(bucket(term));
    if (!codes || codes.said) return codes?.said;
    const vector = codes.flatMap((code) => parts.slice(code * PART, (code + 1) * PART));
    const said = (_, i) => vector.reduce((sum, number, j) => sum + number * row[i * vector.length + j], 0);
    // Kept, for a story is heard again at every key.
    return (codes.said = Array.from({ length: FILTER * filters.length }, said));
  }

  /** The weight of a stretch, and its group: each filter counts where a row of words fits it best. */
  function weigh(terms) {
    const said = terms.map(replyTo);
    const [sum, ...others] = filters.reduce((sums, [least, ...worths], filter) => {
      let best = 0;
      for (let start = 1 - FILTER; start < said.length; start++) {
        let sum = least;
        for (let i = 0; i < FILTER; i++) sum += said[start + i]?.[i * filters.length + filter] ?? 0;
        best = Math.max(best, sum);
      }
      return sums.map((sum, i) => sum + best * worths[i]);
    }, bias);
    const group = GROUPS[[0, ...others].indexOf(Math.max(0, ...others))];
    return { weight: sum / share + weighed(terms), group };
  }

  /** The gravest stretch of a question: its weight, also with patience, and the group it speaks of. */
  function heard(terms) {
    const stretches = [];
    let at = 0;
    do stretches.push(terms.slice(at, at + LONGEST));
    while ((at += ON) < terms.length - LONGEST + ON);
    const [gravest] = stretches.map(weigh).sort((a, b) => b.weight - a.weight);
    return { ...gravest, patient: gravest.weight - DOUBLED * Math.log2(Math.max(1, terms.length / LONGEST)) };
  }

  return {
    heard,
    learn,
    /** Whether a word is of danger, so that no slip may become one lightly. */
    isGrave: (term) => grave.has(term),
  };
};
