/**
 * Reads numbers that were packed into printable digits; the twin of handbook/search/packed/digits.py.
 */
"use strict";

handbook.digits = (() => {
  // What each character is worth.
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

  return { VALUE, TOP, Unpacker };
})();
