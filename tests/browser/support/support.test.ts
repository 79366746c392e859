import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveFolder } from "../../../scripts/serve.mjs";
import { CONTENT_SECURITY_POLICY } from "../../../scripts/vite/security-policy.ts";
import { type OpenedPage, openPage } from "./open-page.ts";

let foreign: Awaited<ReturnType<typeof serveFolder>>;
let folder: string;

/** A site whose page, frame, workers and service worker each ask another origin, under their own name. */
function plantSite(ask: (name: string) => string): Record<string, string> {
  const start =
    'navigator.serviceWorker.register("service.js"); new Worker("worker.js"); new Worker("inside/module.js", { type: "module" });';
  const socket = `new WebSocket("${foreign.origin.replace("http", "ws")}/socket");`;
  return {
    "index.html": '<!doctype html><title>site</title><script src="page.js"></script><iframe src="frame.html"></iframe>',
    "page.js": `${ask("page")} ${start} ${socket} fetch("data.json?rows=1"); fetch("page.js", { method: "POST", body: "rows" });`,
    "data.json": "{}",
    "frame.html": '<!doctype html><script src="frame.js"></script>',
    "frame.js": ask("frame"),
    "worker.js": `${ask("worker")} new Worker("nested.js");`,
    "nested.js": ask("nested"),
    "inside/module.js": ask("module"),
    "service.js": ask("service"),
  };
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const namesAt = (site: OpenedPage) =>
  new Set(site.requests.judge(site.origin).foreignOrigin.map((request) => request.url.split("/").pop()));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "trendloom-site-"));
  foreign = await serveFolder({ folder });
});
afterAll(async () => {
  await foreign.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("the watch over requests", () => {
  test("sees a request of every kind of target, sockets, queries and bodies", async () => {
    write(plantSite((name) => `fetch("${foreign.origin}/${name}").catch(() => {});`));
    await using site = await openPage({ folder, basePath: "/some/folder/" });
    const expected = ["page", "frame", "worker", "nested", "module", "service", "socket"];
    await expect.poll(() => [...namesAt(site)].sort(), { timeout: 20_000 }).toEqual(expected.sort());
    const { nonGet, withQueryOrBody, ownFiles } = site.requests.judge(site.origin);
    expect(nonGet.map((request) => request.method).sort()).toEqual(["POST", "WEBSOCKET"]);
    expect(nonGet.find((request) => request.method === "POST")).toMatchObject({ postData: "rows", from: "page" });
    expect(withQueryOrBody.map((request) => request.url.split("/").pop()).sort()).toEqual(["data.json?rows=1", "page.js"]);
    expect(ownFiles.map((request) => request.url)).toContain(`${site.url}nested.js`);
  });

  test("does not count what the policy kept back", async () => {
    write({
      "index.html": `<!doctype html><meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}"><script src="page.js"></script>`,
      "page.js": `fetch("${foreign.origin}/page").catch(() => { document.title = "refused"; });`,
    });
    await using site = await openPage({ folder });
    await expect.poll(() => site.page.title()).toBe("refused");
    expect([...namesAt(site)]).toEqual([]);
    expect(site.errors.join("\n")).toContain("Content Security Policy");
  });
});

describe("the server", () => {
  test("sends right types and nothing from outside its folder", async () => {
    write({
      "index.html": "<!doctype html>",
      "a.js": "1",
      "b.wasm": "",
      ".secret": "x",
      _headers: "/*\n  X-Content-Type-Options: nosniff\n",
    });
    const server = await serveFolder({ folder, basePath: "/sub/", sendsHeaders: true });
    const get = (path: string, method = "GET") => fetch(server.origin + path, { method });
    expect((await get("/sub/a.js")).headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect((await get("/sub/b.wasm")).headers.get("content-type")).toBe("application/wasm");
    expect((await get("/sub/")).headers.get("x-content-type-options")).toBe("nosniff");
    expect((await get("/sub/a.js", "POST")).status).toBe(405);
    for (const path of [
      "/a.js",
      "/sub/.secret",
      "/sub/_headers",
      "/sub/%2e%2e/%2e%2e/etc/passwd",
      "/sub/..%2f..%2fetc/passwd",
      "/sub/absent",
      "/sub/%",
    ]) {
      expect((await get(path)).status, path).toBe(404);
    }
    await server.close();
  });
});
