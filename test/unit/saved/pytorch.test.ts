import { describe, expect, it } from "vitest";
import { readSaved, readTensor } from "../../../src/saved/readSaved.js";
import {
  Call,
  checkpointZip,
  Dictionary,
  dictionary,
  floats,
  Global,
  legacyCheckpoint,
  type Pickled,
  pickle,
  tensor,
  zip,
} from "./checkpointFile.js";
import { temporaryFolder } from "./temporary.js";

const write = temporaryFolder();
const names = async (file: string) =>
  (await readSaved(file))?.tensors?.map(({ name, shape, dtype }) => `${name} ${dtype} ${shape.join("x")}`);

describe("PyTorch checkpoints", () => {
  const state = dictionary({ epoch: 3, state_dict: dictionary({ "conv1.weight": tensor("0", [2, 3]), "conv1.bias": tensor("1", [2]) }) });

  it("names the tensors of a zip archive by their paths", async () => {
    const file = write("new.pt", checkpointZip(state, { 0: floats(1, 2, 3, 4, 5, 6), 1: floats(7, 8) }));
    expect(await names(file)).toEqual(["state_dict.conv1.weight float32 2x3", "state_dict.conv1.bias float32 2"]);
    expect([...(await readTensor(file, "state_dict.conv1.bias")).data]).toEqual([7, 8]);
  });

  it("reads what was written before PyTorch 1.6", async () => {
    const file = write("old.pth", legacyCheckpoint(state, { 1: Float32Array.of(7, 8), 0: Float32Array.of(1, 2, 3, 4, 5, 6) }));
    expect(await names(file)).toEqual(["state_dict.conv1.weight float32 2x3", "state_dict.conv1.bias float32 2"]);
    expect([...(await readTensor(file, "state_dict.conv1.weight")).data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("puts numbers of a transposed view in order", async () => {
    const view = dictionary({ w: tensor("0", [2, 2], { strides: [1, 2], offset: 1 }) });
    const file = write("view.pt", checkpointZip(view, { 0: floats(0, 1, 2, 3, 4) }));
    expect([...(await readTensor(file, "w")).data]).toEqual([1, 3, 2, 4]);
  });

  it("finds the weights of whole modules, whatever class they are of", async () => {
    const parameter = new Call(new Global("torch._utils", "_rebuild_parameter"), [tensor("0", [4]), 1, null]);
    const child = new Call(
      new Global("torch.nn.modules.linear", "Linear"),
      [],
      dictionary({ _parameters: dictionary({ bias: parameter }) }),
    );
    const net = new Call(new Global("__main__", "Net"), [], dictionary({ training: 1, _modules: dictionary({ fc: child }) }));
    expect(await names(write("module.pt", checkpointZip(net, { 0: floats(1, 2, 3, 4) })))).toEqual(["fc.bias float32 4"]);
  });

  it("calls nothing that a pickle asks for", async () => {
    const attack = new Call(new Global("os", "system"), ["exit 1"]);
    const file = write("attack.pt", checkpointZip(dictionary({ attack, w: tensor("0", [1]) }), { 0: floats(1) }));
    expect(await names(file)).toEqual(["w float32 1"]);
    await expect(readSaved(write("only.pt", checkpointZip(attack, {})))).rejects.toThrow(/holds no tensors/);
  });

  it.each([
    ["numbers that are absent", checkpointZip(dictionary({ w: tensor("0", [2]) }), {}), /w has no numbers in the file/],
    [
      "a shape beyond its numbers",
      checkpointZip(dictionary({ w: tensor("0", [9, 9]) }), { 0: floats(1) }),
      /w of shape 9x9 goes beyond its 4 bytes/,
    ],
    ["an absurd shape", checkpointZip(dictionary({ w: tensor("0", [2 ** 30, 2 ** 30]) }), { 0: floats(1) }), /would have the shape/],
    ["a pickle that is cut off", zip([["m/data.pkl", pickle(state).slice(0, 40)]]), /damaged PyTorch checkpoint/],
    ["an archive that is cut off", checkpointZip(state, { 0: floats(1) }).slice(0, 90), /damaged zip archive/],
    ["another archive", zip([["notes.txt", floats(1)]]), /neither a Keras model nor a PyTorch checkpoint/],
    ["another pickle", pickle(dictionary({ a: 1 })), /no checkpoint that torch.save wrote/],
    ["a path that leaves the archive", zip([["../model/data.pkl", pickle(state)]]), /damaged zip archive: invalid relative path/],
  ])("refuses %s", async (_, bytes, message) => {
    const file = write("broken.pt", bytes);
    await expect(readSaved(file)).rejects.toThrow(message);
    await expect(readSaved(file)).rejects.toHaveProperty("name", "UserError");
  });

  // Each dictionary holds the one before ten times: 10^9 paths in a few hundred bytes, to a tensor or to nothing.
  const nested = (innermost: Pickled) => {
    const byte = (code: number) => String.fromCharCode(code);
    const level = (index: number) => `}q${byte(index)}(${Array.from({ length: 10 }, (_, i) => `K${byte(i)}h${byte(index - 1)}`).join("")}u`;
    const levels = Array.from({ length: 9 }, (_, i) => level(i + 1)).join("0");
    const first = Buffer.from(pickle(innermost)).toString("latin1").slice(0, -1);
    return Uint8Array.from(Buffer.from(`${first}q\x000${levels}.`, "latin1"));
  };

  it("gives up on tensors that have no end of names", async () => {
    const file = write(
      "tensors.pt",
      zip([
        ["m/data.pkl", nested(tensor("0", [1]))],
        ["m/data/0", floats(1)],
      ]),
    );
    await expect(readSaved(file)).rejects.toThrow(/hold each other without end/);
  });

  it("enters what holds nothing once", async () => {
    await expect(readSaved(write("nested.pt", zip([["m/data.pkl", nested(dictionary({}))]])))).rejects.toThrow(/holds no tensors/);
  });

  it("enters what holds itself once", async () => {
    const bytes = Uint8Array.from(Buffer.from("\x80\x02}q\x00K\x01h\x00s.", "latin1"));
    await expect(readSaved(write("circle.pt", zip([["m/data.pkl", bytes]])))).rejects.toThrow(/holds no tensors/);
  });

  it("numbers the items of lists and keys that are numbers", async () => {
    const both = new Dictionary([[7, [tensor("0", [1]), tensor("0", [])]]]);
    expect(await names(write("list.pt", checkpointZip(both, { 0: floats(1) })))).toEqual(["7.0 float32 1", "7.1 float32 "]);
  });
});
