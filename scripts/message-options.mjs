/**
 * How the sentences of `src/app/i18n` become typed functions: one set of options for the build, for type checks and
 * for the development server. Which language is spoken is the app's to say (src/app/i18n/locale.svelte.ts).
 *
 * @type {import("@inlang/paraglide-js").CompilerOptions}
 */
export const messageOptions = {
  project: "./project.inlang",
  outdir: "./src/app/i18n/paraglide",
  strategy: ["globalVariable", "baseLocale"],
  emitReadme: false,
};
