/** The compiled kernels/, put there by the build (scripts/kernels.mjs). */
declare module "*/kernels.wasm" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
