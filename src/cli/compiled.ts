import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import path from "node:path";
import { Script } from "node:vm";
import zlib from "node:zlib";

/** Before what was compiled: checksums of its source and of itself. */
const HEADER_BYTES = 8;

type Checksum = typeof zlib.crc32;
/** What Node.js wraps a CommonJS module in. */
type Wrapper = (exports: unknown, require: NodeJS.Require, module: unknown, file: string, folder: string) => void;

/**
 * Runs a bundle (CommonJS, ASCII) as `require` does, but does not compile what an earlier process ran of it: that one's code is in the file
 * `kept`, which is written anew where it does not fit. V8 looks whether code is of its own version and flags, not whether it is whole.
 */
export function runCompiled(file: string, kept: string): void {
  const checksum: Checksum | undefined = zlib.crc32; // From Node.js 20.15 on.
  const source = readFileSync(file);
  const cachedData = checksum && keptCode(kept, source, checksum);
  const script = new Script(Module.wrap(source.toString("latin1")), { filename: file, ...(cachedData && { cachedData }) });
  if (checksum && (!cachedData || script.cachedDataRejected)) {
    // At the end, as functions are compiled when they are called first.
    process.once("exit", (exitCode) => exitCode === 0 && keep(kept, source, script.createCachedData(), checksum));
  }
  const module = { exports: {} };
  const run: Wrapper = script.runInThisContext();
  run(module.exports, createRequire(file), module, file, path.dirname(file));
}

function keptCode(kept: string, source: Buffer, checksum: Checksum): Buffer | undefined {
  try {
    const bytes = readFileSync(kept);
    const code = bytes.subarray(HEADER_BYTES);
    return bytes.readUInt32LE(0) === checksum(source) && bytes.readUInt32LE(4) === checksum(code) ? code : undefined;
  } catch {
    return undefined; // There is none yet, or it is cut.
  }
}

function keep(kept: string, source: Buffer, code: Buffer, checksum: Checksum): void {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(checksum(source), 0);
  header.writeUInt32LE(checksum(code), 4);
  try {
    mkdirSync(path.dirname(kept), { recursive: true });
    const unfinished = `${kept}.${process.pid}`;
    writeFileSync(unfinished, Buffer.concat([header, code]));
    renameSync(unfinished, kept);
  } catch {
    // The next process compiles again.
  }
}
