import { expect } from "chai";
import { fileName } from "../../extension/src/output/fileName";

describe("the file of a saved picture", () => {
  it("is named after the title", () => {
    expect(fileName("Feature maps: conv1")).to.equal("feature-maps-conv1.png");
    expect(fileName("../../Größe\n<b>")).to.equal("größe-b.png");
    expect(fileName("")).to.equal("view.png");
    expect(fileName("ResNet18", ["network"])).to.equal("resnet18-network.png");
    expect(fileName("ResNet18", ["diagram"])).to.equal("resnet18-diagram.png");
    expect(fileName("Loss chart", ["chart", "grid", "chart"])).to.equal("loss-chart-grid.png");
    expect(fileName("x".repeat(500))).to.have.length(84);
  });
});
