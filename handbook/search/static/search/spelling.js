/**
 * The words that may be meant by one that is unfinished or misspelled.
 *
 * Edits are counted as Damerau and Levenshtein do, a swap of neighbours as one. Only a word that
 * is not known is corrected, and the reader is told.
 */
"use strict";

handbook.spelling = ({ words, common, spelled, lowest }) => {
  const CORRECTIONS = 3; // the nearest
  const LONGEST = 40; // letters; longer ones are no words

  const isIn = (list, word) => list[lowest(list, word)] === word;
  /** Whether a word is spelled right: one of the handbook's, or of the language's common ones. */
  const isKnown = (word) => isIn(words, word) || isIn(spelled, word);

  /** The letters of a word as bits: one edit changes two of them at most. */
  function lettersOf(word) {
    let bits = 0;
    for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
    return bits;
  }

  function count(bits) {
    let ones = 0;
    for (; bits; bits &= bits - 1) ones++;
    return ones;
  }

  let letters = null; // of every word, once there is a word to correct

  /** The edits between two words (optimal string alignment), or some number above `most`. */
  function distance(a, b, most) {
    let before = [];
    let last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const now = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const replace = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
        let cost = Math.min(replace, last[j] + 1, now[j - 1] + 1);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          cost = Math.min(cost, before[j - 2] + 1);
        }
        now.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return least;
      [before, last] = [last, now];
    }
    return last[b.length];
  }

  /** A word with no letter doubled: "naging" and "nagging" are one. */
  const single = (word) => word.replace(/(.)\1/g, "$1");

  /** Whether two short words begin alike: few people miss the first letter. */
  const alike = (a, b) => a[0] === b[0] || (a[0] === b[1] && a[1] === b[0]);

  /** The words that begin like this one, the commonest first. */
  function completions(word) {
    const found = [];
    for (let i = lowest(words, word); i < words.length && words[i].startsWith(word); i++) {
      found.push(i);
    }
    return found.sort((a, b) => common[b] - common[a]).map((i) => words[i]);
  }

  /** The known words nearest to an unknown one, nearest first, as [edits, word]. */
  function corrections(word) {
    const most = word.length < 4 || word.length > LONGEST ? 0 : word.length < 8 ? 1 : 2;
    if (!most || /\p{N}/u.test(word)) return []; // another number is another thing
    letters ??= Int32Array.from(words, lettersOf);
    const ours = lettersOf(word);
    const found = [];
    words.forEach((other, i) => {
      if (Math.abs(other.length - word.length) > most || (most === 1 && !alike(word, other))) return;
      if (count(ours ^ letters[i]) > 2 * most) return;
      const edits = distance(word, other, most);
      if (edits > most || edits === 0) return;
      // Of words equally near, one that only doubles a letter is likelier meant, then the commoner.
      const doubled = single(other) === single(word) ? 0.5 : 0;
      const likeness = edits + (other[0] === word[0] ? 0 : 0.5) - doubled - common[i] / 2;
      found.push([likeness, edits, other]);
    });
    found.sort((a, b) => a[0] - b[0]);
    return found.slice(0, CORRECTIONS).map(([, edits, other]) => [edits, other]);
  }

  /** An unknown word as two known ones, where the space is missing; else null. */
  function parted(word) {
    for (let at = word.length - 3; at >= 3; at--) {
      const two = [word.slice(0, at), word.slice(at)];
      if (two.every(isKnown)) return two;
    }
    return null;
  }

  return { isKnown, completions, corrections, parted };
};
