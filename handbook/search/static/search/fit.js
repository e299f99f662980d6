/**
 * Whether the handbook answers a question at all, and whether the question is in its language.
 *
 * Ten results look confident whatever was asked. How well the best of them fits is its score as a
 * share of what was asked: of how rare the words of the question are, those that nothing here has
 * as rare as can be. Shares and what they miss: DESIGN.md, "Nothing here".
 */
"use strict";

handbook.fit = ({ fits, doubt }, { words, isKnown }, rarityOf) => {
  const FEWEST = 3; // words that make a sentence; of two many are names
  const STRANGE = 0.6; // share of words, or of letters, that are none of the handbook's language

  let letters = null; // of every word of the handbook, once there is a strange one

  /** Whether most of a question is in a language, or in letters, that the handbook does not have. */
  function isForeign(typed) {
    const said = typed.filter((word) => !/^\p{N}+$/u.test(word));
    const strange = said.filter((word) => !isKnown(word));
    if (strange.length >= STRANGE * said.length && said.length >= FEWEST) return true;
    if (!strange.length) return false;
    letters ??= new Set(words.join(""));
    const all = [...said.join("")];
    return all.filter((letter) => !letters.has(letter)).length >= STRANGE * all.length;
  }

  /** Whether a score answers what the words ask that mean something (`understand` of engine.js). */
  function answers(asked, score) {
    if (asked.length === 1 && asked[0].isHere) return score > 0;
    const whole = asked.reduce((sum, { isHere, rarity }) => sum + (isHere ? rarity : rarityOf(0)), 0);
    return score >= fits * (whole + doubt * rarityOf(0));
  }

  return { isForeign, answers };
};
