const { readFileSync } = require("node:fs");

/** Script that the browser has fetched before the first screen stands: the entry and everything it imports statically. */
function firstPaintScripts() {
  const html = readFileSync("dist/index.html", "utf8");
  const links = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\.\/([^"]+\.js)"/g)];
  return links.map(([, file]) => `dist/${file}`);
}

module.exports = [{ name: "script before the first paint", path: firstPaintScripts(), limit: "120 kB", gzip: true }];
