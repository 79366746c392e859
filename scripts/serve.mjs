import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/**
 * The file that a request means, or null: nothing outside `folder`, no file whose name begins with a dot or underscore.
 *
 * @param {string} folder
 * @param {string} basePath Begins and ends with a slash.
 * @param {string} requestUrl
 */
function findFile(folder, basePath, requestUrl) {
  let path;
  try {
    path = decodeURIComponent(new URL(requestUrl, "http://localhost").pathname);
  } catch {
    return null;
  }
  if (!path.startsWith(basePath) || path.includes("\0")) return null;
  const inside = normalize(path.slice(basePath.length) || "index.html");
  if (inside.split(sep).some((part) => part.startsWith(".") || part.startsWith("_"))) return null;
  const file = join(folder, inside);
  if (!existsSync(file)) return null;
  if (!statSync(file).isDirectory()) return file;
  const index = join(file, "index.html");
  return path.endsWith("/") && existsSync(index) ? index : null;
}

/**
 * Headers for every file, as the built `_headers` states them.
 *
 * @param {string} folder
 * @returns {Record<string, string>}
 */
function readHeaders(folder) {
  const file = join(folder, "_headers");
  if (!existsSync(file)) return {};
  const lines = readFileSync(file, "utf8").split("\n");
  return Object.fromEntries([...lines.join("\n").matchAll(/^ +([\w-]+): (.+)$/gm)].map(([, name, value]) => [name, value]));
}

/**
 * Serves a folder of files on the loopback address, as a plain static host does. The browser asks again for every
 * file (`no-cache`), so a new build is seen at once.
 *
 * @param {{ folder: string, port?: number, basePath?: string, sendsHeaders?: boolean }} options
 *   `port`: 0 takes a free one. `basePath`: the folder appears under it. `sendsHeaders`: also send what `_headers` says.
 * @returns {Promise<{ url: string, origin: string, close: () => Promise<void> }>} Rejects with EADDRINUSE where the port is taken.
 */
export async function serveFolder({ folder, port = 0, basePath = "/", sendsHeaders = false }) {
  const headers = sendsHeaders ? readHeaders(folder) : {};
  const server = createServer((request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    const file = findFile(folder, basePath, request.url ?? "/");
    if (file === null) {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Not found\n");
      return;
    }
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-length": statSync(file).size,
      "cache-control": "no-cache",
      ...headers,
    });
    if (request.method === "HEAD") response.end();
    else
      createReadStream(file)
        .on("error", () => response.destroy())
        .pipe(response);
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(undefined));
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const origin = `http://127.0.0.1:${address.port}`;
  const close = () => {
    server.closeAllConnections();
    return /** @type {Promise<void>} */ (new Promise((resolve) => server.close(() => resolve())));
  };
  return { url: origin + basePath, origin, close };
}

/**
 * Serves on the first free port from `firstPort` on.
 *
 * @param {string} folder
 * @param {number} firstPort
 */
export async function serveFromPort(folder, firstPort) {
  for (let port = firstPort; port < firstPort + 100; port++) {
    try {
      return await serveFolder({ folder, port, sendsHeaders: true });
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EADDRINUSE") throw error;
    }
  }
  throw new Error(`No free port from ${firstPort} to ${firstPort + 99}.`);
}
