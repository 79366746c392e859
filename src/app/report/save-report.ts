import { exportName, saveFile } from "../save-file.ts";
import type { Workspace } from "../state/workspace.svelte.ts";
import { reportSource } from "./report-source.ts";

/** Makes the one-file report of what the workspace holds now, in the language of the page, and offers it as a download. */
export async function saveHtmlReport(workspace: Workspace): Promise<void> {
  const [{ buildHtmlReport }, { PageDrawing }] = await Promise.all([import("./report-html.ts"), import("./draw-figures.ts")]);
  const drawing = new PageDrawing();
  try {
    const source = reportSource(workspace);
    saveFile(buildHtmlReport(source, drawing), exportName(source.fileName, "report", "html"), "text/html;charset=utf-8");
  } finally {
    drawing.close();
  }
}
