import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CellOutput } from "../../kernel/output/cellOutput";
import { errorOf, sleep } from "./support/kernelClient";
import { withKernel } from "./support/withKernel";

describe("kernel: what one cell may print", function () {
  this.timeout(60_000);

  describe("with a clock of our own", () => {
    let time = 0;
    let sent: string[] = [];
    let output: CellOutput;
    beforeEach(() => {
      time = 0;
      sent = [];
      const sink = {
        text: (name: string, text: string): void => void sent.push(name === "stdout" ? text : `[${name}] ${text}`),
        clear: (wait: boolean): void => void sent.push(wait ? "[clear, wait]" : "[clear]"),
      };
      output = new CellOutput(sink, () => time);
    });
    const all = (): string => sent.join("");
    /** Time goes on, and it is looked at what waits. */
    const pass = (milliseconds: number): void => {
      for (const end = time + milliseconds; time < end;) {
        time = Math.min(end, time + 10);
        output.tick();
      }
    };

    it("joins pieces until the stream changes, and sends them 10 ms after the first", () => {
      output.add("stdout", "a");
      output.add("stdout", "b");
      output.add("stderr", "c");
      expect(sent).to.deep.equal([]);
      pass(10);
      expect(sent).to.deep.equal(["ab", "[stderr] c"]);
      output.add("stdout", "d");
      output.end();
      expect(sent.at(-1)).to.equal("d");
      expect(output.isWaiting).to.equal(false);
    });

    it("sends the seldomer the more is shown", () => {
      const messages = (size: number): number => {
        const before = sent.length;
        for (let i = 0; i < 100; i++) {
          output.add("stdout", `${"x".repeat(99)}\n`.repeat(size));
          pass(10);
        }
        return sent.length - before;
      };
      expect(messages(1)).to.be.greaterThan(20);
      messages(30);
      expect(messages(1)).to.be.lessThan(4);
    });

    it("sends all of 100,000 lines when the cell ends soon", () => {
      for (let i = 0; i < 100_000; i++) output.add("stdout", `line ${i}\n`);
      pass(5000);
      expect(all().length).to.be.lessThan(400_000);
      output.end();
      expect(all()).to.equal(Array.from({ length: 100_000 }, (_, i) => `line ${i}\n`).join(""));
      expect(sent.length).to.be.lessThan(5);
    });

    it("keeps the first and the last lines and says how many were left out", () => {
      for (let i = 0; i < 200_000; i++) output.add("stdout", `line ${i}\n`);
      output.end();
      const shown = all().split("\n");
      expect(shown[0]).to.equal("line 0");
      expect(shown.at(-2)).to.equal("line 199999");
      expect(all().length).to.be.lessThan(400_000);
      const at = shown.findIndex((line) => line.startsWith("..."));
      const [, left] =
        /^\.\.\. ([\d,]+) lines \([\d.]+ [kM]B\) left out; saveOutput\("output\.txt"\)/.exec(shown[at] ?? "") ?? [];
      // Whole lines stand before and behind the word, and their numbers add up.
      const first = shown[at - 2] ?? "";
      const next = shown[at + 1] ?? "";
      expect(first).to.match(/^line \d+$/);
      expect(next).to.match(/^line \d+$/);
      expect(Number(next.slice(5)) - Number(first.slice(5)) - 1).to.equal(Number((left ?? "").replaceAll(",", "")));
    });

    it("shows the latest lines now and then while a flood goes on, and ever less", () => {
      const amounts: number[] = [];
      for (let minute = 0; minute < 10; minute++) {
        const before = all().length;
        for (let i = 0; i < 6000; i++) {
          output.add("stdout", "hello\n".repeat(50));
          pass(10);
        }
        amounts.push(all().length - before);
      }
      expect(amounts[0]).to.be.lessThan(250_000);
      expect(amounts[9]).to.be.within(100, 60_000);
      expect(all().length).to.be.lessThan(700_000);
      expect(all().match(/saveOutput/g)).to.have.length(1);
    });

    it("lets everything through again when a flood is over", () => {
      output.add("stdout", "hello\n".repeat(100_000));
      pass(60_000);
      for (let i = 0; i < 20; i++) {
        output.add("stdout", `calm ${i}\n`);
        pass(1000);
      }
      pass(10_000);
      for (let i = 0; i < 20; i++) expect(all()).to.contain(`calm ${i}\n`);
    });

    it("cuts a line without an end", () => {
      output.add("stdout", "y".repeat(10_000_000));
      output.end();
      expect(all().length).to.be.lessThan(100_000);
      expect(all()).to.match(/^y{2000,}\n\.\.\. 9\.\d MB left out; .* \.\.\.\ny{1000,}$/);
      output = new CellOutput({ text: (_, text) => sent.push(text), clear: () => {} }, () => time);
      sent = [];
      for (let i = 0; i < 1_000_000; i++) output.add("stdout", "y");
      output.end();
      expect(all().length).to.be.lessThan(400_000);
    });

    it("shows some of the texts that replace each other, and the last one", () => {
      for (let i = 0; i < 100_000; i++) {
        output.clear(true);
        output.add("stdout", `step ${i}\n`);
        if (i % 100 === 99) pass(10);
      }
      output.end();
      const clears = sent.filter((text) => text === "[clear, wait]").length;
      expect(clears).to.be.within(100, 1500);
      expect(sent.slice(-2)).to.deep.equal(["[clear, wait]", "step 99999\n"]);
      expect(all()).not.to.contain("left out");
    });
  });

  describe("in a kernel", () => {
    const kernel = withKernel();

    for (const [title, code] of Object.entries({
      "console.log": `while (true) console.log("hello")`,
      "console.error": `while (true) console.error("hello")`,
      characters: `while (true) process.stdout.write("y")`,
      "a long line": `const long = "x".repeat(1e6); while (true) console.log(long)`,
      clearOutput: `for (let i = 0; ; i++) { clearOutput({ wait: true }); console.log("step", i); }`,
      displays: `while (true) display("hello")`,
      updates: `const shown = display(0); for (let i = 0; ; i++) shown.update(i)`,
      "a child": `require("node:child_process").execSync("yes", { stdio: "inherit" })`,
      "errors in the background": `setInterval(() => { throw new Error("x") }, 0); while (true) await new Promise((r) => setImmediate(r))`,
    })) {
      it(`an endless loop of ${title} sends little, fills no memory, and stops`, async () => {
        const memory = async (): Promise<number> =>
          Number((await kernel().execute("process.memoryUsage().rss / 2 ** 20")).result);
        const before = await memory();
        const { id, answer } = await kernel().start(code);
        await sleep(2500);
        const began = Date.now();
        await kernel().request("control", "interrupt_request");
        expect(errorOf(await answer).ename).to.equal("Interrupted");
        expect(Date.now() - began).to.be.lessThan(3000);
        const size = kernel()
          .of(id)
          .reduce((sum, { content }) => sum + JSON.stringify(content).length, 0);
        expect(size).to.be.lessThan(1_500_000);
        expect((await memory()) - before).to.be.lessThan(400);
      });
    }

    it("saveOutput writes all of it into a file, children's and errors' as well", async () => {
      const { stdout, reply } = await kernel().execute(
        `saveOutput("all.txt"); for (let i = 0; i < 300_000; i++) console.log("line " + i);
         require("node:child_process").execSync("echo child", { stdio: "inherit" }); console.error("wrong");`,
      );
      expect(reply.status, JSON.stringify(reply)).to.equal("ok");
      expect(stdout).to.contain("left out");
      const lines = Array.from({ length: 300_000 }, (_, i) => `line ${i}\n`).join("");
      const text = readFileSync(join(kernel().folder, "all.txt"), "utf8");
      expect(text === `${lines}child\nwrong\n`, `${text.length} characters`).to.equal(true);
      await kernel().execute(`console.log("not mine")`);
      expect(readFileSync(join(kernel().folder, "all.txt"), "utf8")).to.equal(text);
    });

    it("saveOutput refuses what is no path", async () => {
      expect(errorOf(await kernel().execute(`saveOutput("")`)).evalue).to.contain(`saveOutput("output.txt")`);
      expect(errorOf(await kernel().execute(`saveOutput("no/such/folder.txt")`)).evalue).to.contain("ENOENT");
      expect(existsSync(join(kernel().folder, "no"))).to.equal(false);
    });
  });
});
