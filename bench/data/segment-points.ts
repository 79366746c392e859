import type { Matrix } from "../../src/core/matrix.ts";
import { buildSegmentMatrix } from "../../src/segments/segment-matrix.ts";
import { getColumn } from "../../src/table/table.ts";
import type { DataFile } from "../scenario.ts";
import { loadShopping } from "./tables.ts";

const NUMERIC = ["Age", "Purchase Amount (USD)", "Review Rating", "Previous Purchases"];

/** The standardised numeric columns of the shopping table. */
export async function loadPoints(data: DataFile): Promise<Matrix> {
  const { table } = await loadShopping(data);
  const columns = NUMERIC.map((name) => getColumn(table, name));
  return buildSegmentMatrix(columns, { scaling: "standard", codes: {} }).matrix;
}
