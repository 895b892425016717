import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { openPage, outputFile, startBrowser, type WatchedPage } from "../support/browser";
import { serveBuild, type Served } from "./support/served";

/** What the page shows. */
const shown = (page: Page, id: string): Promise<string> => page.locator(`#${id}`).innerText();
/** The heights of the curve's points, in pixels from the top. */
const heights = async (page: Page): Promise<number[]> => {
  const path = await page
    .locator("#curve svg :is(polyline, path)")
    .last()
    .evaluate((line) => {
      const { attributes } = line as unknown as { attributes: Record<string, { value: string } | undefined> };
      return (attributes.points ?? attributes.d)!.value;
    });
  return [...path.matchAll(/[-\d.]+[ ,]([-\d.]+)/g)].map(([, y]) => Number(y));
};
const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b) / numbers.length;

describe("the demo page", function () {
  this.timeout(60_000);
  let browser: Browser;
  let served: Served;
  let watched: WatchedPage;
  before(async () => {
    browser = await startBrowser({ graphics: true });
  });
  after(() => browser?.close());

  async function open(isolated: boolean): Promise<Page> {
    served = await serveBuild(isolated);
    watched = await openPage(browser, { width: 1200, height: 860 });
    await watched.page.goto(served.url);
    await watched.page.locator("#start:enabled").waitFor();
    return watched.page;
  }
  afterEach(async () => {
    const { errors, foreignRequests, page } = watched;
    await page.close();
    served.close();
    expect({ errors, foreignRequests }).to.deep.equal({ errors: [], foreignRequests: [] });
  });

  it("trains until Stop: the loss falls, the curve grows, the samples have answers", async () => {
    const page = await open(true);
    await page.screenshot({ path: outputFile("demo-before.png") });
    expect(await page.locator("#alone").isVisible()).to.equal(false);
    expect(await page.locator("#samples li").count()).to.equal(10);
    await page.selectOption("#rate", "0.03");
    await page.click("#start");
    await page.waitForFunction(`Number(document.getElementById("step").textContent) > 400`);
    await page.click("#stop");
    await page.locator("#start:enabled").waitFor();
    await page.screenshot({ path: outputFile("demo-after.png") });
    const points = await heights(page);
    expect(points.length).to.be.above(70);
    expect(mean(points.slice(-10))).to.be.above(mean(points.slice(0, 10)) + 50); // further down
    expect(Number(await shown(page, "loss"))).to.be.below(2.2);
    expect(await page.locator("#samples .right, #samples .wrong").count()).to.equal(10);
    expect(await shown(page, "accuracy")).to.match(/^\d+ %$/);
    expect(await shown(page, "where")).to.match(/^cpu: WebAssembly SIMD on \d+ threads?\.$/);
    const stoppedAt = await shown(page, "step");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await shown(page, "step")).to.equal(stoppedAt);
  });

  it("says without isolation that it has one thread, and names GPU.js's mode", async () => {
    const page = await open(false);
    expect(await shown(page, "alone")).to.match(
      /^Device cpu computes on one thread here: the page is not cross-origin/,
    );
    await page.selectOption("#device", "gpu webasm");
    await page.click("#start");
    await page.waitForFunction(`Number(document.getElementById("step").textContent) > 2`);
    expect(await shown(page, "where")).to.match(/^gpu: GPU\.js in mode webasm on this processor/);
    await page.click("#stop");
    await page.locator("#start:enabled").waitFor();
    expect(await page.locator("#problem").isVisible()).to.equal(false);
  });
});
