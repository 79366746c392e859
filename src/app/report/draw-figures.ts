import { flushSync, mount, unmount } from "svelte";
import type { MarkKind } from "../../charts/chart-types.ts";
import { compactSvg } from "../../charts/compact-svg.ts";
import MarkIcon from "../../charts/MarkIcon.svelte";
import type { FigureSpec } from "../figures/figure-spec.ts";
import type { Draw } from "./report-parts.ts";

/** Draws the page's own charts out of sight, in the light theme, and takes them as SVG text. */
export class PageDrawing implements Draw {
  private readonly stage: HTMLElement;
  private readonly marks = new Map<MarkKind, string>();

  constructor() {
    this.stage = document.createElement("div");
    this.stage.dataset.theme = "light";
    this.stage.setAttribute("aria-hidden", "true");
    this.stage.inert = true;
    Object.assign(this.stage.style, { position: "absolute", top: "0", left: "-10000px", visibility: "hidden" });
    document.body.append(this.stage);
  }

  private draw(component: FigureSpec["component"], props: Readonly<Record<string, unknown>>): string {
    const drawn = mount(component, { target: this.stage, props: { ...props } });
    try {
      flushSync();
      const svg = this.stage.querySelector("svg");
      return svg === null ? "" : compactSvg(svg);
    } finally {
      void unmount(drawn);
      this.stage.replaceChildren();
    }
  }

  chart({ component, props }: FigureSpec, widthPx: number): string {
    this.stage.style.width = `${widthPx}px`;
    return this.draw(component, { ...props, width: widthPx });
  }

  mark(kind: MarkKind): string {
    const known = this.marks.get(kind) ?? this.draw(MarkIcon as unknown as FigureSpec["component"], { kind });
    this.marks.set(kind, known);
    return known;
  }

  close(): void {
    this.stage.remove();
  }
}
