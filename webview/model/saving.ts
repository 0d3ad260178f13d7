import type { FromModelPanel, KernelPlanes, ModelGraph, TensorNumbers, TensorSummary } from "../../src/protocol/modelPanel.js";
import { csv, single, type Table, tabSeparated } from "../shared/csv.js";
import type { MenuItem } from "../shared/menu.js";
import { pngOf } from "../shared/png.js";
import { indexOf } from "./details/numberRows.js";
import { kernelsIn, planeOf } from "./details/planes.js";
import { outputText, tensorText } from "./text.js";

type Post = (message: FromModelPanel) => void;

/** Saving a table as CSV and copying it. */
export function tableItems(what: string, file: string, post: Post, table: () => Table): MenuItem[] {
  return [
    { label: `Save ${what} as CSV`, run: () => post({ type: "save", name: `${file}.csv`, content: csv(table()) }) },
    { label: `Copy ${what}`, run: () => navigator.clipboard.writeText(tabSeparated(table())) },
  ];
}

/** Saving a picture that draws itself when asked. */
export function pictureItem(what: string, file: string, post: Post, draw: () => HTMLCanvasElement | undefined): MenuItem {
  return {
    label: `Save ${what} as PNG`,
    run: async () => {
      const canvas = draw();
      if (canvas !== undefined) post({ type: "save", name: `${file}.png`, content: await pngOf(canvas) });
    },
  };
}

/** A name as part of a file's: what no file system takes becomes a dash. */
export function fileOf(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, "-").replaceAll(/^[-.]+|[-.]+$/g, "") || "model";
}

export function nodesTable({ nodes }: Pick<ModelGraph, "nodes">): Table {
  return {
    head: ["index", "name", "type", "output", "parameters", "multiply-adds"],
    rows: nodes.map((node, i) => [i, node.name, node.type, outputText(node), node.parameters ?? undefined, node.multiplyAdds ?? undefined]),
  };
}

export function tensorsTable({ tensors }: Pick<ModelGraph, "tensors">): Table {
  return {
    head: ["index", "name", "dtype", "shape"],
    rows: tensors.map((tensor, i) => [i, tensor.name, tensor.dtype, tensorText(tensor)]),
  };
}

export function histogramTable({ histogram, minimum, maximum }: TensorSummary): Table {
  const edge = (bin: number) => minimum + (bin * (maximum - minimum)) / histogram.length;
  return { head: ["from", "to", "count"], rows: histogram.map((value, bin) => [edge(bin), edge(bin + 1), value]) };
}

export function numbersTable({ values, offset }: TensorNumbers, shape: readonly (number | null)[]): Table {
  return { head: ["place", "value"], rows: Array.from(values, (value, i) => [indexOf(shape, offset + i), single(value)]) };
}

/** One line a kernel and channel, its weights in row-major order. */
export function kernelsTable(planes: KernelPlanes): Table {
  const size = planes.height * planes.width;
  const head = Array.from({ length: size }, (_, i) => `row ${Math.floor(i / planes.width) + 1} column ${(i % planes.width) + 1}`);
  const rows = function* () {
    for (let kernel = planes.first; kernel < planes.first + kernelsIn(planes); kernel++) {
      for (let channel = 0; channel < planes.channels; channel++) {
        yield [kernel, channel, ...Array.from(planeOf(planes, kernel, channel), single)];
      }
    }
  };
  return { head: ["kernel", "channel", ...head], rows: rows() };
}
