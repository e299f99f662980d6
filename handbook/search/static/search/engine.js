/**
 * The search engine: from a question to ranked sections.
 *
 * Reads what handbook/search/store.py writes, through handbook.piece(name). All weights come with
 * the index (handbook/search/index.py, class Weights, has the reasons); limits on work are here.
 */
"use strict";

handbook.engine = (() => {
  const LETTERS = 1000; // of a question; more is no question
  const WORDS = 32; // of a question
  const COMPLETIONS = 16; // of a last word, the commonest
  const CORRECTIONS = 3; // of an unknown word, the nearest
  const CANDIDATES = 200; // whose passages are looked at
  const RESULTS = 20;
  const SNIPPET = 180; // letters

  // store.py, `DIGITS` and `number`.
  const VALUE = new Uint8Array(128);
  let digits = 0;
  for (let code = 35; code < 127; code++) if (code !== 60 && code !== 92) VALUE[code] = digits++;
  const TOP = digits - 1;
  const HALF = digits / 2;

  /** Reads packed numbers one after the other. */
  class Unpacker {
    constructor(packed, at = 0) {
      this.packed = packed;
      this.at = at;
    }
    digit() {
      return VALUE[this.packed.charCodeAt(this.at++)];
    }
    number() {
      let sum = 0;
      for (let unit = 1; ; unit *= HALF) {
        const digit = this.digit();
        if (digit < HALF) return sum + digit * unit;
        sum += (digit - HALF) * unit;
      }
    }
  }

  /** The postings of one term: sections, impacts, and where the passages of each begin. */
  function unpackPostings(packed) {
    const from = new Unpacker(packed);
    const count = from.number();
    const sections = new Int32Array(count);
    const impacts = new Float32Array(count);
    const passages = new Int32Array(count);
    for (let i = 0, section = 0; i < count; i++) {
      sections[i] = section += from.number();
      impacts[i] = from.digit() / TOP;
      passages[i] = from.at;
      for (let left = from.number(); left > 0; left--) {
        from.number();
        from.at++;
      }
    }
    return { packed, sections, impacts, passages };
  }

  function unpackVocabulary(packed) {
    const words = [];
    const common = [];
    let word = "";
    for (const entry of packed ? packed.split(" ") : []) {
      word = word.slice(0, VALUE[entry.charCodeAt(0)]) + entry.slice(2);
      words.push(word);
      common.push(VALUE[entry.charCodeAt(1)] / TOP);
    }
    return { words, common, letters: words.map(lettersOf) };
  }

  /** The letters of a word as bits: two words one edit apart differ in two bits at most. */
  function lettersOf(word) {
    let bits = 0;
    for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
    return bits;
  }

  function bitCount(bits) {
    let count = 0;
    for (; bits; bits &= bits - 1) count++;
    return count;
  }

  /** Damerau-Levenshtein distance (optimal string alignment), or more than `most`. */
  function distance(a, b, most) {
    let before = [];
    let last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const now = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1];
        let cost = Math.min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          cost = Math.min(cost, before[j - 2] + 1);
        }
        now.push(cost);
        if (cost < least) least = cost;
      }
      if (least > most) return least;
      [before, last] = [last, now];
    }
    return last[b.length];
  }

  /** The first place in a sorted list that is not below a value. */
  function lowest(list, value) {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** An engine over one index, given its head. */
  return (head) => {
    const { weights, sections: count } = head;
    const Stemmer = globalThis[head.stemmer];
    const stemmer = Stemmer && new Stemmer();
    const stem = stemmer ? (word) => stemmer.stemWord(word) : (word) => word;
    const { words: cut, term: termOf, written, isStop } = handbook.text(head, stem);
    const vocabulary = unpackVocabulary(head.vocabulary);
    const beginnings = new Set(head.beginnings);
    const deepest = Math.max(0, ...head.beginnings.map((beginning) => beginning.length));
    const unpacked = new Map();
    const [weakest, strongest] = head.strengths;
    const STRENGTH = Float32Array.from(
      { length: digits },
      (_, step) => weakest * (strongest / weakest) ** (step / TOP),
    );

    const rarity = (holding) => Math.log(1 + (count - holding + 0.5) / (holding + 0.5));

    /** The postings of a term, or null. */
    async function postingsOf(term) {
      if (!unpacked.has(term)) {
        let length = Math.min(deepest, term.length);
        while (length > 0 && !beginnings.has(term.slice(0, length))) length--;
        const beginning = term.slice(0, length);
        const group = beginnings.has(beginning) ? await handbook.piece(`postings ${beginning}`) : {};
        unpacked.set(term, Object.hasOwn(group, term) ? unpackPostings(group[term]) : null);
      }
      return unpacked.get(term);
    }

    /** The commonest terms of the words that begin like this one. */
    function completions(word) {
      const found = [];
      const { words, common } = vocabulary;
      for (let i = lowest(words, word); i < words.length && words[i].startsWith(word); i++) {
        if (!isStop(termOf(words[i]))) found.push([common[i], words[i]]);
      }
      found.sort((a, b) => b[0] - a[0]);
      return [...new Set(found.map(([, each]) => termOf(each)))].slice(0, COMPLETIONS);
    }

    const isKnown = (word) => vocabulary.words[lowest(vocabulary.words, word)] === word;

    /** The known words nearest to an unknown one, nearest first, as [distance, word]. */
    function corrections(word, most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2) {
      if (!most || word.length > 40 || /\p{N}/u.test(word)) return [];
      const { words, common, letters } = vocabulary;
      const ours = lettersOf(word);
      const found = [];
      for (let i = 0; i < words.length; i++) {
        const other = words[i];
        if (Math.abs(other.length - word.length) > most) continue;
        if (bitCount(ours ^ letters[i]) > 2 * most) continue;
        const edits = distance(word, other, most);
        if (edits > most) continue;
        // Few people miss the first letter; of the rest the commoner word is likelier meant.
        found.push([edits + (other[0] === word[0] ? 0 : 0.5) - common[i] / 2, edits, other]);
      }
      found.sort((a, b) => a[0] - b[0]);
      return found.slice(0, CORRECTIONS).map(([, edits, other]) => [edits, other]);
    }

    /** A word of the question with all that may stand for it: { options, rarity, corrected }. */
    async function understand(word, open) {
      const options = new Map();
      const add = async (term, weight) => {
        const postings = await postingsOf(term);
        if (postings && !(options.get(term)?.weight >= weight)) {
          options.set(term, { term, weight, postings });
        }
      };
      let corrected = null;
      await add(termOf(word), 1);
      if (open && word.length > 1) {
        await Promise.all(completions(word).map((term) => add(term, weights.prefix)));
      }
      if (options.size === 0 && !isKnown(word)) {
        for (const [edits, near] of corrections(word)) {
          corrected ??= near;
          await add(termOf(near), weights.typo ** edits);
        }
      }
      let holding = 0;
      for (const { postings } of options.values()) {
        holding = Math.max(holding, postings.sections.length);
      }
      return { word, corrected, options: [...options.values()], rarity: rarity(holding) };
    }

    /** Sections by their summed fields and coverage: [section, score], best first. */
    function rank(asked, whole) {
      const scores = new Float32Array(count);
      const covered = new Float32Array(count);
      for (const { options, rarity } of asked) {
        const gains = new Float32Array(count);
        for (const { postings, weight } of options) {
          const { sections, impacts } = postings;
          const value = rarity * weight;
          for (let i = 0; i < sections.length; i++) {
            gains[sections[i]] = Math.max(gains[sections[i]], impacts[i] * value);
          }
        }
        for (let i = 0; i < count; i++) {
          if (gains[i] === 0) continue;
          scores[i] += gains[i];
          covered[i] += rarity;
        }
      }
      const found = [];
      for (let i = 0; i < count; i++) {
        if (scores[i] > 0) found.push([i, scores[i] * (covered[i] / whole) ** weights.coverage]);
      }
      return found.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    }

    /** The best passage of a section for the question: [worth, number]. */
    function bestPassage(section, asked, whole) {
      const passages = new Map();
      for (const { options, rarity } of asked) {
        const here = new Map();
        for (const { postings, weight } of options) {
          const { packed, sections, passages: starts } = postings;
          const i = lowest(sections, section);
          if (sections[i] !== section) continue;
          const from = new Unpacker(packed, starts[i]);
          for (let left = from.number(), passage = 0; left > 0; left--) {
            passage += from.number();
            const strength = STRENGTH[from.digit()];
            const value = rarity * weight;
            if (!(here.get(passage)?.[0] >= value)) here.set(passage, [value, strength]);
          }
        }
        for (const [passage, [value, strength]] of here) {
          passages.set(passage, [(passages.get(passage)?.[0] ?? 0) + value, strength]);
        }
      }
      let best = [0, -1];
      for (const [passage, [matched, strength]] of passages) {
        const worth = strength * matched * (matched / whole) ** weights.recall;
        if (worth > best[0]) best = [worth, passage];
      }
      return best;
    }

    /** The places of a pattern's words among terms, with few others between; null if not there. */
    function places(terms, pattern, others, at = 0, from = 0) {
      if (at === pattern.length) return [];
      const end = at ? Math.min(terms.length, from + others + 1) : terms.length;
      for (let i = from; i < end; i++) {
        const rest = pattern[at].includes(terms[i]) && places(terms, pattern, others, at + 1, i + 1);
        if (rest) return [i, ...rest];
      }
      return null;
    }

    /** The sections that must come first because the words speak of fear or harm (alert.py). */
    function alerts(words) {
      return head.alerts
        .filter(({ match, exempt }) => {
          const terms = words.map(termOf);
          for (const pattern of exempt) {
            for (const place of places(terms, pattern, 1) ?? []) terms[place] = "";
          }
          return match.some((pattern) => places(terms, pattern, 2));
        })
        .map(({ section }) => section);
    }

    /** Ranked sections for a question: { found: [[section, score, passage]], asked, ... }. */
    async function find(text) {
      const typed = cut(text.slice(0, LETTERS)).slice(0, WORDS);
      const open = !/\s$/.test(text);
      let kept = typed.filter((word) => !isStop(termOf(word)));
      if (kept.length === 0) kept = typed;
      const last = open ? typed.at(-1) : null;
      const asked = await Promise.all(
        [...new Set(kept)].map((word) => understand(word, word === last)),
      );
      const known = asked.filter(({ options }) => options.length);
      const whole = known.reduce((sum, { rarity }) => sum + rarity, 0);
      const found = rank(known, whole)
        .slice(0, CANDIDATES)
        .map(([section, score]) => {
          const [worth, passage] = bestPassage(section, known, whole);
          return [section, score + worth, passage];
        });
      const fixes = new Map(asked.filter((each) => each.corrected).map((each) => [each.word, each.corrected]));
      const understood = typed.map((word) => fixes.get(word) ?? word);
      const urgent = alerts(understood);
      if (urgent.length) guard(found, urgent);
      found.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      return { found, known, urgent, corrected: fixes.size ? understood.join(" ") : null };
    }

    /** Lift the guarded sections above all others, and those that are urgent among them. */
    function guard(found, urgent) {
      const guarded = new Set([...head.guarded, ...urgent]);
      const best = found.reduce((most, [, score]) => Math.max(most, score), 1);
      const missing = new Set(urgent);
      for (const each of found) {
        if (missing.delete(each[0])) each[1] += best / 2;
        if (guarded.has(each[0])) each[1] += 2 * best;
      }
      for (const section of missing) found.push([section, 2.5 * best, -1]);
    }

    /** The record of a section (store.py, `record`). */
    async function recordOf(section) {
      let run = lowest(head.starts, section + 1) - 1;
      const start = head.starts[run];
      return (await handbook.piece(`texts ${start}`))[section - start];
    }

    /** The sentences that hold most of the question, and where its words are: [text, marks]. */
    function snippetOf(body, terms) {
      let best = 0;
      let from = 0;
      body.forEach((sentence, place) => {
        const held = new Set(written(sentence).flatMap((word) => word.terms));
        let worth = 0;
        for (const [term, rarity] of terms) if (held.has(term)) worth += rarity;
        if (worth > best) [best, from] = [worth, place];
      });
      let text = body[from] ?? "";
      while (text.length < SNIPPET / 2 && ++from < body.length) text += " " + body[from];
      const marked = written(text).filter((word) => word.terms.some((term) => terms.has(term)));
      // A long sentence is cut to what stands round its first mark.
      let start = 0;
      if (text.length > SNIPPET) {
        const first = marked[0]?.begin ?? 0;
        start = first > SNIPPET / 2 ? text.indexOf(" ", first - SNIPPET / 3) + 1 : 0;
        const end = text.lastIndexOf(" ", start + SNIPPET);
        text = text.slice(start, end > start && end < text.length ? end : start + SNIPPET);
      }
      const lead = start ? "… " : "";
      const marks = marked
        .map(({ begin, end }) => [begin - start + lead.length, end - start + lead.length])
        .filter(([begin, end]) => begin >= 0 && end <= lead.length + text.length);
      return [lead + text, marks];
    }

    /** The answer to a question: { results, corrected }. */
    async function ask(text) {
      const { found, known, urgent, corrected } = await find(text);
      const terms = new Map();
      for (const { options, rarity } of known) {
        for (const { term } of options) terms.set(term, rarity);
      }
      const results = found.slice(0, RESULTS).map(async ([section, score, passage]) => {
        const [url, title, page, part, asked, body] = await recordOf(section);
        const [snippet, marks] = snippetOf(body, terms);
        return {
          url: new URL(url, handbook.root).href,
          title,
          page,
          part,
          snippet,
          marks,
          asked: asked[passage - 1] ?? null,
          corrected,
          urgent: urgent.includes(section),
        };
      });
      return { results: await Promise.all(results), corrected };
    }

    return { find, ask };
  };
})();
