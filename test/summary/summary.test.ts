import { expect } from "chai";
import { ShapeError } from "../../src/errors";
import * as models from "../../src/models";
import * as nn from "../../src/nn";
import * as F from "../../src/nn/functional";
import { DISPLAY } from "../../src/protocol";
import { summary, type Summary } from "../../src/summary";
import { zeros } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";
import { LectureNet } from "../support/lectureNet";

/** The network of torchinfo's own tests: tests/test_output/single_input_all_cols.out. */
class SingleInputNet extends nn.Module {
  conv1 = new nn.Conv2d(1, 10, 5);
  conv2 = new nn.Conv2d(10, 20, 5);
  conv2_drop = new nn.Dropout2d(0.3);
  fc1 = new nn.Linear(320, 50);
  fc2 = new nn.Linear(50, 10);
  forward(x: Tensor): Tensor {
    x = F.relu(F.maxPool2d(this.conv1(x), 2));
    x = F.relu(F.maxPool2d(this.conv2_drop(this.conv2(x)), 2));
    return this.fc2(F.relu(this.fc1(x.flatten(1))));
  }
}

/** torchinfo's "forward/backward pass size": twice the outputs of layers with parameters, in MB. */
const passSize = ({ layers }: Summary): number =>
  layers.reduce((sum, { formula, activationBytes }) => sum + (formula ? 2 * activationBytes : 0), 0) / 1e6;

describe("summary counts what torchinfo counts", () => {
  it("layer by layer", () => {
    const total = summary(new SingleInputNet(), [7, 1, 28, 28]);
    const { layers } = total;
    expect(layers.map(({ outputShape }) => outputShape)).to.deep.equal([
      [7, 10, 24, 24],
      [7, 20, 8, 8],
      [7, 20, 8, 8],
      [7, 50],
      [7, 10],
    ]);
    expect(layers.map(({ parameters }) => parameters)).to.deep.equal([260, 5020, 0, 16050, 510]);
    expect(layers.map(({ multiplyAdds }) => multiplyAdds)).to.deep.equal([1048320, 2248960, 0, 112350, 3570]);
    expect(total.parameters).to.equal(21840);
  });
  it("ResNet-18 on 64x64: 148.57 M multiply-adds, 3.25 MB (resnet18_depth_consistency.out)", () => {
    const total = summary(
      nn.skipInit(() => new models.ResNet18()),
      [1, 3, 64, 64],
    );
    expect(total.parameters).to.equal(11_689_512);
    expect((total.multiplyAdds / 1e6).toFixed(2)).to.equal("148.57");
    expect(passSize(total).toFixed(2)).to.equal("3.25");
  });
  it("ResNet-50 on two images of 224x224: 8.18 G multiply-adds, 355.66 MB (resnet50.out)", () => {
    const total = summary(
      nn.skipInit(() => new models.ResNet50()),
      [2, 3, 224, 224],
    );
    expect((total.multiplyAdds / 1e9).toFixed(2)).to.equal("8.18");
    expect(passSize(total).toFixed(2)).to.equal("355.66");
    expect((total.parameterBytes / 1e6).toFixed(2)).to.equal("102.23");
  });
});

describe("summary", () => {
  it("prints the lecture's network with its formulas", () => {
    expect(String(summary(new LectureNet(), [4, 3, 32, 32])).split("\n")).to.deep.equal([
      "layer  kind       output shape            parameters  multiply-adds   memory  field  jump",
      "input             [4,3,32,32]",
      "conv1  Conv2d     [4,6,28,28]        5*5*3*6+6 = 456      1,430,016  75.3 kB      5     1",
      "pool   MaxPool2d  [4,6,14,14]                                        18.8 kB      6     2",
      "conv2  Conv2d     [4,16,10,10]   5*5*6*16+16 = 2,416        966,400  25.6 kB     14     2",
      "pool   MaxPool2d  [4,16,5,5]                                          6.4 kB     16     4",
      "fc1    Linear     [4,120]       400*120+120 = 48,120        192,480   1.9 kB     32     -",
      "fc2    Linear     [4,84]          120*84+84 = 10,164         40,656   1.3 kB     32     -",
      "fc3    Linear     [4,10]              84*10+10 = 850          3,400    160 B     32     -",
      "",
      "parameters: 62,006 (248.0 kB)",
      "multiply-adds: 2,632,952",
      "activations: 129.5 kB for a batch of 4",
    ]);
  });
  it("fills in the slide's example: ten 5x5 filters over three channels", () => {
    const [layer] = summary(new nn.Conv2d(3, 10, 5, { padding: 2 }), [1, 3, 32, 32]).layers;
    expect(layer).to.include({ formula: "5*5*3*10+10 = 760", parameters: 760 });
    expect(layer.outputShape).to.deep.equal([1, 10, 32, 32]);
  });
  it("is a table of its own in a notebook, and text", () => {
    class Odd extends nn.Module {
      "<b>" = new nn.Linear(2, 3);
      forward(x: Tensor): Tensor {
        return this["<b>"](x);
      }
    }
    const table = summary(new Odd(), [1, 2]);
    const bundle = table[DISPLAY]();
    expect(bundle["text/plain"]).to.equal(table.toString());
    expect(bundle["text/html"]).to.match(/^<table[\s\S]*&lt;b&gt;[\s\S]*2\*3\+3 = 9[\s\S]*<\/table>$/);
    expect(bundle["text/html"]).not.to.match(/<b>1|<script|<style|http/);
  });
  it("leaves each module in its mode, draws no numbers and moves no running statistics", async () => {
    const net = new nn.Sequential(new nn.Conv2d(3, 4, 3), new nn.BatchNorm2d(4), new nn.Dropout(), new nn.Flatten());
    const norm = net.children()[1].eval() as nn.BatchNorm2d;
    summary(net, [2, 3, 5, 5]);
    expect(net.namedModules().map(([, { training }]) => training)).to.deep.equal([true, true, false, true, true]);
    expect(await norm.running_mean?.tolist()).to.deep.equal([0, 0, 0, 0]);
    expect(() => summary(net, [2, 1, 5, 5])).to.throw(ShapeError);
    expect(net.training).to.equal(true);
  });
  it("shows the layers up to the one that does not take its input", () => {
    expect(() => summary(new LectureNet(), [4, 3, 28, 28])).to.throw(
      ShapeError,
      /^net > view: .*\n.*layer +kind[\s\S]*conv2 +Conv2d\(6, 16, kernelSize=5\) +\[4,16,8,8\][\s\S]*fails after \[4,16,4,4\]$/,
    );
  });
  it("counts a layer that runs twice once, and names parameters that are not trained", () => {
    const layer = new nn.Linear(4, 4);
    layer.weight.requiresGrad = false;
    const net = new nn.Sequential(layer, layer);
    const total = summary(net, [1, 4]);
    expect(total.layers.map(({ parameters }) => parameters)).to.deep.equal([20, 0]);
    expect([total.parameters, total.trainedParameters, total.multiplyAdds]).to.deep.equal([20, 4, 40]);
    expect(String(total)).to.include("(shared)").and.include("20 (80 B), of which 16 are not trained");
  });
  it("shows a module's own parameters, and says what does not run in evaluation", () => {
    const policy = summary(new models.PolicyNet({ filters: 2, hiddenLayers: 0 }), [1, 48, 19, 19]);
    expect(policy.layers.at(-1)).to.include({ layer: "", kind: "PolicyNet", parameters: 361 });
    const googLeNet = summary(
      nn.skipInit(() => new models.GoogLeNet()),
      [1, 3, 224, 224],
    );
    expect(String(googLeNet)).to.include("13,004,888").and.include("in layers that do not run in evaluation");
  });
  it("computes nothing: VGG-16 at 224x224 takes no time", () => {
    const net = nn.skipInit(() => new models.VGG16());
    const start = performance.now();
    expect(summary(net, [1, 3, 224, 224]).multiplyAdds).to.equal(15_483_821_032);
    expect(performance.now() - start).to.be.below(500);
  });
  it("works after a dry run: numbers are computed again", async () => {
    const net = new LectureNet();
    summary(net, [4, 3, 32, 32]);
    expect((await net(zeros([1, 3, 32, 32])).data()).length).to.equal(10);
  });
});
