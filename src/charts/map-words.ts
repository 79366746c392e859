/** What the map's own controls are called, in the current language. */
export interface MapWords {
  readonly tools: string;
  readonly move: string;
  readonly rectangle: string;
  readonly lasso: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly showAll: string;
  /** Which keys do what. */
  readonly keys: string;
}
export type MapTool = "move" | "rectangle" | "lasso";
