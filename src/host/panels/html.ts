/** Where a page's parts come from, as the webview may load them. */
export interface PageParts {
  readonly title: string;
  readonly script: string;
  readonly style: string;
  readonly icons: string;
  /** The origin of local resources. */
  readonly source: string;
  readonly nonce: string;
}

/** A panel's page: one script, two stylesheets and an element to draw in. Nothing inline, nothing from elsewhere. */
export function pageHtml({ title, script, style, icons, source, nonce }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `font-src ${source}`,
    `img-src ${source} data: blob:`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</title>
    <link rel="stylesheet" href="${icons}" id="vscode-codicon-stylesheet">
    <link rel="stylesheet" href="${style}">
  </head>
  <body>
    <div id="root"></div>
    <script nonce="${nonce}" src="${script}"></script>
  </body>
</html>`;
}
