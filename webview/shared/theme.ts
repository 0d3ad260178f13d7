/** What canvases need of the editor's theme. The names are those of base.css. */
export interface Theme {
  readonly background: string;
  readonly foreground: string;
  readonly quiet: string;
  readonly hairline: string;
  readonly train: string;
  readonly validation: string;
  readonly lines: string;
  readonly focus: string;
  readonly ui: string;
  readonly mono: string;
}

/** The colours and fonts in force, resolved from the page's CSS variables. */
export function readTheme(): Theme {
  const probe = document.createElement("span");
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const variable = (name: string, fallback: string) => style.getPropertyValue(name).trim() || fallback;
  // A mix of colours is resolved by the browser only where it is used.
  const colour = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color || "currentColor";
  };
  const theme: Theme = {
    background: colour("--vscode-editor-background"),
    foreground: colour("--vscode-foreground"),
    quiet: colour("--quiet"),
    hairline: colour("--hairline"),
    train: colour("--train"),
    validation: colour("--validation"),
    lines: colour("--vscode-charts-lines"),
    focus: colour("--vscode-focusBorder"),
    ui: variable("--ui", "sans-serif"),
    mono: variable("--mono", "monospace"),
  };
  probe.remove();
  return theme;
}

/** Calls back after the editor changed its theme, until the answer is called. */
export function onThemeChange(callback: () => void): () => void {
  const observer = new MutationObserver(callback);
  observer.observe(document.body, { attributes: true, attributeFilter: ["class", "style"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  return () => observer.disconnect();
}

/** The reader asked for less motion. */
export function prefersReducedMotion(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
