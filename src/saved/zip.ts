import { inflateRawSync } from "node:zlib";
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from "yauzl";
import { UserError } from "../base/userError.js";
import { type ByteSource, memorySource, section } from "./randomAccess.js";

/** The files inside a zip archive. */
export interface Archive {
  /** Unpacked sizes by name. */
  readonly sizes: ReadonlyMap<string, number>;
  /** An entry's content: in place where it is stored, else unpacked into memory. Throws UserError where it is absent, broken or a zip bomb. */
  open(name: string): Promise<ByteSource>;
}

const STORED = 0;
const DEFLATED = 8;
const MAX_ENTRIES = 100_000;
/** What a packed entry may unpack to: configurations and pickles are small, weights this large are stored as they are. */
const MAX_UNPACKED = 256 * 1024 * 1024;

/** Reads an archive's directory. Throws UserError where it is broken. */
export async function openZip(source: ByteSource): Promise<Archive> {
  const damaged = (why: string) => new UserError(`${source.name} is a damaged zip archive: ${why.replace(/\.$/, "")}.`);
  const entries = new Map<string, Entry>();
  const zip = await directory(source, entries).catch((error: Error) => {
    throw error instanceof UserError ? error : damaged(error.message);
  });
  const open = async (name: string): Promise<ByteSource> => {
    const entry = entries.get(name);
    if (entry === undefined) throw damaged(`it has no ${name}`);
    const { compressedSize, compressionMethod, uncompressedSize } = entry;
    if (entry.isEncrypted() || (compressionMethod !== STORED && compressionMethod !== DEFLATED))
      throw damaged(`its entry ${name} is packed by a method that is not read`);
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true }).catch((error: Error) => {
      throw error instanceof UserError ? error : damaged(error.message);
    });
    const packed = section(source, fileDataStart, compressedSize);
    if (compressionMethod === STORED) return packed;
    if (uncompressedSize > MAX_UNPACKED) throw damaged(`its entry ${name} would unpack to ${uncompressedSize} bytes`);
    try {
      const limit = { maxOutputLength: Math.max(1, uncompressedSize) };
      return memorySource(source.name, inflateRawSync(packed.read(0, packed.size), limit));
    } catch {
      throw damaged(`its entry ${name} cannot be unpacked`);
    }
  };
  return { sizes: new Map([...entries].map(([name, entry]) => [name, entry.uncompressedSize])), open };
}

async function directory(source: ByteSource, entries: Map<string, Entry>): Promise<ZipFile> {
  const zip = await fromRandomAccessReaderPromise(new SourceReader(source), source.size, { lazyEntries: true, autoClose: false });
  if (zip.entryCount > MAX_ENTRIES) throw new Error(`it says it has ${zip.entryCount} entries`);
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return zip;
}

/** A source as the library reads it. */
class SourceReader extends RandomAccessReader {
  constructor(readonly source: ByteSource) {
    super();
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, done: (error: Error | null) => void): void {
    try {
      buffer.set(this.source.read(position, length), offset);
      process.nextTick(done, null);
    } catch (error) {
      process.nextTick(done, error);
    }
  }
}
