// npm run analyze -- [FILE.csv] [--out DIR] [flags]: set-up, then the analysis; standard output holds its results alone.
import { join } from "node:path";
import { CommandError, ensureBuild, ensureDependencies, exitWith, root, runTool } from "./setup.mjs";

async function analyze() {
  try {
    await ensureDependencies({ outputTo: "stderr" });
    await ensureBuild({ outputTo: "stderr" });
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
  // Paths among the arguments count from where the user stands; npm itself moves to the project's folder.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  await runTool("tsx", [join(root, "scripts", "analyze", "main.ts"), ...process.argv.slice(2)], { cwd });
}

analyze().catch((error) => {
  // A run that ended with a status has said itself what went wrong.
  if (error instanceof CommandError) process.exit(error.status);
  exitWith(error);
});
