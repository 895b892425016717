import { expect } from "chai";
import type { GalleryMark, View } from "../../src/marks";
import { samples } from "../../src/marks/gallery/samples";
import { describeCard } from "../../src/marks/gallery/words";
import { look } from "../support/browser";
import { distance } from "../support/png";
import { openStage, type Stage } from "./support/stage";

const viewOf = (mark: GalleryMark): View => ({ version: 2, title: "Predictions", marks: [mark] });

describe("a gallery in a page", function () {
  this.timeout(120_000);
  let stage: Stage;
  before(async () => {
    stage = await openStage({ width: 1000, height: 800 });
  });
  after(() => stage?.close());

  const cards = () => stage.page.locator(".rcp-Gallery-card");
  /** The number of the card that has the focus. */
  const focused = (): Promise<string | null> =>
    stage.page.evaluate<string | null>("document.activeElement?.dataset?.card ?? null");
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await stage.page.keyboard.press(key);
  };

  it("has one tab stop, and arrow keys walk cards as they wrap", async () => {
    const mark = samples.many();
    await stage.draw(viewOf(mark), 500);
    await cards().first().waitFor();
    expect(await stage.page.locator(".rcp-Gallery-card[tabindex='0']").count()).to.equal(1);
    await cards().first().focus();
    await press("ArrowRight", "ArrowRight");
    expect(await focused()).to.equal("2");
    // 500 CSS pixels hold two cards of 176 a row.
    await press("ArrowDown");
    expect(await focused()).to.equal("4");
    await press("ArrowUp", "ArrowLeft");
    expect(await focused()).to.equal("1");
    await press("End");
    expect(await focused()).to.equal("23");
    expect(await stage.page.locator(".rcp-Gallery-where").textContent()).to.equal("1 to 24 of 30");
    await press("ArrowRight");
    expect(await focused(), "the next page").to.equal("24");
    expect(await stage.page.locator(".rcp-Gallery-where").textContent()).to.equal("25 to 30 of 30");
    expect(await cards().count()).to.equal(6);
    await press("PageUp");
    expect(await focused()).to.equal("0");
  });

  it("lets no key that it uses reach the notebook", async () => {
    await stage.page.evaluate("window.heard = []; document.body.onkeydown = (event) => window.heard.push(event.key)");
    await stage.draw(viewOf(samples.guesses()), 800);
    await cards().first().focus();
    await press("ArrowRight", "Enter", "Escape", "Home", "x");
    expect(await stage.page.evaluate("window.heard")).to.deep.equal(["x"]);
  });

  it("enlarges a card by Enter and by click, with all bars and numbers, and goes back where it was", async () => {
    const mark = samples.guesses();
    await stage.draw(viewOf(mark), 800);
    await cards().first().focus();
    await press("ArrowRight", "ArrowRight", "Enter");
    const large = stage.page.locator(".rcp-Gallery-stage");
    const texts = await large.locator("text").allTextContents();
    expect(texts.slice(0, 4)).to.deep.equal([
      "image 9",
      "✗ guess bird",
      "truth a deer whose name is long",
      "loss 4.61",
    ]);
    const expected = mark.cards[2].bars ?? [];
    const numbers = texts.filter((text) => text.endsWith(" %"));
    expect(numbers).to.deep.equal(expected.map(({ value }) => `${Number((100 * (value as number)).toPrecision(3))} %`));
    expect(texts.filter((text) => text === "truth" || text === "guess")).to.deep.equal(["guess", "truth"]);
    expect(await cards().first().isVisible()).to.equal(false);
    expect(await stage.page.locator(".rcp-Gallery output.rcp-Visually-hidden").textContent()).to.equal(
      describeCard(mark, mark.cards[2]),
    );
    await press("Escape");
    expect(await focused()).to.equal("2");
    await cards().nth(1).click();
    expect((await large.locator("text").allTextContents())[1]).to.equal("✓ right: plane");
    await stage.page.getByRole("button", { name: "Next card" }).click();
    expect((await large.locator("text").allTextContents())[0]).to.equal("image 9");
    await stage.page.getByRole("button", { name: /^Back to all/ }).click();
    expect(await focused()).to.equal("2");
  });

  it("shows the images in their colours, small and large", async () => {
    await stage.draw(viewOf(samples.guesses()), 800);
    const colours = [
      [230, 20, 20],
      [20, 40, 230],
      [30, 160, 60],
    ];
    for (const [i, colour] of colours.entries()) {
      const image = await look(cards().nth(i).locator("image"));
      expect(distance(image.at(image.width / 2, image.height / 2), colour), `card ${i}`).to.be.below(3);
    }
    await cards().nth(1).click();
    const large = await look(stage.page.locator(".rcp-Gallery-stage image"));
    expect(large.width).to.equal(320);
    expect(distance(large.at(160, 160), colours[1])).to.be.below(3);
  });

  it("says what a card shows, and wrong ones by a sign and words", async () => {
    const mark = samples.guesses();
    await stage.draw(viewOf(mark), 800);
    expect(await cards().first().getAttribute("aria-label")).to.equal(
      "image 17, wrong: guess car, truth cat, loss 3.22, car 80 % (guess), plane 10 %, cat 4 % (truth)",
    );
    expect(await cards().first().locator("text").first().textContent()).to.equal("✗ guess car");
    expect(await stage.page.getByRole("listbox").getAttribute("aria-label")).to.equal(
      "Predictions: 3 cards. Enter enlarges one.",
    );
  });

  it("needs no horizontal scrolling at 320 and 640 pixels, and stays where it was on redraw", async () => {
    for (const width of [320, 640])
      for (const mark of Object.values(samples)) {
        await stage.draw(viewOf(mark()), width);
        await cards().first().waitFor();
        const wide = await stage.page.evaluate<number>("document.querySelector('.rcp-Gallery').scrollWidth");
        expect(wide).to.be.at.most(width);
      }
  });

  it("runs no script of a name, a line, a heading or a class", async () => {
    const hostile = "<script>window.hit = 1</script><img src=x onerror='window.hit = 1'>";
    const mark = samples.guesses();
    mark.title = mark.subtitle = hostile;
    mark.classes = mark.classes?.map(() => hostile);
    mark.cards = mark.cards.map((card) => ({ ...card, name: hostile, words: [hostile], group: hostile }));
    await stage.draw(viewOf(mark), 800);
    await cards().first().click();
    expect(await stage.page.locator(".rcp-Gallery-stage text").first().textContent()).to.contain("<script>");
    expect(await stage.page.locator("script, img").count()).to.equal(0);
    expect(await stage.page.evaluate("window.hit")).to.equal(undefined);
  });

  it("did all this without an error on the console", () => expect(stage.errors).to.deep.equal([]));
});
