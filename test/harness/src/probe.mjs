// The test's end of the probe: runs functions in the extension host, and hears what a suite prints there.
import * as net from "node:net";

/**
 * @param {string} socketPath
 * @param {{ onPrint: (text: string, type: string) => void, onResult: (passed: boolean) => void }} hooks
 */
export async function listenForProbe(socketPath, { onPrint, onResult }) {
  /** @type {Map<number, { resolve(value: any): void, reject(error: Error): void }>} */
  const pending = new Map();
  /** @type {net.Socket | undefined} */
  let current;
  let lastId = 0;
  /** Who waits for the next extension host. @type {((value: undefined) => void)[]} */
  const awaited = [];
  /** @type {(socket: net.Socket) => void} */
  let connected;
  const connection = /** @type {Promise<net.Socket>} */ (
    new Promise((resolve) => {
      connected = resolve;
    })
  );
  /** @type {() => void} */
  let lost;
  const gone = /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      lost = resolve;
    })
  );

  const server = net.createServer((socket) => {
    socket.setEncoding("utf8");
    socket.on("error", () => {});
    let buffered = "";
    socket.on("data", (chunk) => {
      buffered += chunk;
      const lines = buffered.split("\n");
      buffered = lines.pop() ?? "";
      for (const line of lines) receive(socket, JSON.parse(line));
    });
    socket.on("close", () => {
      if (socket !== current) return;
      lost();
      for (const { reject } of pending.values()) reject(new Error("the extension host went away"));
      pending.clear();
    });
  });

  /** @param {net.Socket} socket @param {any} message */
  function receive(socket, message) {
    if (message.hello) {
      current = socket;
      connected(socket);
      for (const resolve of awaited.splice(0)) resolve(undefined);
    } else if (message.text !== undefined) {
      onPrint(message.text, message.type);
    } else if (message.passed !== undefined) {
      onResult(message.passed);
    } else {
      const { id, value, error } = message;
      if (error) pending.get(id)?.reject(new Error(error));
      else pending.get(id)?.resolve(value);
      pending.delete(id);
    }
  }
  await new Promise((resolve) => server.listen(socketPath, () => resolve(undefined)));
  server.unref();

  return {
    connection,
    /** Resolves when the extension host ends. */
    gone,
    /** Resolves when another extension host has started: after a reload of the window. @returns {Promise<undefined>} */
    next: () =>
      new Promise((resolve) => {
        awaited.push(resolve);
      }),
    /**
     * @template T
     * @param {(vscode: typeof import('vscode'), ...args: any[]) => T} fn  runs in the extension host, so it can close over nothing
     * @param {any[]} args
     * @returns {Promise<Awaited<T>>}
     */
    async evaluate(fn, ...args) {
      await connection;
      const id = ++lastId;
      return /** @type {Promise<any>} */ (
        new Promise((resolve, reject) => {
          pending.set(id, { resolve, reject });
          current?.write(`${JSON.stringify({ id, source: fn.toString(), args })}\n`);
        })
      );
    },
    close() {
      current?.destroy();
      server.close();
    },
  };
}
