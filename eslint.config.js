import svelte from "eslint-plugin-svelte";
import globals from "globals";
import typescript from "typescript-eslint";

/** Components and rune modules; everything else is Biome's. */
export default [
  { ignores: ["dist/", "src/app/i18n/paraglide/"] },
  ...svelte.configs.recommended,
  ...svelte.configs.prettier,
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    plugins: { "@typescript-eslint": typescript.plugin },
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: typescript.parser, extraFileExtensions: [".svelte"] },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "no-undef": "off",
      "no-restricted-syntax": [
        "error",
        {
          selector: "SvelteAttribute[key.name='style'][value.length=1] > SvelteLiteral",
          message: "The content security policy blocks a literal style attribute: use a class, or style:name={value}.",
        },
      ],
      "svelte/no-at-html-tags": "error",
      // It takes every local URL, Map and Set for state.
      "svelte/prefer-svelte-reactivity": "off",
    },
  },
];
