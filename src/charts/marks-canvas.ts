/** Marks in pixels of the plot; `colors[i]` is a position in the list of colours. */
export interface Marks {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly colors: ArrayLike<number>;
}

/** Above this many marks a canvas draws them. */
export const CANVAS_ABOVE = 2000;
const CANVAS_RADIUS = 1.4;
const CANVAS_OPACITY = 0.62;

/** All marks of one colour as one path of small discs. */
export function discPath({ x, y, colors }: Marks, color: number, radius: number): string {
  const parts: string[] = [];
  for (let i = 0; i < colors.length; i++) {
    if (colors[i] !== color) continue;
    const left = Math.round(((x[i] ?? 0) - radius) * 10) / 10;
    const middle = Math.round((y[i] ?? 0) * 10) / 10;
    parts.push(`M${left} ${middle}a${radius} ${radius} 0 1 1 0 .01z`);
  }
  return parts.join("");
}

/** Draws the marks colour after colour. The context is expected to be scaled to CSS pixels. */
export function drawMarks(context: CanvasRenderingContext2D, { x, y, colors }: Marks, palette: readonly string[]): void {
  context.globalAlpha = CANVAS_OPACITY;
  palette.forEach((color, position) => {
    context.fillStyle = color;
    context.beginPath();
    for (let i = 0; i < colors.length; i++) {
      if (colors[i] !== position) continue;
      context.moveTo((x[i] ?? 0) + CANVAS_RADIUS, y[i] ?? 0);
      context.arc(x[i] ?? 0, y[i] ?? 0, CANVAS_RADIUS, 0, 2 * Math.PI);
    }
    context.fill();
  });
}
