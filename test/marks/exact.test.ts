import { expect } from "chai";
import { ExactNumbers } from "../../src/marks/grid/exact";
import type { Ask } from "../../src/marks/kit/ask";
import type { AnswerTo, Questions } from "../../src/protocol";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Longer than a pointer has to rest. */
const RESTED = 90;

interface Asked {
  tile: number;
  mark: number | undefined;
  answer(answer: AnswerTo<"values">): void;
  fail(): void;
}

/** A kernel that answers when it is told to. */
function kernel(): { asked: Asked[]; ask: Ask } {
  const asked: Asked[] = [];
  const ask: Ask = (_name, question) =>
    new Promise((resolve, reject) => {
      const { tile, mark } = question as Questions["values"]["ask"];
      const answer = (given: AnswerTo<"values">): void => resolve(given as never);
      asked.push({ tile, mark, answer, fail: () => reject(new Error("no kernel")) });
    });
  return { asked, ask };
}

const tiles = { channels: 1, height: 2, width: 2 } as const;
const answer = (...values: number[]): AnswerTo<"values"> => ({
  content: { channels: 1, height: 2, width: 2 },
  floats: [Float32Array.from(values)],
});
const pixel = (tile: number, row = 0, column = 0) => ({ tile, row, column });

describe("exact numbers of a grid", () => {
  it("are asked where the reader rests, a tile at once, and known from then on", async () => {
    const { asked, ask } = kernel();
    const came: number[] = [];
    const exact = new ExactNumbers((tile) => came.push(tile));
    exact.update(tiles, 3, ask);
    exact.point(pixel(5, 1, 0));
    await pause(20);
    expect(asked).to.have.length(0);
    await pause(RESTED);
    expect(asked.map(({ tile, mark }) => [tile, mark])).to.deep.equal([[5, 3]]);
    expect(exact.at(pixel(5))).to.equal(undefined);
    asked[0].answer(answer(1, 2, 3, 4));
    await pause(0);
    expect(came).to.deep.equal([5]);
    expect(exact.at(pixel(5, 1, 0))).to.deep.equal([3]);
    expect(exact.at(pixel(4, 1, 0))).to.equal(undefined);
    exact.point(pixel(5, 1, 1));
    await pause(RESTED);
    expect(asked, "the tile is known").to.have.length(1);
  });

  it("are not asked by a pointer that crosses the grid, nor by one that has left", async () => {
    const { asked, ask } = kernel();
    const exact = new ExactNumbers(() => undefined);
    exact.update(tiles, 0, ask);
    for (let tile = 0; tile < 8; tile++) {
      exact.point(pixel(tile));
      await pause(10);
    }
    exact.point(undefined);
    await pause(RESTED);
    expect(asked).to.have.length(0);
  });

  it("are asked one tile at a time, and then for the tile where the reader is", async () => {
    const { asked, ask } = kernel();
    const exact = new ExactNumbers(() => undefined);
    exact.update(tiles, 0, ask);
    for (const tile of [1, 2, 3]) {
      exact.point(pixel(tile));
      await pause(RESTED);
    }
    expect(asked.map(({ tile }) => tile)).to.deep.equal([1]);
    asked[0].answer(answer(1, 1, 1, 1));
    await pause(5);
    expect(asked.map(({ tile }) => tile)).to.deep.equal([1, 3]);
    expect(exact.at(pixel(1)), "the first answer is kept too").to.deep.equal([1]);
  });

  it("stay unknown where nobody answers, and are asked again later", async () => {
    const { asked, ask } = kernel();
    const exact = new ExactNumbers(() => expect.fail("nothing has come"));
    exact.update(tiles, 0, ask);
    for (let i = 0; i < 2; i++) {
      exact.point(pixel(0));
      await pause(RESTED);
      asked[i].fail();
      await pause(5);
    }
    expect(asked).to.have.length(2);
    exact.point(pixel(0));
    await pause(RESTED);
    asked[2].answer({ ...answer(1), content: { channels: 1, height: 1, width: 1 } });
    await pause(5);
    expect(exact.at(pixel(0)), "the answer is for another grid").to.equal(undefined);
    exact.update(tiles, 0, undefined);
    exact.point(pixel(0));
    await pause(RESTED);
    expect(asked).to.have.length(3);
  });

  it("of pixels that were replaced do not come back", async () => {
    const { asked, ask } = kernel();
    const exact = new ExactNumbers(() => expect.fail("the old numbers have come"));
    exact.update(tiles, 0, ask);
    exact.point(pixel(0));
    await pause(RESTED);
    exact.update({ channels: 3, height: 1, width: 1 }, 0, ask);
    asked[0].answer(answer(1, 2, 3, 4));
    await pause(5);
    expect(exact.at(pixel(0))).to.equal(undefined);
    exact.point(pixel(1));
    exact.dispose();
    await pause(RESTED);
    expect(asked, "nobody asks after the grid has gone").to.have.length(1);
  });

  it("are three in a tile in colour", async () => {
    const { asked, ask } = kernel();
    const exact = new ExactNumbers(() => undefined);
    exact.update({ channels: 3, height: 1, width: 2 }, 0, ask);
    exact.point(pixel(0));
    await pause(RESTED);
    const content = { channels: 3, height: 1, width: 2 };
    asked[0].answer({ content, floats: [Float32Array.of(1, 2, 3, 4, 5, 6)] });
    await pause(5);
    expect(exact.at(pixel(0, 0, 1))).to.deep.equal([2, 4, 6]);
  });
});
