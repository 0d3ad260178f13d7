import type { FromModelPanel, ModelGraph } from "../../src/protocol/modelPanel.js";
import type { MenuItem } from "../shared/menu.js";
import { sheetOfTiles } from "../shared/png.js";
import { scaleOf, tilesAtChannel } from "./details/planes.js";
import { pictureOfGraph } from "./graph/picture.js";
import type { Scene } from "./graph/scene.js";
import { fileOf, histogramTable, kernelsTable, nodesTable, numbersTable, pictureItem, tableItems, tensorsTable } from "./saving.js";
import type { TensorFacts } from "./state.js";

type Post = (message: FromModelPanel) => void;

/** What can be saved of the whole model. */
export function modelItems(graph: ModelGraph, scene: Scene | undefined, post: Post): MenuItem[] {
  const file = fileOf(graph.title);
  if (graph.nodes.length === 0) return tableItems("tensors", `${file}-tensors`, post, () => tensorsTable(graph));
  return [
    ...(scene === undefined ? [] : [pictureItem("graph", `${file}-graph`, post, () => pictureOfGraph(scene))]),
    ...tableItems("layers", `${file}-layers`, post, () => nodesTable(graph)),
  ];
}

/** What can be saved of a tensor, as far as it is here. */
export function tensorItems(graph: ModelGraph, index: number, facts: TensorFacts | undefined, post: Post): MenuItem[] {
  const tensor = graph.tensors[index];
  if (tensor === undefined || facts === undefined) return [];
  const file = `${fileOf(graph.title)}-${fileOf(tensor.name)}`;
  const { kernels, summary, numbers } = facts;
  return [
    ...(kernels === undefined
      ? []
      : [
          pictureItem("kernels", `${file}-kernels`, post, () => {
            const scale = scaleOf(kernels, summary);
            return sheetOfTiles(tilesAtChannel(kernels, 0, scale), `${tensor.name}, channel 0, \u00b1${Number(scale.toPrecision(3))}`);
          }),
          ...tableItems("kernels", `${file}-kernels`, post, () => kernelsTable(kernels)),
        ]),
    ...(summary === undefined ? [] : tableItems("histogram", `${file}-histogram`, post, () => histogramTable(summary))),
    ...(numbers === undefined ? [] : tableItems("numbers shown", `${file}-numbers`, post, () => numbersTable(numbers, tensor.shape))),
  ];
}
