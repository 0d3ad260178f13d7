import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import { Emitter, type Event } from "../../base/event.js";
import { pageHtml } from "./html.js";
import type { PanelKind } from "./panelKinds.js";

/** Where pages find their scripts and styles. */
const webviewRoot = (extension: vscode.Uri) => vscode.Uri.joinPath(extension, "dist", "webview");

/** A new, empty panel beside the editor; the keyboard stays where it is. */
export function createWebview(kind: PanelKind, title: string, extension: vscode.Uri): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    kind.viewType,
    title,
    { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
    { enableScripts: true, localResourceRoots: [webviewRoot(extension)] },
  );
}

/**
 * A webview that speaks a protocol. A hidden webview has no page, so nothing is posted to it; when it is shown again its page says
 * "ready" once more and gets all again.
 */
export class Panel<To, From extends { readonly type: string }> extends Owner {
  readonly #received = this._register(new Emitter<From>());
  /** All that the page says, "ready" too. */
  readonly onDidReceive: Event<From> = this.#received.event;
  readonly #hidden = this._register(new Emitter<void>());
  readonly onDidHide: Event<void> = this.#hidden.event;
  readonly #closed = new Emitter<void>();
  /** The user closed it; it is disposed of by itself. */
  readonly onDidClose: Event<void> = this.#closed.event;
  #ready = false;

  constructor(
    private readonly webview: vscode.WebviewPanel,
    kind: PanelKind,
    extension: vscode.Uri,
  ) {
    super();
    this._register(webview);
    this._register(
      webview.webview.onDidReceiveMessage((message: From) => {
        if (message.type === "ready") this.#ready = true;
        this.#received.fire(message);
      }),
    );
    this._register(
      webview.onDidChangeViewState(() => {
        if (webview.visible || !this.#ready) return;
        this.#ready = false;
        this.#hidden.fire();
      }),
    );
    webview.onDidDispose(() => {
      this.dispose();
      this.#closed.fire();
      this.#closed.dispose();
    });
    this.#load(kind, extension);
  }

  get title(): string {
    return this.webview.title;
  }

  set title(title: string) {
    if (this.webview.title !== title) this.webview.title = title;
  }

  /** Posts to the page that is there, else forgets the message. */
  post(message: To): void {
    if (this.#ready && !this.isDisposed) void this.webview.webview.postMessage(message);
  }

  reveal(): void {
    this.webview.reveal(undefined, true);
  }

  #load(kind: PanelKind, extension: vscode.Uri): void {
    const { webview } = this.webview;
    const root = webviewRoot(extension);
    webview.options = { enableScripts: true, localResourceRoots: [root] };
    this.webview.iconPath = vscode.Uri.joinPath(extension, "media", kind.icon);
    const resource = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
    webview.html = pageHtml({
      title: this.webview.title,
      script: resource(`${kind.bundle}.js`),
      style: resource(`${kind.bundle}.css`),
      icons: resource("codicon.css"),
      source: webview.cspSource,
      nonce: randomBytes(16).toString("hex"),
    });
  }
}
