import type * as vscode from "vscode";

/** Where the nodes of a model stand in documents. */
export interface NodePlaces {
  /** Where a node is made; undefined where that is in no text, or in another. */
  madeAt(node: number): vscode.Location | undefined;
  /** The node that a position is about, `before` where that is among several; undefined where there is none. */
  nodeAt(uri: vscode.Uri, position: vscode.Position, before: number | undefined): number | undefined;
}

/** Places of one node, the one where it is made first. */
export type PlacesOfNode = readonly vscode.Location[];

/** Places of nodes by their ranges. The innermost counts; a line's first node does where the cursor is beside them. */
export function placesOf(nodes: readonly PlacesOfNode[]): NodePlaces {
  return {
    madeAt: (node) => nodes[node]?.[0],
    nodeAt: (uri, position, before) => {
      const key = uri.toString();
      const here = nodes.map((places) => places.flatMap((place) => (place.uri.toString() === key ? [place.range] : [])));
      const around = here.map((ranges) => smallest(ranges.filter((range) => range.contains(position))));
      const least = Math.min(...around.map((size) => size ?? Number.POSITIVE_INFINITY));
      if (before !== undefined && around[before] === least) return before;
      const inside = around.indexOf(least);
      if (inside >= 0) return inside;
      const beside = here.findIndex(([made]) => made?.start.line === position.line);
      return beside < 0 ? undefined : beside;
    },
  };
}

/** About how much text the smallest range has; undefined without any. */
function smallest(ranges: readonly vscode.Range[]): number | undefined {
  const sizes = ranges.map(({ start, end }) => 10_000 * (end.line - start.line) + end.character - start.character);
  return sizes.length > 0 ? Math.min(...sizes) : undefined;
}
