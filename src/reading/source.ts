import type { Problem } from "../base/problem.js";
import type { TextRange } from "../base/text.js";
import type { Layout, SourceFramework, TrainingSaid } from "../frameworks/framework.js";
import { LIMITS, type Limits } from "../interpret/budget.js";
import { ProgramError, ReadingStopped } from "../interpret/errors.js";
import { type FileRun, Interpreter } from "../interpret/interpreter.js";
import type { WorkspaceFiles } from "../interpret/modules.js";
import type { Tensor, TensorShape } from "../interpret/tensor.js";
import { Trace } from "../interpret/trace.js";
import type { Place, Value } from "../interpret/values.js";
import type { Expression, Module } from "../syntax/tree.js";
import { type Application, firstError, fits, isBelievable, ownFailure, silenced } from "./applied.js";
import { inputsInFile } from "./fileInputs.js";
import type { Edit, SourceText } from "./fixes/sourceText.js";
import { forwardOf, inputNames } from "./forward.js";
import { edgesOf, linesOf, readLayers, totalOf } from "./fromTrace.js";
import { commentedInputs, inOrder, inputCommentEdit } from "./inputComment.js";
import { likelyInputs } from "./inputs.js";
import type { SourceLanguage } from "./languages.js";
import { problemIn, withErrorsOf } from "./problems.js";
import { severalGuessed } from "./severalGuessed.js";
import { findTargets, givesTooLittle, isBase, type Trial } from "./targets.js";
import { trainingOf } from "./training.js";
import type { InputOrigin, ModelReading, ModelTarget, SourceReading } from "./types.js";
import { unflattened } from "./unflattened.js";

/** What is known beside a file's text. */
export interface SourceContext {
  /** Path of the file within the workspace, with "/". */
  readonly file: string;
  readonly workspace?: WorkspaceFiles;
  /** What models of the workspace usually get, in any order, without the batch. */
  readonly usualInputs?: readonly TensorShape[];
  /** How many times as long as while someone types reading may take; 1 where it is not said. What is read does not depend on it, but on slow machines. */
  readonly patience?: number;
}

/** What finding out whether an expression makes a model may cost: it is tried for each name of a file. So may models of files that took too long. */
const TRIAL = { steps: 40_000, milliseconds: 250 } satisfies Partial<Limits>;

/** Milliseconds for trying inputs that nothing in the file says. */
const PATIENCE = 300;

/** Inputs worth trying before any guess, and who shows them. */
interface ShownInput {
  readonly shapes: readonly TensorShape[];
  readonly origin: "setting" | "file";
}

/** A source file that has been interpreted: its models, and what becomes of inputs in each of them. */
export class Source implements SourceReading {
  readonly #problems: readonly Problem[];
  readonly #interpreter: Interpreter;
  readonly #tree: Module;
  readonly #run: FileRun;
  readonly #running: Trace;
  readonly #file: string;
  readonly #readings = new Map<string, ModelReading>();
  readonly #shown = new Map<Layout, readonly ShownInput[]>();
  readonly #tried = new Map<string, Trial>();
  readonly #patience: number;
  /** Reading the file itself took too long. */
  readonly #isCut: boolean;
  readonly #targets: ModelTarget[] = [];
  #search: Iterator<ModelTarget> | undefined;

  constructor(
    readonly text: string,
    private readonly language: SourceLanguage,
    private readonly context: SourceContext,
  ) {
    this.#file = context.file;
    this.#patience = context.patience ?? 1;
    this.#tree = language.parse(context.file, text);
    this.#interpreter = new Interpreter({
      semantics: language.semantics,
      libraries: [...language.frameworks.map(({ library }) => library), ...language.libraries],
      parse: (file, imported) => language.parse(file, imported),
      ...(context.workspace && { workspace: context.workspace }),
      limits: { milliseconds: LIMITS.milliseconds * this.#patience },
    });
    const trace = new Trace(this.#interpreter.budget);
    this.#running = trace;
    this.#run = this.#interpreter.tracing(trace, () => this.#interpreter.run(context.file, this.#tree));
    const stopped = this.#run.failures.filter((failure) => failure instanceof ReadingStopped);
    this.#isCut = stopped.length > 0;
    // What the file itself does with its models, as it is read.
    const refused = trace.problems.filter(({ place, severity }) => severity === "error" && place.file === context.file);
    const told = refused.map((problem) => problemIn(problem, this.#source, { start: 0, end: 0 }));
    this.#problems = [...stopped.map((failure) => this.#note(failure)), ...told];
  }

  /** Also of imports that one of its models asked for first. */
  get problems(): readonly Problem[] {
    const { importsStopped: late } = this.#interpreter.budget;
    return late && !this.#run.failures.includes(late) ? [this.#note(late), ...this.#problems] : this.#problems;
  }

  get broken(): boolean {
    return this.#tree.errors.length > 0;
  }

  get #source(): SourceText {
    return { file: this.#file, text: this.text, tree: this.#tree, language: this.language.language };
  }

  get targets(): readonly ModelTarget[] {
    return [...this.eachTarget()];
  }

  get firstTarget(): ModelTarget | undefined {
    return this.eachTarget().next().value;
  }

  *eachTarget(): Generator<ModelTarget, undefined> {
    for (let i = 0; ; i++) {
      const target = this.#targets[i] ?? this.#nextTarget();
      if (!target) return;
      yield target;
    }
  }

  /** The first that has not been looked for yet. */
  #nextTarget(): ModelTarget | undefined {
    this.#search ??= this.#newSearch();
    const { value } = this.#search.next();
    if (value) this.#targets.push(value);
    return value;
  }

  #newSearch(): Iterator<ModelTarget> {
    return findTargets({
      ...this.#source,
      globals: this.#run.globals,
      interpreter: this.#interpreter,
      frameworks: this.language.frameworks,
      tryOut: (expression) => this.#tryOut(expression),
      patience: this.#rest,
    });
  }

  read(asked?: string | ModelTarget, inputs?: readonly TensorShape[]): ModelReading {
    const said = asked ?? this.firstTarget;
    if (said === undefined) return this.#nothing("", { start: 0, end: 0 }, "there is no model in this file");
    const [target, range] = typeof said === "string" ? [said, this.#foundAt(said)] : [said.expression, said.range];
    const key = JSON.stringify([target, inputs ?? null]);
    const known = this.#readings.get(key);
    if (known) return known;
    const reading = withErrorsOf(this.#problems, this.#read(target, range, inputs));
    this.#readings.set(key, reading);
    return reading;
  }

  inputComment(expression: string, inputs: string): Edit {
    return inputCommentEdit(this.#source, this.#rangeOf(expression), inputs);
  }

  /** Of targets that have been found. */
  #foundAt(expression: string): TextRange {
    return this.#targets.find((target) => target.expression === expression)?.range ?? { start: 0, end: 0 };
  }

  #rangeOf(expression: string): TextRange {
    return this.targets.find((target) => target.expression === expression)?.range ?? { start: 0, end: 0 };
  }

  #read(target: string, range: TextRange, asked: readonly TensorShape[] | undefined): ModelReading {
    // What making it applies to tensors (Keras' functional models) is applied again below, in the order it runs.
    const { answer, making } = this.#made(target);
    if (answer instanceof Error) return { ...this.#nothing(target, range), problems: [this.#failed(answer, range)] };
    const { frameworks } = this.language;
    const made = frameworks.some((candidate) => candidate.isModel(answer)) ? answer : this.#keptInside(making);
    const framework = made && frameworks.find((candidate) => candidate.isModel(made));
    if (!framework) return this.#nothing(target, range, `${target} makes no model that is known here`);
    const { applied, origin } = this.#applied(made, making, framework, asked, range);
    const { trace, result } = applied;
    const failure = ownFailure(applied, made.kind === "instance" && isBase(made.class, this.#run.globals));
    // What was refused while it was made may be refused again when it is applied: Keras' models are both at once.
    const isVague = !this.language.semantics.strictArguments && givesTooLittle(target, this.#run.globals);
    const found = [...making.problems, ...trace.problems].filter(({ severity }) => !isVague || severity !== "error");
    const traced = new Map(found.map((problem) => [`${problem.place.range.start} ${problem.message}`, problem]));
    const outputs = tensorsIn(result);
    const told = {
      framework: framework.framework,
      layout: framework.layout,
      layers: readLayers(trace, this.#file),
      outputs: outputs.map(({ shape }) => shape),
      ...(result && { ends: { inputs: applied.inputs, outputs } }),
    };
    const advice = traced.size === 0 ? unflattened(told) : undefined;
    const refused = [...traced.values(), ...(advice ? [advice] : [])].map((problem) => problemIn(problem, this.#source, range));
    const problems = [...refused, ...severalGuessed(target, range, applied.inputs, origin, framework.layout)];
    return {
      ...told,
      training: () => this.#training(made, framework, target),
      target,
      inputs: applied.inputs.flatMap(({ shape }) => (shape ? [shape] : [])),
      inputOrigin: origin,
      ...this.#signature(made),
      edges: edgesOf(trace),
      totalParameters: framework.parameterCount?.(made) ?? totalOf(trace),
      lines: linesOf(trace, this.#file),
      problems: failure && refused.length === 0 ? [this.#failed(failure, range)] : problems,
    };
  }

  /** A model that code made and did not answer. */
  #keptInside(making: Trace): Value | undefined {
    return this.language.frameworks.map((framework) => framework.lastMade?.(making)).find((model) => model !== undefined);
  }

  get #trial(): Partial<Limits> {
    return { ...TRIAL, milliseconds: TRIAL.milliseconds * this.#rest };
  }

  /** How patient its models may be waited for: a file that took too long has used up most of that. */
  get #rest(): number {
    return this.#isCut ? this.#patience / 4 : this.#patience;
  }

  /** What has been made already is made again neither to be tried nor to be read. */
  #tryOut(expression: string): Trial {
    const known = this.#tried.get(expression);
    if (known) return known;
    const trace = new Trace(this.#interpreter.budget, this.#running);
    const value = this.#interpreter.tracing(trace, () => this.#evaluate(expression, this.#trial));
    const tried = value instanceof Error ? { failure: value, trace } : { value, trace };
    this.#tried.set(expression, tried);
    return tried;
  }

  /** A model, or a class or function called without arguments that makes one. */
  #made(target: string): { readonly answer: Value | ProgramError | ReadingStopped; readonly making: Trace } {
    const known = this.#tried.get(target);
    if (known?.failure instanceof ProgramError) return { answer: known.failure, making: known.trace };
    const tried = known?.value && known;
    const making = tried?.trace ?? new Trace(this.#interpreter.budget, this.#running);
    const answer = this.#interpreter.tracing(making, () => {
      const value = tried?.value ?? this.#evaluate(target);
      if (!(value instanceof Error)) this.#tried.set(target, { value, trace: making });
      if (value instanceof Error || (value.kind !== "class" && value.kind !== "function")) return value;
      const called = this.#interpreter.attempt(() => this.#interpreter.call(value, [], this.#place()));
      return called.ok ? called.value : called.error;
    });
    return { answer, making };
  }

  #evaluate(expression: string, less?: Partial<Limits>): Value | ProgramError | ReadingStopped {
    const [statement] = this.language.parse(this.#file, expression).body;
    const place = this.#place();
    if (statement?.kind !== "expression") return new ReadingStopped(`${expression} is no expression`, place);
    const attempt = this.#attempt(statement.value, less);
    return attempt.ok ? attempt.value : attempt.error;
  }

  #attempt(expression: Expression, less?: Partial<Limits>) {
    const { globals } = this.#run;
    // What the expression itself makes is made nowhere in the file.
    const frame = { file: "", scope: globals, closure: globals, globals };
    return this.#interpreter.attempt(() => this.#interpreter.evaluate(expression, frame), less);
  }

  #training(model: Value, framework: SourceFramework, target: string): TrainingSaid {
    const known = (expression: Expression) => {
      const attempt = this.#attempt(expression, this.#trial);
      return attempt.ok ? attempt.value : undefined;
    };
    return trainingOf({ framework, model, tree: this.#tree, range: this.#rangeOf(target), known });
  }

  #applied(
    model: Value,
    making: Trace,
    framework: SourceFramework,
    asked: readonly TensorShape[] | undefined,
    range: TextRange,
  ): { applied: Application; origin: InputOrigin } {
    const forward = forwardOf(model, this.#interpreter);
    const count = Math.max(1, forward ? inputNames(forward).length : 0);
    const examples = (shapes: readonly TensorShape[]) =>
      Array.from({ length: Math.max(count, shapes.length) }, (_, i) => framework.input(shapes[i] ?? shapes.at(-1) ?? framework.habit));
    const apply = (shapes: readonly TensorShape[]) => this.#apply(model, making, framework, examples(shapes));
    if (asked) return { applied: apply(asked), origin: "asked" };
    const commented = commentedInputs(this.#tree.comments, range.start);
    if (commented) return { applied: apply(commented.shapes), origin: "comment" };
    const own = framework.ownInputs(model, this.#interpreter);
    if (own) {
      const tensors = own.map((shape): Tensor => ({ shape, dtype: "float32" }));
      return { applied: this.#apply(model, making, framework, tensors), origin: "file" };
    }
    return this.#guessed(framework, apply);
  }

  /** The first input that fits: what is usual in the workspace, those the file shows, the habit, then what the first weights allow. */
  #guessed(
    framework: SourceFramework,
    apply: (shapes: readonly TensorShape[]) => Application,
  ): { applied: Application; origin: InputOrigin } {
    const { budget } = this.#interpreter;
    const end = budget.clock + PATIENCE * this.#patience;
    const shown = this.#shownInputs(framework);
    for (const { shapes, origin } of shown) {
      const applied = apply(shapes);
      if (fits(applied)) return { applied, origin };
    }
    const habitual = apply([framework.habit]);
    if (fits(habitual)) return { applied: habitual, origin: "habit" };
    const tried: Application[] = [];
    for (const shape of likelyInputs(framework, habitual.trace)) {
      if (budget.clock > end) break;
      const applied = apply([shape]);
      if (fits(applied)) return { applied, origin: "solved" };
      tried.push(applied);
    }
    // Nothing fits: the likeliest tells what is wrong, if it is the model that is.
    const [first] = shown;
    const applied = first ? apply(first.shapes) : (tried[0] ?? habitual);
    // Of any input a vector of three is the least like what was tried.
    const isAnyway = !fits(applied) && firstError(applied) === firstError(apply([[3]]));
    return { applied: isAnyway || isBelievable(applied) ? applied : silenced(applied), origin: first?.origin ?? "habit" };
  }

  #shownInputs({ layout }: SourceFramework): readonly ShownInput[] {
    const known = this.#shown.get(layout);
    if (known) return known;
    const numberOf = (name: string) => {
      const value = this.#run.globals.find(name);
      return value?.kind === "number" ? value.value : undefined;
    };
    const usual = this.context.usualInputs?.map((shape) => inOrder(shape, layout));
    const shown: ShownInput[] = inputsInFile(this.#tree, layout, numberOf).map((shape) => ({ shapes: [shape], origin: "file" }));
    if (usual) shown.unshift({ shapes: usual, origin: "setting" });
    this.#shown.set(layout, shown);
    return shown;
  }

  #apply(model: Value, making: Trace, framework: SourceFramework, inputs: readonly Tensor[]): Application {
    const trace = new Trace(this.#interpreter.budget, making);
    const attempt = this.#interpreter.tracing(trace, () =>
      this.#interpreter.attempt(() => framework.apply(model, inputs, this.#interpreter, this.#place()), this.#isCut ? this.#trial : {}),
    );
    return { inputs, trace, result: attempt.ok ? attempt.value : undefined, failure: attempt.ok ? undefined : attempt.error };
  }

  /** Where the inputs of a model of this very file have names. */
  #signature(model: Value): Pick<ModelReading, "signature"> {
    const forward = forwardOf(model, this.#interpreter);
    return forward?.file === this.#file ? { signature: { names: inputNames(forward), range: forward.tree.nameRange } } : {};
  }

  #place(): Place {
    return { file: "", range: { start: 0, end: 0 } };
  }

  /** What surely fails is an error in the framework's words; what could not be read to its end is a hint. */
  #failed(failure: ProgramError | ReadingStopped, target: TextRange): Problem {
    if (failure instanceof ReadingStopped) return this.#note(failure, target);
    const traced = { ...failure.problem, place: failure.place, severity: "error" as const };
    return problemIn(traced, this.#source, target);
  }

  #note({ message, place }: ReadingStopped, target: TextRange = { start: 0, end: 0 }): Problem {
    return { range: place.file === this.#file ? place.range : target, severity: "hint", code: "reading-stopped", message, fixes: [] };
  }

  #nothing(target: string, range: TextRange, why?: string): ModelReading {
    const [framework] = this.language.frameworks;
    return {
      framework: framework?.framework ?? "cnn",
      layout: framework?.layout ?? "NHWC",
      target,
      inputs: [],
      inputOrigin: "habit",
      layers: [],
      edges: [],
      outputs: [],
      totalParameters: undefined,
      lines: [],
      problems: why === undefined ? [] : [{ range, severity: "hint", code: "no-model", message: why, fixes: [] }],
    };
  }
}

/** All tensors in what a model answers. */
function tensorsIn(value: Value | undefined): Tensor[] {
  if (value?.kind === "tensor") return [value.tensor];
  if (value?.kind === "list" || value?.kind === "tuple") return value.items.flatMap(tensorsIn);
  return value?.kind === "dictionary" ? [...value.entries.values()].flatMap((entry) => tensorsIn(entry.value)) : [];
}
