import type { TextRange } from "../base/text.js";
import type { Argument, Expression } from "../syntax/tree.js";
import type { Call, InterpreterApi, Place } from "./values.js";

const NO_PLACES: ReadonlyMap<number | string, TextRange> = new Map();

/** An operation or call at its place. Where arguments stand is only found out when somebody asks. */
export class Site implements Call {
  readonly place: Place;

  constructor(
    readonly interpreter: InterpreterApi,
    file: string,
    range: TextRange,
    readonly tree?: Extract<Expression, { kind: "call" }>,
  ) {
    this.place = { file, range };
  }

  get argumentPlaces(): ReadonlyMap<number | string, TextRange> {
    return this.tree ? placesOf(this.tree.args) : NO_PLACES;
  }
}

/** A call whose positional arguments are counted from another one on: a method's receiver is its first, and stands nowhere. */
export class ShiftedSite implements Call {
  constructor(
    private readonly call: Call,
    private readonly by: 1 | -1,
  ) {}

  get place(): Place {
    return this.call.place;
  }

  get interpreter(): InterpreterApi {
    return this.call.interpreter;
  }

  get argumentPlaces(): ReadonlyMap<number | string, TextRange> {
    return new Map([...this.call.argumentPlaces].map(([key, range]) => [typeof key === "number" ? key + this.by : key, range]));
  }
}

/** Behind a spread nobody knows which position an argument has. */
function placesOf(args: readonly Argument[]): ReadonlyMap<number | string, TextRange> {
  const places = new Map<number | string, TextRange>();
  let position = 0;
  for (const argument of args) {
    if (argument.kind === "named") places.set(argument.name, argument.value.range);
    else if (argument.kind === "positional") places.set(position++, argument.value.range);
    else if (argument.kind === "spread") position = Number.NaN;
  }
  places.delete(Number.NaN);
  return places;
}
