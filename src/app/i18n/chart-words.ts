import type { ChartWords } from "../../charts/chart-words.ts";
import { m } from "./paraglide/messages.js";

/** The words of a chart's own controls, in the language of the moment. */
export const chartWords = (): ChartWords => ({
  asTable: m.app_chart_as_table(),
  asPlot: m.app_chart_as_plot(),
  png: m.app_chart_png(),
  svg: m.app_chart_svg(),
  close: m.common_close(),
});
