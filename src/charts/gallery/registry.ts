import type { Component } from "svelte";
import { associationMap } from "./association-map.specimens.ts";
import { barList } from "./bar-list.specimens.ts";
import { calibrationChart } from "./calibration-chart.specimens.ts";
import { columnMatch } from "./column-match.specimens.ts";
import { confusionMatrix } from "./confusion-matrix.specimens.ts";
import { customerMap } from "./customer-map.specimens.ts";
import { dotRows } from "./dot-rows.specimens.ts";
import { engineRace } from "./engine-race.specimens.ts";
import { fidelityAxis } from "./fidelity-axis.specimens.ts";
import { floorCeiling } from "./floor-ceiling.specimens.ts";
import { importanceBars } from "./importance-bars.specimens.ts";
import { intervalRows } from "./interval-rows.specimens.ts";
import { ledgerDotPlot } from "./ledger-dot-plot.specimens.ts";
import { lineWithBand } from "./line-with-band.specimens.ts";
import { lossLines } from "./loss-lines.specimens.ts";
import { missingTogether } from "./missing-together.specimens.ts";
import { modelDotPlot } from "./model-dot-plot.specimens.ts";
import { originSplit } from "./origin-split.specimens.ts";
import { overlayBars } from "./overlay-bars.specimens.ts";
import { overlayHistogram } from "./overlay-histogram.specimens.ts";
import { partialDependence } from "./partial-dependence.specimens.ts";
import { precisionRecallChart } from "./precision-recall-chart.specimens.ts";
import { predictionScatter } from "./prediction-scatter.specimens.ts";
import { rocChart } from "./roc-chart.specimens.ts";
import { rowOrder } from "./row-order.specimens.ts";
import { shapBeeswarm } from "./shap-beeswarm.specimens.ts";
import { shapWaterfall } from "./shap-waterfall.specimens.ts";
import { sparkline } from "./sparkline.specimens.ts";
import type { ChartSpecimens, Specimen } from "./specimen.ts";
import { stateTiles } from "./state-tiles.specimens.ts";
import { thresholdLines } from "./threshold-lines.specimens.ts";
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
  entry(missingTogether),
  entry(dotRows),
  entry(lineWithBand),
  entry(traitDots),
  entry(modelDotPlot),
  entry(ledgerDotPlot),
  entry(confusionMatrix),
  entry(lossLines),
  entry(columnMatch),
  entry(floorCeiling),
  entry(fidelityAxis),
  entry(intervalRows),
  entry(overlayHistogram),
  entry(overlayBars),
  entry(engineRace),
  entry(rowOrder),
  entry(stateTiles),
  entry(originSplit),
  entry(rocChart),
  entry(precisionRecallChart),
  entry(calibrationChart),
  entry(thresholdLines),
  entry(importanceBars),
  entry(shapBeeswarm),
  entry(shapWaterfall),
  entry(partialDependence),
  entry(predictionScatter),
];
