import type { Component } from "svelte";
import { associationMap } from "./association-map.specimens.ts";
import { barList } from "./bar-list.specimens.ts";
import { customerMap } from "./customer-map.specimens.ts";
import { ledgerDotPlot } from "./ledger-dot-plot.specimens.ts";
import { lineWithBand } from "./line-with-band.specimens.ts";
import { modelDotPlot } from "./model-dot-plot.specimens.ts";
import { sparkline } from "./sparkline.specimens.ts";
import type { ChartSpecimens, Specimen } from "./specimen.ts";
import { traitDots } from "./trait-dots.specimens.ts";

/** A chart whose props are known to fit each other, so that charts of different props can stand in one list. */
export interface GalleryChart {
  readonly chart: string;
  readonly widthPx: number;
  readonly component: Component<Record<string, unknown>>;
  readonly specimens: readonly Specimen<Record<string, unknown>>[];
}

function entry<Props extends object>(chart: ChartSpecimens<Props>): GalleryChart {
  return chart as unknown as GalleryChart;
}

export const charts: readonly GalleryChart[] = [
  entry(sparkline),
  entry(associationMap),
  entry(barList),
  entry(customerMap),
  entry(lineWithBand),
  entry(traitDots),
  entry(modelDotPlot),
  entry(ledgerDotPlot),
];
