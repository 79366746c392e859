import type { PlotBox } from "./customer-map.ts";

/** Above this many points squares are drawn, which is several times as fast as discs and looks alike at this size. */
const SQUARES_FROM = 20_000;

export interface CloudDrawing {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly labels: ArrayLike<number>;
  readonly colors: readonly string[];
  readonly toX: (value: number) => number;
  readonly toY: (value: number) => number;
  readonly box: PlotBox;
  readonly radius: number;
}

/** Draws a cloud of points, segment after segment. The context is expected to be scaled to CSS pixels. */
export function drawCloud(context: CanvasRenderingContext2D, drawing: CloudDrawing): void {
  const { x, y, labels, colors, toX, toY, box, radius } = drawing;
  const isDense = x.length > SQUARES_FROM;
  const side = isDense ? Math.max(1, radius * 1.2) : 2 * radius;
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.clip();
  context.globalAlpha = isDense ? 0.4 : 0.62;
  colors.forEach((color, segment) => {
    context.fillStyle = color;
    context.beginPath();
    for (let i = 0; i < x.length; i++) {
      if (labels[i] !== segment) continue;
      const atX = toX(x[i] ?? 0);
      const atY = toY(y[i] ?? 0);
      if (!(atX > box.left - 4 && atX < box.right + 4 && atY > box.top - 4 && atY < box.bottom + 4)) continue;
      if (isDense) context.fillRect(atX - side / 2, atY - side / 2, side, side);
      else {
        context.moveTo(atX + radius, atY);
        context.arc(atX, atY, radius, 0, 2 * Math.PI);
      }
    }
    context.fill();
  });
  context.restore();
}
