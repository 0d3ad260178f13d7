import type { ModelNode } from "../../../src/protocol/modelPanel.js";
import { count } from "../../shared/format.js";
import { memo } from "../../shared/memo.js";
import { familyOf } from "../families.js";
import type { Severity } from "../problems.js";
import { countOrNone, nameOf, outputText, plural } from "../text.js";
import { Share } from "./share.js";
import { type Column, VirtualTable } from "./virtualTable.js";

interface Props {
  readonly nodes: readonly ModelNode[];
  readonly selected: number | undefined;
  readonly found: ReadonlySet<number> | undefined;
  readonly problems: ReadonlyMap<number, Severity>;
  readonly onSelect: (node: number) => void;
  readonly revealed: number;
}

const COLUMNS: readonly Column[] = [
  { name: "index", title: "#", numeric: true },
  { name: "name", title: "Layer" },
  { name: "type", title: "Type" },
  { name: "shape", title: "Output" },
  { name: "parameters", title: "Parameters", numeric: true },
  { name: "share parameter-share", title: "" },
  { name: "macs", title: "Multiply-adds", numeric: true },
  { name: "share mac-share", title: "" },
];

/** Every layer in the order they run, with what it makes and costs. */
export const NodeList = memo(({ nodes, selected, found, problems, onSelect, revealed }: Props) => {
  const mostOf = (value: (node: ModelNode) => number | null) => nodes.reduce((largest, node) => Math.max(largest, value(node) ?? 0), 0);
  const mostParameters = mostOf(({ parameters }) => parameters);
  const mostMultiplyAdds = mostOf(({ multiplyAdds }) => multiplyAdds);
  return (
    <VirtualTable
      kind="nodes"
      label="Layers"
      columns={COLUMNS}
      count={nodes.length}
      selected={selected}
      isDim={(index) => found !== undefined && !found.has(index)}
      onSelect={onSelect}
      revealed={revealed}
      nameOf={(index) => rowName(nodes[index])}
      row={(index) => (
        <Cells
          index={index}
          node={nodes[index]}
          mostParameters={mostParameters}
          mostMultiplyAdds={mostMultiplyAdds}
          problem={problems.get(index)}
        />
      )}
    />
  );
});

function rowName(node: ModelNode | undefined): string {
  if (node === undefined) return "";
  const output = outputText(node);
  const parameters = node.parameters === null ? "" : `, ${node.parameters === 0 ? "no parameters" : plural(node.parameters, "parameter")}`;
  return `${nameOf(node)}, ${node.type}${output === "" ? "" : `, output ${output}`}${parameters}`;
}

interface CellsProps {
  readonly index: number;
  readonly node: ModelNode | undefined;
  readonly mostParameters: number;
  readonly mostMultiplyAdds: number;
  readonly problem: Severity | undefined;
}

const Cells = memo(({ index, node, mostParameters, mostMultiplyAdds, problem }: CellsProps) => {
  if (node === undefined) return null;
  return (
    <>
      <span role="gridcell" class="index n quiet">
        {count(index)}
      </span>
      <span role="gridcell" class={`name family ${familyOf(node.type)}`} title={nameOf(node)}>
        {problem === undefined || problem === "hint" ? null : <i class={`codicon codicon-${problem} ${problem}`} aria-hidden="true" />}
        {node.name === "" ? <span class="quiet">{node.type}</span> : node.name}
      </span>
      <span role="gridcell" class="type quiet">
        {node.type}
      </span>
      <span role="gridcell" class="shape num">
        {outputText(node)}
      </span>
      <span role="gridcell" class="parameters n">
        {countOrNone(node.parameters)}
      </span>
      <Share name="parameter-share" value={node.parameters} most={mostParameters} />
      <span role="gridcell" class="macs n">
        {countOrNone(node.multiplyAdds)}
      </span>
      <Share name="mac-share" value={node.multiplyAdds} most={mostMultiplyAdds} />
    </>
  );
});
