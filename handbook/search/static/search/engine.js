/**
 * The search engine: from a question to ranked sections.
 *
 * Every weight comes with the index, its reason stands in handbook/search/index.py (Weights);
 * here are the limits on work.
 */
"use strict";

handbook.engine = (head) => {
  const LETTERS = 6000; // of a question; more is a book
  const CLAUSE = 25; // words; a longer sentence is cut
  const STOPS = /[.!?…;\n]+\s+/; // end a clause
  const COMPLETIONS = 16; // of a last word
  const CANDIDATES = 100; // whose passages are looked at, and those that score nearly as much
  const CANDIDATES_OF_LONG = 40; // the same for a long question: each has many passages to look at
  const STEPS = 255; // of scores, to find the candidates
  const RESULTS = 10;
  const CLEAR = 1.3; // times what the next one scores
  const BEGINNING = 4; // letters that make a word like a known one; three are chance
  // Words with "@" for "a", "$" for "s", and "!" for "i" where it ends none.
  const SIGNED = /[\p{L}\p{N}]*(?:[@$]|!(?=\p{L}))(?:[\p{L}\p{N}@$]|!(?=\p{L}))*/gu;
  const ALIKE = 0.5; // share of what was asked that a section's own question must hold to be shown

  const { weights, sections: total } = head;
  const Stemmer = globalThis[head.stemmer];
  const stemmer = Stemmer && new Stemmer();
  const reader = handbook.reader(head);
  const text = handbook.text(head, (word) => stemmer?.stemWord(word) ?? word, reader.termOf);
  const { term: termOf, isStop } = text;
  const alert = handbook.alert(head.alerts, head.listener);
  const ofPatterns = new Set(head.alerts.flatMap(({ match }) => match.split(/[ /\n]/)));
  const spelling = handbook.spelling(
    reader,
    (word) => ofPatterns.has(termOf(word)),
    (word) => alert.isGrave(termOf(word)),
  );
  const snippet = handbook.snippet(text.written);

  /** Inverse document frequency (handbook/search/index.py, `rarity`). */
  const rarityOf = (holding) => Math.log(1 + (total - holding + 0.5) / (holding + 0.5));
  const passages = handbook.passages(reader, weights, rarityOf);
  const fit = handbook.fit(weights, { words: reader.words, isKnown: spelling.isKnown }, rarityOf);

  const searched = (terms) => terms.filter((term) => !(head.drop && isStop(term)));

  /** The terms that a word may be the beginning of, while it is open. */
  function longerThan(word, open) {
    const terms = new Set(open && word.length > 1 ? spelling.completions(word).map(termOf) : []);
    return searched([...terms]).slice(0, COMPLETIONS);
  }

  /**
   * A word of the question with all that may stand for it: options (term, weight, postings), the
   * terms that a snippet marks, rarity, whether a section has it or what it is a slip for, and what
   * it was corrected to, or null. `joined` are the words that it makes with a neighbour, `open` says
   * that it is still being typed, `forced` that even a word that is spelled right may be corrected,
   * `calm` that none may be into one of danger.
   */
  async function understand({ word, joined, open }, forced, calm) {
    const options = new Map();
    async function add(term, weight) {
      const postings = options.has(term) ? null : await reader.postingsOf(term);
      if (postings) options.set(term, { term, weight, postings });
    }
    for (const each of [word, ...joined]) await add(termOf(each), 1);
    let marked = [...options.keys()];
    const weight = options.size ? weights.longer : weights.prefix;
    for (const term of longerThan(word, open)) await add(term, weight);
    if (!marked.length) marked = [...options.keys()];
    let corrected = null;
    if (options.size === 0 && (forced || !spelling.isKnown(word))) {
      let nearest = spelling.corrections(word, calm);
      const apart = spelling.parted(word) ?? [];
      // A space that is missing is an edit like another.
      if (apart.length && !(nearest[0]?.[0] < apart.length)) nearest = [];
      const parts = nearest.length ? [nearest[0][1]] : apart;
      corrected = parts.join(" ") || null;
      for (const [edits, near] of nearest) await add(termOf(near), weights.typo ** edits);
      if (!nearest.length) for (const part of parts) await add(termOf(part), 1);
      marked = parts.map(termOf);
    }
    const isHere = options.size > 0 && (!corrected || !forced);
    const holding = Array.from(options.values(), ({ postings }) => postings.sections.length);
    return {
      word,
      isHere,
      corrected,
      marked,
      options: [...options.values()],
      rarity: rarityOf(Math.max(0, ...holding)),
    };
  }

  /**
   * Has a word come that the head leaves out, with its postings; those of others are needed anyway.
   * So are those of the words that one which is `open` may be the beginning of: all in one round.
   */
  const learn = (word, open) =>
    Promise.all(searched([termOf(word), ...longerThan(word, open)]).map(reader.postingsOf));

  /** The words of a question by its clauses: its sentences, long ones in equal pieces. */
  function clausesOf(question) {
    return question.split(STOPS).flatMap((sentence) => {
      const words = text.tokens(sentence);
      const pieces = Math.ceil(words.length / CLAUSE);
      const start = (piece) => Math.round((piece * words.length) / pieces);
      return Array.from({ length: pieces }, (_, piece) => words.slice(start(piece), start(piece + 1)));
    });
  }

  // A number a section, kept, for a question is asked at every key.
  const numbers = () => new Float32Array(total);
  const [together, covered, gains] = [0, 1, 2].map(numbers);
  const sums = []; // the same for each clause

  /** What the fields of each section are worth to a clause. */
  function addFields(scores, { words, whole }) {
    scores.fill(0);
    covered.fill(0);
    for (const { options, rarity, isLight } of words) {
      if (isLight) continue;
      for (const { weight, postings } of options) {
        const { sections, impacts } = postings;
        for (let i = 0; i < sections.length; i++) {
          gains[sections[i]] = Math.max(gains[sections[i]], rarity * weight * impacts[i]);
        }
      }
      for (const { postings } of options) {
        for (const section of postings.sections) {
          if (gains[section] === 0) continue; // counted by another option
          scores[section] += gains[section];
          covered[section] += rarity;
          gains[section] = 0;
        }
      }
    }
    for (let i = 0; i < total; i++) {
      if (scores[i] > 0) scores[i] *= (covered[i] / whole) ** weights.coverage;
    }
  }

  /** The numbers of so many sections that score best, and of those that score nearly as much. */
  function candidates(scores, wanted) {
    let most = 0;
    for (const score of scores) most = Math.max(most, score);
    if (most === 0) return [];
    // Nobody sees the order of the rest, so they are counted by steps, not sorted.
    const steps = new Uint32Array(STEPS + 1);
    const stepOf = (score) => Math.floor((STEPS * score) / most);
    for (const score of scores) if (score > 0) steps[stepOf(score)]++;
    let least = STEPS;
    for (let count = steps[least]; count < wanted && least > 0; count += steps[least]) least--;
    const found = [];
    for (let i = 0; i < total; i++) {
      if (scores[i] > 0 && stepOf(scores[i]) >= least) found.push(i);
    }
    return found;
  }

  /** What is known of the words of a clause: each once, its places among the known, their worth. */
  function clauseOf(typed, numberOf, known) {
    const places = [...new Set(typed.flatMap((word) => numberOf.get(word) ?? []))];
    const words = places.map((place) => known[place]);
    const sum = (some) => some.reduce((all, { rarity }) => all + rarity, 0);
    return { typed, places, words, all: sum(words), whole: sum(words.filter(({ isLight }) => !isLight)) };
  }

  /**
   * The sections that may answer, as { section, score, words }. Each clause has its say, the loudest
   * most: a life is told in many sentences and the question asked in one (the norm of the scores).
   */
  function rank(clauses, known, wanted) {
    const { norm } = weights;
    together.fill(0);
    clauses.forEach((clause, n) => {
      sums[n] ??= numbers();
      addFields(sums[n], clause);
      for (let i = 0; i < total; i++) if (sums[n][i] > 0) together[i] += sums[n][i] ** norm;
    });
    for (let i = 0; i < total; i++) together[i] **= 1 / norm;
    const found = candidates(together, wanted).map((section) => {
      return { section, score: 0, words: passages.placesIn(section, known) };
    });
    clauses.forEach((clause, n) => {
      const scores = found.map(({ section, words }) => {
        return sums[n][section] + passages.best(words, clause, 2)[0];
      });
      passages.addPairs(scores, found, passages.pairsOf(clause, known), total);
      clause.best = Math.max(0, ...scores);
      found.forEach((each, i) => (each.score += scores[i] ** norm));
    });
    for (const each of found) each.score **= 1 / norm;
    return found;
  }

  const byScore = (a, b) => b.score - a.score || a.section - b.section;

  /**
   * What is urgent, and the guarded section that leads clearly, if one does: it is what was asked for
   * ("should we see a counsellor together when he hits me"). But it never leads who hurts past the
   * help to stop, nor who is hurt there.
   */
  function askedFor([best, next], urgent) {
    const both = [best?.section, ...urgent];
    const isHelp = head.guarded.includes(both[0]) && !both.includes(head.hurting);
    return isHelp && !(next?.score * CLEAR >= best.score) ? both : urgent;
  }

  /** Lift the guarded sections above all others, and the urgent ones above these. */
  function guard(found, urgent, placed) {
    const guarded = new Set([...head.guarded, ...urgent]);
    const best = found.reduce((most, { score }) => Math.max(most, score), 1);
    const missing = new Set(urgent);
    for (const each of found) {
      if (guarded.has(each.section)) each.score += 2 * best;
      if (missing.delete(each.section)) each.score += 2 * best;
    }
    for (const section of missing) {
      found.push({ section, score: 4 * best, words: passages.placesIn(section, placed) });
    }
  }

  /**
   * Ranked sections as { section, score, words }, the words by their places, with what was
   * understood of the question. Only a `refined` answer waits for the places in passages; where
   * some are missing none count, or the words that have theirs would count for more.
   */
  async function find(question, refined) {
    const signed = (word) => spelling.plain(word.toLowerCase());
    const told = clausesOf(question.slice(0, LETTERS).replace(SIGNED, signed));
    const said = told.flat();
    const last = /\s$/.test(question) ? null : said[said.length - 1];
    const [hearing] = await Promise.all([
      head.listener && reader.pieceOf("m0", refined),
      ...Array.from(new Set(said), (word) => learn(word, word === last)),
    ]);
    if (hearing) alert.learn(hearing);
    const isBegun = (word) => word === last && spelling.completions(word).length > 0;
    const meantBy = (word) => (isBegun(word) ? word : spelling.plain(word));
    const read = told.map((words) => spelling.regrouped(words.map(meantBy)));
    const typed = read.flat();
    const some = new Set(typed.filter((word) => !isStop(termOf(word))));
    const isLong = some.size > weights.long;
    const kept = head.drop && some.size ? some : new Set(typed);
    const open = last && typed[typed.length - 1];
    const joined = new Map(typed.map((word) => [word, []]));
    for (let i = 1; i < typed.length; i++) {
      const both = typed[i - 1] + typed[i];
      if (!spelling.isKnown(both)) continue;
      joined.get(typed[i - 1]).push(both);
      joined.get(typed[i]).push(both);
    }
    const each = Array.from(kept, (word) => ({ word, joined: joined.get(word), open: word === open }));
    /** The words understood, and the question as it is then spelled. */
    async function understood(calm) {
      const all = (forced) => Promise.all(each.map((one) => understand(one, forced, calm)));
      let asked = await all(false);
      // "Brake" is a word, but not one of this handbook: where nothing else was asked it is corrected.
      if (!asked.some(({ options }) => options.length)) asked = await all(true);
      const fixed = new Map(asked.map(({ word, corrected }) => [word, corrected]));
      return { asked, spelled: typed.map((word) => fixed.get(word) ?? word).join(" ") };
    }
    const hear = (words) => alert.heard(words.map(termOf));
    const asTyped = hear(said);
    /** The alarm of what was meant, which mostly is what was typed. */
    function hearMeant(spelled) {
      const meant = text.tokens(spelled).map(spelling.plain);
      return meant.join(" ") === said.join(" ") ? asTyped : hear(meant);
    }
    // Help comes for what was typed and for what was meant: a guess must not talk it away. Nor may
    // one talk it in: a word becomes one of danger only where the sentence then speaks of it.
    let { asked, spelled } = await understood(false);
    let asMeant = hearMeant(spelled);
    if (!asMeant.alarm && asked.some(({ corrected }) => corrected && alert.isGrave(termOf(corrected)))) {
      ({ asked, spelled } = await understood(true));
      asMeant = hearMeant(spelled);
    }
    const alarm = ["sure", "perhaps"].find((level) => [asTyped.alarm, asMeant.alarm].includes(level)) ?? null;
    const lifted = [...new Set([...asTyped.urgent, ...asMeant.urgent])];
    const known = asked.filter(({ options }) => options.length);
    // Of the many words of a story those that mean nothing alone would outweigh the others.
    for (const one of known) one.isLight = isLong && !some.has(one.word);
    const held = known.flatMap(({ options }) => options.map(({ postings }) => postings));
    const hasPlaces = await reader.addPlaces(held, refined);
    const isRefined = hasPlaces && (!head.listener || !!hearing);
    const placed = hasPlaces ? known : known.map((each) => ({ ...each, options: [] }));
    const numberOf = new Map(known.map(({ word }, i) => [word, i]));
    const clauses = (isLong ? read : [typed])
      .map((words) => clauseOf(words, numberOf, known))
      .filter(({ whole }) => whole > 0);
    const found = rank(clauses, placed, isLong ? CANDIDATES_OF_LONG : CANDIDATES);
    const isForeign = fit.isForeign(typed);
    const byWord = new Map(asked.map((one) => [one.word, one]));
    /** Whether a clause is answered; of a story one of more than a word is enough. */
    const isAnswered = ({ typed, best }) => {
      const meaningful = [...new Set(typed)].filter((word) => some.has(word)).map((word) => byWord.get(word));
      return (meaningful.length > 1 || !isLong) && fit.answers(meaningful, best);
    };
    // The first scores say little.
    const fits = !typed.length || lifted.length > 0 || (!isForeign && (!hasPlaces || clauses.some(isAnswered)));
    const urgent = lifted.length ? askedFor(found.sort(byScore), lifted) : lifted;
    if (urgent.length) guard(found, urgent, placed);
    else if (isForeign) guard(found, head.languages, placed);
    found.sort(byScore);
    return {
      found,
      known,
      clauses,
      alarm,
      urgent,
      fits,
      isForeign,
      isRefined,
      corrected: isForeign || spelled === said.join(" ") ? null : spelled, // no word of theirs is ours
    };
  }

  /**
   * The answer to a question: { results, corrected, alarm, fits, isForeign, isRefined }; loader.js
   * says what a result has. The first answer reads little, and may have fewer results; a `refined`
   * one waits for all that the ranking knows.
   */
  async function ask(question, refined) {
    const { found, known, clauses, urgent, ...answer } = await find(question, refined);
    const terms = new Map();
    for (const { marked, rarity } of known) {
      for (const term of marked) if (!isStop(term)) terms.set(term, rarity);
    }
    const best = found.slice(0, RESULTS);
    const first = refined ? best : reader.atOnce(best);
    answer.isRefined &&= first.length === best.length;
    const results = first.map(async ({ section, words }) => {
      const { record, body } = await reader.recordOf(section, refined);
      const [url, title, page, part, answers, article, about] = record;
      answer.isRefined &&= !!body;
      // 1 is the section's own question, if there is one.
      const shares = clauses.map((clause) => passages.best(words, clause, 1, 1, 1)[2]);
      const [shown, marks] = snippet(body ?? [], terms);
      return {
        url: new URL(url, handbook.root).href,
        title,
        page,
        article,
        about,
        part,
        snippet: shown,
        marks,
        answers: Math.max(0, ...shares) < ALIKE ? "" : answers,
        corrected: answer.corrected,
        urgent: urgent.includes(section),
      };
    });
    return { results: await Promise.all(results), ...answer };
  }

  /** What is nearest to a question without results: the results for words that begin alike. */
  async function nearest(question) {
    const alike = text.tokens(question.slice(0, LETTERS)).flatMap((word) => {
      for (let length = word.length - 1; length >= BEGINNING; length--) {
        const [first] = spelling.completions(word.slice(0, length));
        if (first) return [first];
      }
      return [];
    });
    return alike.length ? (await ask(`${alike.join(" ")} `)).results : [];
  }

  return { find, ask, nearest };
};
