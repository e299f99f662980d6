/* What styles may use: what the oldest browsers that are promised to work have. */
import floor from "./floor.mjs";

export default {
  plugins: ["stylelint-no-unsupported-browser-features"],
  rules: {
    "plugin/no-unsupported-browser-features": [
      true,
      { browsers: floor, ignorePartialSupport: true },
    ],
    // What the plugin does not know.
    "function-disallowed-list": ["color-mix", "light-dark", "lab", "lch", "oklab", "oklch"],
    "property-disallowed-list": ["inset"], // below Chrome 87 an open menu would cover the exit
  },
};
