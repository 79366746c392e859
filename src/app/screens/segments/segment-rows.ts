/** Rows with this label, ascending. */
export function rowsOf(labels: Uint8Array, label: number): Int32Array {
  let n = 0;
  for (let row = 0; row < labels.length; row++) if (labels[row] === label) n++;
  const rows = new Int32Array(n);
  let at = 0;
  for (let row = 0; row < labels.length; row++) if (labels[row] === label) rows[at++] = row;
  return rows;
}
