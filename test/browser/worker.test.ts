import { expect } from "chai";
import type { Browser } from "playwright-core";
import { CHECK_IMPORTS, checkBody } from "../kernel/support/checkBody";
import { protocolBody } from "../kernel/support/protocolBody";
import { startBrowser } from "../support/browser";
import { startKernelPage, type KernelPage } from "./support/kernelPage";

describe("the kernel in a Web Worker", function () {
  this.timeout(120_000);
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  const plain = (traceback: unknown): string => (traceback as string[]).join("\n").replace(/\x1b\[\d+m/g, "");

  for (const isolated of [true, false])
    describe(isolated ? "of a page that is cross-origin isolated" : "of any page", () => {
      let kernel: KernelPage;
      before(async () => {
        kernel = await startKernelPage(browser, isolated);
      });
      after(() => {
        kernel?.close();
        expect(kernel?.errors).to.deep.equal([]);
      });

      it("runs a typed cell that imports the engine", async () => {
        const { reply, result } = await kernel.client.execute(
          `import { nn, Tensor, ones } from "receptive";
           const conv = new nn.Conv2d(1, 2, 3, { bias: false });
           const y: Tensor = conv(ones([1, 1, 5, 5]));
           const area = (side: number): number => side ** 2;
           [y.shape, area(3)]`,
        );
        expect(reply.content.status, plain(reply.content.traceback ?? [])).to.equal("ok");
        expect(result).to.equal("[ [ 1, 2, 3, 3 ], 9 ]");
      });

      it("does not run what has a type error, and shows where it is", async () => {
        const { reply, order } = await kernel.client.execute(
          `console.log("runs");\nconst side: number = "three";\nside`,
        );
        expect(order).to.deep.equal(["busy", "execute_input", "error", "idle"]);
        expect(reply.content).to.include({
          ename: "TypeScriptError",
          evalue: "Type 'string' is not assignable to type 'number'.",
        });
        expect(plain(reply.content.traceback)).to.match(
          /at cell\[\d+\]\.ts:2:7\n {2}1 \| .*\n> 2 \| const side: number/,
        );
      });

      it("leads an error to the lines of the user's cells", async () => {
        await kernel.client.execute(`function inner(n: number): never {\n  throw new RangeError("got " + n);\n}`);
        const { reply } = await kernel.client.execute(`interface Unused { x: number }\ninner(3)`);
        expect(plain(reply.content.traceback)).to.match(
          /^RangeError: got 3\n {4}at inner \(cell\[\d+\]\.ts:2:9\)\n[^]*> 2 \|   throw[^]*at cell\[\d+\]\.ts:2:\d+$/,
        );
      });

      if (isolated)
        it("stops a loop that never awaits", async () => {
          const cell = kernel.client.start(`let n = 0; console.log("on"); while (true) n++;`);
          await kernel.client.printed(cell.id, "on");
          kernel.client.interrupt();
          expect((await cell.answer).reply.content.ename).to.equal("Interrupted");
          expect((await kernel.client.execute("n > 0")).result).to.equal("true");
        });

      it("tells about what nobody has caught, and lives on", async () => {
        const { id } = await kernel.client.execute(`setTimeout(() => { throw new Error("late"); }, 1); 0`);
        await kernel.client.printed(id, "late");
        const rejected = await kernel.client.execute(`void Promise.reject(new Error("unhandled")); 0`);
        await kernel.client.printed(rejected.id, "unhandled");
        expect((await kernel.client.execute("1 + 1")).result).to.equal("2");
      });

      it("shows long arrays without looking at all of them", async () => {
        const { result } = await kernel.client.execute(`const pixels = new Uint8Array(30_000_000); pixels`);
        expect(result).to.match(/^Uint8Array\(30000000\) \[\n[^]*more items\n\]$/);
      });

      it("has no modules of Node's, and says so", async () => {
        expect((await kernel.client.execute(`import * as fs from "node:fs"; fs`)).reply.content.ename).to.equal(
          "TypeScriptError",
        );
        const { reply } = await kernel.client.execute(`await import("fs" + "")`);
        expect(reply.content.evalue).to.include("a page has neither files nor packages");
        expect((await kernel.client.execute(`saveOutput("x.txt")`)).reply.content.evalue).to.include("no files");
      });

      describe("runs checks, which", () => {
        before(() => kernel.client.execute(CHECK_IMPORTS));
        checkBody(async (code) => {
          const { reply, result, stderr, outputs } = await kernel.client.execute(code);
          return {
            status: reply.content.status,
            evalue: reply.content.evalue,
            traceback: plain(reply.content.traceback ?? []),
            result,
            stderr,
            displayed: outputs
              .filter(({ header }) => header.msg_type === "display_data")
              .map(({ content }) => String((content.data as Record<string, unknown>)["text/plain"])),
          };
        });
      });

      describe("does what every kernel does:", () => protocolBody((test) => () => test(kernel.client)));
    });
});
