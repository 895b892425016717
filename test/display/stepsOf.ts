/** The marks behind views of steps, and how their numbers are compared. */
import { expect } from "chai";
import { rand } from "../../src";
import { viewOf } from "./support";

/** A whole number from `least` to `most`, of the generator that the seed fixes. */
export const drawn = async (least: number, most: number): Promise<number> =>
  least + Math.floor((await rand([1]).item()) * (most - least + 1));

export async function markOf<M>(picture: object): Promise<M> {
  const { marks } = await viewOf(picture);
  expect(marks).to.have.length(1);
  return marks[0] as M;
}

export function expectClose(actual: number, expected: number, what: string): void {
  expect(Math.abs(actual - expected), what).to.be.at.most(1e-5 * Math.max(1, Math.abs(expected)));
}
