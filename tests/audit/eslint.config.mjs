/* What scripts may use: ES2021, and what the oldest browsers that are promised to work have. */
import compat from "eslint-plugin-compat";
import es from "eslint-plugin-es-x";
import floor from "./floor.mjs";

const language = es.configs["flat/restrict-to-es2021"];
const iterators = Object.keys(language.rules).filter((name) => name.includes("-iterator-"));

export default [
  { languageOptions: { sourceType: "script" } },
  language,
  compat.configs["flat/recommended"],
  {
    // Methods by their names alone; those of iterators have the names of an array's.
    settings: { "es-x": { aggressive: true }, browsers: floor },
    rules: {
      ...Object.fromEntries(iterators.map((name) => [name, "off"])),
      "es-x/no-array-prototype-at": "off", // said of strings too, by the next
    },
  },
];
