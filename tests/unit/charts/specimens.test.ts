import { render } from "svelte/server";
import { describe, expect, test } from "vitest";
import { charts } from "../../../src/charts/gallery/registry.ts";

const STATES = ["empty", "one", "typical", "many", "missing", "long labels", "vietnamese", "dark"];

/** The drawing alone: without the frame's HTML and without the markers that hydration needs. */
function drawingOf(body: string): string {
  const markup = body.replace(/<!--.*?-->/gs, "");
  const svg = (/<svg[^>]* role="img".*<\/svg>/s.exec(markup) ?? /<svg.*<\/svg>/s.exec(markup))?.[0] ?? "";
  return `${svg.replace(/ class="([^"]*)"/g, (_, names: string) => ` class="${names.replace(/ ?svelte-\w+/g, "").trim()}"`).replace(/></g, ">\n<")}\n`;
}

describe.each(charts)("$chart", ({ chart, component, specimens }) => {
  test("is shown in every state", () => {
    expect(specimens.map((specimen) => specimen.state)).toEqual(STATES);
  });

  test.each(specimens)("draws $state as saved", async ({ state, props }) => {
    const drawing = drawingOf(render(component, { props }).body);
    expect(drawing).not.toMatch(/NaN|undefined|Infinity|\[object/);
    await expect(drawing).toMatchFileSnapshot(`./snapshots/${chart}/${state.replace(" ", "-")}.svg`);
  });

  test("has a sentence for those who do not see it", () => {
    const typical = specimens.find((specimen) => specimen.state === "typical");
    const { body } = render(component, { props: typical?.props ?? {} });
    expect(body).toMatch(/role="img"[^>]* aria-label="[^"]{12,}"/);
  });
});
