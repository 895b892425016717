import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Replies, Reply, Request } from "../child/protocol";
import type { Command } from "./peers";

/** An engine's process. It answers one request at a time. */
export class Child {
  private readonly process: ChildProcess;
  private waiting: { resolve: (line: string) => void; reject: (error: Error) => void } | null = null;
  private said = "";
  private ended: string | null = null;

  constructor({ program, args, env }: Command) {
    this.process = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const { stdout, stderr, stdin } = this.process;
    if (!stdout || !stderr || !stdin) throw new Error("a child has no pipes");
    createInterface({ input: stdout }).on("line", (line) => this.settle()?.resolve(line));
    stderr.on("data", (chunk: Buffer) => (this.said = (this.said + chunk.toString()).slice(-2000)));
    // The end of the process tells why it no longer reads.
    stdin.on("error", () => undefined);
    this.process.on("error", (error) => this.end(`does not start (${error.message})`));
    this.process.on("close", (code, signal) => this.end(`ended with ${signal ?? code}`));
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  get alive(): boolean {
    return this.ended === null;
  }

  /** @throws Error if the process ends, or does not answer in `limit` seconds, after which it is ended */
  async ask<C extends Request["cmd"]>(request: Extract<Request, { cmd: C }>, limit = 600): Promise<Reply<C>> {
    if (this.ended) throw new Error(this.ended);
    if (this.waiting) throw new Error("the child is still busy");
    const line = new Promise<string>((resolve, reject) => (this.waiting = { resolve, reject }));
    this.process.stdin?.write(`${JSON.stringify(request)}\n`);
    const timer = setTimeout(() => {
      this.settle()?.reject(new Error(`no answer to ${request.cmd} within ${limit} s`));
      this.process.kill("SIGKILL");
    }, limit * 1000);
    try {
      return JSON.parse(await line) as Reply<C>;
    } finally {
      clearTimeout(timer);
    }
  }

  /** As `ask`, for requests that only a broken engine refuses. @throws Error with the engine's words */
  async tell<C extends Request["cmd"]>(request: Extract<Request, { cmd: C }>, limit?: number): Promise<Replies[C]> {
    const reply = await this.ask<C>(request, limit);
    if (!reply.ok) throw new Error("cannot" in reply ? reply.cannot : reply.error);
    return reply;
  }

  /** Ends the process and waits until its memory is free. */
  async close(): Promise<void> {
    if (this.ended) return;
    const closed = new Promise((resolve) => this.process.once("close", resolve));
    this.process.stdin?.end();
    const timer = setTimeout(() => this.process.kill("SIGKILL"), 2000);
    await closed;
    clearTimeout(timer);
  }

  private settle(): NonNullable<typeof this.waiting> | null {
    const { waiting } = this;
    this.waiting = null;
    return waiting;
  }

  private end(how: string): void {
    const last = this.said.trim().split("\n").at(-1);
    this.ended ??= last ? `${how}: ${last}` : how;
    this.settle()?.reject(new Error(this.ended));
  }
}
