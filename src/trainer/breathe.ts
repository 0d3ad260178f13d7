/**
 * Lets the process hear its channel: a step blocks JavaScript, and only a turn of the event loop, not of the microtask queue, delivers
 * messages.
 */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
