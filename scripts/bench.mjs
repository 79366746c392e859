// npm run bench [-- --only trees,gan,reader,segments]: set-up, then bench/main.ts.
import { join } from "node:path";
import { CommandError, ensureDependencies, exitWith, root, runTool } from "./setup.mjs";

async function bench() {
  await ensureDependencies({ outputTo: "stderr" });
  await runTool("tsx", [join(root, "bench", "main.ts"), ...process.argv.slice(2)]);
}

bench().catch((error) => {
  // A run that ended with a status has said itself what went wrong.
  if (error instanceof CommandError) process.exit(error.status);
  exitWith(error);
});
