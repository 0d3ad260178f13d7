import { argument, libraryClass, nativeMethod } from "../../natives.js";
import { type Arguments, type Call, FALSE, type InstanceValue, list, NONE, TRUE, tuple, unknown, type Value } from "../../values.js";
import { instance } from "../special.js";
import { OBJECT } from "../types.js";
import { module } from "./module.js";

/** Options by name, each with the value it has when the command line says nothing. */
class Options {
  readonly defaults = new Map<string, Value>();
}

const optionsIn = (value: Value): Options | undefined =>
  value.kind === "instance" && value.payload instanceof Options ? value.payload : undefined;

const NAMESPACE = libraryClass(
  "Namespace",
  {},
  {
    bases: [OBJECT],
    incomplete: true,
    construct: (cls, { named }, call) => {
      const made = instance(cls, call);
      for (const [name, value] of named) made.fields.set(name, value);
      return made;
    },
  },
);

function addArgument(self: Value, args: Arguments, call: Call): Value {
  const options = optionsIn(self);
  const flags = args.positional.flatMap((value) => (value.kind === "string" ? [value.value] : []));
  const long = flags.find((flag) => flag.startsWith("--")) ?? flags[0];
  const given = args.named.get("dest");
  const name = given?.kind === "string" ? given.value : long?.replace(/^-+/, "").replaceAll("-", "_");
  if (!options || name === undefined) return NONE;
  const isPositional = long !== undefined && !long.startsWith("-");
  options.defaults.set(
    name,
    isPositional && !args.named.has("default") ? unknown(`the argument ${name} is not known`) : defaultOf(args, call),
  );
  return instance(NAMESPACE, call);
}

function defaultOf(args: Arguments, call: Call): Value {
  const action = args.named.get("action");
  const value = args.named.get("default");
  if (!value)
    return action?.kind === "string" && action.value === "store_true"
      ? FALSE
      : action?.kind === "string" && action.value === "store_false"
        ? TRUE
        : NONE;
  const type = args.named.get("type");
  // Only text that stands for another type is converted.
  return value.kind === "string" && type ? call.interpreter.call(type, [value], call.place) : value;
}

function parsed(self: Value, call: Call): InstanceValue {
  const made = instance(NAMESPACE, call);
  for (const [name, value] of optionsIn(self)?.defaults ?? []) made.fields.set(name, value);
  return made;
}

/** Groups and subcommands share the parser's options. */
const sharing = (name: string) => nativeMethod(name, (self) => self);

const PARSER = libraryClass(
  "ArgumentParser",
  {
    add_argument: nativeMethod("add_argument", addArgument),
    set_defaults: nativeMethod("set_defaults", (self, { named }) => {
      for (const [name, value] of named) optionsIn(self)?.defaults.set(name, value);
      return NONE;
    }),
    get_default: nativeMethod("get_default", (self, args) => {
      const name = argument(args, 0);
      return (name?.kind === "string" ? optionsIn(self)?.defaults.get(name.value) : undefined) ?? NONE;
    }),
    parse_args: nativeMethod("parse_args", (self, _, call) => parsed(self, call)),
    parse_known_args: nativeMethod("parse_known_args", (self, _, call) => tuple([parsed(self, call), list([])])),
    add_argument_group: sharing("add_argument_group"),
    add_mutually_exclusive_group: sharing("add_mutually_exclusive_group"),
    add_subparsers: sharing("add_subparsers"),
    add_parser: sharing("add_parser"),
  },
  { bases: [OBJECT], incomplete: true, construct: (cls, _, call) => instance(cls, call, new Options()) },
);

/** What a program gets whose command line says nothing. */
export const ARGPARSE = module("argparse", { ArgumentParser: PARSER, Namespace: NAMESPACE });
