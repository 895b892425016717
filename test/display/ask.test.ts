import { expect } from "chai";
import "../../src/devices";
import * as show from "../../src/display/show";
import { QuestionIds } from "../../src/display/question/ids";
import { sampleImages } from "../../src/display/samples/images";
import { sampleNet } from "../../src/display/samples/sampleNet";
import { normedNet } from "../../src/display/samples/normedNet";
import { DataError } from "../../src/errors";
import { offersOf, type QuestionMark, type View } from "../../src/marks";
import * as nn from "../../src/nn";
import { NOTEBOOK, RECEPTIVE_MIME, type MimeBundle, type NotebookHost } from "../../src/protocol";
import { rand, zeros } from "../../src/tensor/create";
import { viewOf } from "./support";

type Global = { [NOTEBOOK]?: Partial<NotebookHost> };

/** What a question shows in a notebook, and what it resolves to. */
async function shown<T>(
  question: () => Promise<T>,
): Promise<{ answer: T; bundle: MimeBundle; view: View; mark: QuestionMark }> {
  const bundles: MimeBundle[] = [];
  const before = (globalThis as Global)[NOTEBOOK];
  (globalThis as Global)[NOTEBOOK] = {
    ...{ breaks: 0, checkInterrupt: () => undefined, register: () => undefined, unregister: () => undefined },
    display: (bundle: MimeBundle) => void bundles.push(bundle),
    cell: {},
  };
  try {
    const answer = await question();
    expect(bundles).to.have.length(1);
    const view = bundles[0][RECEPTIVE_MIME] as View;
    return { answer, bundle: bundles[0], view, mark: view.marks[0] as QuestionMark };
  } finally {
    (globalThis as Global)[NOTEBOOK] = before;
  }
}

async function refused(question: () => Promise<unknown>): Promise<string> {
  try {
    await question();
  } catch (error) {
    expect(error).to.be.instanceOf(Error);
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return expect.fail("nothing was thrown");
}

const net = sampleNet();
const maps = () => show.featureMaps(net, sampleImages(2));

describe("show.ask", () => {
  it("shows the question above the view, and resolves to the answer of the cell", async () => {
    const { answer, bundle, view, mark } = await shown(() =>
      show.ask("a1", "Which unit?", maps(), { pick: "unit", answer: { layer: "3", unit: 5 } }),
    );
    const below = await viewOf(maps());
    expect(answer).to.deep.equal({ layer: "3", unit: 5 });
    expect(view.title).to.equal("Which unit?");
    expect(view.subtitle).to.equal(`Feature maps · ${below.subtitle}`);
    expect(view.marks.slice(1)).to.deep.equal(below.marks);
    expect(mark.answer).to.deep.equal(answer);
    expect(bundle["text/plain"]).to.match(/^Which unit\?\n.*\nAnswer to a1: layer 3, unit 5\n/);
  });

  it("gives the title of a view of one mark to that mark", async () => {
    const { view } = await shown(() => show.ask("a2", "Which?", show.images(sampleImages(3)), { pick: "image" }));
    expect(view.subtitle).to.equal(undefined);
    expect(view.marks[1]).to.include({ title: "Images", subtitle: "[3,3,12,12] float32 on cpu" });
  });

  it("says how to answer, and resolves to null", async () => {
    const { answer, bundle } = await shown(() => show.ask("q3", "Which?", maps(), { pick: "unit", answer: null }));
    expect(answer).to.equal(null);
    expect(bundle["text/plain"]).to.contain(
      "q3 has no answer yet. Click a unit below, or write answer: { layer, unit }.",
    );
  });

  it("takes a function for an answer, and what it throws for none, as nbgrader's stub does", async () => {
    const given = await shown(() =>
      show.ask("a4", "Which?", maps(), { pick: "layer", answer: () => ({ layer: "0" }) }),
    );
    expect(given.answer).to.deep.equal({ layer: "0" });
    const stub = await shown(() =>
      show.ask("a5", "Which?", maps(), {
        pick: "layer",
        answer: () => {
          throw new Error("No answer given.");
        },
      }),
    );
    expect(stub.answer).to.equal(null);
    expect(stub.bundle["text/plain"]).to.contain("a5 has no answer yet (No answer given). Click a layer");
  });

  it("gives several as an array, as many as there are", async () => {
    const { answer, bundle } = await shown(() =>
      show.ask("a6", "Which?", maps(), {
        pick: "unit",
        count: 3,
        answer: [
          { layer: "0", unit: 1 },
          { layer: "0", unit: 2 },
        ],
      }),
    );
    expect(answer).to.deep.equal([
      { layer: "0", unit: 1 },
      { layer: "0", unit: 2 },
    ]);
    expect(bundle["text/plain"]).to.contain("Answer to a6: layer 0, unit 1; layer 0, unit 2 (2 of 3 picked)");
  });

  it("is typed by what it asks for", async () => {
    const unit: show.UnitAnswer | null = await show.ask("t", "?", maps(), { pick: "unit", answer: null });
    const boxes: show.BoxAnswer[] | null = await show.ask("t", "?", show.images(sampleImages(1)), {
      pick: "box",
      count: 2,
    });
    expect([unit, boxes]).to.deep.equal([null, null]);
    // @ts-expect-error -- a layer is no unit
    await refused(() => show.ask("t", "?", maps(), { pick: "unit", answer: { layer: "0" } }));
  });

  const ask = (view: () => Parameters<typeof show.ask>[2], options: object): Promise<unknown> =>
    show.ask("q", "Which?", view(), options as Parameters<typeof show.ask>[3]);
  const network = () => show.network(net, sampleImages(1));
  const graph = () => show.graph(net, [1, 3, 12, 12]);
  const filters = () => show.filters(new nn.Conv2d(2, 4, 3), { title: "conv1" });
  const cards = () =>
    show.predictions(normedNet(3, 4), [[sampleImages(9), zeros([9], { dtype: "int32" })]], {
      order: "first",
      count: 5,
    });
  const fitting: [what: string, view: () => Parameters<typeof show.ask>[2], options: object][] = [
    ["the last unit of maps", maps, { pick: "unit", answer: { layer: "3", unit: 5 } }],
    ["the last pixel of maps", maps, { pick: "pixel", answer: { layer: "3", unit: 0, row: 5, column: 5 } }],
    [
      "a filter of several channels, by the view's title",
      filters,
      { pick: "unit", answer: { layer: "conv1", unit: 3 } },
    ],
    ["a number of a vector in the explorer", network, { pick: "unit", answer: { layer: "6", unit: 2 } }],
    ["the input in the explorer", network, { pick: "pixel", answer: { layer: "input", unit: 2, row: 11, column: 0 } }],
    ["a layer of a graph", graph, { pick: "layer", answer: { layer: "5" } }],
    ["an image of a grid", () => show.images(sampleImages(3)), { pick: "image", answer: { index: 2 } }],
    ["an image of cards", cards, { pick: "image", answer: { index: 4 } }],
    [
      "a box that is the whole image",
      () => show.images(sampleImages(1)),
      { pick: "box", answer: { row: 0, column: 0, height: 12, width: 12 } },
    ],
    [
      "a pixel of a view that was made smaller",
      () => show.featureMaps(zeros([64, 96, 96])),
      { pick: "pixel", answer: { layer: "Feature maps", unit: 63, row: 95, column: 95 } },
    ],
  ];
  for (const [what, view, options] of fitting)
    it(`takes ${what}`, async () =>
      expect(await ask(view, options)).to.deep.equal((options as { answer: unknown }).answer));

  const wrong: [what: string, view: () => Parameters<typeof show.ask>[2], options: object, words: string][] = [
    [
      "a layer",
      maps,
      { pick: "unit", answer: { layer: "9", unit: 0 } },
      'DataError: show.ask: the view has no layer "9", answer is {"layer":"9","unit":0}. It has "0", "1", "2", "3", "4".',
    ],
    [
      "a unit",
      maps,
      { pick: "unit", answer: { layer: "3", unit: 6 } },
      'DataError: show.ask: layer "3" has no unit 6, answer is {"layer":"3","unit":6}. Count from 0 to 5.',
    ],
    ["a filter", filters, { pick: "unit", answer: { layer: "conv1", unit: 4 } }, 'layer "conv1" has no unit 4'],
    [
      "a pixel",
      maps,
      { pick: "pixel", answer: { layer: "3", unit: 0, row: 6, column: 0 } },
      'row 6, column 0 lies outside the maps of "3", 6×6',
    ],
    [
      "an image",
      () => show.images(sampleImages(3)),
      { pick: "image", answer: { index: 3 } },
      'the view has no image 3, answer is {"index":3}. Count from 0 to 2.',
    ],
    [
      "a box",
      () => show.images(sampleImages(1)),
      { pick: "box", answer: { row: 8, column: 0, height: 5, width: 2 } },
      "a box of 5×2 at row 8, column 0 lies outside the image of 12×12",
    ],
    [
      "another form",
      maps,
      { pick: "unit", answer: { layer: "3" } },
      'DataError: show.ask: answer must be { layer, unit }, got {"layer":"3"}. Click, or write answer: null.',
    ],
    [
      "one unit twice",
      maps,
      {
        pick: "unit",
        count: 2,
        answer: [
          { layer: "3", unit: 1 },
          { layer: "3", unit: 1 },
        ],
      },
      "answer must be an array of up to 2 different { layer, unit }",
    ],
    [
      "too many",
      maps,
      { pick: "layer", count: 2, answer: [{ layer: "0" }, { layer: "1" }, { layer: "2" }] },
      "an array of up to 2",
    ],
    [
      "units of a graph",
      graph,
      { pick: "unit" },
      'DataError: show.ask: the view has no units to pick, but "layer". Show the layers: show.featureMaps(net, images).',
    ],
    [
      "boxes in maps of several sizes",
      maps,
      { pick: "box" },
      "the view has images of several sizes (12×12, 6×6), a box needs one",
    ],
    ["images of maps", maps, { pick: "image" }, "the view has no images to pick"],
    [
      "a tensor for a view",
      () => rand([2]) as never,
      { pick: "unit" },
      "TypeError: show.ask: view must be what a function of show gives",
    ],
    [
      "another pick",
      maps,
      { pick: "neuron" },
      'RangeError: show.ask: pick must be "unit", "pixel", "layer", "image" or "box", got "neuron".',
    ],
    [
      "a count",
      maps,
      { pick: "unit", count: 0 },
      "RangeError: show.ask: count must be a whole number from 1 to 20, got 0",
    ],
  ];
  for (const [what, view, options, words] of wrong)
    it(`refuses what does not exist: ${what}`, async () =>
      expect(await refused(() => ask(view, options))).to.contain(words));

  it("never looks at numbers: other weights offer the same", async () => {
    const other = sampleNet();
    const state = other.stateDict();
    for (const name of Object.keys(state)) state[name] = state[name].mul(-3);
    other.loadStateDict(state);
    const offers = async (of: nn.Module) => offersOf((await viewOf(show.featureMaps(of, sampleImages(1)))).marks);
    expect(await offers(other)).to.deep.equal(await offers(net));
  });
});

describe("show.quiz", () => {
  const choices = ["the size", "the depth"] as const;

  it("resolves to the words of a choice, and to a number", async () => {
    const chosen = await shown(() => show.quiz("c1", "What stays?", { choices, answer: "the depth" }));
    const words: "the size" | "the depth" | null = chosen.answer;
    expect(words).to.equal("the depth");
    expect(chosen.bundle["text/plain"]).to.equal("What stays?\n( ) the size\n(x) the depth\nAnswer to c1: the depth");
    const typed = await shown(() => show.quiz("c2", "How many?", { number: true, unit: "weights", answer: 456 }));
    expect(typed.answer).to.equal(456);
    expect(typed.bundle["text/plain"]).to.contain("Answer to c2: 456 weights");
  });

  it("says at once whether it is right, and why, where that is known", async () => {
    const text = async (answer: number, tolerance?: number) =>
      (
        await shown(() =>
          show.quiz("c3", "How much?", {
            number: true,
            correct: 0.3,
            why: "A third.",
            answer,
            ...(tolerance === undefined ? {} : { tolerance }),
          }),
        )
      ).bundle["text/plain"];
    expect(await text(0.3)).to.contain("Right. A third.");
    expect(await text(0.33)).to.contain("Not right. A third.");
    expect(await text(0.33, 0.05)).to.contain("Right. A third.");
    const none = await shown(() =>
      show.quiz("c4", "What?", { choices, correct: "the size", why: "So.", answer: null }),
    );
    expect(none.answer).to.equal(null);
    expect(none.bundle["text/plain"]).not.to.contain("So.");
  });

  const quiz = (options: object): Promise<string> =>
    refused(() => show.quiz("q", "What?", options as Parameters<typeof show.quiz>[2] & { number: true }));
  it("refuses what does not belong together", async () => {
    expect(await quiz({ choices, answer: "the breadth" })).to.contain(
      'answer must be one of ["the size","the depth"], got "the breadth"',
    );
    expect(await quiz({ number: true, answer: "4" })).to.contain('answer must be a number, got "4"');
    expect(await quiz({ choices: ["a", "a"] })).to.contain("2 to 20 different words");
    expect(await quiz({ choices, number: true })).to.contain("belong to a number, not to choices");
    expect(await quiz({ choices, correct: "x" })).to.contain("correct is none of the choices");
    expect(await quiz({ number: true, why: "So." })).to.contain("there is no correct. Give correct too.");
    expect(await quiz({})).to.contain("TypeError: show.quiz: number must be true where there are no choices");
    expect(await refused(() => show.quiz("a b", "?", { number: true }))).to.contain("id must be one short word");
  });
});

describe("the names of questions", () => {
  /** Runs of cells in a notebook whose front end says which cell runs, or does not. */
  function notebookOf() {
    let host: Partial<NotebookHost> = {};
    const ids = new QuestionIds(() => host as NotebookHost);
    return (cellId: string | undefined, claims: [id: string, text: string][], deletedCells: string[] = []): void => {
      host = { cell: {}, cellId, deletedCells };
      for (const [id, text] of claims) ids.claim("show.ask", id, text);
    };
  }

  it("are one cell's, which may run again with another text", () => {
    const run = notebookOf();
    run("a", [["q1", "Which?"]]);
    run("a", [["q1", "Which one?"]]);
    expect(() => run("b", [["q1", "Which one?"]])).to.throw(
      DataError,
      'show.ask: another cell asks "q1" too ("Which one?"). Give this question another name, or restart the kernel if that cell is gone.',
    );
    run("b", [["q2", "Which one?"]]);
    run("c", [["q1", "Which?"]], ["a"]);
  });

  it("are free again when their cell has run without them", () => {
    const again = new Set<object>();
    const [first, second] = [{}, {}];
    const host: Partial<NotebookHost> = { hasRunAgain: (run) => again.has(run) };
    const ids = new QuestionIds(() => host as NotebookHost);
    const claim = (cell: object, cellId: string) => () => {
      Object.assign(host, { cell, cellId });
      ids.claim("show.ask", "q1", "Which?");
    };
    claim(first, "a")();
    expect(claim(second, "b")).to.throw(DataError, "another cell asks");
    again.add(first);
    claim(second, "b")();
  });

  it("are asked once a cell", () => {
    const run = notebookOf();
    expect(() =>
      run("a", [
        ["q1", "Which?"],
        ["q1", "Which?"],
      ]),
    ).to.throw(DataError, 'show.ask: "q1" is asked twice in this cell. Give each question a name of its own.');
  });

  it("are told apart by their text where the front end does not say which cell runs", () => {
    const run = notebookOf();
    run(undefined, [["q1", "Which?"]]);
    run(undefined, [["q1", "Which?"]]);
    expect(() => run(undefined, [["q1", "What?"]])).to.throw('another cell asks "q1" too');
  });

  it("are of no matter outside of a notebook", async () => {
    for (let i = 0; i < 2; i++) expect(await show.quiz("q1", `Question ${i}?`, { number: true })).to.equal(null);
  });
});
