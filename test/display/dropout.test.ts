import { expect } from "chai";
import "../../src/devices";
import * as show from "../../src/display/show";
import type { GridMark } from "../../src/marks";
import * as nn from "../../src/nn";
import { fromArray, ones } from "../../src/tensor/create";
import { getRngState, manualSeed } from "../../src/tensor/random";
import type { Tensor } from "../../src/tensor/tensor";
import { bundleOf, unpack, viewOf } from "./support";

const grids = async (value: object): Promise<GridMark[]> => (await viewOf(value)).marks as GridMark[];
/** The exact numbers that a grid carries. */
function exact({ pixels }: GridMark): number[] {
  const bytes = Buffer.from(pixels.values as string, "base64");
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
}

const maps = fromArray(
  Float32Array.from({ length: 2 * 8 * 9 }, (_, i) => 1 + (i % 5)),
  [2, 8, 3, 3],
);

describe("show.dropout", () => {
  it("shows what the next training pass does, and takes none of the engine's random numbers", async () => {
    const layer = new nn.Dropout2d(0.4);
    manualSeed(11);
    const state = getRngState();
    const [before, mask, after, evaluation] = await grids(show.dropout(layer, maps, { image: 1 }));
    expect(getRngState()).to.deep.equal(state);
    expect(layer.training).to.equal(true);
    const passed = (await layer(maps).data()).slice(72);
    expect(exact(after)).to.deep.equal([...passed]);
    const given = [...(await maps.data()).slice(72)];
    expect(exact(before)).to.deep.equal(given);
    expect(exact(evaluation)).to.deep.equal(given);
    expect(exact(mask)).to.deep.equal([...passed].map((value) => (value === 0 ? 0 : 1)));
    for (const [i, value] of exact(after).entries())
      expect(value).to.be.oneOf([0, Math.fround(given[i] * Math.fround(1 / (1 - 0.4)))]);
  });

  it("counts the channels that fell, of the image and of the batch", async () => {
    manualSeed(3);
    const [, mask] = await grids(show.dropout(new nn.Dropout2d(0.4), maps));
    manualSeed(3);
    const passed = await new nn.Dropout2d(0.4)(maps).data();
    const fell = Array.from({ length: 16 }, (_, channel) => passed[9 * channel] === 0);
    const own = fell.slice(0, 8).filter(Boolean).length;
    const all = fell.filter(Boolean).length;
    expect(all).to.be.within(1, 15);
    expect(mask.subtitle).to.match(
      new RegExp(
        `^expected: 40 % fall; fell: ${own} of 8 channels of image 0 \\([\\d.]+ %\\), ${all} of 16 \\([\\d.]+ %\\) in the batch$`,
      ),
    );
    expect(unpack(mask).map(([first]) => first)).to.deep.equal(fell.slice(0, 8).map((isOut) => (isOut ? 0 : 1)));
  });

  it("lets about the expected share fall", async () => {
    const [, mask] = await grids(show.dropout(new nn.Dropout(0.3), ones([20, 100]), { seed: 1 }));
    const kept = exact(mask).reduce((sum, value) => sum + value, 0);
    expect(1 - kept / 2000).to.be.closeTo(0.3, 0.04);
    expect(mask.subtitle).to.contain(`${2000 - kept} of 2000 (`);
  });

  it("finds the layer in a network, and what it is given there", async () => {
    class Net extends nn.Module {
      bn = new nn.BatchNorm2d(8);
      first = new nn.Dropout(0.5);
      second = new nn.Dropout2d(0.25);
      forward(x: Tensor): Tensor {
        return this.second(this.first(this.bn(x)).mul(3));
      }
    }
    const net = new Net();
    const means = await (net.bn.running_mean as Tensor).data();
    const [before] = await grids(show.dropout(net, maps, { layer: "second" }));
    // The layers before it are in evaluation mode: dropout does nothing, and new running statistics change next to nothing.
    const [first] = exact(before);
    expect(first).to.be.closeTo(3 / Math.sqrt(1 + 1e-5), 1e-5);
    expect(await (net.bn.running_mean as Tensor).data()).to.deep.equal(means);
    expect((await viewOf(show.dropout(net, maps))).subtitle).to.contain(
      "first, Dropout (others: second) · [2,8,3,3] float32",
    );
  });

  it("says what is wrong", () => {
    expect(() => show.dropout(new nn.ReLU(), maps)).to.throw(
      "show.dropout: the network has no layer that is nn.Dropout, nn.Dropout2d or nn.Dropout3d. " +
        "Functions of F leave no layer to find.",
    );
    const net = new nn.Sequential(new nn.ReLU(), new nn.Dropout());
    expect(() => show.dropout(net, maps, { layer: "0" })).to.throw("the layer is a ReLU, must be nn.Dropout");
  });

  it("names an image that is not there", async () => {
    const message = await bundleOf(show.dropout(new nn.Dropout(), maps, { image: 2 })).catch(
      (error: Error) => error.message,
    );
    expect(message).to.equal("show.dropout: there is no image 2 (input [2,8,3,3]). Count from 0 to 1.");
  });
});
