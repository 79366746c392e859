import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Plugin } from "vite";

const PUBLIC_FOLDER = "public";

function publicFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".md"))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

/**
 * The service worker's script. It fetches every file of the page once, answers from that copy, and deletes the copies
 * of earlier builds. A new build takes over when no page of the old one is open, so that a page never mixes two.
 */
function script(files: readonly string[], version: string): string {
  return `const FILES = ${JSON.stringify(files)};
const FAMILY = "trendloom " + registration.scope;
const CACHE = FAMILY + " ${version}";
addEventListener("install", (event) => {
  const requests = FILES.map((file) => new Request(file, { cache: "no-cache" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});
addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(FAMILY) && name !== CACHE;
  const clean = caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name))));
  event.waitUntil(clean.then(() => clients.claim()));
});
addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const kept = caches.open(CACHE).then((cache) => cache.match(event.request, { ignoreVary: true }));
  event.respondWith(kept.then((response) => response ?? fetch(event.request)));
});
`;
}

/**
 * Writes sw.js, by which the page works offline after its first load. Workbox, the usual tool, asks for files with a
 * query behind their names; no request of this page has one, so that anybody can check that none carries data.
 */
export function offline(): Plugin {
  return {
    name: "trendloom-offline",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const built = Object.keys(bundle).filter((name) => !name.startsWith("_") && !name.includes("gallery"));
      const files = ["./", ...built, ...publicFiles(PUBLIC_FOLDER)].sort();
      const hash = createHash("sha256").update(files.join("\n"));
      for (const name of built) {
        const part = bundle[name];
        hash.update(part.type === "chunk" ? part.code : part.source);
      }
      for (const name of publicFiles(PUBLIC_FOLDER)) hash.update(readFileSync(join(PUBLIC_FOLDER, name)));
      this.emitFile({ type: "asset", fileName: "sw.js", source: script(files, hash.digest("hex").slice(0, 16)) });
    },
  };
}
