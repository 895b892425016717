import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import type { QuestionMark } from "../../../src/marks/question/payload";
import { stateWords, verdictWords } from "../../../src/marks/question/words";

/** The answer in the words of the picture, and the choice or the number that it is. */
export async function expectLikeQuestion(_page: Page, drawn: Locator, mark: QuestionMark): Promise<void> {
  const { asks, answer } = mark;
  expect(await drawn.locator(".rcp-Question-state").textContent()).to.equal(stateWords(mark));
  expect(await drawn.locator(".rcp-Question-verdict").textContent()).to.equal(verdictWords(mark, answer));
  expect(await drawn.getByRole("button", { name: "Take the answer back" }).isVisible()).to.equal(answer !== null);
  const choices = drawn.getByRole("radio");
  expect(await choices.count()).to.equal(asks.kind === "choice" ? asks.choices.length : 0);
  for (const [i, choice] of (asks.kind === "choice" ? asks.choices : []).entries()) {
    expect(await drawn.locator(".rcp-Question-choice").nth(i).textContent()).to.equal(choice);
    expect(await choices.nth(i).isChecked()).to.equal(choice === answer);
  }
  const field = drawn.getByRole("textbox");
  expect(await field.count()).to.equal(asks.kind === "number" ? 1 : 0);
  if (asks.kind === "number") expect(await field.inputValue()).to.equal(answer === null ? "" : String(answer));
}
