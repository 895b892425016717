/** A network in the inspector, in a real JupyterLab with a real kernel: images, drawings and files as its input. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { centreOfMass } from "../../extension/src/inspector/input/strokes";
import { encodePng } from "../../src/marks/kit/png";
import { pause } from "../support/jupyterServer";
import { scriptedDigits } from "../support/scriptedDigits";
import { SEEN } from "./support/inspectorPanel";
import { InspectorLab, untilText } from "./support/inspectorLab";
import { until } from "./support/until";

describe("a network in the inspector", function () {
  this.timeout(240_000);
  let lab: InspectorLab;
  before(async () => {
    lab = await InspectorLab.open();
  });
  after(() => lab?.close());
  afterEach(() => lab.expectQuiet());

  it("runs a network on an image of a data set, a drawing and a picture file, with the engine's numbers", async () => {
    await lab.start("input.ipynb", SEEN);
    await lab.open("net");
    const first = await lab.engineSays(1);
    expect(first.shape).to.deep.equal([1, 1, 28, 28]);
    await lab.untilBarsAre(first.shares);
    await lab.press("Next image");
    const bars = await until("other bars", lab.barsNow, (now) => Math.abs(now[0] - first.shares[0]) > 1e-6);
    const second = await lab.engineSays(1);
    expect(second.pixels).to.not.deep.equal(first.pixels);
    await lab.untilBarsAre(second.shares);
    expect(bars.reduce((a, b) => a + b)).to.be.closeTo(1, 1e-5);
    // The data set's own class stands beside the guess.
    const guess = await lab.panel().locator(".rcp-Bar[data-best] .rcp-Bar-name").innerText();
    const [truth] = (await lab.panel().locator(".rcp-Bar-name").allInnerTexts()).filter((name) => name.endsWith("✓"));
    expect(await lab.panel().locator(".rcp-Guess-verdict").innerText()).to.equal(
      guess === truth ? `✓ Right: ${guess.slice(0, 1)}` : `✗ Wrong: ${guess}. The data set says ${truth.slice(0, 1)}.`,
    );
    const titles = await lab.panel().locator(".rcp-Network-words text").allTextContents();
    for (const layer of ["input", "conv1", "conv2", "fc1", "fc2"]) expect(titles).to.include(layer);

    await lab.sourceOf().selectOption("draw");
    await lab.draw(scriptedDigits[7]);
    await pause(500);
    const drawn = await lab.engineSays(1);
    await lab.untilBarsAre(drawn.shares);
    const [column, row] = centreOfMass(Float32Array.from(drawn.pixels), 28) ?? [];
    expect(column).to.be.closeTo(14, 0.25);
    expect(row).to.be.closeTo(14, 0.25);
    // What the panel shows as what the network reads is that.
    const preview = await lab
      .panel()
      .locator(".rcp-Preview-canvas")
      .evaluate((canvas) => {
        const { width, height } = canvas as unknown as { width: number; height: number };
        const context = (
          canvas as unknown as { getContext(kind: string): { getImageData(...box: number[]): { data: number[] } } }
        ).getContext("2d");
        return Array.from(context.getImageData(0, 0, width, height).data);
      });
    drawn.pixels.forEach((ink, i) => expect(preview[4 * i] / 255).to.be.closeTo(ink, 0.51 / 255));

    // Left half black, right half white, twice as large as the network's input; normalised by the fields.
    const side = 56;
    const pixels = Uint8Array.from({ length: side * side * 3 }, (_, i) =>
      Math.floor(i / 3) % side < side / 2 ? 0 : 255,
    );
    const file = join(lab.server.folder, "halves.png");
    writeFileSync(file, encodePng({ width: side, height: side, channels: 3, bytes: pixels }));
    await lab.panel().getByText("Size and normalisation").click();
    await lab.panel().getByLabel("Mean").fill("0.5");
    await lab.panel().getByLabel("Std").fill("0.25");
    await lab.sourceOf().selectOption("file");
    await lab.panel().locator('input[type="file"]').setInputFiles(file);
    await pause(500);
    const halves = await lab.engineSays(1);
    await lab.untilBarsAre(halves.shares);
    for (const at of [0, 12, 15, 27]) expect(halves.pixels[28 * 5 + at]).to.equal(at < 14 ? -2 : 2);
    await lab.panel().locator('input[type="file"]').setInputFiles(join(lab.server.folder, "input.ipynb"));
    await untilText(lab.panel().locator(".rcp-Input .rcp-Message"), /input\.ipynb is no picture/);
  });

  it("knows at least eight of ten digits that a hand draws", async () => {
    await lab.start("digits.ipynb");
    await lab.open("net");
    await lab.sourceOf().selectOption("draw");
    const best = async (): Promise<string> => lab.panel().locator(".rcp-Bar[data-best] .rcp-Bar-name").innerText();
    let right = 0;
    const said: string[] = [];
    for (const [digit, strokes] of scriptedDigits.entries()) {
      await lab.press("Clear the pad");
      await lab.draw(strokes);
      await pause(400);
      said.push(await best());
      if (said[digit] === String(digit)) right++;
    }
    expect(right, `said ${said.join(" ")}`).to.be.at.least(8);
  });

  it("answers while a cell trains, refreshed at will and live, and Stop still works", async () => {
    await lab.start("training.ipynb", `await fit(net, loader, { optimizer, criterion, epochs: 1000 })`);
    await lab.open("net");
    await untilText(lab.panel().locator(".rcp-Bars"), /\d/);
    await lab.runCell(1);
    const running = lab.page.locator('.jp-CodeCell >> nth=1 >> .jp-InputArea-prompt:has-text("[*]")');
    await running.waitFor();
    const before = await lab.barsNow();
    await lab.press("Ask the kernel for its state now");
    const now = await until("other bars", lab.barsNow, (bars) => bars.join() !== before.join());
    const since = Date.now();
    await lab.press("Refresh twice a second");
    const seen = new Set([now.join()]);
    while (seen.size < 4 && Date.now() - since < 15_000) {
      seen.add((await lab.barsNow()).join());
      await pause(50);
    }
    expect(seen.size, "states of the bars").to.be.at.least(4);
    expect(Date.now() - since, "milliseconds for three live states").to.be.at.least(1000);
    expect(await running.count()).to.equal(1);
    await lab.page.locator('.jp-NotebookPanel-toolbar [data-command="notebook:interrupt-kernel"]').click();
    await lab.page.getByText("The cell was stopped").waitFor({ timeout: 20_000 });
    await running.waitFor({ state: "detached", timeout: 20_000 });
  });
});
