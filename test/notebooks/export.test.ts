/** What a saved notebook becomes for readers without Jupyter: nbconvert with the template of this project. */
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outputMetadata, plainBundle } from "../../kernel/output/mime";
import { show, tensor } from "../../src";
import { viewBundle } from "../../src/display/picture";
import type { MimeBundle } from "../../src/protocol";
import { bundleOf } from "../display/support";
import { ROOT } from "../support/jupyterServer";
import { several } from "../support/payloads";

const output = (bundle: MimeBundle): object => {
  const data = plainBundle(bundle);
  return { output_type: "display_data", data, metadata: outputMetadata(data) };
};

describe("an exported notebook", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "receptive-export-"));
  let html: string;
  let texts: string[];

  before(async () => {
    const title = 'Maps of "conv1" & <b>others</b>';
    const png = await bundleOf(show.featureMaps(tensor([[[0, 0.25], [0.5, 1]]]), { title })); // prettier-ignore
    const svg = viewBundle(several());
    texts = [png, svg].map((bundle) => String(bundle["text/plain"]));
    const cells = [
      { cell_type: "markdown", id: "a", metadata: {}, source: "# A lecture with $x^2$" },
      { cell_type: "code", id: "b", metadata: {}, source: "", execution_count: 1, outputs: [png, svg].map(output) },
    ];
    const path = join(folder, "lecture.ipynb");
    writeFileSync(path, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    const args = ["nbconvert", "--to", "html", "--template", "receptive", "--stdout", "--log-level=WARN", path];
    html = execFileSync(join(ROOT, ".venv/bin/python"), ["-m", ...args], { encoding: "utf8", maxBuffer: 2 ** 28 });
  });
  after(() => rmSync(folder, { recursive: true }));

  it("has its pictures with alternative text: title, shape and numbers", () => {
    const alternatives = [...html.matchAll(/<img alt=(["'])([^]*?)\1 src=/g)].map(([, , alt]) => unescaped(alt));
    expect(alternatives).to.deep.equal(texts);
    expect(texts[0]).to.match(/^Maps of "conv1" & <b>others<\/b>\n\[1,2,2\] float32.*\nmin 0, mean 0.438, max 1$/);
  });

  it("loads nothing from elsewhere", () => {
    const loaded = html.match(/(src|href)=["'](https?:)?\/\/[^"']*/g) ?? [];
    expect(loaded).to.deep.equal([]);
    expect(html).not.to.match(/cdnjs|unpkg|jsdelivr/);
  });
});

const unescaped = (text: string): string =>
  text
    .replace(/&#39;/g, "'")
    .replace(/&#34;|&quot;/g, '"')
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
