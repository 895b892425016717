import { expect } from "chai";
import { errorOf, KernelClient, sleep, type Answer } from "./support/kernelClient";
import { withKernel } from "./support/withKernel";

describe("kernel: the output of children and of native code", function () {
  this.timeout(60_000);
  const kernel = withKernel();
  const run = (code: string): Promise<Answer> => kernel().execute(code);
  before(() =>
    run(`const cp = require("node:child_process"), fs = require("node:fs");
      const ended = (child: any): Promise<void> => new Promise((done) => child.on("close", () => done()));`),
  );

  /** Children that write "out" and "err". */
  const BOTH = `"echo out; echo err 1>&2"`;
  const NODE = `process.execPath, ["-e", "console.log('out'); console.error('err')"]`;
  const ways: Record<string, string> = {
    execSync: `cp.execSync(${BOTH}, { stdio: "inherit" })`,
    "execSync with a list": `cp.execSync(${BOTH}, { stdio: ["ignore", "inherit", "inherit"] })`,
    "execSync with numbers": `cp.execSync(${BOTH}, { stdio: [0, 1, 2] })`,
    "execSync with streams": `cp.execSync(${BOTH}, { stdio: ["ignore", process.stdout, process.stderr] })`,
    execFileSync: `cp.execFileSync(${NODE}, { stdio: "inherit" })`,
    spawnSync: `cp.spawnSync(${NODE}, { stdio: "inherit" })`,
    "spawnSync without arguments": `cp.spawnSync(${BOTH}, { stdio: "inherit", shell: true })`,
    spawn: `await ended(cp.spawn(${NODE}, { stdio: "inherit" }))`,
    "spawn with streams": `await ended(cp.spawn(${NODE}, { stdio: ["ignore", process.stdout, process.stderr] }))`,
    fork: `fs.writeFileSync("forked.js", "console.log('out'); console.error('err')"); await ended(cp.fork("./forked.js"))`,
    "an ES module's spawnSync": `const { spawnSync } = await import("node:child_process"); spawnSync(${NODE}, { stdio: "inherit" })`,
  };
  for (const [title, code] of Object.entries(ways)) {
    it(`is shown: ${title}`, async () => {
      const { stdout, stderr, reply } = await run(`console.log("before"); ${code}; console.log("after"); undefined`);
      expect(reply.status, JSON.stringify(reply)).to.equal("ok");
      expect(stdout).to.equal("before\nout\nafter\n");
      expect(stderr).to.equal("err\n");
      expect(kernel().terminal).to.equal("");
    });
  }

  it("is a child's own where it asks for no more than a pipe", async () => {
    const { stdout, result } = await run(
      `[String(cp.execSync("echo mine")), cp.spawnSync("echo", ["mine"]).stdout.toString(), cp.spawnSync("echo", ["x"], { stdio: "inherit" }).stdout, cp.spawn("true", { stdio: "inherit" }).stdout, cp.execSync("true", { stdio: ["ignore", "pipe", "inherit"] }).length]`,
    );
    expect(result).to.equal(`[ 'mine\\n', 'mine\\n', null, null, 0 ]`);
    expect(stdout).to.equal("x\n");
    const failing = errorOf(await run(`cp.execSync("echo shown; exit 3", { stdio: "inherit" })`));
    expect(failing.evalue).to.contain("Command failed: echo shown");
  });

  it("is shown while the cell still waits for the child", async () => {
    const { id, answer } = await kernel().start(
      `cp.execSync("echo first; sleep 1.5; echo last", { stdio: "inherit" }); console.log("done")`,
    );
    await kernel().printed(id, "first");
    expect(
      kernel()
        .of(id)
        .some((m) => String(m.content.text).includes("last")),
    ).to.equal(false);
    expect((await answer).stdout).to.equal("first\nlast\ndone\n");
  });

  it("keeps its order among prints, many times over", async () => {
    const { stdout } = await run(
      `for (let i = 0; i < 15; i++) { console.log("a" + i); cp.execSync("echo b" + i, { stdio: "inherit" }); console.log("c" + i); }`,
    );
    const expected = Array.from({ length: 15 }, (_, i) => `a${i}\nb${i}\nc${i}\n`).join("");
    expect(stdout).to.equal(expected);
  });

  it("of more than a pipe holds comes whole, from children that are waited for and from others", async () => {
    const lines = 20_000; // 109 kB
    const seq = Array.from({ length: lines }, (_, i) => `${i + 1}\n`).join("");
    for (const code of [
      `cp.execSync("seq ${lines}", { stdio: "inherit" })`,
      `await ended(cp.spawn("seq", ["${lines}"], { stdio: "inherit" }))`,
      `fs.writeSync(1, ${JSON.stringify("x")}.repeat(200_000))`,
    ]) {
      const { stdout } = await run(`${code}; undefined`);
      const expected = code.startsWith("fs.") ? "x".repeat(200_000) : seq;
      expect(stdout === expected, `${code}: ${stdout.length} of ${expected.length} characters`).to.equal(true);
    }
  });

  it("that comes later goes to the cell that started the child, also while another one runs", async () => {
    const first = await kernel().start(
      `cp.spawn("sh", ["-c", "sleep 0.5; echo late; echo wrong 1>&2"], { stdio: "inherit" }); undefined`,
    );
    await first.answer;
    const second = await run(`console.log("mine"); await new Promise((r) => setTimeout(r, 1000)); undefined`);
    expect(second.stdout + second.stderr).to.equal("mine\n");
    await kernel().printed(first.id, "late");
    await kernel().printed(first.id, "wrong");
  });

  it("of a child of a timer goes to the timer's cell", async () => {
    const first = await kernel().start(
      `setTimeout(() => cp.execSync("echo from the timer", { stdio: "inherit" }), 200); undefined`,
    );
    await first.answer;
    const second = await run(`await new Promise((r) => setTimeout(r, 600)); console.log("mine")`);
    expect(second.stdout).to.equal("mine\n");
    await kernel().printed(first.id, "from the timer");
  });

  it("of native code comes to the running cell, and before it ends", async () => {
    for (let i = 0; i < 5; i++) {
      const { stdout, stderr } = await run(`fs.writeSync(1, "nätive ${i}\\n"); undefined`);
      expect(stdout).to.equal(`nätive ${i}\n`);
      expect(stderr).to.equal("");
    }
  });

  it("in pieces of a character is put together", async () => {
    const { stdout } = await run(
      `const bytes = Buffer.from("ü"); fs.writeSync(1, bytes.subarray(0, 1)); await new Promise((r) => setTimeout(r, 50)); fs.writeSync(1, bytes.subarray(1)); undefined`,
    );
    expect(stdout).to.equal("ü");
  });

  it("of native code to stderr is shown, and the kernel's own words go to the server's log", async () => {
    // A log that is a file, as a server has it; Node's own pipes are sockets, which cannot be opened again.
    const other = await KernelClient.start({
      launcher: ["sh", "-c", 'exec "$@" 2>>log', "sh"],
      env: { RECEPTIVE_KERNEL_DEBUG: "1" },
    });
    const { stderr } = await other.execute(`require("node:fs").writeSync(2, "native\\n"); undefined`);
    expect(stderr).to.equal("native\n");
    await other.send("shell", "never_request", {});
    const log = `require("node:fs").readFileSync("log", "utf8")`;
    let text: string | undefined;
    for (let i = 0; i < 50 && !text?.includes("never_request is not known"); i++) {
      await sleep(50);
      text = (await other.execute(log)).result;
    }
    expect(text).to.contain("never_request is not known").and.not.contain("native");
    await other.stop();
  });

  describe("and Stop", () => {
    async function stopped(code: string, isOver: string): Promise<void> {
      const { id, answer } = await kernel().start(code);
      await kernel().printed(id, "go");
      const began = Date.now();
      await kernel().request("control", "interrupt_request");
      expect(errorOf(await answer).ename).to.equal("Interrupted");
      expect(Date.now() - began).to.be.lessThan(2000);
      for (let i = 0; i < 40; i++) {
        if ((await run(isOver)).result === "true") return;
        await sleep(50);
      }
      throw new Error("a child goes on");
    }
    /** Nobody sleeps this long but the child of the test. */
    const gone = (seconds: number): string =>
      `cp.spawnSync("pgrep", ["-f", "sleep [${String(seconds)[0]}]${String(seconds).slice(1)}"]).status !== 0`;

    it("ends a child that the cell awaits, and what the child has started", () =>
      stopped(
        `await ended(cp.spawn("sh", ["-c", "echo go; sleep 12345; echo end"], { stdio: "inherit" }))`,
        gone(12345),
      ));

    it("ends a child for which the cell waits synchronously, with and without inherited output", async () => {
      await stopped(`cp.execSync("echo go; sleep 12346; echo end", { stdio: "inherit" })`, gone(12346));
      await stopped(`console.log("go"); cp.execSync("echo a; sleep 12347; echo end")`, gone(12347));
    });

    it("leaves children of other cells and detached ones alone", async () => {
      await run(
        `const other = cp.spawn("sleep", ["12348"]); const far = cp.spawn("sleep", ["12349"], { detached: true })`,
      );
      await stopped(`cp.execSync("echo go; sleep 12350", { stdio: "inherit" })`, gone(12350));
      expect((await run(`[other.exitCode, other.signalCode, far.exitCode, far.signalCode]`)).result).to.equal(
        "[ null, null, null, null ]",
      );
      await run("other.kill(); far.kill()");
    });
  });
});
