import type { Argument, ClassTree, Expression, FunctionTree, Item, Parameter, Statement, Target } from "../../../src/syntax/tree.js";

/** A tree as text in one line each, brackets around all that has parts, for tests to compare. */
export function show(body: readonly Statement[]): string[] {
  return body.map(statement);
}

const block = (body: readonly Statement[]) => `{${body.map(statement).join("; ")}}`;

function statement(s: Statement): string {
  switch (s.kind) {
    case "expression":
      return value(s.value);
    case "assign":
      return `${s.declares ? "let " : ""}${s.targets.map(target).join(" = ")}${s.value ? ` = ${value(s.value)}` : ""}`;
    case "augmented":
      return `${target(s.target)} ${s.operator}= ${value(s.value)}`;
    case "return":
    case "yield":
    case "raise":
      return `${s.kind}${s.value ? ` ${value(s.value)}` : ""}`;
    case "if":
      return `if ${value(s.test)} ${block(s.then)}${s.otherwise.length > 0 ? ` else ${block(s.otherwise)}` : ""}`;
    case "for":
      return `for ${target(s.target)} in ${value(s.iterable)} ${block(s.body)}`;
    case "while":
      return `while ${value(s.test)}${s.update ? ` then ${value(s.update)}` : ""} ${block(s.body)}`;
    case "function":
      return functionText(s.function);
    case "class":
      return classText(s.class);
    case "import":
      return `import ${s.module}${s.as ? ` as ${s.as}` : ""}${s.all ? " all" : ""}${s.names ? ` (${s.names.map((n) => `${n.name} as ${n.as}`).join(", ")})` : ""}`;
    case "export":
      return `export ${s.isDefault ? "default " : ""}${s.statement ? statement(s.statement) : ""}`;
    case "try":
      return `try ${block(s.body)}${s.handlers.map((h) => ` catch ${(h.catches ?? []).map((e) => `${value(e)} `).join("")}${block(h.body)}`).join("")} finally ${block(s.finally)}`;
    case "delete":
      return `delete ${s.targets.map(target).join(", ")}`;
    case "block":
      return block(s.body);
    default:
      return s.kind;
  }
}

function value(e: Expression): string {
  switch (e.kind) {
    case "boolean":
    case "number":
      return String(e.value);
    case "string":
      return JSON.stringify(e.value);
    case "template":
      return `template(${e.parts.map((part) => (typeof part === "string" ? JSON.stringify(part) : value(part))).join(", ")})`;
    case "name":
      return e.name;
    case "attribute":
      return `${value(e.object)}${e.optional ? "?" : ""}.${e.name}`;
    case "index":
      return `${value(e.object)}[${e.indices.map(value).join(", ")}]`;
    case "call":
      return `${e.construct ? "new " : ""}${value(e.callee)}(${e.args.map(argument).join(", ")})`;
    case "unary":
      return `(${e.operator} ${value(e.operand)})`;
    case "binary":
    case "logical":
      return `(${value(e.left)} ${e.operator} ${value(e.right)})`;
    case "comparison":
      return `(${e.operands.map((operand, i) => `${value(operand)}${e.operators[i] ? ` ${e.operators[i]} ` : ""}`).join("")})`;
    case "conditional":
      return `(${value(e.test)} ? ${value(e.then)} : ${value(e.otherwise)})`;
    case "function":
      return functionText(e.function);
    case "list":
      return `[${e.items.map(item).join(", ")}]`;
    case "dictionary":
      return `{${e.entries.map(({ key, value: v }) => (key ? `${value(key)}: ${value(v)}` : `...${value(v)}`)).join(", ")}}`;
    case "assignment":
      return `(${target(e.target)} := ${value(e.value)})`;
    case "block":
      return block(e.body);
    case "class":
      return classText(e.class);
    case "unknown":
      return `unknown<${e.text}>`;
    default:
      return e.kind;
  }
}

const item = (i: Item): string => (i.kind === "spread" ? `...${value(i.value)}` : value(i));

const argument = (a: Argument): string => (a.kind === "positional" ? value(a.value) : `${a.kind} ${value(a.value)}`);

function target(t: Target): string {
  switch (t.kind) {
    case "name":
      return t.name;
    case "attribute":
      return `${value(t.object)}.${t.name}`;
    case "index":
      return `${value(t.object)}[${t.indices.map(value).join(", ")}]`;
    case "tuple":
      return `[${t.targets.map(target).join(", ")}]`;
    case "rest":
      return `...${target(t.target)}`;
    case "fallback":
      return `${target(t.target)} ?= ${value(t.fallback)}`;
    case "fields": {
      const fields = t.fields.map((f) => `${f.name}: ${target(f.target)}${f.fallback ? ` ?= ${value(f.fallback)}` : ""}`);
      return `{${[...fields, ...(t.rest ? [`...${target(t.rest)}`] : [])].join(", ")}}`;
    }
    case "unknown":
      return "_";
  }
}

function parameter(p: Parameter): string {
  return `${p.kind === "normal" ? "" : `${p.kind} `}${p.target ? target(p.target) : p.name}${p.fallback ? ` ?= ${value(p.fallback)}` : ""}`;
}

function functionText(f: FunctionTree): string {
  const marks = [...f.decorators.map((d) => `@${value(d)} `), f.isGenerator ? "generator " : "", f.arrow ? "arrow " : ""].join("");
  return `${marks}${f.name}(${f.parameters.map(parameter).join(", ")}) ${block(f.body)}`;
}

const classText = (c: ClassTree): string => `class ${c.name}(${c.bases.map(argument).join(", ")}) ${block(c.body)}`;
