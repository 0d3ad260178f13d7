// Loaded beside the extension under test: runs functions sent by the test process in the extension host.
const net = require("node:net");
const vscode = require("vscode");

exports.activate = () => {
  const socketPath = process.env.HARNESS_PROBE;
  if (!socketPath) return;
  const socket = net.connect(socketPath);
  socket.setEncoding("utf8");
  socket.on("error", () => {});
  socket.write('{"hello":true}\n');
  let buffered = "";
  socket.on("data", (chunk) => {
    buffered += chunk;
    const lines = buffered.split("\n");
    buffered = lines.pop() ?? "";
    for (const line of lines) void answer(JSON.parse(line));
  });

  async function answer({ id, source, args }) {
    let reply;
    try {
      const value = await new Function(`return (${source})`)()(vscode, ...args);
      reply = JSON.stringify({ id, value });
    } catch (error) {
      reply = JSON.stringify({ id, error: String(error?.stack ?? error) });
    }
    socket.write(`${reply}\n`);
  }
};
