import { expect } from "chai";
import "../../src/devices";
import { attachDisplays } from "../../src/display/attach";
import { tensor } from "../../src/tensor/create";
import { bundleOf } from "./support";

describe("attachDisplays", () => {
  it("lets a tensor print its numbers as the value of a cell", async () => {
    attachDisplays();
    expect(await bundleOf(tensor([[1, 2.5]]))).to.deep.equal({ "text/plain": "tensor([[1.0000, 2.5000]])" });
  });
});
