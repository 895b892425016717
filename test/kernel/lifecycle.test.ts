import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { installKernelspec } from "../../cli/kernelspec";
import { makeHeader } from "../../kernel/message";
import { encode } from "../../kernel/io/wire";
import { errorOf, KernelClient, MAIN, sleep } from "./support/kernelClient";
// Ends kernels that a failing test leaves behind.
import "./support/withKernel";

describe("kernel: life", function () {
  this.timeout(60_000);
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
  });
  after(() => kernel.stop());

  it("says who it is, on shell and on control", async () => {
    for (const channel of ["shell", "control"] as const) {
      const { reply } = await kernel.request(channel, "kernel_info_request");
      expect(reply).to.deep.include({ status: "ok", protocol_version: "5.3", implementation: "receptive" });
      expect(reply.language_info).to.deep.include({
        name: "typescript",
        file_extension: ".ts",
        mimetype: "application/typescript",
      });
    }
  });

  it("answers the heartbeat while a cell blocks", async () => {
    const { answer } = await kernel.start(`const end = Date.now() + 700; while (Date.now() < end);`);
    await sleep(100);
    const started = Date.now();
    expect(await kernel.heartbeat("ping")).to.equal("ping");
    expect(Date.now() - started).to.be.lessThan(500);
    await answer;
  });

  it("drops messages that are forged, malformed or unknown, and lives on", async () => {
    const message = {
      identities: [],
      header: makeHeader("execute_request", "s"),
      parent: {},
      metadata: {},
      content: { code: `(globalThis as any).forged = true` },
      buffers: [],
    };
    for (const channel of ["shell", "control"] as const) {
      await kernel.sendRaw(channel, encode(message, "wrong key"));
      await kernel.sendRaw(channel, [Buffer.from("rubbish")]);
      await kernel.sendRaw(channel, [Buffer.from("<IDS|MSG>"), Buffer.from("00"), Buffer.from("{")]);
      const id = await kernel.send(channel, "no_such_request", {});
      if (channel === "shell") await kernel.isIdle(id);
    }
    expect((await kernel.execute(`typeof (globalThis as any).forged`)).result).to.equal("'undefined'");
    expect(kernel.terminal).to.contain("shell: dropped a message: WireError: wrong signature");
    kernel.terminal = "";
    const odd = await kernel.request("shell", "execute_request", {});
    expect(odd.reply.status).to.equal("ok");
    const wrong = await kernel.request("shell", "complete_request", { code: 5, cursor_pos: "x" });
    expect(wrong.reply).to.have.property("status");
    expect((await kernel.request("shell", "history_request", {})).reply.history).to.deep.equal([]);
  });

  it("listens nowhere but on the address it was given", async function () {
    const other = Object.values(networkInterfaces())
      .flat()
      .find((address) => address && !address.internal && address.family === "IPv4");
    if (!other) return this.skip();
    for (const port of Object.values(kernel.ports)) {
      const opened = await new Promise<boolean>((done) => {
        const socket = connect({ port, host: other.address, timeout: 1000 });
        socket
          .on("connect", () => done(true))
          .on("error", () => done(false))
          .on("timeout", () => done(false));
        socket.on("connect", () => socket.destroy());
      });
      expect(opened, `port ${port} on ${other.address}`).to.equal(false);
    }
  });

  it("writes nothing to the terminal by itself", async () => {
    await kernel.execute(`console.log("x"); console.error("y"); process.emitWarning("w")`);
    expect(kernel.terminal).to.equal("");
  });

  it("stays consistent over many cells with errors between", async () => {
    await kernel.execute("const book = { n: 0 }");
    for (let i = 0; i < 10; i++) {
      await kernel.execute("book.n++");
      expect(errorOf(await kernel.execute(`book.n++; throw new Error("${i}")`)).evalue).to.equal(String(i));
      await kernel.execute("book.m");
      await kernel.execute("if (");
    }
    expect((await kernel.execute("book.n")).result).to.equal("20");
  });

  it("shuts down when asked, also for a restart, with exit code 0", async () => {
    const other = await KernelClient.start();
    const { reply } = await other.request("control", "shutdown_request", { restart: true });
    expect(reply).to.deep.equal({ status: "ok", restart: true });
    await other.ended();
    expect(other.process.exitCode, other.terminal).to.equal(0);
    expect(other.terminal).to.equal("");
    await other.stop();
  });

  it("shuts down even if a cell blocks for ever", async () => {
    const other = await KernelClient.start();
    const { id } = await other.start(`console.log("go"); while (true);`);
    await other.printed(id, "go");
    await other.request("control", "shutdown_request", { restart: false });
    await other.ended(8000);
    await other.stop();
  });

  it("ends when the process that started it is gone", async function () {
    if (process.platform === "win32") return this.skip();
    // The shell is the parent: it starts the kernel and waits; then it is killed.
    const other = await KernelClient.start({
      launcher: ["sh", "-c", `JPY_PARENT_PID=$$ "$0" "$@" & echo pid=$!; wait`],
    });
    const pid = Number(/pid=(\d+)/.exec(other.terminal)?.[1]);
    const isAlive = (): boolean => {
      try {
        process.kill(pid, 0);
        return true;
      } catch {
        return false;
      }
    };
    expect(isAlive()).to.equal(true);
    other.process.kill("SIGKILL");
    for (let i = 0; i < 100 && isAlive(); i++) await sleep(100);
    expect(isAlive(), "the kernel is an orphan").to.equal(false);
    await other.stop();
  });

  it("says what is wrong with a missing or bad connection file", () => {
    const fails = (args: string[]): string => {
      try {
        execFileSync(process.execPath, [MAIN, ...args], { encoding: "utf8", stdio: "pipe", timeout: 10_000 });
      } catch (error) {
        return String((error as { stderr: unknown }).stderr);
      }
      throw new Error("it did not fail");
    };
    expect(fails([])).to.contain("usage");
    expect(fails(["/no/such/file.json"])).to.contain("/no/such/file.json");
  });
});

describe("kernel: install", () => {
  it("writes a kernelspec that starts this kernel with this Node", () => {
    const prefix = mkdtempSync(join(tmpdir(), "receptive-prefix-"));
    const folder = installKernelspec(prefix);
    expect(folder).to.equal(join(prefix, "share", "jupyter", "kernels", "receptive"));
    const spec = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8")) as Record<string, unknown>;
    expect(spec).to.deep.include({
      argv: [process.execPath, MAIN, "{connection_file}"],
      display_name: "TypeScript (Receptive)",
      language: "typescript",
      interrupt_mode: "message",
    });
    expect(existsSync(join(folder, "logo-svg.svg"))).to.equal(true);
    rmSync(prefix, { recursive: true });
  });
});
