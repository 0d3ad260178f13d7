import type { Row } from "../core/functions.js";
import { where } from "../operations/broadcast.js";
import { cat, meshgrid, stack } from "../operations/join.js";
import { addedProduct, einsum } from "../operations/matrix.js";
import { same } from "../operations/pointwise.js";

/** Functions of torch alone, beside those that tensors have too. */
export const TORCH_ROWS: readonly Row[] = [
  ["cat(tensors, dim=0)", cat],
  ["concat(tensors, dim=0)", cat],
  ["concatenate(tensors, dim=0)", cat],
  ["hstack(tensors, dim=1)", cat],
  ["vstack(tensors, dim=0)", cat],
  ["stack(tensors, dim=0)", stack],
  ["einsum(equation, *operands)", einsum],
  ["where(condition, self=None, other=None)", where],
  ["addmm(input, mat1, mat2, beta=1, alpha=1)", addedProduct],
  ["baddbmm(input, mat1, mat2, beta=1, alpha=1)", addedProduct],
  ["addbmm(input, mat1, mat2, beta=1, alpha=1)", addedProduct],
  ["meshgrid(*tensors, indexing='ij')", meshgrid],
  ["zeros_like(self)", same],
  ["ones_like(self)", same],
  ["rand_like(self)", same],
  ["randn_like(self)", same],
  ["empty_like(self)", same],
  ["full_like(self, fill_value)", same],
  ["normal(self, std)", same],
];
