/** What VS Code gives a webview's script. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** A panel's typed line to its host, and the state that survives hiding and reloading. */
export interface PanelApi<In, Out, Saved> {
  post(message: Out): void;
  listen(listener: (message: In) => void): void;
  load(): Partial<Saved>;
  save(state: Saved): void;
}

/** May be called once a page. */
export function panelApi<In, Out, Saved>(): PanelApi<In, Out, Saved> {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    listen: (listener) => window.addEventListener("message", (event: MessageEvent<In>) => listener(event.data)),
    load: () => (api.getState() as Partial<Saved> | undefined) ?? {},
    save: (state) => api.setState(state),
  };
}
