import { readTheme, resolveColours, type Theme } from "../../shared/theme.js";
import { FAMILIES, type Family } from "../families.js";

/** The accent of each family. Colour is never the only sign: the type stands beside it. */
const ACCENTS: Readonly<Record<Family, string>> = {
  convolution: "var(--vscode-charts-blue)",
  pooling: "var(--validation)",
  normalization: "var(--vscode-charts-purple)",
  activation: "var(--vscode-charts-green)",
  dense: "var(--vscode-charts-yellow)",
  merge: "var(--vscode-foreground)",
  reshape: "var(--vscode-descriptionForeground)",
  other: "var(--vscode-descriptionForeground)",
};

/** Families without a colour of their own: fainter where they are large. */
export const NEUTRAL: ReadonlySet<Family> = new Set(["merge", "reshape", "other"]);

/** Everything the drawing takes from the editor's theme. */
export interface Palette extends Theme {
  readonly accents: Readonly<Record<Family, string>>;
  /** Behind a box' text: its family's accent, faint. */
  readonly fills: Readonly<Record<Family, string>>;
  readonly border: string;
  readonly edge: string;
  readonly error: string;
  readonly warning: string;
}

export function readPalette(): Palette {
  const contrast = document.body.className.includes("high-contrast");
  const fills = Object.fromEntries(
    FAMILIES.map((family) => [
      family,
      `color-mix(in srgb, ${ACCENTS[family]} ${contrast ? 0 : NEUTRAL.has(family) ? 5 : 10}%, var(--vscode-editor-background))`,
    ]),
  ) as Record<Family, string>;
  return {
    ...readTheme(),
    accents: resolveColours(ACCENTS),
    fills: resolveColours(fills),
    ...resolveColours({
      border: contrast
        ? "var(--vscode-contrastBorder)"
        : "color-mix(in srgb, var(--vscode-foreground) 20%, var(--vscode-editor-background))",
      edge: `color-mix(in srgb, var(--vscode-foreground) ${contrast ? 100 : 45}%, var(--vscode-editor-background))`,
      error: "var(--vscode-editorError-foreground)",
      warning: "var(--vscode-editorWarning-foreground)",
    }),
  };
}
