import { drawnX, drawnY, type MapPoints } from "./customer-map.ts";

/** Above this many points the marks are smaller and fainter, so that density still shows. */
const DENSE_FROM = 20_000;

/** Points in data units; NaN is not drawn. */
export interface CloudPoints extends MapPoints {
  /** Segment of each point. */
  readonly labels: ArrayLike<number>;
  /** 1 where a point stands back: outside the selection, or not of the segment that is looked at. */
  readonly isFaded: Uint8Array | null;
}

/** From data units to picture elements of the raster, axis by axis: value · k + shift. */
export interface Placing {
  readonly x: { readonly k: number; readonly shift: number };
  readonly y: { readonly k: number; readonly shift: number };
}

export interface CloudLook {
  /** 0xBBGGRR, one a segment, and the colour beneath. */
  readonly colors: readonly number[];
  readonly paper: number;
  /** In picture elements. */
  readonly radius: number;
  /** Draws each so manieth point alone; all where absent. */
  readonly every?: number;
}

/** Picture elements in the order of `ImageData`: 0xAABBGGRR on the little-endian machines that browsers run on. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
}

interface Stamp {
  readonly dx: readonly number[];
  readonly dy: readonly number[];
  /** Coverage times opacity, in 256ths. */
  readonly weights: readonly number[];
}

const SUB = 4;
const SAMPLES = 8;

/** Share of a picture element that a disc covers, by 8 × 8 samples. */
function coverage(px: number, py: number, centre: readonly [number, number], radius: number): number {
  let n = 0;
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const x = px + ((i % SAMPLES) + 0.5) / SAMPLES - centre[0];
    const y = py + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES - centre[1];
    if (x * x + y * y <= radius * radius) n++;
  }
  return n / (SAMPLES * SAMPLES);
}

/** A disc with soft edges for each of 4 × 4 places of its centre inside a picture element. */
export function discStamps(radius: number, opacity: number): Stamp[] {
  const reach = Math.ceil(radius);
  return Array.from({ length: SUB * SUB }, (_, place) => {
    const centre = [((place % SUB) + 0.5) / SUB, (Math.floor(place / SUB) + 0.5) / SUB] as const;
    const stamp = { dx: [] as number[], dy: [] as number[], weights: [] as number[] };
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        const weight = Math.round(coverage(dx, dy, centre, radius) * opacity * 256);
        if (weight === 0) continue;
        stamp.dx.push(dx);
        stamp.dy.push(dy);
        stamp.weights.push(weight);
      }
    }
    return stamp;
  });
}

/** `a` of 256 parts of the one colour over the other, all three channels in two multiplications; opaque. */
function blend(below: number, above: number, a: number): number {
  const redBlue = below & 0xff00ff;
  const green = below & 0x00ff00;
  const newRedBlue = (redBlue + (Math.imul((above & 0xff00ff) - redBlue, a) >> 8)) & 0xff00ff;
  const newGreen = (green + (Math.imul((above & 0x00ff00) - green, a) >> 8)) & 0x00ff00;
  return (newRedBlue | newGreen | 0xff000000) >>> 0;
}

function stampInside(raster: Raster, x: number, y: number, stamp: Stamp, color: number): void {
  const { width, height, pixels } = raster;
  for (let s = 0; s < stamp.weights.length; s++) {
    const px = x + stamp.dx[s];
    const py = y + stamp.dy[s];
    if (px < 0 || py < 0 || px >= width || py >= height) continue;
    pixels[py * width + px] = blend(pixels[py * width + px], color, stamp.weights[s]);
  }
}

/**
 * Draws the cloud straight into picture elements, faded points first. A path of 100,000 arcs takes a software canvas about a
 * second; these stamps take a few milliseconds, which is what panning and zooming need.
 */
export function paintCloud(raster: Raster, points: CloudPoints, placing: Placing, look: CloudLook): void {
  const turns = paintInTurns(raster, points, placing, look, points.x.length);
  while (!turns.next().done);
}

/** The same picture, so many points at a time. */
export function* paintInTurns(
  raster: Raster,
  points: CloudPoints,
  placing: Placing,
  look: CloudLook,
  nAtOnce: number,
): Generator<void, void, void> {
  const isDense = points.x.length > DENSE_FROM;
  const radius = look.radius * (isDense ? 0.62 : 1);
  const layers = [
    { stamps: discStamps(radius, isDense ? 0.07 : 0.14), layer: 1 as const },
    { stamps: discStamps(radius, isDense ? 0.5 : 0.66), layer: 0 as const },
  ];
  raster.pixels.fill((look.paper | 0xff000000) >>> 0);
  for (const { stamps, layer } of points.isFaded ? layers : layers.slice(1)) {
    for (let from = 0; from < points.x.length; from += nAtOnce) {
      paintSome(raster, points, placing, look, { stamps, layer, from, to: Math.min(points.x.length, from + nAtOnce) });
      yield;
    }
  }
}

/** Which of the four quarters a fraction lies in; a fraction that was rounded up to 1 lies in the last. */
const quarter = (fraction: number): number => Math.min(SUB - 1, Math.floor(fraction * SUB));

interface PaintedPart {
  readonly stamps: readonly Stamp[];
  readonly layer: 0 | 1;
  readonly from: number;
  readonly to: number;
}

function paintSome(
  raster: Raster,
  points: CloudPoints,
  placing: Placing,
  look: CloudLook,
  { stamps, layer, from, to }: PaintedPart,
): void {
  const { width, height } = raster;
  const { labels, isFaded } = points;
  const every = look.every ?? 1;
  const reach = Math.max(...stamps.flatMap((stamp) => stamp.dx));
  for (let i = Math.ceil(from / every) * every; i < to; i += every) {
    if (isFaded !== null && isFaded[i] !== layer) continue;
    const atX = drawnX(points, i) * placing.x.k + placing.x.shift;
    const atY = drawnY(points, i) * placing.y.k + placing.y.shift;
    if (!(atX > -reach && atY > -reach && atX < width + reach && atY < height + reach)) continue;
    const px = Math.floor(atX);
    const py = Math.floor(atY);
    const place = quarter(atY - py) * SUB + quarter(atX - px);
    stampInside(raster, px, py, stamps[place], look.colors[labels[i]] ?? 0);
  }
}
