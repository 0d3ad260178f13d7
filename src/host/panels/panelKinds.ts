import { PANELS } from "../ids.js";

/** What tells one panel from another: its view type, its bundle in `dist/webview` and the icon of its tab. */
export interface PanelKind {
  readonly viewType: string;
  readonly bundle: string;
  /** In `media`. */
  readonly icon: string;
}

/** Every panel, once. */
export const PANEL_KINDS = {
  training: { viewType: PANELS.training, bundle: "training", icon: "icon.svg" },
  model: { viewType: PANELS.model, bundle: "model", icon: "icon.svg" },
} as const satisfies Record<keyof typeof PANELS, PanelKind>;
