import { readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

interface PackageManifest {
  name: string;
  version: string;
  license?: string;
}

const RULE = "-".repeat(72);

/** Folder of the package that a module belongs to, or null for our own modules and virtual ones. */
export function packageFolder(moduleId: string): string | null {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/\0]+(?=\/)/.exec(moduleId.replaceAll("\\", "/"))?.[0].replace(/^\0/, "") ?? null;
}

function describePackage(folder: string): string {
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as PackageManifest;
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(name));
  const text = file === undefined ? "(The package holds no licence file.)" : readFileSync(`${folder}/${file}`, "utf8").trim();
  return `${RULE}\n${manifest.name} ${manifest.version}\nLicence: ${manifest.license ?? "not stated"}\n\n${text}\n`;
}

/**
 * Lists the licence of every package with a module in the built pages or workers, as `licences.txt`.
 * Workers are bundled apart from the pages and before them: `collect` runs in both, `write` once at the end.
 */
export function createLicenceList(): { collect: () => Plugin; write: () => Plugin } {
  const folders = new Set<string>();
  return {
    collect: () => ({
      name: "trendloom:licences-collect",
      apply: "build",
      moduleParsed({ id }) {
        const folder = packageFolder(id);
        if (folder !== null) folders.add(folder);
      },
    }),
    write: () => ({
      name: "trendloom:licences-write",
      apply: "build",
      generateBundle() {
        const packages = [...folders].map(describePackage).sort();
        const source = `Trendloom holds code, type and marks of these packages.\n\n${[...new Set(packages)].join("\n")}`;
        this.emitFile({ type: "asset", fileName: "licences.txt", source });
      },
    }),
  };
}
