/**
 * Finds the words that speak of fear or harm; handbook/search/alert.py says what a pattern is.
 */
"use strict";

handbook.alert = (groups) => {
  /** The places of a pattern's words among terms, few others between; null if not there. */
  function places(terms, pattern, others, at = 0, from = 0) {
    if (at === pattern.length) return [];
    const end = at ? Math.min(terms.length, from + others + 1) : terms.length;
    for (let i = from; i < end; i++) {
      const rest = pattern[at].includes(terms[i]) && places(terms, pattern, others, at + 1, i + 1);
      if (rest) return [i, ...rest];
    }
    return null;
  }

  /** The sections that a question must bring first. */
  return (terms) =>
    groups
      .filter(({ match, exempt }) => {
        const left = [...terms];
        for (const pattern of exempt) {
          for (const place of places(left, pattern, 1) ?? []) left[place] = "";
        }
        return match.some((pattern) => places(left, pattern, 2));
      })
      .map(({ section }) => section);
};
