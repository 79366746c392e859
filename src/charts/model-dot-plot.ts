import type { Format, Interval, Reference, Tick } from "./chart-types.ts";
import { type PlacedReference, placeReferences, referenceRows } from "./references.ts";
import { niceScale, ticksOf } from "./scales.ts";
import { fitText, textWidth } from "./text-width.ts";

export interface ModelRow {
  readonly label: string;
  readonly detail: string;
  /** `model` is a filled circle, `partial` (fewer folds) a hollow one with a broken interval, `guess` an ink square. */
  readonly kind: "model" | "partial" | "guess";
  /** One per panel; null where the model does not give this figure. */
  readonly scores: readonly (Interval | null)[];
  /** Right column: where it was trained, and why there. */
  readonly aside: readonly [string, string];
}

export interface ModelPanel {
  readonly title: string;
  readonly format: Format;
  readonly formatTick: Format;
  readonly references: readonly Reference[];
}

export interface ModelOptions {
  readonly width: number;
  readonly asideTitle: string;
  readonly absentText: string;
}

export interface PanelLayout {
  readonly title: string;
  readonly titleY: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly Tick[];
  readonly references: readonly PlacedReference[];
  readonly valueX: number;
  readonly marks: readonly {
    readonly row: number;
    readonly x: number;
    readonly y: number;
    readonly lowX: number;
    readonly highX: number;
    readonly text: string;
  }[];
  /** Rows without this figure. */
  readonly absent: readonly { readonly row: number; readonly y: number }[];
}

export interface ModelLayout {
  readonly isNarrow: boolean;
  readonly height: number;
  readonly panels: readonly PanelLayout[];
  readonly rows: readonly {
    readonly label: string;
    readonly detail: string;
    readonly aside: readonly [string, string];
    /** Middle of the row; once for each panel where panels stand below each other. */
    readonly ys: readonly number[];
  }[];
  readonly asideX: number;
}

const WIDE_ROW = 46;
/** Rows of the first panel also say where the model was trained. */
const NARROW_ROWS = [54, 40] as const;
const NARROW_BELOW = 760;
const LEAST_VALUE_ROOM = 64;
const REFERENCE_ROW = 16;

/** Models in rows, one panel per measure; on a narrow page the panels stand below each other and labels above the marks. */
export function layoutModelDotPlot(rows: readonly ModelRow[], panels: readonly ModelPanel[], options: ModelOptions): ModelLayout {
  return options.width < NARROW_BELOW ? layoutNarrow(rows, panels, options.width) : layoutWide(rows, panels, options);
}

function panelScale(rows: readonly ModelRow[], panel: ModelPanel, index: number, left: number, right: number) {
  const values = rows.flatMap((row) => {
    const score = row.scores[index];
    return score ? [score.low, score.value, score.high] : [];
  });
  return niceScale([...values, ...panel.references.map((each) => each.value)], [left + 4, right - 4], 5);
}

interface PanelPlace {
  readonly left: number;
  readonly right: number;
  readonly titleY: number;
  readonly top: number;
  readonly rowHeight: number;
  /** Middle of the mark, from the top of its row. */
  readonly middle: number;
  readonly references: readonly PlacedReference[];
}

function layoutPanel(rows: readonly ModelRow[], panel: ModelPanel, index: number, place: PanelPlace): PanelLayout {
  const { left, right, top, rowHeight } = place;
  const scale = panelScale(rows, panel, index, left, right);
  const y = (row: number) => top + row * rowHeight + place.middle;
  return {
    title: panel.title,
    titleY: place.titleY,
    left,
    right,
    top,
    bottom: top + rows.length * rowHeight,
    ticks: rows.length === 0 ? [] : ticksOf(scale, panel.formatTick, right - left < 260 ? 4 : 5),
    references: place.references,
    valueX: right + 16,
    marks: rows.flatMap((row, r) => {
      const score = row.scores[index];
      if (!score || !Number.isFinite(score.value)) return [];
      return [
        {
          row: r,
          x: scale(score.value),
          y: y(r),
          lowX: scale(score.low),
          highX: scale(score.high),
          text: panel.format(score.value),
        },
      ];
    }),
    absent: rows.flatMap((row, r) => (row.scores[index] ? [] : [{ row: r, y: y(r) }])),
  };
}

function widest(texts: readonly (readonly [string, string])[], least: number, most: number): number {
  const width = texts.reduce((max, [strong, quiet]) => Math.max(max, textWidth(strong, 12, true), textWidth(quiet)), least);
  return Math.min(most, width);
}

function layoutWide(rows: readonly ModelRow[], panels: readonly ModelPanel[], options: ModelOptions): ModelLayout {
  const { width, asideTitle, absentText } = options;
  const valueRoom = Math.max(LEAST_VALUE_ROOM, textWidth(absentText) + 32);
  const labelRoom =
    widest(
      rows.map((row) => [row.label, row.detail]),
      120,
      width * 0.22,
    ) + 20;
  const asideRoom =
    widest(
      rows.map((row) => row.aside),
      textWidth(asideTitle, 12, true),
      width * 0.22,
    ) + 4;
  const plotRoom = width - labelRoom - asideRoom - panels.length * valueRoom - 8;
  const shares = panels.length === 2 ? [0.62, 0.38] : panels.map(() => 1 / panels.length);
  const edges = panels.map((_, index) => {
    const before = shares.slice(0, index).reduce((sum, share) => sum + share, 0);
    const left = labelRoom + before * plotRoom + index * valueRoom;
    return { left, right: left + (shares[index] ?? 1) * plotRoom };
  });
  const references = panels.map((panel, index) => {
    const { left = 0, right = 0 } = edges[index] ?? {};
    return placeReferences(panel.references, panelScale(rows, panel, index, left, right), [
      index === 0 ? 0 : left,
      right + valueRoom - 8,
    ]);
  });
  const top = 24 + REFERENCE_ROW * Math.max(0, ...references.map(referenceRows));
  return {
    isNarrow: false,
    height: top + rows.length * WIDE_ROW + 26,
    panels: panels.map((panel, index) =>
      layoutPanel(rows, panel, index, {
        ...(edges[index] ?? { left: 0, right: 0 }),
        titleY: 12,
        top,
        rowHeight: WIDE_ROW,
        middle: WIDE_ROW / 2,
        references: references[index] ?? [],
      }),
    ),
    rows: rows.map((row, r) => ({
      label: fitText(row.label, labelRoom - 12, 12, true),
      detail: fitText(row.detail, labelRoom - 12),
      aside: [fitText(row.aside[0], asideRoom, 12, true), fitText(row.aside[1], asideRoom)],
      ys: [top + r * WIDE_ROW + WIDE_ROW / 2],
    })),
    asideX: width - asideRoom,
  };
}

function layoutNarrow(rows: readonly ModelRow[], panels: readonly ModelPanel[], width: number): ModelLayout {
  let titleY = 12;
  const laid = panels.map((panel, index) => {
    const references = placeReferences(panel.references, panelScale(rows, panel, index, 0, width), [0, width]);
    const top = titleY + 12 + REFERENCE_ROW * referenceRows(references);
    const rowHeight = NARROW_ROWS[index === 0 ? 0 : 1];
    const placed = layoutPanel(rows, panel, index, {
      left: 0,
      right: width,
      titleY,
      top,
      rowHeight,
      middle: rowHeight - 14,
      references,
    });
    titleY = placed.bottom + 56;
    return placed;
  });
  return {
    isNarrow: true,
    height: Math.max(24, titleY - 30),
    panels: laid,
    rows: rows.map((row, r) => ({
      label: fitText(row.label, width - 70, 12, true),
      detail: fitText(row.detail, width),
      aside: [fitText(`${row.aside[0]}: ${row.aside[1]}`, width), ""],
      ys: laid.map((panel, index) => panel.top + r * NARROW_ROWS[index === 0 ? 0 : 1] + 14),
    })),
    asideX: 0,
  };
}
