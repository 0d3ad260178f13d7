import { beforeAll, describe, expect, it } from "vitest";
import { loadPython, run, shapes } from "./run.js";

beforeAll(loadPython);

describe("libraries around torch", () => {
  it("Lightning's modules are torch's", () => {
    const program = `import pytorch_lightning as pl
class Net(pl.LightningModule):
    def __init__(self, width=8):
        super().__init__()
        self.save_hyperparameters()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, width))
    def forward(self, x):
        return self.net(x)
result = Net()`;
    expect(shapes(run(program, [1, 28, 28]).value)).toBe("1x8");
  });

  it("torchvision's blocks are made of the layers that are given", () => {
    const program = `from torchvision.ops import Conv2dNormActivation, SqueezeExcitation
result = nn.Sequential(Conv2dNormActivation(3, 8, kernel_size=5, stride=2, activation_layer=nn.SiLU), SqueezeExcitation(8, 2))`;
    const { trace, value } = run(program, [3, 16, 16]);
    expect(shapes(value)).toBe("1x8x8x8");
    expect(trace.applications.map(({ type, name }) => `${type} ${name}`)).toEqual([
      "Conv2d 0.0",
      "BatchNorm2d 0.1",
      "SiLU 0.2",
      "AdaptiveAvgPool2d 1.avgpool",
      "Conv2d 1.fc1",
      "ReLU 1.activation",
      "Conv2d 1.fc2",
      "Sigmoid 1.scale_activation",
      "* ",
    ]);
  });

  it("networks of the zoo can be taken apart", () => {
    const program = `vgg = torchvision.models.vgg16(weights=None)
vgg.classifier[6] = nn.Linear(vgg.classifier[6].in_features, 2)
result = nn.ModuleList([vgg, nn.Sequential(*list(torchvision.models.resnet18().children())[:-2])])[ITEM]`;
    expect(shapes(run(program.replace("ITEM", "0"), [3, 224, 224]).value)).toBe("1x2");
    expect(shapes(run(program.replace("ITEM", "1"), [3, 224, 224]).value)).toBe("1x512x7x7");
  });

  it("classes of the zoo can be extended", () => {
    const program = `from torchvision.models.resnet import ResNet, BasicBlock
class MnistResNet(ResNet):
    def __init__(self):
        super().__init__(BasicBlock, [2, 2, 2, 2], num_classes=10)
        self.conv1 = nn.Conv2d(1, 64, 7, stride=2, padding=3, bias=False)
result = MnistResNet()`;
    const { value, messages } = run(program, [1, 224, 224]);
    expect(messages).toEqual([]);
    expect(shapes(value)).toBe("1x10");
  });

  it("functions with gradients of their own are what their forward is", () => {
    const program = `class Double(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x)
        return torch.cat([x, y], 1)
class Fresh(torch.autograd.Function):
    @staticmethod
    def forward(x):
        return x.flatten(1)
    @staticmethod
    def setup_context(ctx, inputs, output): pass
class Net(nn.Module):
    def forward(self, x):
        return Fresh.apply(Double.apply(x, x))
result = Net()`;
    expect(shapes(run(program, [2, 4, 4]).value)).toBe("1x64");
  });

  it("modules of TorchScript are modules", () => {
    const program = `class Block(torch.jit.ScriptModule):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
    @torch.jit.script_method
    def forward(self, x):
        return self.conv(x)
result = nn.Sequential(Block())`;
    const { value, messages } = run(program, [3, 8, 8]);
    expect([shapes(value), messages]).toEqual(["1x8x6x6", []]);
  });

  it("a child of a class that nobody knows may be a module", () => {
    const program = `import somewhere
class Block(somewhere.Base):
    pass
result = nn.Sequential(nn.ReLU(), Block(), nn.ReLU())`;
    const { value, messages } = run(program, [3, 8, 8]);
    expect([value.kind, messages]).toEqual(["unknown", []]);
  });

  it("blocks of the zoo say how many channels they make", () => {
    const program = `v2 = torchvision.models.mobilenet_v2(weights=None).features
v3 = torchvision.models.mobilenet_v3_large(weights=None).features
result = nn.Conv2d(3, v2[1].out_channels + v3[16].out_channels + v3[1].out_channels, 1)`;
    expect(shapes(run(program, [3, 8, 8]).value)).toBe("1x992x8x8");
  });
});
