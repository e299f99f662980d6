/**
 * How sure it is that a question speaks of fear or harm, and of what: by a list of patterns and by
 * a model. handbook/search/alert.py says what a pattern is, handbook/search/listener.py the rest.
 */
"use strict";

handbook.alert = (groups, kinds, table) => {
  if (!groups.length) return { heard: () => ({ alarm: null, urgent: [] }), isGrave: () => false };

  const BETWEEN = 2; // other words between two of a pattern
  const BETWEEN_EXEMPT = 1; // and of an exception

  /** Where the words of a pattern stand after its first, the nearest; null if they do not. */
  function after(terms, pattern, others, at, start) {
    if (at === pattern.length) return [];
    for (let i = start; i < Math.min(terms.length, start + others + 1); i++) {
      const rest = pattern[at].includes(terms[i]) && after(terms, pattern, others, at + 1, i + 1);
      if (rest) return [i, ...rest];
    }
    return null;
  }

  /** Where a pattern's words stand: for each beginning the nearest. */
  function places(terms, pattern, others) {
    const found = [];
    terms.forEach((term, i) => {
      const rest = pattern[0].includes(term) && after(terms, pattern, others, 1, i + 1);
      if (rest) found.push([i, ...rest]);
    });
    return found;
  }

  /** The signs of what stands among the terms, each with its group; alert.py says them. */
  const signs = (terms) =>
    groups.flatMap((of) => {
      const left = [...terms];
      for (const pattern of of.exempt) for (const i of places(left, pattern, BETWEEN_EXEMPT).flat()) left[i] = "";
      const stands = (some) => some.some((pattern) => places(left, pattern, BETWEEN).length);
      const all = [[left.includes(""), "-"], [stands(of.match), "!"], [stands(of.hint), "?"]];
      return all.flatMap(([is, sign]) => (is ? [[of.group + sign, of]] : []));
    });

  /** The groups with a pattern that stands among the terms. */
  const standing = (terms) => signs(terms).flatMap(([sign, of]) => (sign.endsWith("!") ? [of] : []));

  const listener = handbook.listener(kinds, table, (terms) => signs(terms).map(([sign]) => sign));

  /**
   * The alarm of a question ("sure", "perhaps" or null), the sections that must come first, and
   * what the model made of it.
   */
  function heard(terms) {
    const held = signs(terms);
    const of = (mark) => held.flatMap(([sign, group]) => (sign.endsWith(mark) ? [group] : []));
    const found = of("!");
    const some = found.length ? found : of("?");
    const because = listener.heard(terms);
    const { weight, patient } = because;
    const lenient = (3 * weight - patient) / 2; // listener.py, `level`
    const meant = groups.filter(({ group }) => group === because.group && patient >= table.sure);
    if (meant.length || (some.length && lenient >= (found.length ? table.harmless : table.hinted))) {
      return { alarm: "sure", urgent: [...new Set([...some, ...meant].map(({ section }) => section))], because };
    }
    const doubt = found.length || patient >= table.perhaps || (some.length && lenient >= table.harmless);
    return { alarm: doubt ? "perhaps" : null, urgent: [], because };
  }

  return { standing, heard, isGrave: listener.isGrave };
};
