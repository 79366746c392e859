import { createContext } from "svelte";

/** The few words a chart's own controls need, in the current language. */
export interface ChartWords {
  readonly asTable: string;
  readonly asPlot: string;
  readonly png: string;
  readonly svg: string;
  readonly close: string;
}

/** A getter is kept rather than the words, so that a change of language reaches every figure. */
export const [getChartWords, setChartWords] = createContext<() => ChartWords>();
