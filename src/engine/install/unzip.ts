import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { type Entry, type Options, open, type ZipFile } from "yauzl";

const openZip: (file: string, options: Options) => Promise<ZipFile> = promisify(open);

export interface UnzipOptions {
  /** Where an entry goes, relative to the folder; undefined leaves it out. */
  readonly place: (name: string) => string | undefined;
  readonly onBytes: (written: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** Unpacks some entries of a zip file, streaming, however large. */
export async function unzip(file: string, directory: string, options: UnzipOptions): Promise<void> {
  const zip = await openZip(file, { lazyEntries: true, autoClose: true });
  await new Promise<void>((resolve, reject) => {
    zip.once("error", reject);
    zip.once("end", resolve);
    zip.on("entry", (entry: Entry) => {
      const place = options.place(entry.fileName);
      const done = place === undefined ? Promise.resolve() : extract(zip, entry, path.join(directory, place), options);
      done.then(() => zip.readEntry(), reject);
    });
    zip.readEntry();
  }).finally(() => zip.close());
}

async function extract(zip: ZipFile, entry: Entry, target: string, { onBytes, signal }: UnzipOptions): Promise<void> {
  const openStream = promisify(zip.openReadStream.bind(zip)) as (entry: Entry) => Promise<NodeJS.ReadableStream>;
  const stream = await openStream(entry);
  await mkdir(path.dirname(target), { recursive: true });
  stream.on("data", (chunk: Buffer) => onBytes(chunk.length));
  await pipeline(stream, createWriteStream(target), { signal });
}
