/** A lecture's page, slides and print in Chromium, without a network and without Jupyter. */
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { openPage, outputFile, startBrowser, type WatchedPage } from "../support/browser";
import { ROOT } from "../support/jupyterServer";

const WIDE = "const wide = [" + Array.from({ length: 60 }, (_, i) => i).join(", ") + "];";
const markdown = (id: string, type: string, source: string) => ({
  ...{ cell_type: "markdown", id, metadata: { slideshow: { slide_type: type } }, source },
});
const cells = [
  markdown("title", "slide", "# Wide things"),
  markdown("note", "notes", "> **Lecturer, 5 min:** a secret."),
  {
    ...{ cell_type: "code", id: "code", metadata: { slideshow: { slide_type: "subslide" } }, source: WIDE },
    ...{ execution_count: 1, outputs: [{ output_type: "stream", name: "stdout", text: "x".repeat(900) }] },
  },
  markdown("table", "slide", `| ${"head | ".repeat(30)}\n|${"---|".repeat(30)}\n| ${"12345 | ".repeat(30)}\n`),
  markdown("formula", "subslide", `$$${"x_{12} + ".repeat(40)} 1$$`),
  markdown("solution", "subslide", "<details><summary>Solution</summary>\n\nForty-two.\n\n</details>"),
];

describe("an exported lecture in Chromium", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "receptive-exports-"));
  const source = join(folder, "lecture.ipynb");
  let browser: Browser;
  before(async () => {
    writeFileSync(source, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  function exported(kind: string): string {
    const out = join(folder, `${kind}.${kind === "pdf" ? "pdf" : "html"}`);
    execFileSync(process.execPath, ["scripts/lecture.mjs", source, `--${kind}`, "--out", out], { cwd: ROOT });
    return out;
  }
  async function open(path: string): Promise<WatchedPage> {
    const watched = await openPage(browser, { height: 720 });
    await watched.page.goto(pathToFileURL(path).href);
    return watched;
  }
  /** Nothing but the file itself, and what it carries. */
  const loadsNothing = ({ requests, errors }: WatchedPage): void => {
    expect(errors).to.deep.equal([]);
    expect(requests.filter((url) => !/^(data|blob):|^file:.*\.html/.test(url))).to.deep.equal([]);
  };

  it("as a page is not wider than the window, whatever is in it", async () => {
    const watched = await open(exported("html"));
    expect(await watched.page.evaluate("document.documentElement.scrollWidth")).to.equal(1280);
    await watched.page.screenshot({ path: outputFile("exported-page.png"), fullPage: true });
    loadsNothing(watched);
  });

  it("as slides moves by keys and keeps the notes to the speaker", async () => {
    const watched = await open(exported("slides"));
    const { page } = watched;
    const inSight = page.locator("section.present > section.present");
    expect(await inSight.innerText())
      .to.contain("Wide things")
      .and.not.to.contain("secret");
    await page.keyboard.press("ArrowDown");
    await page.locator("section.present > section.present", { hasText: "const wide" }).waitFor();
    await page.screenshot({ path: outputFile("exported-slide.png") });
    const width = "document.querySelector('section.present > section.present').scrollWidth";
    expect(await page.evaluate(width)).to.be.at.most(1280);
    loadsNothing(watched);
  });

  it("as a PDF has sheets", () => {
    const bytes = readFileSync(exported("pdf"), "latin1");
    expect(bytes.slice(0, 5)).to.equal("%PDF-");
    expect(bytes.match(/\/Type \/Page\b/g)?.length).to.be.within(1, 4);
  });
});
