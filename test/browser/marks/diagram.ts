import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { paintView, pictureBundle, type DiagramMark } from "../../../src/marks";
import { foldSteps, itemsOf } from "../../../src/marks/diagram/items";
import { usualStep } from "../../../src/marks/diagram/usual";
import { itemWords } from "../../../src/marks/diagram/words";

/** What is drawn, without colours and fonts, which are the theme's. */
const geometry = (svg: string): string[] =>
  Array.from(svg.matchAll(/\s(?:d|points|x|y|x1|x2|y1|y2|width|height)="[^"]*"|>([^<]+)<\/text>/g), ([all]) =>
    all.trim(),
  );

/** Compares every shape and word with the static picture, walks over the boxes by keys, folds and unfolds. */
export async function expectLikeDiagram(page: Page, drawn: Locator, mark: DiagramMark): Promise<void> {
  const picture = pictureBundle(paintView({ version: 2, title: "", marks: [{ ...mark, title: "", subtitle: "" }] }))[
    "image/svg+xml"
  ];
  const svg = drawn.locator("svg");
  await svg.locator("text").first().waitFor();
  const inside = /<g transform="translate\(8 0\)">([\s\S]*)<\/g>/.exec(picture)?.[1] ?? "";
  const live = await svg.evaluate((node: { innerHTML: string }) => node.innerHTML);
  expect(geometry(live)).to.deep.equal(geometry(inside));

  const steps = foldSteps(mark);
  const items = itemsOf(mark, steps[usualStep(mark, steps)]);
  const readout = drawn.locator(".rcp-Diagram-readout");
  await drawn.locator(".rcp-Diagram-box").focus();
  await page.keyboard.press("End");
  const last = items.length - 1;
  expect(await readout.textContent()).to.equal(itemWords(items[last], items));
  expect(await drawn.locator(".rcp-Diagram-item[data-active]").getAttribute("data-item")).to.equal(`${last}`);
  expect(await drawn.locator(".rcp-Diagram-edge[data-active]").count()).to.equal(
    await drawn.locator(`.rcp-Diagram-edge[data-to="${last}"]`).count(),
  );

  const frame = drawn.locator("text.rcp-Diagram-frame").first();
  if ((await frame.count()) === 0) return;
  const before = await drawn.locator(".rcp-Diagram-item").count();
  await frame.click();
  const folded = drawn.locator(".rcp-Diagram-item[data-folds][data-active]");
  expect(await folded.count(), "the fold is one box, which is pointed at").to.equal(1);
  expect(await drawn.locator(".rcp-Diagram-item").count()).to.be.below(before);
  await page.keyboard.press("Enter");
  expect(await drawn.locator(".rcp-Diagram-item").count(), "Enter unfolds it").to.be.at.least(before);
}
