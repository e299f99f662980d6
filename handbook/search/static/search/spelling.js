/**
 * The words that may be meant by one that is unfinished or misspelled.
 *
 * People hold letters down, leave spaces out and put figures for letters; that is no misspelling.
 * Edits are counted as Damerau and Levenshtein do, a swap of neighbours as one. Only a word that
 * is not known is corrected, and the reader is told.
 */
"use strict";

handbook.spelling = ({ words, common, spelled, lowest }, isOfPatterns, isGrave) => {
  const CORRECTIONS = 3; // the nearest
  const LONG = 8; // letters of a word that may have two slips
  const LONGEST = 40; // letters; longer ones are no words
  const LONGEST_RUN = 120; // letters of words run together
  const READINGS = 32; // of one word
  const SHORTEST_NUMBER = 6; // figures of one to be dialled; a year has fewer
  const LONGEST_CODE = 5; // figures before a number from abroad: "00353", "+44 0"
  const FIGURES = /^\p{N}+$/u;
  const ORDINARY = 0.6; // share of the commonest word's commonness
  const LETTERS = { 0: "o", 1: "il", 3: "e", 4: "a", 5: "s", 7: "t", "@": "a", $: "s", "!": "i" };

  const isIn = (list, word) => list[lowest(list, word)] === word;
  /** Whether a word is spelled right: the handbook's, a common one, a form of one of the alarm's. */
  const isKnown = (word) => isIn(words, word) || isIn(spelled, word) || isOfPatterns(word);

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

  const commonest = Math.max(0, ...common);

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

  /** A function that remembers its answers: a question is asked again at every key. */
  function remembered(answer) {
    const answers = new Map();
    return (word, ...how) => {
      const key = [word, ...how].join(" ");
      if (!answers.has(key)) answers.set(key, answer(word, ...how));
      return answers.get(key);
    };
  }

  /**
   * The known words nearest to an unknown one, nearest first, as [edits, word]. One of three letters
   * is only ever a word of danger ("kil"); `calm` leaves these out, but for a long one a slip away,
   * which is like no other ("coersive").
   */
  function nearest(typed, calm) {
    const word = typed.replace(/(\p{L})\1{2,}/gu, "$1"); // a letter held down is no slip
    const short = word.length === 3;
    const most = word.length < 3 || word.length > LONGEST || (short && calm) ? 0 : word.length < LONG ? 1 : 2;
    if (!most || /\p{N}/u.test(word)) return []; // another number is another thing
    if (letters?.length !== words.length) letters = Int32Array.from(words, lettersOf); // more have come
    const ours = lettersOf(word);
    const isLong = word.length >= LONG;
    const found = [];
    words.forEach((other, i) => {
      if (Math.abs(other.length - word.length) > most || (most === 1 && !alike(word, other))) return;
      if (count(ours ^ letters[i]) > 2 * most) return;
      const edits = distance(word, other, most);
      if (edits > most || edits === 0) return;
      if (short ? !isGrave(other) : calm && isGrave(other) && !(isLong && edits === 1)) return;
      // Of words equally near, one that only doubles a letter is likelier meant, then the commoner.
      const doubled = single(other) === single(word) ? 0.5 : 0;
      const likeness = edits + (other[0] === word[0] ? 0 : 0.5) - doubled - common[i] / 2;
      found.push([likeness, edits, other]);
    });
    found.sort((a, b) => a[0] - b[0]);
    return found.slice(0, CORRECTIONS).map(([, edits, other]) => [edits, other]);
  }

  /**
   * What a word may be with its letters not held down ("meee"), and with letters for the figures
   * and signs in it ("k1ll"); the likeliest first, the word itself before all.
   */
  function readings(word) {
    const found = [];
    for (const each of word.length > LONGEST_RUN ? [] : [word, ...lettered(word)]) {
      let some = [""];
      let done = 0;
      for (const { 0: run, 1: letter, index } of each.matchAll(/(\p{L})\1+/gu)) {
        const end = index + run.length;
        if (run.length < 3 && end < each.length) continue; // few double a letter inside a word
        const before = each.slice(done, index);
        some = some.flatMap((start) => [start + before + letter + letter, start + before + letter]);
        some = some.slice(0, READINGS);
        done = end;
      }
      found.push(...some.map((start) => start + each.slice(done)));
    }
    return [...new Set([word, ...found])];
  }

  /** A word with letters for its figures and signs, in each way. */
  function lettered(word) {
    if (!/\p{L}/u.test(word) || !/[013457@$!]/.test(word)) return [];
    let found = [""];
    for (const sign of word) {
      const ways = [...(LETTERS[sign] ?? sign)];
      found = found.flatMap((start) => ways.map((way) => start + way)).slice(0, READINGS);
    }
    return found;
  }

  /** A word as it is meant, with no letter held down and no figure for a letter; else as it is. */
  function plain(word) {
    return isKnown(word) ? word : (readings(word).find(isKnown) ?? word);
  }

  /** What a part of a run of words costs: less where it is common; infinite if it is no word. */
  function costOf(part) {
    const i = lowest(words, part);
    if (FIGURES.test(part)) return words[i] === part ? 1 : Infinity;
    if (words[i] !== part) return part.length > 2 && isKnown(part) ? 1 : Infinity;
    // Nearly any run of letters could be parted by "b" and "dh"; "a" and "he" are different.
    return part.length < 3 && common[i] < ORDINARY * commonest ? Infinity : 1 - common[i];
  }

  /** The fewest known words that make a run of letters or of figures, or null. */
  function parts(run) {
    const best = [{ cost: 0, words: [] }]; // by the letters that are done
    for (let end = 1; end <= run.length; end++) {
      for (let start = Math.max(0, end - LONGEST); start < end; start++) {
        if (!best[start]) continue;
        const part = run.slice(start, end);
        const cost = best[start].cost + costOf(part);
        if (cost < (best[end]?.cost ?? Infinity)) best[end] = { cost, words: [...best[start].words, part] };
      }
    }
    return best[run.length]?.words ?? null;
  }

  /** An unknown word as the known ones that were run together in it, where it is that; else null. */
  function parted(word) {
    for (const each of readings(word)) {
      const found = /^\p{L}+$/u.test(each) ? parts(each) : null;
      if (found?.length > 1) return found;
    }
    return null;
  }

  /** A number in the groups that the handbook writes it in, with or without a country's code. */
  function grouped(number) {
    for (let code = 0; code <= Math.min(LONGEST_CODE, number.length - SHORTEST_NUMBER); code++) {
      const rest = number.slice(code);
      const found = parts(rest) ?? (code ? parts(`0${rest}`) : null);
      if (found) return found;
    }
    return null;
  }

  /** The words of a question with its telephone numbers grouped as the handbook groups them. */
  function regrouped(typed) {
    const found = [];
    for (let i = 0; i < typed.length; ) {
      let end = i;
      while (end < typed.length && FIGURES.test(typed[end])) end++;
      const run = typed.slice(i, Math.max(end, i + 1));
      const number = run.join("");
      const other = number.length >= SHORTEST_NUMBER && end > i && !run.every(isKnown);
      found.push(...((other && grouped(number)) || run));
      i += run.length;
    }
    return found;
  }

  const corrections = remembered(nearest);
  return { isKnown, completions, corrections, plain, parted: remembered(parted), regrouped };
};
