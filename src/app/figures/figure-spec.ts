import type { Component } from "svelte";
import type { ChartTable, KeyEntry } from "../../charts/chart-types.ts";

/** A figure with its words: what the screen shows in a frame and the report prints. */
export interface FigureSpec {
  /** The finding. */
  readonly title: string;
  readonly note: string;
  readonly keyTitle?: string;
  readonly key?: readonly KeyEntry[];
  readonly source: string;
  /** Name of saved files, without ending. */
  readonly fileName: string;
  readonly table: ChartTable;
  readonly component: Component<Record<string, unknown>>;
  readonly props: Readonly<Record<string, unknown>>;
}

/** A chart whose props are known to fit it, so that figures of different charts can stand in one list. */
export function chart<Props extends object>(
  component: (internals: never, props: Props) => unknown,
  props: Props,
): Pick<FigureSpec, "component" | "props"> {
  return {
    component: component as unknown as FigureSpec["component"],
    props: props as unknown as FigureSpec["props"],
  };
}

export const textColumn = (label: string): ChartTable["columns"][number] => ({ label, isNumeric: false });
export const numberColumn = (label: string): ChartTable["columns"][number] => ({ label, isNumeric: true });
