import { describe, expect, it } from "vitest";
import { Emitter } from "../../../src/base/event.js";
import { UserError } from "../../../src/base/userError.js";
import { Channel, type NoMessages, type Port } from "../../../src/protocol/channel.js";

interface Kitchen {
  readonly requests: {
    double(params: { readonly value: number }): Promise<number>;
    burn(params: { readonly user: boolean }): Promise<void>;
    sum(params: { readonly values: Float32Array }): Promise<number>;
    never(params: Record<string, never>): Promise<void>;
  };
  readonly notifications: { readonly smoke: { readonly level: number } };
}

interface Guest {
  readonly requests: NoMessages;
  readonly notifications: { readonly hungry: string };
}

class TestPort implements Port {
  readonly messages = new Emitter<unknown>();
  readonly closes = new Emitter<string>();
  readonly onMessage = this.messages.event;
  readonly onClose = this.closes.event;
  other: TestPort | undefined;
  send(message: unknown): void {
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => this.other?.messages.fire(copy));
  }
}

function pair() {
  const near = new TestPort();
  const far = new TestPort();
  near.other = far;
  far.other = near;
  const kitchen = new Channel<Kitchen, Guest>(far, {
    double: async ({ value }) => value * 2,
    burn: async ({ user }) => {
      throw user ? new UserError("The oven is off: switch it on.", "engineMissing") : new RangeError("index 7");
    },
    sum: async ({ values }) => values.reduce((total, value) => total + value, 0),
    never: () => new Promise(() => {}),
  });
  return { guest: new Channel<Guest, Kitchen>(near, {}), kitchen, near, far };
}

describe("Channel", () => {
  it("answers each request with its own answer, typed arrays included", async () => {
    const { guest } = pair();
    const answers = await Promise.all([
      guest.request("double", { value: 2 }),
      guest.request("double", { value: 5 }),
      guest.request("sum", { values: Float32Array.of(1, 2, 3) }),
    ]);
    expect(answers).toEqual([4, 10, 6]);
  });

  it("carries a handler's error over, and a UserError as one", async () => {
    const { guest } = pair();
    const user = await guest.request("burn", { user: true }).catch((error: unknown) => error);
    expect(user).toBeInstanceOf(UserError);
    expect(user).toHaveProperty("message", "The oven is off: switch it on.");
    expect(user).toHaveProperty("code", "engineMissing");
    const bug = await guest.request("burn", { user: false }).catch((error: unknown) => error);
    expect(bug).not.toBeInstanceOf(UserError);
    expect(bug).toHaveProperty("message", "index 7");
  });

  it("answers unknown requests with an error, inherited names too", async () => {
    const { near } = pair();
    const answers: unknown[] = [];
    near.onMessage((message) => answers.push(message));
    near.send({ type: "request", id: 91, name: "fly", params: {} });
    near.send({ type: "request", id: 92, name: "constructor", params: {} });
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(answers).toEqual([
      { type: "response", id: 91, outcome: { ok: false, error: { kind: "unexpected", message: 'Unknown request "fly".' } } },
      { type: "response", id: 92, outcome: { ok: false, error: { kind: "unexpected", message: 'Unknown request "constructor".' } } },
    ]);
  });

  it("delivers notifications both ways until the listener is disposed", async () => {
    const { guest, kitchen } = pair();
    const heard: unknown[] = [];
    const listening = guest.on("smoke", (smoke) => heard.push(smoke.level));
    kitchen.on("hungry", (who) => heard.push(who));
    kitchen.notify("smoke", { level: 1 });
    guest.notify("hungry", "Ada");
    await new Promise((resolve) => setTimeout(resolve, 1));
    listening.dispose();
    kitchen.notify("smoke", { level: 2 });
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(heard).toEqual([1, "Ada"]);
  });

  it("rejects what is pending, and all later requests, with the reason of the close", async () => {
    const { guest, near } = pair();
    const reasons: string[] = [];
    guest.onDidClose((reason) => reasons.push(reason));
    const pending = guest.request("never", {});
    near.closes.fire("The kitchen burned down.");
    await expect(pending).rejects.toThrow("The kitchen burned down.");
    await expect(guest.request("double", { value: 1 })).rejects.toThrow("The kitchen burned down.");
    expect(reasons).toEqual(["The kitchen burned down."]);
  });

  it("rejects what is pending when it is disposed", async () => {
    const { guest } = pair();
    const pending = guest.request("never", {});
    guest.dispose();
    await expect(pending).rejects.toThrow("closed");
  });
});
