import { expect } from "chai";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { noteOf, warningOf, type Memory } from "../../kernel/io/memoryWords";
import { KernelClient } from "./support/kernelClient";
// Ends kernels that a failing test leaves behind.
import "./support/withKernel";

const NODE_OPTIONS = "--max-old-space-size=400";
/** Fills memory with what is not garbage, at first as fast as it can. */
const FILL = `const kept: object[] = []; while (true) kept.push({ at: kept.length, list: [kept.length] });`;

describe("kernel: memory that is full", function () {
  this.timeout(240_000);

  it("is said before it is, and again by the kernel that comes after", async () => {
    const first = await KernelClient.start({ env: { NODE_OPTIONS } });
    const { id, answer } = await first.start(FILL);
    answer.catch(() => {});
    await first.ended(150_000);
    const stderr = first
      .of(id)
      .map(({ content }) => String(content.text ?? ""))
      .join("");
    expect(stderr).to.match(/^Memory is nearly full: the variables of this kernel take \d{3} MB of the 448 MB/);
    expect(stderr.match(/nearly full/g)).to.have.length(1);

    const second = await KernelClient.start({ env: { NODE_OPTIONS }, after: first });
    expect(second.terminal).to.include("the last kernel ended for want of memory");
    expect((await second.execute("0", { silent: true })).stderr).to.equal("");
    const { stderr: note, result } = await second.execute("1 + 1");
    expect(note).to.match(/^Note: this kernel is new, because the last one died: its memory was full: .* 448 MB/);
    expect(result).to.equal("2");
    expect((await second.execute("2")).stderr).to.equal("");
    await second.stop();

    const third = await KernelClient.start();
    expect((await third.execute("3")).stderr).to.equal("");
    await Promise.all([first.stop(), third.stop()]);
  });

  it("is nobody's business in a kernel that was shut down, and after one that was killed", async () => {
    const first = await KernelClient.start();
    const left = (): string[] => readdirSync(first.folder).filter((name) => /\.(report|memory)$/.test(name));
    expect(left()).to.deep.equal([]);
    first.process.kill("SIGKILL");
    await first.ended();
    const second = await KernelClient.start({ after: first });
    expect((await second.execute("1")).stderr).to.equal("");
    await Promise.all([first.stop(), second.stop()]);
  });

  it("is said also where the folder is open to others, and no report with the environment is left there", async () => {
    const open = await KernelClient.start({ env: { NODE_OPTIONS }, isFolderOpen: true });
    const { answer } = await open.start(FILL);
    answer.catch(() => {});
    await open.ended(150_000);
    expect(readdirSync(open.folder).sort()).to.deep.equal(["connection.json", "connection.memory"]);
    const second = await KernelClient.start({ after: open });
    expect((await second.execute("1")).stderr).to.match(/^Note: this kernel is new/);
    await Promise.all([open.stop(), second.stop()]);
  });

  it("is known where only the system has ended the kernel, and forgotten by one that ends in good order", async () => {
    const first = await KernelClient.start();
    const file = join(first.folder, "connection.memory");
    first.process.kill("SIGKILL");
    await first.ended();
    writeFileSync(file, JSON.stringify({ kind: "machine", used: 9e8, limit: 2 ** 30 }));
    const second = await KernelClient.start({ after: first });
    expect(existsSync(file)).to.equal(false);
    expect((await second.execute("1")).stderr).to.include("1.0 GB in all, and the system ended it");
    await Promise.all([first.stop(), second.stop()]);
  });

  it("is not said of garbage", async () => {
    const kernel = await KernelClient.start({ env: { NODE_OPTIONS } });
    const { stderr, reply } = await kernel.execute(
      `const end = Date.now() + 4000; let sum = 0;
       while (Date.now() < end) sum += Array.from({ length: 10_000 }, (_, i) => ({ i })).length;`,
    );
    expect(reply.status).to.equal("ok");
    expect(stderr).to.equal("");
    await kernel.stop();
  });
});

describe("kernel: words about memory", () => {
  const heap: Memory = { kind: "heap", used: 1.8 * 2 ** 30, limit: 2 ** 31 };
  it("give numbers and a next step", () => {
    expect(warningOf(heap)).to.include("take 1.8 GB of the 2.0 GB that JavaScript may use").and.include("Press Stop");
    expect(noteOf(heap)).to.include("JavaScript may use 2.0 GB");
    expect(warningOf({ ...heap, limit: 2 ** 50 })).not.to.include("NODE_OPTIONS");
  });
});
