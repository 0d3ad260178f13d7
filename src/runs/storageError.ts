import { UserError } from "../base/userError.js";

const REASONS: Readonly<Record<string, (folder: string) => string>> = {
  ENOSPC: (place) => `The disk is full: ${place} could not be written. Free some space.`,
  EDQUOT: (place) => `The disk quota is used up: ${place} could not be written. Free some space.`,
  EACCES: (place) => `${place} may not be written. Change its permissions, or choose another folder.`,
  EPERM: (place) => `${place} may not be written. Change its permissions, or choose another folder.`,
  EROFS: (place) => `${place} is on a read-only disk. Choose another folder.`,
  ENOTDIR: (place) => `${place} cannot be made, as a part of its path is a file. Choose another folder.`,
  ENOENT: (place) => `${place} is gone. Was its folder deleted?`,
};

/** Runs something that writes to `place`; what disks and permissions do to it becomes a UserError. */
export async function writing<T>(place: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw storageError(place, error);
  }
}

/** The UserError for a failed write, where its code is a known one; else the error itself. */
export function storageError(place: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const sentence = REASONS[String(error.code)]?.(place);
  return sentence === undefined ? error : new UserError(sentence, "storage");
}
