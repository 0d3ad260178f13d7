import { describe, expect, it } from "vitest";
import { type Dag, dagOf, looseOf, ranksOf } from "../../../webview/model/layout/dag.js";
import { layOut } from "../../../webview/model/layout/layout.js";
import { crossings, orderRows } from "../../../webview/model/layout/order.js";
import { spread } from "../../../webview/model/layout/spread.js";
import { denseGraph, inceptionGraph, longGraph, resnetGraph, unetGraph } from "../../fixtures/modelGraphs.js";

type Edges = readonly (readonly [number, number])[];
const SPACING = { width: 100, gap: 20, lane: 10 };
const ranks = (dag: Dag) => ranksOf(dag, looseOf(dag));
const chain = (length: number): Edges => Array.from({ length }, (_, i) => [i - 1, i] as const);
const middles = (layout: ReturnType<typeof layOut>) => Array.from(layout.x, (x) => x - (layout.x[0] ?? 0));

describe("a sound graph", () => {
  it("has no edges that lead back, nowhere or twice", () => {
    const { parents } = dagOf(3, [
      [-1, 0],
      [0, 1],
      [0, 1],
      [2, 1],
      [1, 1],
      [0, 7],
      [-5, 2],
      [1, 2],
    ]);
    expect(parents).toEqual([[], [0], [1], [2]]);
  });
});

describe("rows", () => {
  it("are as deep as the longest path", () => {
    // input -> a -> b -> c, and a -> c
    const dag = dagOf(3, [...chain(3), [0, 2]]);
    expect([...ranks(dag)]).toEqual([0, 1, 2, 3]);
  });

  it("have constants next to what they feed", () => {
    // Node 2 takes the constant 1, which nothing feeds.
    const dag = dagOf(4, [
      [-1, 0],
      [0, 2],
      [1, 2],
      [2, 3],
    ]);
    expect([...ranks(dag)]).toEqual([0, 1, 1, 2, 3]);
  });

  it("leave out an input that feeds nothing", () => expect([...ranks(dagOf(2, [[0, 1]]))]).toEqual([-1, 0, 1]));
});

describe("orders", () => {
  it("undo a crossing", () => {
    const rows = [
      [0, 1],
      [2, 3],
    ];
    const above = [[], [], [1], [0]];
    orderRows({ rows, above, below: [[3], [2], [], []] });
    expect(rows).toEqual([
      [0, 1],
      [3, 2],
    ]);
  });

  it("count crossings", () => {
    const places = Float64Array.of(0, 1, 2);
    expect(crossings([3, 4], [[], [], [], [0, 2], [0, 1]], places)).toBe(2);
    expect(crossings([3, 4, 5], [[], [], [], [2], [1], [0]], places)).toBe(3);
  });
});

describe("spreading a row", () => {
  const wish = (at: number, weight = 1) => ({ at, weight, width: 10 });
  it("leaves alone what does not touch", () => expect(spread([wish(0), wish(30)])).toEqual([0, 30]));
  it("moves two apart alike", () => expect(spread([wish(5), wish(5)])).toEqual([0, 10]));
  it("moves the light one", () => expect(spread([wish(0, 3), wish(0)])).toEqual([-2.5, 7.5]));
  it("keeps the order that was given", () => expect(spread([wish(20), wish(0)])).toEqual([5, 15]));
});

describe("small networks by hand", () => {
  it("a chain is straight", () => {
    const layout = layOut(4, chain(4), SPACING);
    expect(middles(layout)).toEqual([0, 0, 0, 0, 0]);
    expect(layout.width).toBe(100);
  });

  it("a residual edge goes around to the right, and moves nothing", () => {
    const layout = layOut(4, [...chain(4), [0, 3]], SPACING);
    expect(middles(layout)).toEqual([0, 0, 0, 0, 0]);
    const edge = layout.edges.find(({ from, to }) => from === 1 && to === 4);
    expect(edge?.lanes).toEqual([{ x: 50 + 50 + 10, first: 2, last: 3 }]);
  });

  it("two branches stand left and right of what they come from, and a short one goes straight down", () => {
    // 0 -> 1 -> 2 -> 4 and 0 -> 3 -> 4
    const layout = layOut(
      5,
      [
        [-1, 0],
        [0, 1],
        [1, 2],
        [0, 3],
        [2, 4],
        [3, 4],
      ],
      SPACING,
    );
    expect(middles(layout)).toEqual([0, 0, -60, -60, 60, 0]);
    const short = layout.edges.find(({ from, to }) => from === 4 && to === 5);
    expect(short?.lanes).toEqual([{ x: layout.x[4], first: 3, last: 3 }]);
  });

  it("constants stand beside the way, which stays straight", () => {
    // Node 2 takes node 0 and the constant 1.
    const layout = layOut(
      4,
      [
        [-1, 0],
        [0, 2],
        [1, 2],
        [2, 3],
      ],
      SPACING,
    );
    const [, first, constant, second, third] = middles(layout);
    expect([first, second, third].map((x) => Math.abs(x ?? 99))).toEqual([0, 0, 0].map(() => expect.closeTo(0, -0.6)));
    expect(constant).toBeGreaterThan(100);
  });

  it("nested ways lie inside each other", () => {
    // 0 -> 5 around 1 -> 4
    const layout = layOut(6, [...chain(6), [0, 5], [1, 4]], SPACING);
    const laneOf = (from: number) => layout.edges.find((edge) => edge.from === from && edge.lanes.length > 0)?.lanes[0];
    expect(laneOf(2)).toEqual({ x: 110, first: 3, last: 4 });
    expect(laneOf(1)).toEqual({ x: 120, first: 2, last: 5 });
  });
});

/** Lehmer's generator. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function randomEdges(seed: number, nodes: number): Edges {
  const next = random(seed);
  const far = 2 + Math.floor(next() * nodes);
  return Array.from({ length: nodes }, (_, to) =>
    Array.from(
      { length: next() < 0.05 ? 0 : 1 + Math.floor(next() * 2.3) },
      () => [Math.max(-1, to - 1 - Math.floor(next() * far)), to] as const,
    ),
  ).flat();
}

const NETWORKS = [resnetGraph(), inceptionGraph(), denseGraph(), unetGraph()].map(
  (graph) => [graph.title, graph.nodes.length, graph.edges] as const,
);
const RANDOM = Array.from({ length: 60 }, (_, i) => [`random ${i + 1}`, 5 + 3 * i, randomEdges(i + 1, 5 + 3 * i)] as const);

describe.each([...NETWORKS, ...RANDOM])("%s", (_, nodes, edges) => {
  const layout = layOut(nodes, edges, SPACING);

  it("has every vertex in one row, and edges that go down", () => {
    const all = layout.rows.flat().sort((a, b) => a - b);
    expect(all).toEqual([...layout.rank.keys()].filter((vertex) => (layout.rank[vertex] ?? -1) >= 0));
    for (const { from, to } of layout.edges) expect(layout.rank[to]).toBeGreaterThan(layout.rank[from] ?? 0);
  });

  it("has no overlap, and nothing outside", () => {
    for (const row of layout.rows) {
      const at = row.map((vertex) => layout.x[vertex] ?? Number.NaN);
      for (let i = 1; i < at.length; i++) expect((at[i] ?? 0) - (at[i - 1] ?? 0)).toBeGreaterThanOrEqual(SPACING.width + SPACING.gap - 1);
      for (const x of at) {
        expect(x).toBeGreaterThanOrEqual(SPACING.width / 2 - 1);
        expect(x).toBeLessThanOrEqual(layout.width - SPACING.width / 2 + 1);
      }
    }
  });

  it("has lanes for exactly the rows an edge passes, none through a vertex", () => {
    for (const { from, to, lanes } of layout.edges) {
      const passed = lanes.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
      const between = (layout.rank[to] ?? 0) - (layout.rank[from] ?? 0) - 1;
      expect(passed).toEqual(Array.from({ length: between }, (_, i) => (layout.rank[from] ?? 0) + 1 + i));
      for (const { x, first, last } of lanes) {
        const hit = layout.rows
          .slice(first, last + 1)
          .flat()
          .find((vertex) => Math.abs((layout.x[vertex] ?? 0) - x) < SPACING.width / 2);
        expect(hit).toBeUndefined();
      }
    }
  });
});

describe("large graphs", () => {
  it("of 10,000 nodes take less than seconds", () => {
    const graph = longGraph(10_000);
    const start = process.cpuUsage();
    layOut(graph.nodes.length, graph.edges, SPACING);
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(3);
  });

  it("with a way from everywhere to everywhere stay within bounds", () => {
    const edges = Array.from({ length: 3000 }, (_, i) => [[i - 1, i] as const, [i, 2999] as const, [-1, i] as const]).flat();
    const layout = layOut(3000, edges, SPACING);
    expect(layout.edges.length).toBeGreaterThan(8000);
    expect(layout.width).toBeLessThan(3000 * SPACING.lane * 2.2);
  });
});
