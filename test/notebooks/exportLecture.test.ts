/** A notebook as one file: formulas set, pictures with their words, nothing that is loaded. */
import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outputMetadata, plainBundle } from "../../kernel/output/mime";
import { viewBundle } from "../../src/display/picture";
import { several } from "../support/payloads";
import { alternativesIn, exportNotebook, loadedBy } from "./support/exports";

const slide = (type: string) => ({ slideshow: { slide_type: type } });
const markdown = (id: string, type: string, source: string) => ({
  ...{ cell_type: "markdown", id, metadata: slide(type), source },
});

function lecture(): object {
  const data = plainBundle(viewBundle(several()));
  const outputs = [
    { output_type: "display_data", data, metadata: outputMetadata(data) },
    { output_type: "display_data", data: { "text/latex": "$\\frac{3}{4}$" }, metadata: {} },
  ];
  const cells = [
    markdown("title", "slide", "# A lecture with $x^2 < y$ and a price of 5 \\$"),
    markdown("notes", "notes", "> **Lecturer, 5 min:** ask."),
    { cell_type: "code", id: "code", metadata: slide("-"), source: "const a = 1;", execution_count: 1, outputs },
    markdown("sum", "slide", "$$\\sum_i x_i$$\n\n\\begin{align} a &= b \\end{align}\n\nAnd $\\unknown{x}$."),
    markdown("more", "subslide", "<details><summary>Solution</summary>\n\n$W \\times W$ and `$HOME`\n\n</details>"),
  ];
  return { cells, metadata: { language_info: { name: "typescript" } }, nbformat: 4, nbformat_minor: 5 };
}

describe("npm run lecture -- NOTEBOOK", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "receptive-export-"));
  const path = join(folder, "lecture.ipynb");
  before(() => writeFileSync(path, JSON.stringify(lecture())));
  after(() => rmSync(folder, { recursive: true }));

  for (const kind of ["html", "slides"] as const)
    describe(`--${kind}`, () => {
      let html: string;
      let said: string;
      before(() => {
        ({ html, said } = exportNotebook(path, kind, join(folder, `lecture.${kind}.html`)));
      });

      it("loads nothing", () => expect(loadedBy(html)).to.deep.equal([]));
      it("has every picture, with its words", () => {
        const alternatives = alternativesIn(html);
        expect(alternatives).to.have.length(1);
        expect(alternatives[0]).to.match(/\w{3}/).and.not.to.contain("No description");
      });
      it("sets formulas of prose, of folded parts and of outputs", () => {
        expect(html.match(/<math /g) ?? []).to.have.length(5);
        expect(html).to.contain("<mfrac>").and.to.contain("font/woff2;base64");
        expect(html).to.contain("5 $").and.to.contain("<code>$HOME</code>");
      });
      it("folds what is folded", () => {
        const folded = /<details><summary>Solution<\/summary>([^]*?)<\/details>/.exec(html)?.[1];
        expect(folded).to.contain("<math ").and.to.contain("$HOME");
      });
      it("says which formula it cannot set, and leaves it as it was typed", () => {
        expect(said).to.contain("not set: \\unknown{x}: KaTeX parse error: Undefined control sequence: \\unknown");
        expect(html).to.contain("<code>\\unknown{x}</code>");
      });
      it("says where it is and how large", () =>
        expect(said).to.match(new RegExp(`^${kind}  .*lecture.* kB\\)$`, "m")));
    });

  it("--slides has a slide for each, and notes for the speaker", () => {
    const { html } = exportNotebook(path, "slides", join(folder, "slides.html"));
    expect(html.match(/<section/g)).to.have.length(5);
    expect(html).to.match(/<aside class="notes">[^]*Lecturer, 5 min/);
    expect(html).to.contain("RevealNotes");
  });
});

describe("what a page loads", () => {
  it("is found in mark-up and style sheets, not in scripts, links of prose or data", () => {
    const html = `<link href="a.css"><script src="https://b"></script><script>'<img src="no">'</script><a href="https://no">
      <img src="data:image/png;base64,x"><img alt="d" src="d.png"><style>@import "e.css"; i{background:url(f.png)} j{k:url(data:x)}</style>`;
    expect(loadedBy(html)).to.have.members(["https://b", "d.png", "a.css", "f.png", "e.css"]);
  });
});
