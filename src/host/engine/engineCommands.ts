import { Owner } from "../../base/disposable.js";
import { Emitter, type Event } from "../../base/event.js";
import type { EngineOffer } from "../../protocol/trainingPanel.js";
import type { ContextKeys } from "../contextKeys.js";
import type { ObservableRun } from "../training/observableRun.js";

export class EngineCommands extends Owner {
  readonly #didChange = this._register(new Emitter<void>());
  readonly onDidChange: Event<void> = this.#didChange.event;
  constructor(private readonly contextKeys: ContextKeys) {
    super();
    this.contextKeys.set({ tensorflowInstalled: false });
  }
  async install(): Promise<boolean> {
    return false;
  }
  async remove(): Promise<void> {}
  offerFor(_run: ObservableRun): EngineOffer | undefined {
    return undefined;
  }
}
