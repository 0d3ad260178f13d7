import { programError } from "../../errors.js";
import { libraryClass } from "../../natives.js";
import { FALSE, type InstanceValue, NONE, TRUE, text, tuple, unknown, type Value } from "../../values.js";
import { boolean, native, natives, notKnown } from "../natives.js";

const VAL = libraryClass(
  "Val",
  {},
  {
    incomplete: true,
    construct: (cls, args, call) => {
      const parameter = args.positional[0] ?? unknown("its parameter is not known");
      return { kind: "instance", class: cls, fields: new Map([["parameter", parameter]]), place: call.place } satisfies InstanceValue;
    },
  },
);

/** What is neither about numbers nor about collections. */
export function languageFunctions(): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ["Val", VAL],
    ["true", TRUE],
    ["false", FALSE],
    // A file that is read is not the program that runs.
    ["PROGRAM_FILE", text("")],
    ...natives({
      abspath: ([path]) => path ?? NONE,
      isinteractive: () => FALSE,
      isdefined: () => unknown("what is loaded beside this file is not known"),
      identity: ([x]) => x ?? NONE,
      isnothing: ([x]) => (!x || x.kind === "unknown" ? notKnown("isnothing", x ? [x] : []) : boolean(x.kind === "none")),
      ismissing: ([x]) => (!x || x.kind === "unknown" ? notKnown("ismissing", x ? [x] : []) : FALSE),
      something: (args) => args.find(({ kind }) => kind !== "none") ?? NONE,
      coalesce: (args) => args.find(({ kind }) => kind !== "none") ?? NONE,
      only: ([x], call) => (x && call.interpreter.items(x)?.[0]) ?? notKnown("only", []),
      typeof: ([x]) => (x?.kind === "instance" ? x.class : unknown("its type is not known")),
      ifelse: ([test, then, otherwise], { interpreter }) => {
        const truth = test ? interpreter.truth(test) : "unknown";
        return truth === "unknown" ? notKnown("ifelse", []) : ((truth ? then : otherwise) ?? NONE);
      },
      convert: ([type, value], call) =>
        type?.kind === "class" && value ? call.interpreter.call(type, [value], call.place) : notKnown("convert", []),
      getfield: ([object, name], { interpreter }) => field(object, name, interpreter.attribute.bind(interpreter)),
      getproperty: ([object, name], { interpreter }) => field(object, name, interpreter.attribute.bind(interpreter)),
      hasproperty: ([object, name]) =>
        object?.kind === "instance" && name?.kind === "string" ? boolean(object.fields.has(name.value)) : notKnown("hasproperty", []),
      fieldnames: ([type]) =>
        type?.kind === "instance" ? tuple([...type.fields.keys()].map((value) => ({ kind: "string", value }))) : notKnown("fieldnames", []),
      error: ([message], call) => {
        throw programError("ErrorException", message?.kind === "string" ? message.value : "the program raises an error here", call.place);
      },
      throw: ([exception], call) => {
        const [message] = exception?.kind === "instance" ? [...exception.fields.values()] : [];
        throw programError(
          exception?.kind === "instance" ? exception.class.name : "error",
          message?.kind === "string" ? message.value : "the program raises an error here",
          call.place,
        );
      },
      "(;)": (_, _call, named) => ({ kind: "tuple", items: [...named.values()], names: [...named.keys()] }),
      NamedTuple: (_, _call, named) => ({ kind: "tuple", items: [...named.values()], names: [...named.keys()] }),
    }),
    ...["ArgumentError", "DimensionMismatch", "DomainError", "ErrorException"].map((name) => [name, exception(name)] as const),
  ]);
}

function field(object: Value | undefined, name: Value | undefined, attribute: (object: Value, name: string) => Value | undefined): Value {
  return (object && name?.kind === "string" ? attribute(object, name.value) : undefined) ?? notKnown("this field", []);
}

function exception(name: string): Value {
  const cls = libraryClass(name, {}, { incomplete: true });
  return native(name, ([message], call) => ({
    kind: "instance",
    class: cls,
    fields: new Map(message ? [["msg", message]] : []),
    place: call.place,
  }));
}
