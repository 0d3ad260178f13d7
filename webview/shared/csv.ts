/** Rows as RFC 4180 CSV: plain numbers, quotes only where needed, CRLF, none for what is missing. */
export function csv(head: readonly string[], rows: Iterable<readonly (string | number | undefined)[]>): string {
  const lines = [head.map(field).join(",")];
  for (const row of rows) lines.push(row.map(field).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

function field(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
