/**
 * Cuts what is shown of a section: the sentences that hold most of the question.
 */
"use strict";

handbook.snippet = (written) => {
  const LENGTH = 180; // letters

  /**
   * The snippet of a text and where its marks are: [text, [[begin, end], ...]].
   * `terms` are those of the question, each with its rarity.
   */
  return (sentences, terms) => {
    let most = 0;
    let from = 0;
    sentences.forEach((sentence, place) => {
      const held = new Set(written(sentence).flatMap((word) => word.terms));
      let worth = 0;
      for (const term of held) worth += terms.get(term) ?? 0;
      if (worth > most) [most, from] = [worth, place];
    });
    let text = sentences[from] ?? "";
    // A colon promises more.
    while ((text.length < LENGTH / 2 || text.endsWith(":")) && ++from < sentences.length) {
      text += ` ${sentences[from]}`;
    }
    text = text.replace(/;$/, " …"); // the list goes on
    let found = written(text).filter((word) => word.terms.some((term) => terms.has(term)));
    if (text.length > LENGTH) {
      // A long sentence is cut to what stands round its first mark.
      const first = found[0]?.begin ?? 0;
      const start = first > LENGTH / 2 ? text.indexOf(" ", first - LENGTH / 3) + 1 : 0;
      let end = start + LENGTH;
      if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + LENGTH / 2);
      found = found.filter((word) => word.begin >= start && word.end <= end);
      const lead = start ? "… " : "";
      const move = lead.length - start;
      found = found.map((word) => ({ begin: word.begin + move, end: word.end + move }));
      text = lead + text.slice(start, end) + (end < text.length ? " …" : "");
    }
    return [text, found.map(({ begin, end }) => [begin, end])];
  };
};
