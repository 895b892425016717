import { expect } from "chai";
import { readFileSync } from "node:fs";
import "../../src";
import { Dataset } from "../../src/data";
import * as show from "../../src/display/show";
import { DataError } from "../../src/errors";
import type { ChartMark, HistogramsMark, MatrixMark } from "../../src/marks";
import { traceTypes } from "../../src/marks";
import { plotlyFigure } from "../../src/marks/chart/figure";
import { pointWords } from "../../src/marks/chart/words";
import { drawnLines } from "../../src/marks/chart/smooth";
import { samples } from "../../src/marks/chart/samples";
import * as nn from "../../src/nn";
import { F } from "../../src";
import { SGD } from "../../src/optim";
import { PLOTLY_MIME, RECEPTIVE_MIME, type PlotlyFigure } from "../../src/protocol";
import { fromArray, rand, tensor } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";
import { fit, metrics } from "../../src/train";
import { bundleOf, inNotebook, viewOf } from "./support";

const chartOf = async (value: object, at = 0): Promise<ChartMark> => (await viewOf(value)).marks[at] as ChartMark;
const matrixOf = async (value: object): Promise<MatrixMark> => (await viewOf(value)).marks[0] as MatrixMark;
const histogramsOf = async (value: object): Promise<HistogramsMark> => (await viewOf(value)).marks[0] as HistogramsMark;
const reason = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

describe("show.curves", () => {
  const criterion = new nn.CrossEntropyLoss();
  const batches = [[rand([4, 3]), tensor([0, 1, 0, 1], { dtype: "int32" })]];

  it("has the loss of every step and the numbers of every epoch, at its last step", async () => {
    const net = new nn.Linear(3, 2);
    const optimizer = new SGD(net.parameters(), { lr: 0.1 });
    const onEpoch = () => (optimizer.paramGroups[0].lr /= 2);
    const loader = [...batches, ...batches];
    const history = await fit(net, loader, { optimizer, criterion, epochs: 3, validation: batches, onEpoch });
    const view = await viewOf(history);
    expect(view, "a history shows itself").to.deep.equal(await viewOf(show.curves(history)));
    const [chart, lr] = view.marks as ChartMark[];
    const line = (name: string) => chart.lines.find((each) => each.name === name);
    const short = (value: number | undefined) => Number(value?.toPrecision(5));
    expect(line("training loss")?.x).to.deep.equal([0, 1, 2, 3, 4, 5]);
    expect(line("training loss")?.y).to.deep.equal(history.steps.map(short));
    expect(line("validation loss")?.x).to.deep.equal([1, 3, 5]);
    expect(line("validation loss")?.y).to.deep.equal(history.epochs.map((epoch) => short(epoch.validationLoss)));
    expect(line("training accuracy")).to.deep.include({ right: true, raw: true });
    expect(line("training accuracy")?.y).to.deep.equal(history.epochs.map((epoch) => short(epoch.accuracy)));
    expect(lr.lines[0].y).to.deep.equal([0.1, 0.1, 0.05, 0.05, 0.025, 0.025]);
  });

  it("lays several runs over each other: a colour a run, dashes for validation", async () => {
    const run = (loss: number): show.Run => ({
      steps: [loss, loss / 2],
      epochs: [{ epoch: 0, loss, validationLoss: loss, accuracy: 0.5 }],
    });
    const view = await viewOf(show.curves({ a: run(2), b: run(4) }));
    const [loss, accuracy] = view.marks as ChartMark[];
    expect(view.marks).to.have.length(2);
    expect(loss.lines.map(({ name, colour, dash }) => [name, colour, dash])).to.deep.equal([
      ["a, training", 0, undefined],
      ["a, validation", 0, "dash"],
      ["b, training", 1, undefined],
      ["b, validation", 1, "dash"],
    ]);
    expect(accuracy.lines.map(({ name, y }) => [name, y])).to.deep.equal([
      ["a, training", [0.5]],
      ["b, training", [0.5]],
    ]);
  });

  it("tells training from validation of one run by dashes, beside accuracies from 0 to 1", async () => {
    const epoch = { epoch: 0, loss: 2, validationLoss: 3, accuracy: 0.5, validationAccuracy: 0.4 };
    const [chart] = (await viewOf(show.curves({ steps: [2, 1], epochs: [epoch] }))).marks as ChartMark[];
    expect(chart.lines.map(({ name, dash, right }) => [name, dash, right])).to.deep.equal([
      ["training loss", undefined, undefined],
      ["validation loss", "dash", undefined],
      ["training accuracy", undefined, true],
      ["validation accuracy", "dash", true],
    ]);
    expect(new Set(chart.lines.map(({ colour }) => colour)).size, "a colour each").to.equal(4);
    expect(chart.range2).to.deep.equal([0, 1]);
    // A point at an end is to be seen in full.
    expect(plotlyFigure(chart).layout).to.have.deep.nested.property("yaxis2.range", [-0.02, 1.02]);
  });

  it("says minus infinity, and not that it is no number", async () => {
    const { "text/plain": text } = await bundleOf(show.curves({ steps: [2, -Infinity] }));
    expect(text).to.contain("training loss: 2 points, first 2, last -Infinity");
    const [chart] = (await viewOf(show.curves({ steps: [Infinity, NaN, -Infinity] }))).marks as ChartMark[];
    expect([0, 1, 2].map((i) => pointWords(chart, chart.lines[0], i))).to.deep.equal([
      "training loss, step 0: ∞",
      "training loss, step 1: NaN",
      "training loss, step 2: −∞",
    ]);
  });

  it("says what is no history", () => {
    expect(() => show.curves([1, 2] as unknown as show.Run)).to.throw(TypeError, "must be what fit() gives");
    expect(() => show.curves({ a: {} } as unknown as show.Run)).to.throw(TypeError, "show.curves: a must be");
    expect(() => show.curves({ steps: [1] }, { smoothing: 1 })).to.throw(DataError, "from 0 to 0.99, got 1");
  });
});

it("a moving average is the exponential one without bias, of lines that are not raw", () => {
  const chart: ChartMark = {
    ...samples.empty(),
    lines: [
      { name: "a", x: [0, 1, 2, 3], y: [4, null, 1, 7], colour: 0 },
      { name: "b", x: [0, 1], y: [4, 1], colour: 1, raw: true },
    ],
  };
  const [pale, smooth, raw] = drawnLines(chart, 0.5);
  expect(pale).to.deep.equal({ ...chart.lines[0], pale: true });
  // (0.5 * 4) / 0.5; (0.25 * 4 + 0.5 * 1) / 0.75; (0.125 * 4 + 0.25 * 1 + 0.5 * 7) / 0.875
  expect(smooth.y).to.deep.equal([4, null, 2, 4.25 / 0.875]);
  expect(raw).to.equal(chart.lines[1]);
});

/** Gives the first pixel's class by thirds: it answers with `guesses`. */
class Told extends nn.Module {
  readonly anchor = new nn.Linear(1, 1);
  constructor(private readonly guesses: readonly number[]) {
    super();
  }
  forward(x: Tensor): Tensor {
    if (this.training) throw new Error("asked in training mode");
    const numbers = Array.from({ length: x.shape[0] }, (_, n) => this.guesses[n]);
    return F.relu(tensor(numbers.map((guess) => [0, 1, 2].map((k) => Number(k === guess)))));
  }
}

describe("show.confusionMatrix", () => {
  const truth = [0, 0, 1, 2, 2, 2];
  const guess = [0, 2, 1, 2, 2, 1];
  const pixels = Float32Array.from({ length: 6 * 4 }, (_, i) => Math.floor(i / 4) / 5);
  const images = fromArray(pixels, [6, 1, 2, 2]);
  const data = [[images, tensor(truth, { dtype: "int32" })]];
  // Rows 0, 1, 2; by hand.
  const counts = [1, 0, 1, 0, 1, 0, 0, 1, 2];

  it("counts what a network answers, and carries the images of each cell", async () => {
    const net = new Told(guess);
    const view = await viewOf(show.confusionMatrix(net, data, { classes: ["cat", "dog", "bird"] }));
    const [mark] = view.marks as [MatrixMark];
    expect(mark.counts).to.deep.equal(counts);
    expect(mark.classes).to.deep.equal(["cat", "dog", "bird"]);
    expect(view.subtitle).to.equal("accuracy 0.667 · 4 of 6 images right");
    expect(mark.images?.cells).to.deep.equal([0, 2, 4, 7, 8, 8]);
    expect(mark.images?.places).to.deep.equal([0, 1, 2, 5, 3, 4]);
    const bytes = Buffer.from(mark.images?.pixels.bytes ?? "", "base64");
    expect([...bytes]).to.deep.equal([0, 1, 2, 5, 3, 4].flatMap((image) => new Array<number>(4).fill(51 * image)));
    expect(net.training, "the mode stays").to.equal(true);
    expect(net.anchor.weight.grad).to.equal(null);
  });

  it("shows a matrix of metrics, of arrays and of a tensor alike, and metrics' shows itself", async () => {
    const scores = tensor(guess.map((k) => [0, 1, 2].map((each) => Number(each === k))));
    const matrix = await metrics.confusionMatrix(scores, tensor(truth, { dtype: "int32" }));
    const nested = [counts.slice(0, 3), counts.slice(3, 6), counts.slice(6)];
    for (const given of [matrix, nested, tensor(nested)])
      expect((await matrixOf(show.confusionMatrix(given))).counts).to.deep.equal(counts);
    expect(await viewOf(matrix)).to.deep.equal(await viewOf(show.confusionMatrix(matrix)));
    expect((await bundleOf(matrix))["text/plain"]).to.match(/accuracy 0.667[^]*\n0 +1 +0 +1\n/);
    expect(await matrix.sum().item(), "it stays a tensor").to.equal(6);
  });

  it("takes the names of a data set, and images of three channels, made smaller", async () => {
    class Photos extends Dataset<readonly [Tensor, number]> {
      readonly classes = ["a", "b", "c"];
      readonly length = 6;
      get(i: number): [Tensor, number] {
        return [fromArray(new Float32Array(3 * 64 * 64).fill(i / 5), [3, 64, 64]), truth[i]];
      }
    }
    const mark = await matrixOf(show.confusionMatrix(new Told(guess), new Photos()));
    expect(mark.classes).to.deep.equal(["a", "b", "c"]);
    expect(mark.images).to.deep.include({ scale: "rgb" });
    expect(mark.images?.pixels).to.deep.include({ planes: 18, height: 32, width: 32 });
  });

  it("says what does not fit", async () => {
    const net = new Told(guess);
    expect(() => show.confusionMatrix(net, undefined as never)).to.throw(
      TypeError,
      "data must be a data set or batches",
    );
    expect(() => show.confusionMatrix([[1, 2]])).to.throw(TypeError, "a network, or a confusion matrix [K,K]");
    expect(() => show.confusionMatrix([[0.5]])).to.throw(DataError, "holds counts, got 0.5");
    expect(() => show.confusionMatrix([[1]], { classes: ["a", "b"] })).to.throw(DataError, "2 names for 1 classes");
    const errors = [
      [[[images]], "a batch must be [inputs, labels] with a label an input, got [6,1,2,2]."],
      [
        [[images, tensor([0, 1, 2, 3, 0, 0], { dtype: "int32" })]],
        "labels must be classes from 0 to 2, got 3 for input 3",
      ],
      [[], "the data gave no batch"],
    ] as const;
    for (const [wrong, words] of errors)
      expect(await reason(viewOf(show.confusionMatrix(net, wrong as unknown as Tensor[][])))).to.match(
        new RegExp(`show.confusionMatrix: .*${words.replace(/[[\].]/g, "\\$&")}`),
      );
  });

  it("shows of many classes those with the most errors", async () => {
    const size = 150;
    const rows = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => Number(i === j)));
    rows[7][140] = 9;
    const view = await viewOf(show.confusionMatrix(rows));
    const [mark] = view.marks as [MatrixMark];
    expect(mark.classes).to.have.length(50).and.to.include.members(["7", "140"]);
    expect(view.subtitle).to.equal(
      "accuracy 0.943 · 150 of 159 images right · the 50 of 150 classes with the most errors",
    );
  });
});

it("show.perClass has sklearn's precision, recall, F1 and support", async () => {
  const view = await viewOf(
    show.perClass([
      [5, 1, 0],
      [2, 2, 0],
      [1, 1, 0],
    ]),
  );
  const [chart] = view.marks as [ChartMark];
  const [precision, recall, f1] = chart.lines.map(({ y }) => y);
  // Taken for 0: 8, of which 5 are; for 1: 4, of which 2 are; for 2: none.
  expect(precision).to.deep.equal([0.625, 0.5, 0]);
  expect(recall).to.deep.equal([Number((5 / 6).toPrecision(5)), 0.5, 0]);
  expect(f1).to.deep.equal([Number((10 / 14).toPrecision(5)), 0.5, 0]);
  expect(chart.categories).to.deep.equal(["0 (6)", "1 (4)", "2 (2)"]);
  const weighted = ((10 / 14) * 6 + 0.5 * 4) / 12;
  expect(view.subtitle).to.equal(
    `accuracy 0.583 · macro F1 ${((10 / 14 + 0.5) / 3).toFixed(3)} · weighted F1 ${weighted.toFixed(3)}`,
  );
});

describe("show.histograms", () => {
  const sum = (numbers: readonly number[] = []) => numbers.reduce((a, b) => a + b, 0);

  it("counts every weight once, and NaN apart", async () => {
    const net = new nn.Sequential(new nn.Conv2d(3, 4, 3), new nn.ReLU(), new nn.Flatten(), new nn.Linear(16, 5));
    const weights = new Float32Array(80).fill(0.5);
    weights.set([NaN, Infinity, 0, -1]);
    net.loadStateDict({ ...net.stateDict(), "3.weight": fromArray(weights, [5, 16]) });
    const mark = await histogramsOf(show.histograms(net, { of: ["weights"], bins: 3 }));
    expect(mark.rows).to.deep.equal(["0 Conv2d", "3 Linear"]);
    const [conv, linear] = mark.steps[0].cells;
    expect(sum(conv?.counts)).to.equal(4 * 3 * 3 * 3);
    // From -1 to 0.5 in steps of a half: -1; none; 0 and 76 times 0.5, whose upper edge is the last bin's.
    expect(linear).to.deep.include({ range: [-1, 0.5], counts: [1, 0, 77], unusual: 2, zeros: 1 });
    expect(linear?.mean).to.be.closeTo((76 * 0.5 - 1) / 78, 1e-4);
  });

  it("counts gradients where there are some, and what layers give", async () => {
    const net = new nn.Sequential(new nn.Linear(4, 3), new nn.ReLU());
    const x = tensor([[1, -2, 3, -4]]);
    expect(() => show.histograms(net, { of: ["gradients"] })).to.throw(DataError, "no weight has a gradient");
    expect(() => show.histograms(net, { of: ["activations"] })).to.throw(DataError, "activations need an input");
    net(x).sum().backward();
    const [first] = net.parameters();
    const { grad } = first;
    const mark = await histogramsOf(show.histograms(net, { x }));
    expect(mark.columns).to.deep.equal(["weights", "gradients", "activations"]);
    expect(mark.steps[0].cells.map((cell) => cell && sum(cell.counts))).to.deep.equal([12, 12, 3, null, null, 3]);
    const outputs = Array.from(await net(x).data());
    expect(mark.steps[0].cells[5]?.zeros).to.equal(outputs.filter((value) => value === 0).length);
    expect(first.grad, "gradients stay as they are").to.equal(grad);
  });

  it("adds a step to one output when it is called again in the running cell, and begins anew in the next", () =>
    inNotebook(async (shown, _asked, cells) => {
      const net = new nn.Linear(2, 2);
      const marks = () => (shown[shown.length - 1].bundle[RECEPTIVE_MIME] as { marks: HistogramsMark[] }).marks[0];
      for (const value of [1, 2, 3]) {
        net.loadStateDict({
          weight: tensor([
            [value, value],
            [value, value],
          ]),
          bias: tensor([0, 0]),
        });
        show.histograms(net, { of: ["weights"], step: 10 * value });
      }
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect(new Set(shown.map(({ displayId }) => displayId)).size).to.equal(1);
      expect(marks().steps.map(({ name }) => name)).to.deep.equal(["step 10", "step 20", "step 30"]);
      expect(marks().steps.map(({ cells }) => cells[0]?.mean)).to.deep.equal([1, 2, 3]);
      const count = shown.length;
      cells.end();
      const single = show.histograms(net, { of: ["weights"] });
      expect(shown, "one call is the value of its cell").to.have.length(count);
      expect((await histogramsOf(single)).steps).to.have.length(1);
    }));
});

describe("show.plot", () => {
  it("takes rows and columns alike, words as categories, and a line for each value of a column", async () => {
    const rows = [
      { step: 0, loss: 2, run: "a" },
      { step: 0, loss: 3, run: "b" },
      { step: 1, loss: 1, run: "a" },
    ];
    const columns = { step: [0, 0, 1], loss: tensor([2, 3, 1]), run: ["a", "b", "a"] };
    for (const data of [rows, columns]) {
      const chart = await chartOf(show.plot(data, { x: "step", y: "loss", by: "run", kind: "scatter" }));
      expect(chart.lines.map(({ name, x, y }) => ({ name, x, y }))).to.deep.equal([
        { name: "a", x: [0, 1], y: [2, 1] },
        { name: "b", x: [0], y: [3] },
      ]);
    }
    const bars = await chartOf(show.plot(rows, { x: "run", y: "loss", kind: "bar" }));
    expect(bars.categories).to.deep.equal(["a", "b"]);
    expect(bars.lines[0].x).to.deep.equal([0, 1, 0]);
  });

  it("bins by itself: counts add up, edges are of one width", async () => {
    const values = [0, 0.1, 0.5, 0.9, 1, 1, NaN];
    const view = await viewOf(show.plot({ v: values }, { x: "v", kind: "histogram", bins: 2 }));
    const [chart] = view.marks as [ChartMark];
    expect(chart.lines[0]).to.deep.include({ edges: [0, 0.5, 1], y: [2, 4] });
    expect(view.subtitle).to.equal("1 number is NaN or infinite");
  });

  it("says what is missing, too short or no number", async () => {
    const data = { step: [0, 1], loss: [2, 1] };
    expect(() => show.plot(data, { x: "step", y: "los" })).to.throw(
      DataError,
      'show.plot: there is no column "los". Columns are step, loss.',
    );
    expect(() => show.plot({ a: [1, 2], b: [1] }, { y: "a" })).to.throw(
      DataError,
      'column "b" has 1 values, "a" has 2. Give columns of one length.',
    );
    expect(() => show.plot({ a: rand([2, 2]) }, { y: "a" })).to.throw(
      DataError,
      'column "a" is no array of values, got [2,2]',
    );
    expect(() => show.plot(data, { x: "step" })).to.throw(DataError, "y must name one column or several");
    expect(() => show.plot(data, { y: "loss", kind: "pie" as "bar" })).to.throw(DataError, 'there is no kind "pie"');
    expect(await reason(viewOf(show.plot({ a: ["x"] }, { y: "a" })))).to.match(/must hold numbers, got "x" in row 0/);
  });
});

describe("show.plotly", () => {
  it("knows the traces that the page's plotly has, and refuses others", () => {
    const source = readFileSync(require.resolve("plotly.js-cartesian-dist-min"), "utf8");
    const there = [...source.matchAll(/moduleType:"trace",name:"(\w+)"/g)].map(([, name]) => name);
    expect([...traceTypes].sort()).to.deep.equal([...new Set(there)].sort());
    for (const name of Object.values(samples))
      expect(() => show.plotly({ data: [{ type: "surface" }] }), String(name)).to.throw(DataError, "no trace type");
  });

  it("hands a figure through, with a picture where ours would look the same", async () => {
    const simple = { data: [{ type: "bar", x: [1, 2], y: [3, 4] }], layout: { title: { text: "Bars" } } };
    const bundle = await bundleOf(show.plotly(simple));
    expect(bundle[PLOTLY_MIME]).to.deep.equal(simple);
    expect(bundle["image/svg+xml"]).to.contain(">Bars</text>");
    for (const data of [[{ type: "box", y: [1] }], [{ type: "bar", y: [1], orientation: "h" }]]) {
      const other = await bundleOf(show.plotly({ data }));
      expect((other[PLOTLY_MIME] as PlotlyFigure).data).to.deep.equal(data);
      expect(other).to.have.all.keys(PLOTLY_MIME, "text/plain");
    }
  });
});
