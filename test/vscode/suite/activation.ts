import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/host/ids.js";
import { EXTENSION } from "./editor.js";

describe("activation", () => {
  it("registers every command it contributes", async () => {
    await vscode.extensions.getExtension(EXTENSION)?.activate();
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(COMMANDS).filter((command) => !known.has(command)),
      [],
    );
  });
});
