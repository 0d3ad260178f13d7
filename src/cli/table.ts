/** A column of a printed table. */
export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

/** Rows as lines of text, columns two spaces apart. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    columns.map(({ align }, i) =>
      align === "right" ? (cells[i] ?? "").padStart(widths[i] ?? 0) : (cells[i] ?? "").padEnd(widths[i] ?? 0),
    );
  const lines = [columns.map(({ title }) => title), widths.map((width) => "-".repeat(width)), ...rows].map((cells) =>
    line(cells).join("  ").trimEnd(),
  );
  return lines.join("\n");
}
