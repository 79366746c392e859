import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "vite";

interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

const RULE = "-".repeat(72);

/** Some packages name the Apache licence and leave its text out, which has to travel with them: it stands once at the end. */
const APACHE_TEXT = "node_modules/typescript/LICENSE.txt";

/** Folder of the package that a file belongs to, or null for our own files and virtual modules. */
export function packageFolder(path: string): string | null {
  const folder = /^(.*\/)?node_modules\/(@[^/]+\/)?[^/]+(?=\/)/.exec(path.replaceAll("\\", "/").replaceAll("\0", ""))?.[0];
  return folder !== undefined && existsSync(`${folder}/package.json`) ? resolve(folder) : null;
}

function describePackage(folder: string): string {
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as PackageManifest;
  const author = typeof manifest.author === "string" ? manifest.author : manifest.author?.name;
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(name));
  const text = file === undefined ? "The package holds no licence text." : readFileSync(`${folder}/${file}`, "utf8").trim();
  const lines = [`${manifest.name} ${manifest.version}`, `Licence: ${manifest.license ?? "not stated"}`];
  if (author !== undefined) lines.push(`Author: ${author}`);
  return `${RULE}\n${lines.join("\n")}\n\n${text}\n`;
}

/**
 * Lists the licence of every package with code or a file in the built pages or workers, as `licences.txt`.
 * Workers are bundled apart from the pages and before them: `collect` runs in both, `write` once at the end.
 */
export function createLicenceList(): { collect: () => Plugin; write: () => Plugin } {
  const folders = new Set<string>();
  const add = (path: string) => {
    const folder = packageFolder(path);
    if (folder !== null) folders.add(folder);
  };
  return {
    collect: () => ({
      name: "trendloom:licences-collect",
      apply: "build",
      moduleParsed: ({ id }) => add(id),
      generateBundle(_, bundle) {
        for (const output of Object.values(bundle)) if (output.type === "asset") output.originalFileNames.forEach(add);
      },
    }),
    write: () => ({
      name: "trendloom:licences-write",
      apply: "build",
      generateBundle() {
        const packages = [...new Set([...folders].map(describePackage))].sort();
        const apache = `${RULE}\nThe Apache License, Version 2.0, in full\n\n${readFileSync(APACHE_TEXT, "utf8").trim()}\n`;
        const source = `Trendloom holds code, type and marks of these packages.\n\n${[...packages, apache].join("\n")}`;
        this.emitFile({ type: "asset", fileName: "licences.txt", source });
      },
    }),
  };
}
