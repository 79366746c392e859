import { limitView, type PlotBox, panBy, type Spot, type View, WHOLE_VIEW, zoomAt } from "./customer-map.ts";

/** Share of the way to its goal that the view goes in each frame. */
const EASE = 0.34;

/**
 * The view of a map. However many events arrive, the view changes once in a frame; steps by key, wheel and button glide, where
 * motion is not reduced, and a drag follows the hand.
 */
export class MapCamera {
  view = $state.raw<View>(WHOLE_VIEW);
  private goal: View = WHOLE_VIEW;
  private glides = false;
  private frame = 0;

  constructor(private readonly box: () => PlotBox) {}

  /** Where the view is on its way to. */
  get target(): View {
    return this.goal;
  }

  zoom(factor: number, at: Spot = this.middle()): void {
    this.glideTo(zoomAt(this.goal, factor, at.x, at.y, this.box()));
  }

  pan(dx: number, dy: number): void {
    this.glideTo(panBy(this.goal, dx, dy, this.box()));
  }

  showAll(): void {
    this.glideTo(WHOLE_VIEW);
  }

  glideTo(view: View): void {
    this.goal = limitView(view, this.box());
    this.glides = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.schedule();
  }

  /** At once, in the next frame. */
  moveTo(view: View): void {
    this.goal = limitView(view, this.box());
    this.glides = false;
    this.schedule();
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  private middle(): Spot {
    const { left, right, top, bottom } = this.box();
    return { x: (left + right) / 2, y: (top + bottom) / 2 };
  }

  private schedule(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.advance());
  }

  private advance(): void {
    this.frame = 0;
    const { view, goal } = this;
    const isNear = Math.abs(goal.k / view.k - 1) < 0.002 && Math.hypot(goal.x - view.x, goal.y - view.y) < 0.5;
    if (!this.glides || isNear) {
      this.view = goal;
      return;
    }
    const between = (from: number, to: number) => from + (to - from) * EASE;
    this.view = { k: between(view.k, goal.k), x: between(view.x, goal.x), y: between(view.y, goal.y) };
    this.schedule();
  }
}
