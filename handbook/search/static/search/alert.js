/**
 * How sure it is that a question speaks of fear or harm, and of what: by a list of patterns and by
 * a model. handbook/search/alert.py says what a pattern is, handbook/search/listener.py the rest.
 */
"use strict";

handbook.alert = (packed, table) => {
  if (!packed.length) return { heard: () => ({ alarm: null, urgent: [] }), isGrave: () => false };

  const BETWEEN = 2; // other words between two of a pattern
  const BETWEEN_EXEMPT = 1; // and of an exception

  /** Patterns, each the alternatives of its words. */
  const patterns = (text) =>
    text ? text.split("\n").map((line) => line.split(" ").map((place) => place.split("/"))) : [];
  const groups = packed.map(({ match, hint, exempt, ...group }) => ({
    ...group,
    match: patterns(match),
    hint: patterns(hint),
    exempt: patterns(exempt),
  }));

  /** Where the words of a pattern stand after its first, the nearest; nothing if they do not. */
  function after(terms, pattern, others, at, start) {
    if (!pattern[at]) return [];
    for (let i = start; i <= start + others; i++) {
      const rest = pattern[at].includes(terms[i]) && after(terms, pattern, others, at + 1, i + 1);
      if (rest) return [i, ...rest];
    }
    return null;
  }

  /** Where a pattern's words stand: for each beginning the nearest. */
  const places = (terms, pattern, others) =>
    terms.flatMap((term, i) => {
      const rest = pattern[0].includes(term) && after(terms, pattern, others, 1, i + 1);
      return rest ? [i, ...rest] : [];
    });

  /** The signs of what stands among the terms; alert.py says them. */
  const signs = (terms) =>
    groups.flatMap(({ group, match, hint, exempt }) => {
      const left = [...terms];
      for (const pattern of exempt) for (const i of places(left, pattern, BETWEEN_EXEMPT)) left[i] = "";
      const stands = (some) => some.some((pattern) => places(left, pattern, BETWEEN).length);
      const held = [left.includes("") && "-", stands(match) && "!", stands(hint) && "?"];
      return held.filter(Boolean).map((sign) => group + sign);
    });

  const listener = handbook.listener(table, signs);
  let { levels } = table;

  /** Takes in what comes later (listener.py, `later`). */
  function learn(more) {
    if (levels !== more.levels) listener.learn(more);
    ({ levels } = more);
  }

  /**
   * The alarm of a question ("sure", "perhaps" or null), the sections that must come first, and
   * what the model made of it.
   */
  function heard(terms) {
    const held = signs(terms);
    const bearing = (sign) => groups.filter(({ group }) => held.includes(group + sign));
    const found = bearing("!");
    const some = found.length ? found : bearing("?");
    const because = listener.heard(terms);
    const { patient } = because;
    const lenient = (3 * because.weight - patient) / 2; // listener.py, `level`
    const meant = groups.filter(({ group }) => patient >= levels.sure && group === because.group);
    if (meant.length || (some.length && lenient >= (found.length ? levels.harmless : levels.hinted))) {
      return { alarm: "sure", urgent: [...new Set([...some, ...meant].map(({ section }) => section))], because };
    }
    const doubt = found.length || patient >= levels.perhaps || (some.length && lenient >= levels.harmless);
    return { alarm: doubt ? "perhaps" : null, urgent: [], because };
  }

  return { signs, heard, learn, isGrave: listener.isGrave };
};
