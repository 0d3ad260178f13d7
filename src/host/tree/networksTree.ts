import path from "node:path";
import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import { percent } from "../../base/words.js";
import { isUnderWay } from "../../run/record.js";
import { COMMANDS, ITEM_CONTEXTS, VIEWS } from "../ids.js";
import { endSentence, networkName, progressLine, runDescription, scoreText } from "../training/describeRun.js";
import type { ObservableRun } from "../training/observableRun.js";
import type { RunStore } from "../training/runStore.js";
import { bestAccuracy, type NetworkNode, networkNodes, type RunNode, runContext, runIcon, type TreeNode } from "./items.js";
import type { NetworkFiles } from "./networkFiles.js";

/** While something trains, its figures move at most this often; ages otherwise once a minute. */
const LIVE_INTERVAL = 500;
const AGE_INTERVAL = 60_000;

/** The side bar: the workspace's networks and, under each, its runs. */
export class NetworksTree extends Owner implements vscode.TreeDataProvider<TreeNode> {
  readonly #changed = this._register(new vscode.EventEmitter<RunNode[] | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #runNodes = new WeakMap<ObservableRun, RunNode>();
  #refresh: NodeJS.Timeout | undefined;
  #structure = "";

  constructor(
    private readonly files: NetworkFiles,
    private readonly store: RunStore,
  ) {
    super();
    const view = this._register(vscode.window.createTreeView(VIEWS.networks, { treeDataProvider: this, showCollapseAll: true }));
    this._register(files.onDidChange(() => this.#changed.fire(undefined)));
    this._register(store.onDidChange(() => this.#soon()));
    const ages = setInterval(() => view.visible && this.#changed.fire(undefined), AGE_INTERVAL);
    this._register({ dispose: () => clearInterval(ages) });
    this._register({ dispose: () => clearTimeout(this.#refresh) });
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node?.kind === "network") return node.runs.map((run) => this.#runNode(run));
    if (node) return [];
    const [files, runs] = await Promise.all([this.files.all(), this.store.all()]);
    return networkNodes(files, runs, (run) => this.store.networkFile(run));
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return node.kind === "network" ? networkItem(node) : runItem(node);
  }

  #soon(): void {
    if (this.isDisposed) return;
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined;
      this.#update();
    }, LIVE_INTERVAL);
  }

  /** A figure that moves renews its line alone; VS Code shows a renewal of the whole tree as work. */
  #update(): void {
    const structure = this.store.known
      .map((run) => `${run.runDirectory} ${runContext(run)} ${run.record.state} ${scoreText(run.record)}`)
      .join();
    const isSame = structure === this.#structure;
    this.#structure = structure;
    this.#changed.fire(isSame ? this.store.live.map((run) => this.#runNode(run)) : undefined);
  }

  /** VS Code knows a line again by its node's identity. */
  #runNode(run: ObservableRun): RunNode {
    const node = this.#runNodes.get(run) ?? { kind: "run", run };
    this.#runNodes.set(run, node);
    return node;
  }
}

function networkItem(node: NetworkNode): vscode.TreeItem {
  const state = node.runs.length === 0 ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Expanded;
  const uri = vscode.Uri.file(node.file);
  const item = new vscode.TreeItem(path.basename(node.file), state);
  const best = bestAccuracy(node.runs);
  const folder = path.dirname(vscode.workspace.asRelativePath(uri, false));
  const facts = [folder === "." ? undefined : folder, best === undefined ? undefined : `best ${percent(best)}`];
  // One that gets its first run is a new line for VS Code, and so opens.
  item.id = `${node.runs.length > 0 ? "runs" : "no runs"} ${node.file}`;
  item.iconPath = vscode.ThemeIcon.File;
  item.resourceUri = uri;
  item.description = node.exists ? facts.filter((fact) => fact !== undefined).join(", ") : "file not found";
  item.tooltip = node.file;
  item.contextValue = node.exists ? ITEM_CONTEXTS.network : ITEM_CONTEXTS.missingNetwork;
  if (node.exists) item.command = { command: "vscode.open", title: "Open", arguments: [uri] };
  return item;
}

function runItem({ run }: RunNode): vscode.TreeItem {
  const { record } = run;
  const item = new vscode.TreeItem(record.id ? `run ${record.id}` : "new run");
  const { icon, color } = runIcon(record.state);
  const description = runDescription(run, new Date());
  if (run.runDirectory !== "") item.id = run.runDirectory;
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.description = description;
  item.contextValue = ITEM_CONTEXTS[runContext(run)];
  item.tooltip = tooltip(run);
  item.accessibilityInformation = { label: `run ${record.id} of ${networkName(record)}, ${record.state}, ${description}` };
  item.command = { command: COMMANDS.openRun, title: "Open Run", arguments: [{ kind: "run", run } satisfies RunNode] };
  return item;
}

function tooltip({ record, metrics, progress }: RunNode["run"]): string {
  const how = isUnderWay(record.state) ? progressLine({ record, metrics, progress }) : endSentence(record);
  const engine = `${record.engine.name} ${record.engine.version}, ${record.data.name}`;
  return [how, engine, new Date(record.created).toLocaleString()].join("\n");
}
