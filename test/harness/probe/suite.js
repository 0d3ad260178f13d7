// What the extension host is told to run: the real suite, with its console going straight to the test process.
// (VS Code forwards an extension host's console too, but late, among its own messages, and without process.stdout.)
const net = require("node:net");
const { format } = require("node:util");
const { pathToFileURL } = require("node:url");

exports.run = async () => {
  const socket = net.connect(process.env.HARNESS_PROBE);
  socket.on("error", () => {});
  const say = (type, text) => socket.write(`${JSON.stringify({ type, text })}\n`);
  for (const type of ["log", "info", "debug", "warn", "error"]) {
    // not by assignment: VS Code made these accessors that ignore it
    Object.defineProperty(console, type, { value: (...args) => say(type, `${format(...args)}\n`) });
  }
  for (const [stream, type] of [
    [process.stdout, "log"],
    [process.stderr, "error"],
  ]) {
    stream.write = (chunk, encoding, done) => {
      say(type, typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
      (typeof encoding === "function" ? encoding : done)?.();
      return true;
    };
  }
  let passed = false;
  try {
    const suite = await import(pathToFileURL(process.env.HARNESS_SUITE).href);
    await (suite.run ?? suite.default.run)();
    passed = true;
  } catch (error) {
    say("error", `${error?.stack ?? error}\n`);
    throw error;
  } finally {
    await new Promise((resolve) => socket.end(`${JSON.stringify({ passed })}\n`, resolve));
  }
};
