import type { InstanceValue } from "../../../interpret/values.js";
import { classOf } from "../core/native.js";
import { SEQUENTIAL } from "../modules/containers.js";
import type { Builder } from "./build.js";

const MLP = classOf("MLP", [SEQUENTIAL]);

/** The two linear layers of a transformer's block. */
export function mlp(build: Builder, width: number, hidden: number, dropout: number): InstanceValue {
  return build.module(MLP, {
    0: build.linear(width, hidden),
    1: build.layer("GELU"),
    2: build.layer("Dropout", [dropout]),
    3: build.linear(hidden, width),
    4: build.layer("Dropout", [dropout]),
  });
}
