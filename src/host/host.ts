import * as vscode from "vscode";
import { Owner } from "../base/disposable.js";
import { Analyses } from "./annotate/analyses.js";
import { Annotations } from "./annotate/annotations.js";
import { CodeAnnotations } from "./annotate/code/codeAnnotations.js";
import { StoreTrainings } from "./annotate/storeTrainings.js";
import { type CommandHandlers, registerCommands } from "./commands.js";
import { ContextKeys } from "./contextKeys.js";
import { EngineCommands } from "./engine/engineCommands.js";
import { ModelPanels } from "./models/modelPanels.js";
import { SavedModelEditor } from "./models/savedModelEditor.js";
import { isSavedModel, openSavedModel, showTextModel } from "./models/showModel.js";
import type { TrainingPanelSource } from "./panels/trainingPanel.js";
import { sameNetwork, TrainingPanels } from "./panels/trainingPanels.js";
import { Places } from "./places.js";
import { Reporter } from "./reporter.js";
import { resumesAfterReload } from "./settings.js";
import { newNetwork } from "./templates/newNetwork.js";
import { networkFor, pickNetwork } from "./training/chooseNetwork.js";
import { chooseDataFolder } from "./training/dataFolder.js";
import { isResumable } from "./training/describeRun.js";
import type { LiveRun } from "./training/liveRun.js";
import { LiveRunsMemory } from "./training/liveRunsMemory.js";
import { NetworksOfRuns } from "./training/networkOfRun.js";
import { TrainingNotifications } from "./training/notifications.js";
import { resumeAfterReload } from "./training/resumeAfterReload.js";
import { deleteRun, runFor } from "./training/runCommands.js";
import { RunStore } from "./training/runStore.js";
import { StatusBar } from "./training/statusBar.js";
import { isCode, trainCode } from "./training/trainCode.js";
import { train } from "./training/trainCommand.js";
import { trainerStarter } from "./training/trainers.js";
import { trainSaved } from "./training/trainSaved.js";
import { mayTrain } from "./training/trust.js";
import { NetworkFiles } from "./tree/networkFiles.js";
import { NetworksTree } from "./tree/networksTree.js";

/** VS Code gives an extension about five seconds to end; this leaves some for VS Code itself. */
const SHUTDOWN_PATIENCE = 4000;

/** What there is in a window, and which command sets off what. */
export class Host extends Owner {
  readonly #reporter = this._register(new Reporter());
  readonly #contextKeys = new ContextKeys();
  readonly #files = this._register(new NetworkFiles());
  readonly #engine: EngineCommands;
  readonly #store: RunStore;
  readonly #memory: LiveRunsMemory;
  readonly #networks: NetworksOfRuns;
  readonly #panels: TrainingPanels;
  readonly #code: CodeAnnotations;
  readonly #models: ModelPanels;

  constructor(private readonly context: vscode.ExtensionContext) {
    super();
    const places = new Places(context);
    this.#engine = this._register(new EngineCommands(this.#contextKeys));
    this.#store = this._register(new RunStore(() => places.runsDirectories(), trainerStarter(context.extensionUri, places)));
    this.#memory = new LiveRunsMemory(context.workspaceState, this.#store);
    this.#networks = this._register(new NetworksOfRuns(this.#store));
    this.#panels = this._register(new TrainingPanels(this.#panelSource(), (id) => this.#findLoaded(id)));
    const analyses = new Analyses();
    const trainings = this._register(new StoreTrainings(this.#store, (run) => run.networkFile));
    this._register(new Annotations(analyses, trainings));
    this.#code = this._register(
      new CodeAnnotations(vscode.Uri.joinPath(context.extensionUri, "dist").fsPath, (file) => trainings.runsOf(file)),
    );
    const modelSource = { extension: context.extensionUri, report: (error: unknown) => this.#reporter.show(error) };
    this._register(new SavedModelEditor(modelSource));
    this.#models = this._register(new ModelPanels({ networks: analyses, code: this.#code, trainings }, modelSource));
    this._register(new StatusBar(this.#store));
    this._register(new TrainingNotifications(this.#store));
    this._register(new NetworksTree(this.#files, this.#store));
    this._register(registerCommands(this.#handlers(places), this.#reporter));
    this._register(this.#store.onDidChange(() => this.#setContextKeys()));
    this._register(vscode.workspace.onDidChangeWorkspaceFolders(() => this.#store.refresh()));
    this._register(vscode.window.onDidChangeWindowState(({ focused }) => focused && this.#store.refresh()));
    this._register(vscode.window.onDidChangeActiveTextEditor(() => this.#lookAround()));
    this.#lookAround();
    this.#afterStart().catch((error: unknown) => this.#reporter.show(error));
  }

  /** Ends all trainings with a checkpoint; they are remembered, for the case that the window was only reloaded. */
  async shutdown(): Promise<void> {
    this.#memory.close();
    await this.#store.shutdown(SHUTDOWN_PATIENCE);
    this.dispose();
  }

  #handlers(places: Places): CommandHandlers {
    const { extensionUri } = this.context;
    const store = this.#store;
    return {
      train: async (argument, expression) => {
        const remedies = { chooseDataFolder, installTensorFlow: () => this.#engine.install() };
        const parts = { store, places, remedies, reporter: this.#reporter, show: (run: LiveRun) => void this.#show(run) };
        if (argument instanceof vscode.Uri && isSavedModel(argument)) return trainSaved(argument, parts, extensionUri);
        const document = await networkFor(argument, this.#files, extensionUri, "Train CNN");
        if (!document) return;
        if (!isCode(document)) return train(document, parts);
        const target = typeof expression === "string" ? expression : undefined;
        await trainCode(document, await this.#code.of(document), parts, target);
      },
      showModel: async (argument, expression) => {
        if (argument instanceof vscode.Uri && isSavedModel(argument)) return openSavedModel(argument);
        const document = await networkFor(argument, this.#files, extensionUri, "Show Model");
        if (!document) return;
        const target = typeof expression === "string" ? expression : undefined;
        await showTextModel(document, await this.#code.of(document), this.#models, target);
      },
      showTraining: async (argument) => {
        const [first, ...others] = store.live;
        const obvious = argument === undefined && others.length === 0 ? (first ?? store.lastEnded) : undefined;
        await this.#show(obvious ?? (await runFor(argument, store, "Show Training")));
      },
      openRun: async (argument) => this.#show(await runFor(argument, store, "Open Run")),
      pause: async (argument) => (await runFor(argument, store, "Pause Training", isRunning))?.pause(),
      resume: async (argument) => {
        const [paused, ...others] = store.live.filter(isPaused);
        const obvious = argument === undefined && others.length === 0 ? paused : undefined;
        await this.#resume(obvious ?? (await runFor(argument, store, "Resume Training", isResumable)));
      },
      stop: async (argument) => (await runFor(argument, store, "Stop Training", (run) => run.live))?.stop(),
      compareNetwork: async (argument) => {
        const run = await runFor(argument, store, "Compare Network");
        if (run) await this.#networks.compare(run);
      },
      deleteRun: async (argument) => {
        const run = await runFor(argument, store, "Delete Run", (candidate) => !candidate.live);
        if (run) await deleteRun(run, store);
      },
      newNetwork: async () => void (await newNetwork(extensionUri)),
      openNetwork: async () => {
        const document = await pickNetwork(this.#files, extensionUri, "Open Network");
        if (document) await vscode.window.showTextDocument(document);
      },
      setInput: async (uri, expression) => {
        const document =
          uri instanceof vscode.Uri ? await vscode.workspace.openTextDocument(uri) : vscode.window.activeTextEditor?.document;
        if (document) await this.#code.setInput(document, typeof expression === "string" ? expression : undefined);
      },
      chooseDataFolder: async () => void (await chooseDataFolder()),
      installTensorFlow: async () => void (await this.#engine.install()),
      removeTensorFlow: () => this.#engine.remove(),
      showLog: () => this.#reporter.log.show(),
    };
  }

  #panelSource(): TrainingPanelSource {
    return {
      extension: this.context.extensionUri,
      networkFile: (run) => vscode.Uri.file(this.#store.networkFile(run)),
      offer: (run) => this.#engine.offerFor(run),
      onDidChangeOffer: this.#engine.onDidChange,
      report: (error) => this.#reporter.show(error),
    };
  }

  async #findLoaded(id: string): Promise<LiveRun | undefined> {
    const runs = await this.#store.all();
    const saved = runs.find((candidate) => candidate.record.id === id);
    // A browser may lose what a panel saved last, so that an older run's id comes back: what trains now goes first.
    const run = saved && !saved.live ? (this.#store.live.find((other) => sameNetwork(other, saved)) ?? saved) : saved;
    await run?.load();
    return run;
  }

  async #show(run: LiveRun | undefined): Promise<void> {
    if (!run) return;
    await run.load();
    this.#panels.show(run);
  }

  async #resume(run: LiveRun | undefined): Promise<void> {
    if (!run || !mayTrain()) return;
    await this.#show(run);
    await run.resume();
  }

  /** What activation need not wait for. */
  async #afterStart(): Promise<void> {
    const interrupted = this.#memory.take();
    await Promise.all([this.#store.all(), this.#engine.refresh()]);
    this.#setContextKeys();
    if (!vscode.workspace.isTrusted) return;
    const resumed = (run: LiveRun) => this.#panels.follow(run);
    await resumeAfterReload({ store: this.#store, automatic: resumesAfterReload(), reporter: this.#reporter, resumed }, interrupted);
  }

  #lookAround(): void {
    const document = vscode.window.activeTextEditor?.document;
    // A panel or the terminal has the keyboard: what was in sight still is.
    if (document) this.#contextKeys.set({ codeInSight: isCode(document) });
  }

  #setContextKeys(): void {
    const runs = this.#store.known;
    this.#contextKeys.set({
      running: runs.some(isRunning),
      resumable: runs.some(isResumable),
      live: runs.some((run) => run.live),
      hasRuns: runs.length > 0,
    });
  }
}

function isRunning(run: LiveRun): boolean {
  return run.live && run.record.state === "running";
}

function isPaused(run: LiveRun): boolean {
  return run.live && run.record.state === "paused";
}
