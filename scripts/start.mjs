// npm start [-- --port N] [--no-open]: installs and builds what is missing, then serves the page on this machine.
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { serveFolder, serveFromPort } from "./serve.mjs";
import { distFolder, ensureBuild, ensureDependencies, exitWith } from "./setup.mjs";

/**
 * Opens the address where a desktop is there; that it cannot is never a failure.
 *
 * @param {string} url
 */
function openInBrowser(url) {
  const hasDesktop = process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  if (!hasDesktop || process.env.CI || process.env.SSH_CONNECTION) return;
  const [command, ...args] =
    process.platform === "darwin"
      ? ["open", url]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", "", url]
        : ["xdg-open", url];
  const child = spawn(command, args, { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}

async function start() {
  const { values } = parseArgs({ options: { port: { type: "string" }, "no-open": { type: "boolean" } } });
  const port = values.port === undefined ? null : Number(values.port);
  if (port !== null && !(Number.isInteger(port) && port >= 0 && port < 65536))
    throw new Error(`--port must be in [0, 65535], got ${values.port}`);
  await ensureDependencies();
  await ensureBuild();
  const server =
    port === null ? await serveFromPort(distFolder, 4173) : await serveFolder({ folder: distFolder, port, sendsHeaders: true });
  console.log(`Trendloom runs at ${server.url}\nPress Ctrl+C to stop.`);
  if (!values["no-open"]) openInBrowser(server.url);
}

start().catch(exitWith);
