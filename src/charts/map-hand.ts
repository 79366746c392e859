import { type PlotBox, panBy, type Spot, type View, zoomAt } from "./customer-map.ts";
import type { MapCamera } from "./map-camera.svelte.ts";
import type { MapTool } from "./map-words.ts";

/** What a hand on the map comes to; spots in pixels of the figure. */
export interface HandEvents {
  /** A shape grows: two corners of a rectangle, or the line of a lasso so far. */
  draw(tool: "rectangle" | "lasso", spots: readonly Spot[], isFinal: boolean): void;
  /** Pressed and let go in one place. */
  click(spot: Spot, isTouch: boolean): void;
}

const CLICK_PX = 4;
const LASSO_STEP_PX = 3;

/** One pointer moves the map or draws, two pinch it; a press that does not move is a click. */
export class MapHand {
  private readonly spots = new Map<number, Spot>();
  private start: { spot: Spot; view: View; tool: MapTool } | null = null;
  private pinch: { distance: number; middle: Spot; view: View } | null = null;
  private line: Spot[] = [];
  private hasMoved = false;

  constructor(
    private readonly camera: MapCamera,
    private readonly box: () => PlotBox,
    private readonly events: HandEvents,
  ) {}

  get isBusy(): boolean {
    return this.start !== null && this.hasMoved;
  }

  down(id: number, spot: Spot, tool: MapTool): void {
    this.spots.set(id, spot);
    if (this.spots.size === 2) {
      this.start = null;
      this.pinch = { ...this.span(), view: this.camera.target };
    } else if (this.spots.size === 1) {
      this.start = { spot, view: this.camera.target, tool };
      this.line = [spot];
      this.hasMoved = false;
    }
  }

  move(id: number, spot: Spot): void {
    if (!this.spots.has(id)) return;
    this.spots.set(id, spot);
    if (this.pinch && this.spots.size === 2) {
      this.pinchTo(this.pinch);
      return;
    }
    if (!this.start) return;
    if (Math.hypot(spot.x - this.start.spot.x, spot.y - this.start.spot.y) > CLICK_PX) this.hasMoved = true;
    if (!this.hasMoved) return;
    const { view, spot: from, tool } = this.start;
    if (tool === "move") this.camera.moveTo(panBy(view, spot.x - from.x, spot.y - from.y, this.box()));
    else if (tool === "rectangle") this.events.draw("rectangle", [from, spot], false);
    else {
      const last = this.line.at(-1) ?? from;
      if (Math.hypot(spot.x - last.x, spot.y - last.y) >= LASSO_STEP_PX) this.line.push(spot);
      this.events.draw("lasso", this.line, false);
    }
  }

  up(id: number, spot: Spot, isTouch: boolean): void {
    const { start } = this;
    this.spots.delete(id);
    if (this.pinch) {
      if (this.spots.size === 0) this.pinch = null;
      return;
    }
    this.start = null;
    if (!start) return;
    if (!this.hasMoved) this.events.click(spot, isTouch);
    else if (start.tool === "rectangle") this.events.draw("rectangle", [start.spot, spot], true);
    else if (start.tool === "lasso" && this.line.length > 2) this.events.draw("lasso", this.line, true);
  }

  cancel(id: number): void {
    this.spots.delete(id);
    this.start = null;
    this.pinch = null;
  }

  private span(): { distance: number; middle: Spot } {
    const [a, b] = [...this.spots.values()];
    return { distance: Math.hypot(a.x - b.x, a.y - b.y) || 1, middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } };
  }

  private pinchTo(from: { distance: number; middle: Spot; view: View }): void {
    const { distance, middle } = this.span();
    const zoomed = zoomAt(from.view, distance / from.distance, from.middle.x, from.middle.y, this.box());
    this.camera.moveTo(panBy(zoomed, middle.x - from.middle.x, middle.y - from.middle.y, this.box()));
  }
}
