import { expect } from "chai";
import { DataLoader } from "../../src/data";
import { digits } from "../../src/datasets";
import "../../src/devices";
import { DataError } from "../../src/errors";
import * as nn from "../../src/nn";
import * as F from "../../src/nn/functional";
import { SGD } from "../../src/optim";
import { manualSeed } from "../../src/tensor/random";
import type { Tensor } from "../../src/tensor/tensor";

class SmallLeNet extends nn.Module {
  conv1 = new nn.Conv2d(1, 6, 5);
  conv2 = new nn.Conv2d(6, 16, 5);
  pool = new nn.MaxPool2d(2, 2);
  fc1 = new nn.Linear(256, 84);
  fc2 = new nn.Linear(84, 10);
  forward(x: Tensor): Tensor {
    x = this.pool(F.relu(this.conv1(x)));
    x = this.pool(F.relu(this.conv2(x)));
    return this.fc2(F.relu(this.fc1(x.flatten(1))));
  }
}

describe("datasets.digits", () => {
  it("draws the same images for the same seed, whatever their count", () => {
    const few = digits({ count: 30, seed: 5 });
    const many = digits({ count: 50, seed: 5 });
    expect(many.pixels.subarray(0, few.pixels.length)).to.deep.equal(few.pixels);
    expect(many.labels.subarray(0, 30)).to.deep.equal(few.labels);
  });

  it("draws other images for another seed and for testing", () => {
    const first = digits({ count: 10, seed: 0 }).pixels;
    expect(digits({ count: 10, seed: 1 }).pixels).to.not.deep.equal(first);
    expect(digits({ count: 10, seed: 0, train: false }).pixels).to.not.deep.equal(first);
    expect(digits({ count: 10, seed: 1, train: false }).pixels).to.not.deep.equal(first);
  });

  it("stays the same from version to version", () => {
    let hash = 0;
    for (const byte of digits({ count: 20 }).pixels) hash = (Math.imul(hash, 31) + byte) >>> 0;
    expect(hash).to.equal(1332413324);
  });

  it("gives [1,28,28] in 0..1 like MNIST, every digit once in ten", async () => {
    const data = digits({ count: 200 });
    for (let start = 0; start < 200; start += 10)
      expect(new Set(data.labels.subarray(start, start + 10)).size).to.equal(10);
    const [image, label] = await data.get(0);
    expect(image.shape).to.deep.equal([1, 28, 28]);
    expect(data.classes[label]).to.equal(String(label));
    const numbers = await image.data();
    expect(Math.min(...numbers)).to.equal(0);
    expect(Math.max(...numbers)).to.be.within(0.8, 1);
    // MNIST: 0.13
    expect(data.pixels.reduce((sum, byte) => sum + byte, 0) / data.pixels.length / 255).to.be.within(0.09, 0.16);
  });

  it("leaves hardly any ink at the rim, so that digits are not cut off", () => {
    const { pixels, length } = digits({ count: 1000 });
    let cut = 0;
    for (let i = 0; i < length; i++) {
      const image = pixels.subarray(i * 784, (i + 1) * 784);
      if (image.some((byte, p) => byte > 128 && (p < 28 || p >= 756 || p % 28 === 0 || p % 28 === 27))) cut++;
    }
    expect(cut).to.be.at.most(20);
  });

  it("is learned by a small LeNet, which reads digits it has not seen", async function () {
    this.timeout(60000);
    manualSeed(0);
    const net = new SmallLeNet();
    const optimizer = new SGD(net.parameters(), { lr: 0.05, momentum: 0.9 });
    const loader = new DataLoader(digits({ count: 4000 }), { batchSize: 32, shuffle: true });
    for (let epoch = 0; epoch < 2; epoch++)
      for await (const [images, labels] of loader) {
        optimizer.zeroGrad();
        F.crossEntropy(net(images), labels).backward();
        optimizer.step();
      }
    const [images, labels] = await digits({ count: 500, train: false }).batch(
      Int32Array.from({ length: 500 }, (_, i) => i),
    );
    const right = await net(images).argmax(1).eq(labels).sum().item();
    console.log(`      ${(right / 5).toFixed(1)} % after two epochs of 4,000`);
    expect(right / 500).to.be.at.least(0.9);
  });

  it("draws fast (figure printed, not asserted)", () => {
    const start = performance.now();
    digits({ count: 5000 });
    console.log(`      ${Math.round(5000 / ((performance.now() - start) / 1000))} images/s`);
  });

  it("rejects counts that make no sense", () => {
    expect(() => digits({ count: 1.5 })).to.throw(DataError, "digits: count must be a whole number >= 1, got 1.5.");
  });
});
