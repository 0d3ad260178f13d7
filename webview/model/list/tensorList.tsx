import type { ModelTensor } from "../../../src/protocol/modelPanel.js";
import { count } from "../../shared/format.js";
import { memo } from "../../shared/memo.js";
import { countOrNone, sizeOf, tensorText } from "../text.js";
import { Share } from "./share.js";
import { type Column, VirtualTable } from "./virtualTable.js";

interface Props {
  readonly tensors: readonly ModelTensor[];
  readonly selected: number | undefined;
  readonly found: ReadonlySet<number> | undefined;
  readonly onSelect: (tensor: number) => void;
  readonly revealed: number;
}

const COLUMNS: readonly Column[] = [
  { name: "index", title: "#", numeric: true },
  { name: "name", title: "Tensor" },
  { name: "type", title: "Type" },
  { name: "shape", title: "Shape" },
  { name: "parameters", title: "Numbers", numeric: true },
  { name: "share parameter-share", title: "" },
];

/** What a checkpoint holds: it says no more of its network than its tensors. */
export const TensorList = memo(({ tensors, selected, found, onSelect, revealed }: Props) => {
  const most = tensors.reduce((largest, tensor) => Math.max(largest, sizeOf(tensor) ?? 0), 0);
  return (
    <VirtualTable
      kind="tensors"
      label="Tensors"
      columns={COLUMNS}
      count={tensors.length}
      selected={selected}
      isDim={(index) => found !== undefined && !found.has(index)}
      onSelect={onSelect}
      revealed={revealed}
      nameOf={(index) => {
        const tensor = tensors[index];
        return tensor === undefined ? "" : `${tensor.name}, ${tensor.dtype}, ${tensorText(tensor)}`;
      }}
      row={(index) => <Cells index={index} tensor={tensors[index]} most={most} />}
    />
  );
});

const Cells = memo(
  ({ index, tensor, most }: { readonly index: number; readonly tensor: ModelTensor | undefined; readonly most: number }) => {
    if (tensor === undefined) return null;
    const size = sizeOf(tensor);
    return (
      <>
        <span role="gridcell" class="index n quiet">
          {count(index)}
        </span>
        <span role="gridcell" class="name" title={tensor.name}>
          {tensor.name}
        </span>
        <span role="gridcell" class="type quiet">
          {tensor.dtype}
        </span>
        <span role="gridcell" class="shape num">
          {tensorText(tensor)}
        </span>
        <span role="gridcell" class="parameters n">
          {countOrNone(size)}
        </span>
        <Share name="parameter-share" value={size ?? null} most={most} />
      </>
    );
  },
);
