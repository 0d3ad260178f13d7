/** A bar as long as a value is of the largest in its column. A background, as an element of its own would cost each row that scrolls in. */
export function Share({ name, value, most }: { readonly name: string; readonly value: number | null; readonly most: number }) {
  const share = value === null || most === 0 ? 0 : value / most;
  const width = share === 0 ? "0" : `max(1px, ${(100 * share).toFixed(1)}%)`;
  return <span role="gridcell" class={`share ${name}`} aria-hidden="true" style={{ backgroundSize: `${width} 10px` }} />;
}
