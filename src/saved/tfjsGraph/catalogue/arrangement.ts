import { permuted, reshaped } from "../../../interpret/channelsLast.js";
import { step } from "../../../interpret/steps.js";
import { isComputed, type Lowering, onFirst } from "./operands.js";

const same: Lowering = onFirst(() => []);

/** Everything that keeps the numbers and their order. */
const reshape: Lowering = onFirst(({ input, output }) => reshaped(input, output));

const transpose: Lowering = onFirst((node) => permuted(node.values(1) ?? []));

/** The axis is the last input, in old graphs the first one. */
const concat: Lowering = (node) => {
  const at = node.isStored(0) ? 0 : node.inputs.length - 1;
  const axis = node.scalar(at);
  const joined = node.inputs.filter((_, i) => i !== at);
  if (axis === undefined || axis === 0 || !joined.every(isComputed)) return undefined;
  return joined.length === 1 ? [] : [step("concatenate", { axis })];
};

/** Rows and columns around images. */
const pad = (mode: "constant" | "mirror"): Lowering =>
  onFirst((node) => {
    const amounts = node.values(1) ?? [];
    const [batch, channels] = [amounts.slice(0, 2), amounts.slice(6, 8)];
    const padding = [amounts.slice(2, 4), amounts.slice(4, 6)];
    const value = node.inputs.length > 2 ? node.scalar(2) : 0;
    if (node.input.length !== 4 || amounts.length !== 8 || batch.some(Boolean) || channels.some(Boolean)) return undefined;
    if (mode === "mirror")
      return node.attributes.word("mode") === "REFLECT" ? [step("padding2d", { padding, mode: "reflect" })] : undefined;
    if (value === undefined) return undefined;
    return [value === 0 ? step("zeroPadding2d", { padding }) : step("padding2d", { padding, mode: "constant", value })];
  });

const blocks = (type: string): Lowering =>
  onFirst(({ attributes, isImage }) => {
    const blockSize = attributes.whole("block_size");
    return isImage && blockSize !== undefined ? [step(type, { blockSize, order: "DCR" })] : undefined;
  });

export const ARRANGEMENT: Readonly<Record<string, Lowering>> = {
  PlaceholderWithDefault: same,
  Identity: same,
  StopGradient: same,
  PreventGradient: same,
  Snapshot: same,
  Reshape: reshape,
  Squeeze: reshape,
  ExpandDims: reshape,
  Transpose: transpose,
  ConcatV2: concat,
  Concat: concat,
  Pad: pad("constant"),
  PadV2: pad("constant"),
  MirrorPad: pad("mirror"),
  SpaceToDepth: blocks("spaceToDepth"),
  DepthToSpace: blocks("depthToSpace"),
};
