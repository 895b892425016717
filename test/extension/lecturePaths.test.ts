import { expect } from "chai";
import { keptPath, pathBeside, storedOf, type NotebookJson } from "../../extension/src/lecture/paths";

const model = (metadata: NotebookJson["metadata"]) => ({ toJSON: () => ({ metadata }), fromJSON: () => undefined });
const save = () => Promise.resolve();

describe("the copy of a lecture", () => {
  it("says where its stored state is", () => {
    const copy = model({ receptive: { stored: "../lectures/03-a.ipynb" } });
    expect(storedOf({ context: { path: "my/03-a.ipynb", model: copy, save } })).to.equal("../lectures/03-a.ipynb");
    expect(storedOf({ context: { path: "my/03-a.txt", model: copy, save } })).to.equal(undefined);
    expect(storedOf({ context: { path: "a.ipynb", model: model({}), save } })).to.equal(undefined);
    expect(storedOf({ context: { path: "a.ipynb", model: model({ receptive: { stored: 3 } }), save } })).to.equal(
      undefined,
    );
    expect(storedOf({})).to.equal(undefined);
  });

  it("finds it from its own folder, wherever the server's root is", () => {
    expect(pathBeside("my/03-a.ipynb", "../lectures/03-a.ipynb")).to.equal("lectures/03-a.ipynb");
    expect(pathBeside("notebooks/my/03-a.ipynb", "../lectures/03-a.ipynb")).to.equal("notebooks/lectures/03-a.ipynb");
    expect(pathBeside("03-a.ipynb", "./stored.ipynb")).to.equal("stored.ipynb");
  });

  it("is kept with date and time in its name", () => {
    expect(keptPath("my/03-a.ipynb", new Date(2026, 0, 5, 9, 7, 3))).to.equal("my/03-a 2026-01-05 09.07.03.ipynb");
  });
});
