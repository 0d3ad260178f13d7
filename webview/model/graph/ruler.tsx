import { useLayoutEffect, useRef } from "preact/hooks";
import { useSize } from "../../shared/hooks.js";
import { prepare } from "../../shared/pixels.js";
import type { Marks, Painter } from "./paint.js";
import { nodeOf, type Scene, vertexOf } from "./scene.js";

interface Props {
  readonly scene: Scene;
  readonly marks: Pick<Marks, "selected" | "found" | "problems">;
  readonly painter: Painter;
  /** To a share of the whole height. */
  readonly onGo: (share: number) => void;
}

const WIDTH = 14;
/** Rows less than this do not need an overview. */
const FEWEST_ROWS = 24;

/** The whole network beside the scroll bar, as an editor's ruler: a line a row in its family's colour; what is found, wrong, selected. */
export function Ruler({ scene, marks, painter, onGo }: Props) {
  const [host, size] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const rows = scene.layout.rows.length;
  useLayoutEffect(() => {
    if (canvas.current === null || size.height === 0) return;
    const context = prepare(canvas.current, WIDTH, size.height);
    if (context === null) return;
    const { palette } = painter;
    const pitch = size.height / rows;
    const line = Math.max(1, Math.min(4, pitch * 0.7));
    scene.layout.rows.forEach((row, rank) => {
      const family = row.map((vertex) => scene.labels[vertex]?.family ?? "other").find((each) => each !== "other") ?? "other";
      context.globalAlpha = marks.found === undefined ? 0.8 : row.some((vertex) => marks.found?.has(nodeOf(vertex))) ? 1 : 0.15;
      context.fillStyle = palette.accents[family];
      context.fillRect(3, rank * pitch, 8, line);
    });
    context.globalAlpha = 1;
    for (const [node, severity] of marks.problems) {
      if (severity === "hint") continue;
      context.fillStyle = severity === "error" ? palette.error : palette.warning;
      context.fillRect(9, (scene.layout.rank[vertexOf(node)] ?? 0) * pitch - 1, 5, Math.max(3, line));
    }
    if (marks.selected === undefined) return;
    context.fillStyle = palette.focus;
    context.fillRect(0, (scene.layout.rank[vertexOf(marks.selected)] ?? 0) * pitch - 1, WIDTH, Math.max(3, line));
  }, [scene, marks, painter, size]);
  if (rows < FEWEST_ROWS) return null;
  const go = (event: PointerEvent) => onGo(event.offsetY / Math.max(1, size.height));
  return (
    <div
      ref={host}
      class="ruler"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => event.buttons === 1 && go(event)}
    >
      <canvas ref={canvas} />
    </div>
  );
}
