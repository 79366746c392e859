/** Offers bytes as a download. Nothing is sent: the file is made from memory. */
export function saveFile(content: BlobPart, fileName: string, type = "text/csv;charset=utf-8"): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** `shopping_trends.csv` becomes `shopping_trends.KIND.csv`: the name says what the file holds. */
export function exportName(fileName: string, kind: string, ending = "csv"): string {
  return `${fileName.replace(/(\.(csv|tsv|txt))?(\.gz)?$/i, "")}.${kind}.${ending}`;
}
