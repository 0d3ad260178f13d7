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
  const style = getComputedStyle(document.body);
  const variable = (name: string, fallback: string) => style.getPropertyValue(name).trim() || fallback;
  return {
    ...resolveColours({
      background: "var(--vscode-editor-background)",
      foreground: "var(--vscode-foreground)",
      quiet: "var(--quiet)",
      hairline: "var(--hairline)",
      train: "var(--train)",
      validation: "var(--validation)",
      lines: "var(--vscode-charts-lines)",
      focus: "var(--vscode-focusBorder)",
    }),
    ui: variable("--ui", "sans-serif"),
    mono: variable("--mono", "monospace"),
  };
}

/** Colours of a style sheet as a canvas takes them: a variable or a mix is resolved by the browser only where it is used. */
export function resolveColours<Name extends string>(colours: Readonly<Record<Name, string>>): Record<Name, string> {
  const probe = document.createElement("span");
  document.body.append(probe);
  const resolved = { ...colours } as Record<Name, string>;
  for (const name of Object.keys(colours) as Name[]) {
    probe.style.color = colours[name];
    resolved[name] = getComputedStyle(probe).color || "currentColor";
  }
  probe.remove();
  return resolved;
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
