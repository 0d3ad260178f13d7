import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { useSize } from "../../shared/hooks.js";
import { memo } from "../../shared/memo.js";

export interface Column {
  /** The class of its cells; the style sheet says how wide they are and when they go. */
  readonly name: string;
  readonly title: string;
  readonly numeric?: boolean;
}

interface Props {
  /** A class, for the style sheet to give its columns widths. */
  readonly kind: string;
  readonly label: string;
  readonly columns: readonly Column[];
  readonly count: number;
  /** The cells of a row, memoized. */
  readonly row: (index: number) => ComponentChildren;
  /** What assistive technology calls a row. */
  readonly nameOf: (index: number) => string;
  readonly selected: number | undefined;
  readonly isDim: (index: number) => boolean;
  readonly onSelect: (index: number) => void;
  /** Another number: the selected row should come into sight. */
  readonly revealed: number;
}

const ROW = 26;
const SPARE = 4;
const ROW_ID = "row-";

/** A table of which only the rows in sight exist; their elements are used again as they scroll. One tab stop with arrow keys inside. */
export function VirtualTable({ kind, label, columns, count, row, nameOf, selected, isDim, onSelect, revealed }: Props) {
  const [scroller, size] = useSize<HTMLDivElement>();
  const [top, setTop] = useState(0);
  useEffect(() => {
    const target = scroller.current;
    if (target === null) return;
    const onScroll = () => setTop(Math.floor(target.scrollTop / ROW));
    target.addEventListener("scroll", onScroll, { passive: true });
    return () => target.removeEventListener("scroll", onScroll);
  }, []);
  const pool = Math.ceil(size.height / ROW) + 1 + 2 * SPARE;
  const first = Math.max(0, Math.min(top - SPARE, count - pool));
  const shown = Math.max(0, Math.min(pool, count - first));

  const reveal = (index: number, where: "nearest" | "middle") => {
    const target = scroller.current;
    if (target === null) return;
    const [above, below] = [index * ROW, (index + 1) * ROW - size.height + ROW];
    if (target.scrollTop <= above && target.scrollTop >= below) return;
    if (where === "middle") target.scrollTop = above - (size.height - ROW) / 2;
    else target.scrollTop = target.scrollTop > above ? above : below;
  };
  const known = size.height > 0;
  useLayoutEffect(() => {
    if (known && selected !== undefined) reveal(selected, "middle");
  }, [revealed, known]);

  const page = Math.max(1, Math.floor(size.height / ROW) - 2);
  return (
    <div
      ref={scroller}
      class={`table-scroller ${kind}`}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-activedescendant={selected === undefined ? undefined : `${ROW_ID}${selected}`}
      tabIndex={0}
      onClick={(event) => {
        const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[aria-selected]") : null;
        if (row !== null) onSelect(Number(row.id.slice(ROW_ID.length)));
      }}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const to = rowOfKey(event.key, selected, count, page);
        if (to === undefined) return;
        event.preventDefault();
        if (to !== selected) onSelect(to);
        reveal(to, "nearest");
      }}
    >
      <div class="table-row table-head" role="row" aria-rowindex={1}>
        {columns.map(({ name, title, numeric }) => (
          <span key={name} role="columnheader" class={numeric === true ? `${name} n` : name}>
            {title}
          </span>
        ))}
      </div>
      <div class="table-space" role="presentation" style={{ height: `${count * ROW}px` }}>
        {Array.from({ length: shown }, (_, i) => {
          // An element is known by its place in the pool, so that scrolling by a row changes one.
          const index = first + ((i - (first % shown) + shown) % shown);
          return <Row key={i} index={index} row={row} nameOf={nameOf} selected={index === selected} dim={isDim(index)} />;
        })}
      </div>
    </div>
  );
}

interface RowProps extends Pick<Props, "row" | "nameOf"> {
  readonly index: number;
  readonly selected: boolean;
  readonly dim: boolean;
}

const Row = memo(({ index, row, nameOf, selected, dim }: RowProps) => (
  <div
    id={`${ROW_ID}${index}`}
    role="row"
    class={dim ? "table-row dim" : "table-row"}
    aria-rowindex={index + 2}
    aria-selected={selected}
    aria-label={nameOf(index)}
    style={{ top: `${index * ROW}px` }}
  >
    {row(index)}
  </div>
));

function rowOfKey(key: string, place: number | undefined, count: number, page: number): number | undefined {
  const at = place ?? -1;
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, PageUp: at - page, PageDown: at + page, Home: 0, End: count - 1 }[key];
  return to === undefined || count === 0 ? undefined : Math.min(count - 1, Math.max(0, to));
}
