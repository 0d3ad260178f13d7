import { beforeAll, describe, expect, it } from "vitest";
import { loadPython, run, shapes } from "./run.js";

beforeAll(loadPython);

/** Expressions over x of shape 2x3x8x8 and their shapes, as PyTorch documents the functions. */
const EXPRESSIONS: readonly (readonly [expression: string, shape: string])[] = [
  ["x.view(2, -1)", "2x192"],
  ["x.view(x.size(0), -1)", "2x192"],
  ["x.reshape(-1, *x.shape[2:])", "6x8x8"],
  ["torch.flatten(x, 1)", "2x192"],
  ["x.flatten(2).transpose(1, 2)", "2x64x3"],
  ["x.permute(0, 2, 3, 1)", "2x8x8x3"],
  ["x.squeeze().unsqueeze(-1)", "2x3x8x8x1"],
  ["x.mean(dim=(2, 3), keepdim=True)", "2x3x1x1"],
  ["x.mean([2, 3])", "2x3"],
  ["x.sum()", "scalar"],
  ["x.max(dim=1)[0]", "2x8x8"],
  ["x.max(1).indices", "2x8x8"],
  ["x.argmax(1)", "2x8x8"],
  ["torch.cat([x, x[:, :1]], dim=1)", "2x4x8x8"],
  ["torch.stack([x, x])", "2x2x3x8x8"],
  ["x.chunk(2, dim=2)", "2x3x4x8,2x3x4x8"],
  ["torch.split(x, [1, 2], dim=1)", "2x1x8x8,2x2x8x8"],
  ["x[0]", "3x8x8"],
  ["torch.where(x > 0, x, 0)", "2x3x8x8"],
  ["torch.where(x[0, 0] > 0)", "?,?"],
  ["torch.from_numpy(np.random.normal(0, 1, (x.size(0), 10)))", "2x10"],
  ["torch.FloatTensor(np.zeros((2, 3, 1, 1))) + x", "2x3x8x8"],
  ["torch.autograd.Variable(torch.Tensor(np.random.rand(4, 2)))", "4x2"],
  ["x[..., 1:-1, ::2]", "2x3x6x4"],
  ["x[:, None, 0]", "2x1x8x8"],
  ["x[:, [0, 2]]", "2x2x8x8"],
  ["x[x > 0]", "?"],
  ["x + torch.zeros(3, 1, 1)", "2x3x8x8"],
  ["2 * x - 1", "2x3x8x8"],
  ["x @ torch.zeros(8, 5)", "2x3x8x5"],
  ["torch.bmm(x[:, 0], x[:, 1])", "2x8x8"],
  ["torch.einsum('bchw,dc->bdhw', x, torch.zeros(7, 3))", "2x7x8x8"],
  ["x.expand(4, -1, -1, -1, -1)", "4x2x3x8x8"],
  ["x.repeat(1, 2, 1, 1)", "2x6x8x8"],
  ["x.topk(2, dim=-1)", "2x3x8x2,2x3x8x2"],
  ["x.unfold(2, 4, 2)", "2x3x3x8x4"],
  ["F.pad(x, (1, 2, 3, 4))", "2x3x15x11"],
  ["F.interpolate(x, scale_factor=2)", "2x3x16x16"],
  ["F.interpolate(x, size=(5, 7), mode='bilinear')", "2x3x5x7"],
  ["F.adaptive_avg_pool2d(x, 1)", "2x3x1x1"],
  ["F.avg_pool2d(x, x.size(2))", "2x3x1x1"],
  ["F.conv2d(x, torch.zeros(4, 3, 3, 3), padding=1)", "2x4x8x8"],
  ["F.linear(x, torch.zeros(5, 8))", "2x3x8x5"],
  ["F.one_hot(torch.zeros(4).long(), 10)", "4x10"],
  ["F.cross_entropy(x, x)", "scalar"],
  ["torch.zeros_like(x)", "2x3x8x8"],
  ["torch.where(x > 0, x, 0)", "2x3x8x8"],
  ["x.to('cpu').float().contiguous().detach()", "2x3x8x8"],
  ["torch.utils.checkpoint.checkpoint(nn.Flatten(), x)", "2x192"],
];

describe("functions of x, 2x3x8x8", () => {
  it.each(EXPRESSIONS)("%s", (expression, wanted) => {
    const { value, messages } = run(`import numpy as np\nx = torch.randn(2, 3, 8, 8)\nresult = ${expression}`);
    expect(messages).toEqual([]);
    expect(shapes(value)).toBe(wanted);
  });

  it.each([
    ["[x.item() for x in torch.linspace(0, 1, 5)]", "[0.0, 0.25, 0.5, 0.75, 1.0]"],
    ["(torch.round(torch.arange(4) * 2.5 / 2) * 8).int().tolist()", "[0, 8, 16, 32]"],
    ["torch.diff(torch.tensor([1, 4, 9])).tolist()", "[3, 5]"],
  ])("%s computes", (expression, wanted) => {
    expect(run(`result = str(${expression})`).value).toMatchObject({ kind: "string", value: wanted });
  });
});
