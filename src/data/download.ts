import { mkdir, open, stat } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../base/userError.js";

/** A server that says nothing for so long is given up. */
const SILENCE_MS = 30_000;

interface Watch {
  /** Bytes so far, and of the whole where the server says. */
  onBytes(received: number, total: number | undefined): void;
  readonly signal?: AbortSignal;
}

/**
 * Downloads `url` into `partial`, going on from what is there of an earlier try where the server allows. Throws UserError with the reason;
 * what came so far is kept. An abort rejects with the signal's reason.
 */
export async function download(url: string, partial: string, { onBytes, signal }: Watch): Promise<void> {
  await mkdir(path.dirname(partial), { recursive: true });
  const have = await sizeOf(partial);
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MS);
  };
  try {
    const either = AbortSignal.any([silence.signal, ...(signal ? [signal] : [])]);
    const response = await fetch(url, { signal: either, headers: have > 0 ? { range: `bytes=${have}-` } : {} });
    const wasWhole = response.status === 416;
    if (wasWhole) return;
    if (!response.ok || response.body === null) throw new UserError(`it answers ${response.status} ${response.statusText}`.trim());
    const resumed = response.status === 206;
    const length = response.headers.get("content-length");
    let received = resumed ? have : 0;
    const total = length === null ? undefined : received + Number(length);
    const file = await open(partial, resumed ? "a" : "w");
    try {
      const reader = response.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        heard();
        await file.writeFile(part.value);
        received += part.value.length;
        onBytes(received, total);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof UserError) throw error;
    throw new UserError(silence.signal.aborted ? `it said nothing for ${SILENCE_MS / 1000} seconds` : reasonOf(error));
  } finally {
    clearTimeout(timer);
  }
}

const sizeOf = (file: string) =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

/** fetch says only "fetch failed"; what happened is its cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof Error) return (cause as NodeJS.ErrnoException).code ?? cause.message;
  return String(cause);
}
