import { constants } from "node:fs";
import { access, mkdir } from "node:fs/promises";

/** Whether files can be made in a folder. */
export async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** Makes a folder with those around it; false where it can't be made or written. Permissions alone tell too little: of Windows nothing. */
export async function makeWritable(folder: string): Promise<boolean> {
  return mkdir(folder, { recursive: true }).then(
    () => isWritable(folder),
    () => false,
  );
}
