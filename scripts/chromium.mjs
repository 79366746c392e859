import { existsSync } from "node:fs";
import { join } from "node:path";
import { requireFromRoot, root, runCommand, runNpm } from "./setup.mjs";

/** A browser to start: `args` belong to this browser on this machine and come before any of the caller's own. */
/** @typedef {{ executablePath: string, args: string[] }} Chromium */

/** Quiet on the network: no updates, no sign-in, no lookups of its own. */
const QUIET_ARGS = [
  "--disable-quic",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-domain-reliability",
];

const LINUX_NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "microsoft-edge-stable",
];

/** Where the usual browsers stand on this system. */
function usualPlaces() {
  if (process.platform === "darwin") {
    const names = ["Google Chrome", "Chromium", "Microsoft Edge"];
    const folders = ["/Applications", join(process.env.HOME ?? "", "Applications")];
    return folders.flatMap((folder) => names.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`));
  }
  if (process.platform === "win32") {
    const folders = [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA].filter(
      (folder) => folder !== undefined,
    );
    const programs = [
      "Google\\Chrome\\Application\\chrome.exe",
      "Chromium\\Application\\chrome.exe",
      "Microsoft\\Edge\\Application\\msedge.exe",
    ];
    return folders.flatMap((folder) => programs.map((program) => `${folder}\\${program}`));
  }
  const folders = [...(process.env.PATH ?? "").split(":").filter(Boolean), "/usr/bin", "/usr/local/bin", "/snap/bin"];
  return LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

const isRoot = () => process.getuid?.() === 0;

/**
 * @param {string} executablePath
 * @param {readonly string[]} [args]
 * @returns {Chromium}
 */
function describe(executablePath, args = []) {
  // A root user cannot have Chromium's sandbox.
  return { executablePath, args: [...new Set([...args, ...QUIET_ARGS, ...(isRoot() ? ["--no-sandbox"] : [])])] };
}

function installedBrowser() {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROME_PATH names no file: ${named}`);
    return named;
  }
  return usualPlaces().find((place) => existsSync(place)) ?? null;
}

async function installFromDebian() {
  if (process.platform !== "linux" || !isRoot() || !existsSync("/usr/bin/apt-get")) return null;
  console.error("Installing Chromium (apt-get install chromium) …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    await runCommand("apt-get", ["update", "-qq"], { env, outputTo: "stderr" });
    await runCommand("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { env, outputTo: "stderr" });
  } catch {
    return null;
  }
  return installedBrowser();
}

/**
 * A Chromium for Linux that ships inside an npm package, libraries included. It stays out of package.json, as only
 * machines without a browser need it.
 */
async function installFromNpm() {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  const name = "@sparticuz/chromium";
  if (!existsSync(join(root, "node_modules", name))) {
    console.error(`Installing Chromium (npm install --no-save ${name}) …`);
    await runNpm(["install", "--no-save", "--no-audit", "--no-fund", name], { outputTo: "stderr" });
  }
  // The package unpacks its libraries only where it believes to be on the host that it was made for.
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs20.x";
  const packaged = requireFromRoot(name).default;
  return describe(await packaged.executablePath(), ["--no-zygote"]);
}

/**
 * Finds a Chromium-like browser, or installs one: CHROME_PATH, the usual places of Chromium, Chrome and Edge, Debian's
 * package (as root), a package from npm (Linux). Playwright never downloads a browser here.
 *
 * @returns {Promise<Chromium>}
 */
export async function findChromium() {
  const installed = installedBrowser() ?? (await installFromDebian());
  if (installed !== null) return describe(installed);
  const packaged = await installFromNpm();
  if (packaged !== null) return packaged;
  throw new Error(`No Chromium, Chrome or Edge was found. Install one, or name it in CHROME_PATH. (Looked from ${root}.)`);
}
