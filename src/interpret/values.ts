import type { TextRange } from "../base/text.js";
import type { BinaryOperator, FunctionTree } from "../syntax/tree.js";
import type { Store } from "./journal.js";
import type { Scope } from "./scope.js";
import type { Tensor } from "./tensor.js";
import type { Trace } from "./trace.js";

/** A value of the program that is read, as far as it is known. One set of kinds serves all languages. */
export type Value =
  | NoneValue
  | BooleanValue
  | NumberValue
  | StringValue
  | ListValue
  | TupleValue
  | SetValue
  | DictionaryValue
  | RangeValue
  | SliceValue
  | FunctionValue
  | MethodValue
  | NativeFunction
  | ClassValue
  | InstanceValue
  | ModuleValue
  | TensorValue
  | UnknownValue;

export interface NoneValue {
  readonly kind: "none";
}

export interface BooleanValue {
  readonly kind: "boolean";
  readonly value: boolean;
}

/** `float` where the language tells 2.0 from 2. */
export interface NumberValue {
  readonly kind: "number";
  readonly value: number;
  readonly float: boolean;
}

export interface StringValue {
  readonly kind: "string";
  readonly value: string;
}

/** Lists, arrays, vectors; generators too, as they are computed at once. Changes in place. */
export interface ListValue {
  readonly kind: "list";
  readonly items: Value[];
  /** Generators and iterators: what is taken is gone. */
  readonly iterator?: true;
}

export interface TupleValue {
  readonly kind: "tuple";
  readonly items: readonly Value[];
  /** Named tuples: the names of the items. */
  readonly names?: readonly string[];
  /** What a library's own kind of tuple has besides. */
  readonly attribute?: (name: string, self: TupleValue) => Value | undefined;
}

export interface SetValue {
  readonly kind: "set";
  readonly items: Map<string, Value>;
}

/** Dictionaries, object literals, maps. Keys by `keyOf` (keys.ts). Changes in place. */
export interface DictionaryValue {
  readonly kind: "dictionary";
  readonly entries: Map<string, { readonly key: Value; readonly value: Value }>;
  /** Python's defaultdict: makes the values of keys that are missing. */
  readonly fallback?: Value;
  /** There are entries that are not known. */
  readonly incomplete?: true;
}

/** Half-open, as Python's range; front ends of other languages convert. */
export interface RangeValue {
  readonly kind: "range";
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

export interface SliceValue {
  readonly kind: "slice";
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
}

/** A function of the program. */
export interface FunctionValue {
  readonly kind: "function";
  readonly tree: FunctionTree;
  readonly scope: Scope;
  /** The file it stands in, and that file's own names. */
  readonly file: string;
  readonly globals: Scope;
  /** The class it is a method of: where `super()` goes on. */
  readonly owner: ClassValue | undefined;
  /** Of parameters, evaluated where the function is defined, by parameter name. */
  readonly fallbacks: ReadonlyMap<string, Value>;
  readonly attributes: Map<string, Value>;
}

/** A function with its first argument. */
export interface MethodValue {
  readonly kind: "method";
  readonly self: Value;
  readonly function: FunctionValue | NativeFunction;
}

/** A function of a library, as one of our tables says it. */
export interface NativeFunction {
  readonly kind: "native";
  /** As problems name it: "torch.flatten". */
  readonly name: string;
  /** May throw ProgramError; whatever it does not understand it answers with `unknown`. */
  readonly call: (args: Arguments, call: Call) => Value;
  /** Found as an attribute of an instance it becomes a method, as functions do. */
  readonly bind?: true;
}

/** What a call gets. Spreads are already laid out. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** Some arguments could not be known (a spread of an unknown value): what is missing may be there all the same. */
  readonly incomplete: boolean;
}

/** Where a call stands, and the means of the interpreter. */
export interface Call {
  readonly place: Place;
  /** Where arguments stand, by position and by name; for problems and fixes. */
  readonly argumentPlaces: ReadonlyMap<number | string, TextRange>;
  readonly interpreter: InterpreterApi;
}

/** Somewhere in a file of the workspace. */
export interface Place {
  readonly file: string;
  readonly range: TextRange;
  /** Of what a library makes in a file of its own: the file of the workspace whose call, at this range, asked for it. */
  readonly askedBy?: string;
}

export interface ClassValue {
  readonly kind: "class";
  readonly name: string;
  readonly bases: readonly ClassValue[];
  /** Where it is defined; undefined for classes of libraries. */
  readonly place: Place | undefined;
  readonly members: Map<string, Value>;
  /** Some base or member is unknown: what is not found may be there all the same. */
  readonly incomplete: boolean;
  /** Its constructor is called by this instead of by the language's rule (layers of libraries: makes the instance with its payload). */
  readonly construct?: (cls: ClassValue, args: Arguments, call: Call) => Value;
}

/** An object of a class. `fields` keeps the order of assignment, which is the order of a model's layers. */
export interface InstanceValue {
  readonly kind: "instance";
  readonly class: ClassValue;
  readonly fields: Map<string, Value>;
  /** Where it was constructed. */
  readonly place: Place;
  /** What a library's own class keeps: a layer's rule and arguments, an ordered container's children. Owned by that library's table. */
  payload?: unknown;
}

export interface ModuleValue {
  readonly kind: "module";
  readonly name: string;
  /** Undefined: the module has no such member as far as we know. */
  readonly get: (name: string) => Value | undefined;
}

export interface TensorValue {
  readonly kind: "tensor";
  readonly tensor: Tensor;
}

/** `why` is for people, in the words of a note: "the file config.yaml is not read". */
export interface UnknownValue {
  readonly kind: "unknown";
  readonly why: string;
}

/** What libraries' tables may ask of the interpreter. */
export interface InterpreterApi {
  /** Calls anything that can be called. */
  call(callee: Value, positional: readonly Value[], place: Place, named?: ReadonlyMap<string, Value>): Value;
  /** Calls with the arguments of another call. */
  apply(callee: Value, args: Arguments, call: Call): Value;
  /** A name that is there without an import. */
  builtin(name: string): Value | undefined;
  /** An operator as the program would apply it. */
  binary(operator: BinaryOperator, left: Value, right: Value, call: Call): Value;
  /** An attribute as the language finds it: fields, members of classes (bound), methods of built-in kinds. Undefined where there is none. */
  attribute(object: Value, name: string): Value | undefined;
  setAttribute(object: Value, name: string, value: Value): void;
  /** To be said before a list's items, a map's entries or an instance's fields are changed in place, as the change may be taken back. */
  willChange(store: Store): void;
  /** All items of anything that can be iterated, unknown ones undefined. */
  items(value: Value): readonly Value[] | undefined;
  /** "unknown" where it cannot be told. */
  truth(value: Value): boolean | "unknown";
  /** How calls nest right now, outermost first, for names like layer1.0.conv1 and for problems' places. */
  readonly stack: readonly Place[];
  /** Names of the function of the program that runs now; undefined at the top of a file. */
  readonly locals: ReadonlyMap<string, Value> | undefined;
  /** Everything applied to tensors goes here. */
  readonly trace: Trace;
}

export const NONE: NoneValue = { kind: "none" };
export const TRUE: BooleanValue = { kind: "boolean", value: true };
export const FALSE: BooleanValue = { kind: "boolean", value: false };

/** Python's `...` as a value. */
export const ELLIPSIS: InstanceValue = {
  kind: "instance",
  class: { kind: "class", name: "ellipsis", bases: [], place: undefined, members: new Map(), incomplete: false },
  fields: new Map(),
  place: { file: "", range: { start: 0, end: 0 } },
};

export function unknown(why: string): UnknownValue {
  return { kind: "unknown", why };
}

export function integer(value: number): NumberValue {
  return { kind: "number", value, float: false };
}

export function text(value: string): StringValue {
  return { kind: "string", value };
}

export function list(items: readonly Value[]): ListValue {
  return { kind: "list", items: [...items] };
}

export function tuple(items: readonly Value[]): TupleValue {
  return { kind: "tuple", items };
}
