/** Up to so many cells every step answers within a minute or so on a laptop. */
export const COMFORTABLE_CELLS = 4_000_000;
const MIN_SAMPLE_ROWS = 1_000;

/** What is known of a file's size before it is read. */
export interface SizeEstimate {
  readonly nRows: number;
  readonly nColumns: number;
  /** As text: what is packed is larger than the file. */
  readonly nBytes: number;
  /** What the tab needs at most while it reads. */
  readonly memoryBytes: number;
}

export const isComfortable = ({ nRows, nColumns }: Pick<SizeEstimate, "nRows" | "nColumns">): boolean =>
  nRows * nColumns <= COMFORTABLE_CELLS;

/** The comfortable number of rows of so many columns, rounded down to one digit: 200,000 rows of 19 columns. */
export function comfortableRows(nColumns: number): number {
  const rows = Math.max(MIN_SAMPLE_ROWS, COMFORTABLE_CELLS / Math.max(1, nColumns));
  let unit = 1;
  while (unit * 10 <= rows) unit *= 10;
  return Math.floor(rows / unit) * unit;
}
