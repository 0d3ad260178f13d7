/** Calls back once what this animation frame draws is on the screen; call it inside requestAnimationFrame. */
export function afterPaint(callback: () => void): void {
  // A message's task runs after the frame that posted it was painted; a timer would wait longer in a busy page.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(undefined);
}
