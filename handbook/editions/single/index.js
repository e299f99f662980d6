/* The index of the search, packed into this file. It is unpacked when the reader first searches:
   the pages' text stands in it a second time, and a mail should not carry it twice its size. */
"use strict";

handbook.root = location.href;
handbook.take("entry", {
  code: [],
  ready: async () => {
    const packed = atob(document.getElementById("search-index").textContent);
    const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
    const text = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    for (const [name, value] of Object.entries(await new Response(text).json())) {
      handbook.take(name, value);
    }
  },
});
