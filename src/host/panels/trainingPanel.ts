import * as vscode from "vscode";
import { type Disposable, Owner } from "../../base/disposable.js";
import type { Event } from "../../base/event.js";
import { readNetwork } from "../../model/read.js";
import type { EngineOffer, FromTrainingPanel, PanelCommand, ToTrainingPanel } from "../../protocol/trainingPanel.js";
import { COMMANDS, NETWORK_SUFFIX } from "../ids.js";
import type { ObservableRun } from "../training/observableRun.js";
import { mayTrain } from "../training/trust.js";
import { NetworkText } from "./networkText.js";
import { Panel } from "./panel.js";
import { PANEL_KINDS } from "./panelKinds.js";
import { saveFile } from "./saveFile.js";
import { type Surroundings, TrainingFeed } from "./trainingFeed.js";

/** What training panels need of the rest of the host. */
export interface TrainingPanelSource {
  readonly extension: vscode.Uri;
  /** The network's file of a run, wherever the run lies. */
  networkFile(run: ObservableRun): vscode.Uri;
  /** A faster engine than the run's that could be installed. */
  offer(run: ObservableRun): EngineOffer | undefined;
  /** `offer` may answer differently now. */
  readonly onDidChangeOffer: Event<void>;
  report(error: unknown): void;
}

/** One webview that shows one run, or none; it may be given another. */
export class TrainingPanel extends Owner {
  readonly #panel: Panel<ToTrainingPanel, FromTrainingPanel>;
  #feed: TrainingFeed | undefined;
  #run: ObservableRun | undefined;
  /** The page listens. */
  #ready = false;
  /** It was said what to show, be it nothing. */
  #assigned = false;
  #network: NetworkText | undefined;
  #inputShape: readonly number[] | undefined;
  #listening: Disposable | undefined;

  constructor(
    webview: vscode.WebviewPanel,
    private readonly source: TrainingPanelSource,
  ) {
    super();
    this.#panel = this._register(new Panel(webview, PANEL_KINDS.training, source.extension));
    this._register(this.#panel.onDidReceive((message) => this.#handle(message)));
    this._register(
      this.#panel.onDidHide(() => {
        this.#ready = false;
        this.#pauseFeed();
      }),
    );
    this._register(this.#panel.onDidClose(() => this.dispose()));
    this._register(source.onDidChangeOffer(() => this.#feed?.refresh()));
    this._register({ dispose: () => this.#leave() });
  }

  get run(): ObservableRun | undefined {
    return this.#run;
  }

  get onDidClose(): Event<void> {
    return this.#panel.onDidClose;
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Shows a run from now on, or the invitation to train. */
  show(run: ObservableRun | undefined): void {
    if (run === this.#run && this.#feed !== undefined) return;
    this.#leave();
    this.#assigned = true;
    this.#run = run;
    if (run !== undefined) {
      this.#listening = run.onDidChange(() => this.#describe(run));
      this.#describe(run);
    }
    this.#start();
  }

  #leave(): void {
    this.#pauseFeed();
    this.#listening?.dispose();
    this.#network?.dispose();
    this.#network = undefined;
    this.#inputShape = undefined;
  }

  /** What is known of a run once its trainer has read the network: again, as a new run says so late. */
  #describe(run: ObservableRun): void {
    const { file, source } = run.record.network;
    this.#panel.title = `Training: ${file.split(/[\\/]/).at(-1) ?? file}`;
    if (this.#network !== undefined || source === "" || run.runDirectory === "") return;
    this.#inputShape = readNetwork(source, file).network.input?.shape;
    // Of source code and saved models a translation was trained, which no file says.
    if (!file.endsWith(NETWORK_SUFFIX)) return;
    this.#network = new NetworkText(this.source.networkFile(run), source);
    this.#network.onDidChange(() => this.#feed?.refresh());
  }

  #start(): void {
    this.#pauseFeed();
    if (!this.#ready || !this.#assigned) return;
    const run = this.#run;
    if (run === undefined) {
      this.#panel.post({ type: "clear", ...activeNetwork() });
      return;
    }
    this.#feed = new TrainingFeed(
      run,
      () => this.#surroundings(run),
      (message) => this.#panel.post(message),
      (error) => this.source.report(error),
    );
  }

  #pauseFeed(): void {
    this.#feed?.dispose();
    this.#feed = undefined;
  }

  #surroundings(run: ObservableRun): Surroundings {
    const offer = this.source.offer(run);
    return {
      edited: this.#network?.edited ?? false,
      ...(this.#inputShape === undefined ? {} : { inputShape: this.#inputShape }),
      ...(offer === undefined ? {} : { offer }),
    };
  }

  #handle(message: FromTrainingPanel): void {
    switch (message.type) {
      case "ready":
        this.#ready = true;
        this.#start();
        break;
      case "ack":
        this.#feed?.acknowledge(message.frame);
        break;
      case "watch":
        this.#feed?.watch(message);
        break;
      default:
        this.#obey(message).catch((error: unknown) => this.source.report(error));
    }
  }

  async #obey(message: Exclude<FromTrainingPanel, { type: "ready" | "ack" | "watch" }>): Promise<void> {
    switch (message.type) {
      case "pause":
        return this.#run?.pause();
      case "continue":
        return this.#run?.continue();
      case "stop":
        return this.#run?.stop();
      case "setRate":
        return this.#run?.setRate(message.learningRate);
      case "resume":
        return mayTrain() ? this.#run?.resume(message.learningRate) : undefined;
      case "save":
        return saveFile(message.name, message.content);
      case "command":
        await this.#command(message.command);
    }
  }

  async #command(command: PanelCommand): Promise<void> {
    const run = this.#run;
    switch (command) {
      case "openFile":
        if (run !== undefined) await vscode.window.showTextDocument(this.source.networkFile(run), { viewColumn: vscode.ViewColumn.One });
        return;
      case "showDifference":
        await vscode.commands.executeCommand(COMMANDS.compareNetwork, run?.runDirectory);
        return;
      case "train":
        await vscode.commands.executeCommand(COMMANDS.train);
        return;
      case "openNetwork":
        await vscode.commands.executeCommand(COMMANDS.openNetwork);
        return;
      case "installEngine":
        await vscode.commands.executeCommand(COMMANDS.installTensorFlow);
    }
  }
}

/** The network in sight, which Train CNN would train. */
function activeNetwork(): { readonly network?: string } {
  const paths = vscode.window.visibleTextEditors.map(({ document }) => document.uri.path);
  const network = paths
    .find((path) => path.endsWith(NETWORK_SUFFIX))
    ?.split("/")
    .at(-1);
  return network === undefined ? {} : { network };
}
