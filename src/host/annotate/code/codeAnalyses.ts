import { setImmediate, setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import { Owner } from "../../../base/disposable.js";
import type { TextRange } from "../../../base/text.js";
import type { SourceReading } from "../../../reading/types.js";
import { Analyzing, type CodeAnalysis } from "./codeAnalysis.js";
import { type CodeText, codeTextOf } from "./codeText.js";
import { isHalfWritten, type Known, likelyTargets, type Remembered, withNext, withoutNext } from "./remembered.js";

/** Reads a source file; undefined where nothing in it makes networks. */
export type ReadSource = (code: CodeText, document: vscode.TextDocument) => Promise<SourceReading | undefined>;

/** An analysis in a document as it is now. */
export interface PlacedCode {
  readonly analysis: CodeAnalysis;
  /** It is of before: the text has changed since, and is half written. */
  readonly stale: boolean;
  /** Where a range of the analysed text is now: of notebooks in one of the cells. */
  locate(range: TextRange): vscode.Location;
  /** The same without the document it is in. */
  range(range: TextRange): vscode.Range;
  /** The same where it is in the document that was asked about. */
  here(range: TextRange): vscode.Range | undefined;
}

/** What is known of a document now: while its text is half typed the last good analysis, moved along with the text. */
export interface ShownCode extends PlacedCode {
  /** What earlier analyses knew and this one does not: it has not come to it yet, or the text is half written though its grammar is right. */
  readonly lost: readonly PlacedCode[];
}

interface Entry {
  /** Of the text; none where it has to be read again. */
  version: string | undefined;
  /** Known soon after an edit: the models around it are read, others are those of before. When all have been read, the same as `whole`. */
  soon: Promise<Known | undefined>;
  /** Known when all models have been read; what is known soon where the text changes before. */
  readonly whole: Promise<Known | undefined>;
  /** Aborted by the next edit: what waits for a pause would keep all that it has read, and there is much of that while somebody types. */
  readonly outdated: AbortController;
  /** Nobody is writing: what is lost is gone. */
  isSettled: boolean;
}

/** Milliseconds for reading models before the first answer. */
const AT_ONCE = 5;
/** Milliseconds without an edit until the models that are left are read. */
const QUIET = 300;
/** Milliseconds after the first answer for a document in which the editor can show it, undisturbed by the models that are left. */
const SHOWING = 50;

/** Analyses of source files and notebooks, one for each version, shared by all that annotates. */
export class CodeAnalyses extends Owner {
  readonly #completed = this._register(new vscode.EventEmitter<object>());
  /** More is known of a document or notebook than was answered at first. */
  readonly onDidComplete = this.#completed.event;
  #entries = new WeakMap<object, Entry>();

  constructor(private readonly read: ReadSource) {
    super();
  }

  /** What is known of a document soon, which may be all. */
  of(document: vscode.TextDocument): Promise<ShownCode | undefined> {
    return this.#shown(document, ({ soon }) => soon);
  }

  /** What is known of a document when all its models have been read. */
  wholeOf(document: vscode.TextDocument): Promise<ShownCode | undefined> {
    return this.#shown(document, ({ whole }) => whole);
  }

  /** Something other than the documents has changed: settings, imported files. */
  forget(document?: vscode.TextDocument): void {
    const entry = document && this.#entries.get(codeTextOf(document)?.owner ?? document);
    if (entry) entry.version = undefined;
    if (!document) this.#entries = new WeakMap();
  }

  /** A document, or a notebook, is written for now: what it has lost is gone. */
  settle(owner: object): void {
    const entry = this.#entries.get(owner);
    if (entry) entry.isSettled = true;
  }

  async #shown(document: vscode.TextDocument, pick: (entry: Entry) => Entry["soon"]): Promise<ShownCode | undefined> {
    const code = codeTextOf(document);
    if (!code) return undefined;
    const last = this.#entries.get(code.owner);
    const entry = last?.version === code.version ? last : this.#analyze(code, document, last);
    const known = await left(pick(entry), entry);
    return known && { ...place(document, known.newest, code), lost: known.lost.map((lost) => place(document, lost, code)) };
  }

  #analyze(code: CodeText, document: vscode.TextDocument, last: Entry | undefined): Entry {
    last?.outdated.abort();
    const earlier = last && left(last.soon, last);
    const begun = Promise.all([this.read(code, document), earlier]).then(([source, before]) => begin(source, before, code.text));
    const soon = begun.then(({ known }) => known);
    const whole = begun.then((first) => this.#finish(first, code, entry));
    whole.catch(() => undefined); // Whoever asks is told; often nobody does.
    const entry: Entry = { version: code.version, soon, whole, outdated: new AbortController(), isSettled: false };
    this.#entries.set(code.owner, entry);
    return entry;
  }

  async #finish({ known, before, analyzing }: Begun, { owner, text }: CodeText, entry: Entry): Promise<Known | undefined> {
    if (!analyzing) return known;
    const isCurrent = () => this.#entries.get(owner) === entry;
    await setTimeout(before ? QUIET : SHOWING, undefined, { signal: entry.outdated.signal }).catch(() => undefined);
    // Keystrokes and questions come first.
    for (; isCurrent() && !analyzing.isWhole; await setImmediate()) analyzing.step();
    if (!isCurrent()) return known;
    const whole = withNext(before, text, analyzing.analysis, true);
    entry.soon = Promise.resolve(whole);
    this.#completed.fire(owner);
    return whole;
  }
}

/** What is left of what is known when nobody is writing. */
async function left(known: Entry["soon"], entry: Entry): Promise<Known | undefined> {
  const all = await known;
  return all && entry.isSettled ? { ...all, lost: all.lost.filter(({ stale }) => !stale) } : all;
}

/** An analysis that has begun. */
interface Begun {
  readonly known: Known | undefined;
  readonly before: Known | undefined;
  /** What is left of it. */
  readonly analyzing?: Analyzing;
}

function begin(source: SourceReading | undefined, before: Known | undefined, text: string): Begun {
  if (!source || isHalfWritten(before, source)) return { known: before && withoutNext(before, text), before };
  const likely = before && likelyTargets(before, text);
  const analyzing = new Analyzing(source, likely?.targets);
  const end = performance.now() + AT_ONCE;
  let read = 0;
  do analyzing.step();
  while (!analyzing.isWhole && ++read < (likely?.touched ?? Number.POSITIVE_INFINITY) && performance.now() < end);
  const known = withNext(before, text, analyzing.analysis, analyzing.isWhole);
  return analyzing.isWhole ? { known, before } : { known, before, analyzing };
}

function place(document: vscode.TextDocument, { analysis, changes, stale }: Remembered, { locate }: CodeText): PlacedCode {
  const uri = document.uri.toString();
  const located = (range: TextRange) => locate(changes.shift(range));
  return {
    analysis,
    stale,
    locate: located,
    range: (range) => located(range).range,
    here: (range) => {
      const { uri: found, range: now } = located(range);
      return found === document.uri || found.toString() === uri ? now : undefined;
    },
  };
}
