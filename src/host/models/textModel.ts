import path from "node:path";
import * as vscode from "vscode";
import { Owner } from "../../base/disposable.js";
import { Emitter, type Event } from "../../base/event.js";
import { UserError } from "../../base/userError.js";
import type { ModelTensors } from "../../inspect/modelTensors.js";
import type { ModelGraph, NodeDetails } from "../../protocol/modelPanel.js";
import type { NodePlaces } from "./nodePlaces.js";
import type { ShownModel } from "./shownModel.js";
import { TextCursor } from "./textCursor.js";

/** Milliseconds of quiet after a keystroke. */
const QUIET = 150;

/** What a version of a document says of its model. */
export interface TextReading {
  readonly graph: ModelGraph;
  readonly details: (node: number) => NodeDetails;
  readonly tensors: ModelTensors;
  readonly places: NodePlaces;
}

/** How the model of a document is read; rejects with a UserError where there is none (any more). */
export type ReadText = (document: vscode.TextDocument) => Promise<TextReading>;

/** A model that is read from a text, beside which it is shown; it follows the text as that is edited. */
export class TextModel extends Owner implements ShownModel {
  readonly #changed = this._register(new Emitter<void>());
  readonly onDidChange: Event<void> = this.#changed.event;
  readonly text: TextCursor;
  /** The last that could be read. */
  #reading: TextReading | undefined;
  /** What the graph was told as; undefined where it was told that there is none. */
  #told: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly uri: vscode.Uri,
    private readonly read: ReadText,
    readonly train: () => Promise<void>,
    /** What else may change the answer: what its runs have learnt. */
    others: Event<void>,
  ) {
    super();
    this.text = this._register(new TextCursor(uri, () => this.#reading?.places));
    this._register(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        // Cells of a notebook have its path.
        if (document.uri.path === uri.path) this.#editedSoon();
      }),
    );
    // What a file imports is read from the disk.
    this._register(vscode.workspace.onDidSaveTextDocument(() => this.#editedSoon()));
    this._register(others(() => this.#changed.fire()));
    this._register({ dispose: () => clearTimeout(this.#timer) });
  }

  async graph(): Promise<ModelGraph> {
    try {
      const reading = await this.#read();
      this.#told = JSON.stringify(reading.graph);
      return reading.graph;
    } catch (error) {
      this.#told = undefined;
      throw error;
    }
  }

  details: ShownModel["details"] = async ({ node }) => this.#known.details(node);
  summary: ShownModel["summary"] = async (params) => this.#known.tensors.summary(params);
  numbers: ShownModel["numbers"] = async (params) => this.#known.tensors.numbers(params);
  kernels: ShownModel["kernels"] = async (params) => this.#known.tensors.kernels(params);

  get #known(): TextReading {
    if (!this.#reading) throw new UserError("The model is still being read.");
    return this.#reading;
  }

  #editedSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#edited(), QUIET);
  }

  /** Edits that leave the model as it is only move its places. */
  async #edited(): Promise<void> {
    const graph = await this.#read().then(
      (reading) => JSON.stringify(reading.graph),
      () => undefined,
    );
    if ((graph === undefined || graph !== this.#told) && !this.isDisposed) this.#changed.fire();
  }

  async #read(): Promise<TextReading> {
    const opened = vscode.workspace.openTextDocument(this.uri);
    const document = await opened.then(undefined, () => {
      throw new UserError(`${path.posix.basename(this.uri.path)} cannot be opened any more.`);
    });
    this.#reading = await this.read(document);
    return this.#reading;
  }
}
