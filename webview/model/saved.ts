/** How the model is looked at. */
export type View = "graph" | "list";

/** What survives hiding the panel and reloading the window. */
export interface Saved {
  /** For the host to find the model again. */
  readonly origin: string;
  readonly view: View;
  /** CSS pixels for one unit of the drawing; absent until the user chose. */
  readonly zoom?: number;
  readonly node?: { readonly name: string; readonly type: string; readonly place: number };
}
