/** A saved notebook in JupyterLab without a kernel: the explorer answers from what the output carries. */
import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { manualSeed, randn, show, type Tensor } from "../../src";
import { Random } from "../../src/tensor/random";
import { bundleOf } from "../display/support";
import { chooseNoKernel, openPage, outputFile, startBrowser, type WatchedPage } from "../support/browser";
import { startJupyter, type JupyterServer } from "../support/jupyterServer";
import { LectureNet } from "../support/lectureNet";
import { savedNotebook } from "../support/payloads";

const random = new Random(3);
const numberIn = (text: string): number => Number(text.replace(/−/g, "-").replace(/[,=\s]/g, ""));

describe("the explorer of a saved notebook, without a kernel", function () {
  this.timeout(180_000);
  let server: JupyterServer;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  let net: LectureNet;
  let x: Tensor;

  before(async () => {
    manualSeed(8);
    net = new LectureNet();
    x = randn([1, 3, 32, 32]);
    server = await startJupyter();
    const bundle = await bundleOf(show.network(net, x));
    writeFileSync(join(server.folder, "saved.ipynb"), savedNotebook([{ source: "show.network(net, x)", bundle }]));
    browser = await startBrowser();
    watched = await openPage(browser);
    page = watched.page;
    await page.goto(`${server.url}/lab/tree/saved.ipynb?reset`);
    await chooseNoKernel(page);
    await page.locator(".rcp-Network-canvas").waitFor({ timeout: 60_000 });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const output = (): Locator => page.locator(".rcp-Map.rcp-mod-output canvas");

  /** Opens a map of a column of the overview by keys. */
  async function open(column: number, unit: number): Promise<void> {
    while ((await page.locator(".rcp-Stage").count()) > 0 && (await page.locator(".rcp-Stage").first().isVisible()))
      await page.keyboard.press("Escape");
    await page.locator(".rcp-Network-canvas").focus();
    await page.keyboard.press("Home");
    for (let i = 0; i < column; i++) await page.keyboard.press("ArrowRight");
    for (let i = 0; i < unit; i++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await output().waitFor();
  }

  const layers: [name: string, column: number, of: () => Tensor][] = [
    ["conv1", 1, () => net.conv1(x)],
    ["conv2", 4, () => net.conv2(net.pool(net.conv1(x).relu()))],
  ];
  for (const [name, column, of] of layers)
    it(`says ten hovered numbers of ${name} to the last bit`, async () => {
      const numbers = of();
      const [, , rows, columns] = numbers.shape;
      const values = await numbers.data();
      const unit = 2;
      await open(column, unit);
      for (let i = 0; i < 10; i++) {
        const [row, at] = [random.int(rows), random.int(columns)];
        await output().scrollIntoViewIfNeeded();
        const box = await output().boundingBox();
        if (!box) throw new Error("the output is not on the page");
        await page.mouse.move(box.x + 1, box.y + 1);
        await page.mouse.move(box.x + ((at + 0.5) * box.width) / columns, box.y + ((row + 0.5) * box.height) / rows);
        await page.locator(".rcp-Stage", { hasText: `row ${row}, column ${at}` }).waitFor();
        const printed = numberIn(await page.locator(".rcp-Stage-arithmetic .rcp-Result").innerText());
        expect(Math.fround(printed)).to.equal(values[(unit * rows + row) * columns + at]);
      }
      await page.screenshot({ path: outputFile(`explorer-${name}.png`) });
    });

  it("without an error on the console", () => expect(watched.errors).to.deep.equal([]));
});
