/** Rows under a head; what is missing is undefined. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: Iterable<readonly (string | number | undefined)[]>;
}

/** A table as RFC 4180 CSV: plain numbers, quotes only where needed, CRLF, none for what is missing. */
export function csv({ head, rows }: Table): string {
  const lines = [head.map(field).join(",")];
  for (const row of rows) lines.push(row.map(field).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

/** A table for pasting into a sheet. */
export function tabSeparated({ head, rows }: Table): string {
  const lines = [head.join("\t")];
  for (const row of rows) lines.push(row.map((value) => String(value ?? "").replaceAll("\t", " ")).join("\t"));
  return lines.join("\n");
}

function field(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** A float32 with no more digits than it has. */
export function single(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(8))) : String(value);
}
