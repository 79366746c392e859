/** How customers are to be laid out on a map: two columns by name, or the first two components of the columns used. */
export type MapLayout =
  | { readonly kind: "columns"; readonly xName: string; readonly yName: string }
  | { readonly kind: "principal-components" }
  | { readonly kind: "mixed-components" };
