import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { arange, nn, optim, randn, show, tensor, type Tensor } from "../../src";
import { answerTo } from "../../src/display/inspect/answers";
import { InspectRegistry } from "../../src/display/inspect/registry";
import { ShownNumbers } from "../../src/display/inspect/shownNumbers";
import { INSPECTION, type Inspectable, type InspectHandler, type NotebookHost } from "../../src/protocol";
import { inNotebook, viewOf } from "./support";

const request = { cancelled: false, buffers: [] };

const shownNumbers = (values: Float32Array, channels: 1 | 3, height: number, width: number): ShownNumbers =>
  new ShownNumbers([{ values, channels, height, width }]);

class FakeHost implements Pick<NotebookHost, "register" | "unregister"> {
  readonly handlers = new Map<string, InspectHandler>();
  register(id: string, answer: InspectHandler): void {
    this.handlers.set(id, answer);
  }
  unregister(id: string): void {
    this.handlers.delete(id);
  }
  async values(id: string | undefined, tile: number): Promise<number[]> {
    const answer = await this.handlers.get(id ?? "")?.({ ask: "values", tile }, request);
    return [...((answer?.buffers?.[0] as Float32Array | undefined) ?? [])];
  }
}

function registry(budget?: number): { host: FakeHost; objects: InspectRegistry } {
  const host = new FakeHost();
  const objects = new InspectRegistry(() => host as unknown as NotebookHost, budget);
  objects.answerWith(answerTo);
  return { host, objects };
}

async function message(promise: unknown): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

/** Runs the garbage collector until nothing changes, finalizers included. */
async function collect(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  for (let i = 0; i < 3; i++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe("inspection of objects", () => {
  it("gives an object one id, in the notebook and nowhere else", () => {
    const { objects, host } = registry();
    const [a, b] = [tensor([1]), tensor([1])];
    expect(objects.idOf(a)).to.equal(objects.idOf(a)).and.to.equal(objects.keep(a, 4));
    expect(objects.idOf(b)).to.not.equal(objects.idOf(a));
    expect(host.handlers.size).to.equal(2);
    expect(new InspectRegistry(() => undefined).keep(a, 4)).to.equal(undefined);
    // A notebook that another kernel has saved finds nothing here.
    expect(registry().objects.idOf(a)).to.not.equal(objects.idOf(a));
  });

  it("answers with the planes of a tensor", async () => {
    const { objects, host } = registry();
    const x = randn([2, 3, 4, 5]);
    const all = await x.data();
    expect(await host.values(objects.idOf(x), 4)).to.deep.equal([...all.subarray(80, 100)]);
    expect(await host.values(objects.idOf(tensor([1, 2, 3])), 0)).to.deep.equal([1, 2, 3]);
    expect(await host.values(objects.idOf(tensor(0.1)), 0)).to.deep.equal([Math.fround(0.1)]);
    const ask = (object: object, tile: unknown) =>
      host.handlers.get(objects.idOf(object)!)!({ ask: "values", tile }, request);
    for (const tile of [-1, 6, 0.5, "0", undefined])
      expect(await message(ask(x, tile))).to.equal(`values: there is no tile ${String(tile)}. Count from 0 to 5.`);
    expect(await message(ask(new nn.ReLU(), 0))).to.match(/only views and tensors/);
    expect(await message(ask(tensor([0]).expand(1025, 1024), 0))).to.match(/1049600 numbers\. Show a part/);
  });

  it("answers with the tiles of a view, copied out of it", async () => {
    const { objects, host } = registry();
    const shown = shownNumbers(
      Float32Array.from({ length: 12 }, (_, i) => i / 3),
      3,
      1,
      2,
    );
    const id = objects.keep(shown, 48) ?? "";
    const answer = await host.handlers.get(id)!({ ask: "values", tile: 1 }, request);
    expect(answer?.content).to.deep.equal({ channels: 3, height: 1, width: 2 });
    expect(answer?.buffers).to.deep.equal([Float32Array.from({ length: 6 }, (_, i) => (i + 6) / 3)]);
    expect(answer?.buffers?.[0].buffer.byteLength).to.equal(24);
    expect(shown.bytes).to.equal(48);
    const two = new ShownNumbers([undefined, ...shown.marks]);
    const ask = (mark: number) => host.handlers.get(objects.idOf(two)!)!({ ask: "values", tile: 0, mark }, request);
    expect((await ask(1))?.buffers?.[0]).to.have.length(6);
    expect(await message(ask(0))).to.match(/mark 0 of the view has no numbers/);
    expect(await message(ask(2))).to.match(/mark 2 of the view has no numbers/);
  });

  it("lets go of objects that nobody has, and of their ids", async () => {
    const { objects, host } = registry();
    const ids: (string | undefined)[] = [];
    for (let i = 0; i < 100; i++) ids.push(objects.idOf(randn([4])));
    await collect();
    expect(host.handlers.size).to.be.lessThan(5);
    expect(await host.values(ids[0], 0)).to.deep.equal([]);
  });

  it("keeps what was shown within its budget, over a thousand shows", async () => {
    const bytes = 16 * 1024;
    const { objects, host } = registry(4 * bytes);
    let last: string | undefined;
    let asked: string | undefined;
    for (let i = 0; i < 1000; i++) {
      const shown = shownNumbers(new Float32Array(bytes / 4).fill(i), 1, 64, 64);
      last = objects.keep(shown, bytes);
      if (i === 0) asked = last;
      // Somebody looks at the first one again and again.
      expect((await host.values(asked, 0))[0]).to.equal(0);
    }
    await collect();
    expect(host.handlers.size).to.be.within(4, 8);
    expect((await host.values(asked, 0))[9]).to.equal(0);
    expect((await host.values(last, 0))[9]).to.equal(999);
  });

  it("keeps the last four objects, however large they are", async () => {
    const { objects, host } = registry(10);
    const keep = (value: number): string | undefined =>
      objects.keep(shownNumbers(Float32Array.of(value, 0, 0), 1, 1, 3), 12);
    const first = keep(1);
    await collect();
    expect(await host.values(first, 0)).to.deep.equal([1, 0, 0]);
    const others = [2, 3, 4].map(keep);
    await collect();
    for (const [i, id] of [first, ...others].entries()) expect(await host.values(id, 0)).to.deep.equal([i + 1, 0, 0]);
    // The first one was asked before the others: so it is the one longest unused.
    keep(5);
    await collect();
    expect(host.handlers.size).to.equal(4);
    expect(await host.values(first, 0)).to.deep.equal([]);
  });

  it("is what tensors, networks, optimizers and data sets say to the list of variables", () =>
    inNotebook(() => {
      const net = new nn.Linear(2, 1);
      const said = (value: unknown) => (value as Inspectable)[INSPECTION]();
      expect(said(net)?.kind).to.equal("module");
      expect(said(new nn.CrossEntropyLoss())?.kind).to.equal("function");
      expect(said(new nn.Sequential(new nn.ReLU()))?.kind).to.equal("module");
      expect(said(net.weight)?.kind).to.equal("tensor");
      expect(said(new optim.SGD(net.parameters(), { lr: 0.1 }))?.kind).to.equal("optimizer");
      expect(said(net)).to.deep.equal(said(net));
      expect(said(Object.getPrototypeOf(net.weight.detach()) as Tensor)).to.equal(undefined);
    }));

  it("answers for the grids of a view that carries bytes, with the numbers of the moment it was drawn", () =>
    inNotebook(async (_shown, asked) => {
      const weight = randn([20, 20, 11, 11]);
      const all = Float32Array.from(await weight.data());
      const view = await viewOf(show.filters(weight));
      // Another training step, as an optimizer writes it.
      (await weight.data()).fill(0);
      const answer = await asked.get(view.inspect ?? "")?.({ ask: "values", tile: 17 }, request);
      expect(answer?.content).to.deep.equal({ channels: 1, height: 11, width: 11 });
      // 16 of 20 channels are shown: tile 17 is filter 1, channel 1.
      expect(answer?.buffers?.[0]).to.deep.equal(all.slice(21 * 121, 22 * 121));
      const again = await viewOf(show.filters(weight));
      expect(again.inspect).to.be.a("string").and.not.equal(view.inspect);
    }));

  it("answers in colour, for images as they are shown, and for block means", () =>
    inNotebook(async (_shown, asked) => {
      const pictures = randn([2, 3, 4, 5]);
      const data = await pictures.data();
      const view = await viewOf(show.images(pictures, { mean: 0.5, std: 0.25 }));
      const answer = await asked.get(view.inspect ?? "")?.({ ask: "values", tile: 1 }, request);
      expect(answer?.content).to.deep.equal({ channels: 3, height: 4, width: 5 });
      expect(answer?.buffers?.[0]).to.deep.equal(Float32Array.from(data.subarray(60), (x) => x * 0.25 + 0.5));
      const columns = arange(100).expand(16, 100, 100);
      const large = await viewOf(show.featureMaps(columns));
      const means = await asked.get(large.inspect ?? "")?.({ ask: "values", tile: 0 }, request);
      expect(means?.content).to.deep.equal({ channels: 1, height: 50, width: 50 });
      expect([...(means?.buffers?.[0] as Float32Array).slice(0, 3)], "means of two columns each").to.deep.equal([
        0.5, 2.5, 4.5,
      ]);
    }));

  it("is not offered by views that carry their numbers, nor outside of a notebook", async () => {
    await inNotebook(async () => {
      expect((await viewOf(show.filters(randn([4, 1, 5, 5])))).inspect).to.equal(undefined);
    });
    expect((await viewOf(show.images(randn([1, 1, 4, 4])))).inspect).to.equal(undefined);
  });

  it("is nothing outside of a notebook", () => {
    expect((tensor(1) as unknown as Inspectable)[INSPECTION]()).to.equal(undefined);
  });
});
