import { expect } from "chai";
import { withKernel } from "./support/withKernel";

describe("kernel: help", function () {
  this.timeout(60_000);
  const kernel = withKernel();

  /** What the pager shows, as text and as Markdown. */
  async function helpOn(code: string): Promise<{ text: string; markdown: string }> {
    const { reply } = await kernel().execute(code);
    expect(reply.status, JSON.stringify(reply)).to.equal("ok");
    const [page] = reply.payload as { data: Record<string, string> }[];
    return { text: page?.data["text/plain"] ?? "", markdown: page?.data["text/markdown"] ?? "" };
  }
  async function inspect(code: string): Promise<string> {
    const { reply } = await kernel().request("shell", "inspect_request", {
      code,
      cursor_pos: code.length,
      detail_level: 0,
    });
    return (reply.data as Record<string, string>)["text/plain"] ?? "";
  }
  const LISTS: [name: string, lines: RegExp[]][] = [
    [
      "nn",
      [/^nn has \d+ names\. import \{ nn \} from "receptive";$/m, /^ {2}Conv2d +Slides/m, /^Namespaces\n {2}init/m],
    ],
    ["F", [/^ {2}conv2d +\S/m, /^ {2}relu +\S/m]],
    ["metrics", [/^ {2}accuracy +The share of images/m, /^help\("metrics\.accuracy"\) says more\.$/m]],
    ["nn.init", [/^ {2}kaimingNormal +\S/m]],
    ["receptive", [/^ {2}DataLoader +Batches/m, /^ {2}nn$/m, /^ {2}tensor +\S/m]],
  ];
  for (const [name, lines] of LISTS) {
    it(`lists what is in ${name}, a line each, imported or not`, async () => {
      const { text, markdown } = await helpOn(`help("${name}")`);
      for (const line of lines) expect(text).to.match(line);
      expect(markdown).to.match(/^- `\w+` \S/m);
      // Sentences are whole words about what the name does: every function of the engine has some.
      const bare = text.split("\n").filter((line) => /^ {2}\S+$/.test(line));
      expect(bare.length).to.be.lessThan(12);
      if (name !== "receptive") expect(await inspect(name)).to.equal(text);
    });
  }

  it("knows names without an import, and where they are", async () => {
    expect((await helpOn(`help("nn.Conv2d")`)).text).to.include("Slides `outChannels` filters over images.");
    expect((await helpOn(`help("Conv2d")`)).text).to.include("Slides `outChannels` filters over images.");
    expect((await helpOn(`help("accuracy")`)).text).to.include("The share of images");
    expect((await helpOn(`help("Math.max")`)).text).to.include("Returns the larger");
  });

  it("knows what the same cell imports and declares", async () => {
    expect((await helpOn(`import { fit } from "receptive"; help("fit")`)).text).to.include("The history of training");
    expect((await helpOn(`const width = 3; help("width")`)).text).to.equal("const width: 3");
    const { text } = await helpOn(`import * as path from "node:path"; help("path")`);
    expect(text)
      .to.match(/^path has \d+ names\.$/m)
      .and.match(/^ {2}basename +\S/m);
  });

  it("says no more than it knows", async () => {
    for (const name of ["nope", "nn.Conv9d", "import"]) {
      const { reply } = await kernel().execute(`help("${name}")`);
      expect(reply.evalue, name).to.include(`help: nothing is known about "${name}"`);
    }
  });

  it("of a variable that has a namespace's name is about the variable", async () => {
    expect(await inspect("const nn = 3; nn")).to.equal("const nn: 3");
    await kernel().execute(`let F = "text"`);
    expect((await helpOn(`help("F")`)).text).to.equal("let F: string");
    await kernel().execute(`reset()`);
    expect((await helpOn(`help("F")`)).text).to.include("conv2d");
  });
});
