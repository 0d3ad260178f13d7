import { TFJS_NODE } from "./source.js";

/** A wheel of the Python package index that holds TensorFlow's C library and headers. */
export interface Wheel {
  readonly package: string;
  readonly version: string;
  /** pip's tag of the platform; the Python version does not matter to the library. */
  readonly platform: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** By Node's platform and architecture. Linux on arm64 is untried. */
export const WHEELS: Readonly<Record<string, Wheel>> = {
  "linux-x64": {
    package: "tensorflow-cpu",
    version: "2.21.0",
    platform: "manylinux_2_27_x86_64",
    bytes: 273_829_956,
    sha256: "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
  },
  "linux-arm64": {
    package: "tensorflow",
    version: "2.21.0",
    platform: "manylinux_2_27_aarch64",
    bytes: 281_828_020,
    sha256: "4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c",
  },
};

/** npm packages the addon is compiled from, with the hashes npm gives them. */
export const SOURCES = [
  {
    package: TFJS_NODE,
    file: "tensorflow-tfjs-node-4.22.0.tgz",
    integrity: "sha512-uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==",
  },
  {
    package: "node-api-headers@1.9.0",
    file: "node-api-headers-1.9.0.tgz",
    integrity: "sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==",
  },
] as const;
