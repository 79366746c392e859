// node scripts/messages.mjs: checks that every language says everything, then compiles the sentences to functions.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { messageOptions } from "./message-options.mjs";
import { exitWith, requireFromRoot, root } from "./setup.mjs";

/** Names in braces that a sentence needs filled, sorted. Sentences with variants (arrays) are not looked into. */
/** @param {unknown} text */
const placeholders = (text) => (typeof text === "string" ? [...new Set(text.match(/\{\w+\}/g))].sort().join(" ") : null);

/**
 * Every key of one language, with the file that holds it.
 *
 * @param {string} folder
 * @param {string[]} problems
 */
function readLanguage(folder, problems) {
  /** @type {Map<string, { file: string, text: unknown }>} */
  const messages = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    for (const [key, text] of Object.entries(JSON.parse(readFileSync(join(folder, file), "utf8")))) {
      if (key === "$schema") continue;
      const other = messages.get(key);
      if (other) problems.push(`${key}: stands in both ${other.file} and ${file} of ${folder}`);
      if (text === "") problems.push(`${key}: is empty in ${join(folder, file)}`);
      messages.set(key, { file, text });
    }
  }
  return messages;
}

/**
 * What is wrong with the sentences: a key or file that one language lacks, a placeholder that only one of them fills,
 * an empty or doubled sentence, a file that the compiler is not told of. An empty list when all is well.
 *
 * @param {string} messagesFolder Holds one folder per language.
 * @param {string} settingsFile The inlang project's settings.json.
 * @returns {string[]}
 */
export function findMessageProblems(messagesFolder, settingsFile) {
  /** @type {string[]} */
  const problems = [];
  const settings = JSON.parse(readFileSync(settingsFile, "utf8"));
  /** @type {string[]} */
  const patterns = [settings["plugin.inlang.messageFormat"].pathPattern].flat();
  const base = readLanguage(join(messagesFolder, settings.baseLocale), problems);
  for (const file of new Set([...base.values()].map((message) => message.file))) {
    if (!patterns.some((pattern) => pattern.endsWith(`/{locale}/${file}`)))
      problems.push(`${file}: is not named in ${settingsFile}`);
  }
  for (const locale of settings.locales) {
    if (locale === settings.baseLocale) continue;
    const translated = readLanguage(join(messagesFolder, locale), problems);
    for (const [key, { file, text }] of base) {
      const other = translated.get(key);
      if (!other) problems.push(`${key}: is missing in ${locale} (${settings.baseLocale}/${file} has it)`);
      else if (other.file !== file) problems.push(`${key}: stands in ${file}, but in ${locale}/${other.file}`);
      else if (
        placeholders(text) !== null &&
        placeholders(other.text) !== null &&
        placeholders(text) !== placeholders(other.text)
      )
        problems.push(
          `${key}: fills ${placeholders(text) || "nothing"}, but in ${locale} ${placeholders(other.text) || "nothing"}`,
        );
    }
    for (const [key, { file }] of translated) {
      if (!base.has(key)) problems.push(`${key}: stands in ${locale}/${file} alone`);
    }
  }
  for (const pattern of patterns) {
    const file = pattern.replace("{locale}", settings.baseLocale).split("/").slice(-1)[0] ?? "";
    if (!existsSync(join(messagesFolder, settings.baseLocale, file)))
      problems.push(`${file}: is named in ${settingsFile} but absent`);
  }
  return problems;
}

/** Checks and compiles the project's own sentences. Throws with all problems listed. */
export async function compileMessages() {
  const problems = findMessageProblems(join(root, "src/app/i18n"), join(root, "project.inlang/settings.json"));
  if (problems.length > 0) throw new Error(`Messages:\n  ${problems.join("\n  ")}`);
  const { compile } = await import(pathToFileURL(requireFromRoot.resolve("@inlang/paraglide-js")).href);
  process.chdir(root);
  await compile(messageOptions);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) compileMessages().catch(exitWith);
