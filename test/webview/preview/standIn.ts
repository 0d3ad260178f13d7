/** Stands in for VS Code in a plain browser: hands over what a panel posts, and keeps its state, which the address may give (`saved`). */
export function standIn<Message>(receive: (message: Message) => void, preview: object): void {
  const kept = new URLSearchParams(location.search).get("saved");
  let saved: unknown = kept === null ? undefined : JSON.parse(kept);
  Object.assign(globalThis, {
    acquireVsCodeApi: () => ({
      postMessage: (message: Message) => setTimeout(receive, 0, message),
      getState: () => saved,
      setState: (next: unknown) => {
        saved = next;
      },
    }),
    preview,
  });
}
