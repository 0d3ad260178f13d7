import type { InterpreterApi } from "../../../interpret/values.js";

export type DataFormat = "channels_last" | "channels_first";

const formats = new WeakMap<InterpreterApi, DataFormat>();

/** Where layers have their channels when nothing else is said: K.set_image_data_format changes it for the program. */
export function imageDataFormat(interpreter: InterpreterApi): DataFormat {
  return formats.get(interpreter) ?? "channels_last";
}

export function setImageDataFormat(interpreter: InterpreterApi, format: DataFormat): void {
  formats.set(interpreter, format);
}
