/** A small Jupyter client for tests: starts a kernel process and speaks the real protocol over real sockets. */
import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Dealer, Request, Subscriber } from "zeromq";
import type { JsonObject } from "../../../kernel/json";
import { makeHeader, type Header, type Message } from "../../../kernel/message";
import { decode, encode } from "../../../kernel/io/wire";

export const MAIN = resolve(__dirname, "../../../kernel/main.js");
/** Generous: the tests share two cores with other work. */
export const PATIENCE = 20_000;

export interface ClientOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** The kernel's program; by default the one that is tested. */
  main?: string;
  /** Runs the kernel as a child of this command instead of the test: its arguments come before node's. */
  launcher?: string[];
  /** A kernel that has died, whose connection file the new one gets, as Jupyter restarts it. */
  after?: KernelClient;
  /** Lets others read the folder of the connection file. */
  isFolderOpen?: boolean;
}

export interface Answer {
  id: string;
  reply: JsonObject;
  /** What came on iopub for this request, without status and execute_input. */
  outputs: Message[];
  /** Every iopub message for this request, in order. */
  all: Message[];
  /** The text of stdout and of stderr. */
  stdout: string;
  stderr: string;
  /** `text/plain` of the execute_result. */
  result: string | undefined;
  milliseconds: number;
}

export type ClientChannel = "shell" | "control" | "stdin";
type Sent = { id: string; answer: Promise<Answer> };

export class KernelClient {
  readonly iopub: Message[] = [];
  readonly replies = new Map<string, Message>();
  /** Headers of all requests, by their id. */
  readonly sent = new Map<string, Header>();
  /** The input_requests. */
  readonly questions: Message[] = [];
  private readonly byRequest = new Map<string, Message[]>();
  private readonly idle = new Set<string>();
  private listeners: (() => void)[] = [];
  readonly session = randomUUID();
  /** Shell and stdin share an identity: by it the kernel knows whom to ask. */
  private readonly shell = new Dealer({ linger: 0, routingId: this.session });
  private readonly stdin = new Dealer({ linger: 0, routingId: this.session });
  private readonly control = new Dealer({ linger: 0 });
  private readonly subscriber = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  private readonly heart = new Request({ linger: 0 });
  /** What the process itself wrote, outside the protocol. */
  terminal = "";

  private constructor(
    readonly process: ChildProcess,
    readonly folder: string,
    readonly key: string,
    readonly ports: Record<string, number>,
  ) {}

  /** Kernels that have not been stopped: a test that fails leaves its own behind. */
  static readonly running = new Set<KernelClient>();

  static async start({
    cwd,
    env = {},
    main = MAIN,
    launcher = [],
    after,
    isFolderOpen = false,
  }: ClientOptions = {}): Promise<KernelClient> {
    const folder = after?.folder ?? mkdtempSync(join(tmpdir(), "receptive-kernel-"));
    if (isFolderOpen) chmodSync(folder, 0o755);
    const names = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"];
    const free = await freePorts(names.length);
    const ports = Object.fromEntries(names.map((name, i) => [name, free[i] ?? 0]));
    const key = randomUUID();
    const file = join(folder, "connection.json");
    const connection = { ...ports, ip: "127.0.0.1", transport: "tcp", key, signature_scheme: "hmac-sha256" };
    writeFileSync(file, JSON.stringify(connection));

    const [command, ...rest] = [...launcher, process.execPath, main, file];
    const child = spawn(command ?? process.execPath, rest, {
      cwd: cwd ?? folder,
      env: { ...process.env, JPY_PARENT_PID: String(process.pid), RECEPTIVE_HISTORY: "off", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const client = new KernelClient(child, folder, key, ports);
    KernelClient.running.add(client);
    child.stdout?.on("data", (data: Buffer) => (client.terminal += data.toString()));
    child.stderr?.on("data", (data: Buffer) => (client.terminal += data.toString()));
    await client.connect();
    return client;
  }

  private async connect(): Promise<void> {
    const address = (name: string): string => `tcp://127.0.0.1:${this.ports[name]}`;
    this.shell.connect(address("shell_port"));
    this.control.connect(address("control_port"));
    this.heart.connect(address("hb_port"));
    this.stdin.connect(address("stdin_port"));
    this.subscriber.connect(address("iopub_port"));
    this.subscriber.subscribe();
    const ignore = (): void => {};
    for (const socket of [this.shell, this.control]) {
      void (async () => {
        for await (const frames of socket) {
          const message = decode(frames, this.key);
          this.replies.set(String(message.parent.msg_id), message);
          this.notify();
        }
      })().catch(ignore);
    }
    void (async () => {
      for await (const frames of this.stdin) {
        this.questions.push(decode(frames, this.key));
        this.notify();
      }
    })().catch(ignore);
    void (async () => {
      for await (const frames of this.subscriber) {
        this.published(decode(frames, this.key));
        this.notify();
      }
    })().catch(ignore);

    // A subscription takes effect some time after the connection; so ask until iopub answers, too.
    const deadline = Date.now() + PATIENCE;
    while (Date.now() < deadline) {
      const id = await this.send("shell", "kernel_info_request", {});
      const heard = this.until(() => this.iopub.some((m) => m.parent.msg_id === id), 1000);
      if (
        await heard.then(
          () => true,
          () => false,
        )
      ) {
        await this.until(() => this.replies.has(id));
        return;
      }
    }
    throw new Error(`the kernel did not answer: ${this.terminal}`);
  }

  private published(message: Message): void {
    this.iopub.push(message);
    const id = String(message.parent.msg_id);
    const own = this.byRequest.get(id) ?? [];
    this.byRequest.set(id, own);
    own.push(message);
    if (message.content.execution_state === "idle") this.idle.add(id);
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }

  /** Waits until the condition holds; it is looked at whenever a message arrives. */
  until(condition: () => boolean, patience = PATIENCE): Promise<void> {
    return new Promise((done, failed) => {
      const finish = (end: () => void): void => {
        clearTimeout(timer);
        this.listeners = this.listeners.filter((other) => other !== look);
        end();
      };
      const look = (): void => {
        if (condition()) finish(done);
      };
      const timer = setTimeout(() => {
        const last = this.iopub.slice(-3).map((m) => `${m.header.msg_type} ${JSON.stringify(m.content).slice(0, 200)}`);
        finish(() => failed(new Error(`waited in vain; last on iopub: ${last.join("; ")} ${this.terminal}`)));
      }, patience);
      // A cell that is stopped together with its kernel is never answered; nobody waits for it then.
      timer.unref();
      this.listeners.push(look);
      look();
    });
  }

  async send(
    channel: ClientChannel,
    type: string,
    content: JsonObject,
    buffers: Uint8Array[] = [],
    metadata: JsonObject = {},
  ): Promise<string> {
    const header = makeHeader(type, this.session);
    this.sent.set(header.msg_id, header);
    const message = { identities: [], header, parent: {}, metadata, content, buffers };
    await this.sendRaw(channel, encode(message, this.key));
    return header.msg_id;
  }

  async sendRaw(channel: ClientChannel, frames: Uint8Array[]): Promise<void> {
    await this[channel].send(frames);
  }

  /** iopub messages that belong to a request. */
  of(id: string): Message[] {
    return this.byRequest.get(id) ?? [];
  }

  async isIdle(id: string): Promise<void> {
    await this.until(() => this.idle.has(id));
  }

  async request(channel: ClientChannel, type: string, content: JsonObject = {}): Promise<Answer> {
    const started = Date.now();
    const id = await this.send(channel, type, content);
    return this.answer(id, started);
  }

  private async answer(id: string, started: number): Promise<Answer> {
    await this.until(() => this.replies.has(id));
    await this.isIdle(id);
    const all = [...this.of(id)];
    const outputs = all.filter((m) => !["status", "execute_input"].includes(m.header.msg_type));
    const text = (name: string): string =>
      outputs
        .filter((m) => m.header.msg_type === "stream" && m.content.name === name)
        .map((m) => String(m.content.text))
        .join("");
    const result = outputs.find((m) => m.header.msg_type === "execute_result");
    return {
      id,
      reply: this.replies.get(id)?.content ?? {},
      outputs,
      all,
      stdout: text("stdout"),
      stderr: text("stderr"),
      result: result && (result.content.data as Record<string, string>)["text/plain"],
      milliseconds: Date.now() - started,
    };
  }

  /** Sends a cell without waiting for it. @param metadata what JupyterLab says of it: { cellId } */
  async start(code: string, options: JsonObject = {}, metadata: JsonObject = {}): Promise<Sent> {
    const content = { code, silent: false, store_history: true, user_expressions: {}, ...options };
    const started = Date.now();
    const id = await this.send("shell", "execute_request", { stop_on_error: true, ...content }, [], metadata);
    return { id, answer: this.answer(id, started) };
  }

  async execute(code: string, options: JsonObject = {}): Promise<Answer> {
    return (await this.start(code, options)).answer;
  }

  async heartbeat(text: string): Promise<string> {
    await this.heart.send(text);
    const [frame] = await this.heart.receive();
    return String(frame);
  }

  /** Waits for a stream text in the output of a running cell. */
  async printed(id: string, text: string): Promise<void> {
    let read = 0;
    await this.until(() => {
      const messages = this.of(id);
      while (read < messages.length) {
        if (String(messages[read++]?.content.text ?? "").includes(text)) return true;
      }
      return false;
    });
  }

  hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  async ended(patience = PATIENCE): Promise<void> {
    const deadline = Date.now() + patience;
    while (!this.hasEnded()) {
      if (Date.now() > deadline) throw new Error("the kernel process has not ended");
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  async stop(): Promise<void> {
    if (!KernelClient.running.delete(this)) return;
    if (!this.hasEnded()) {
      await this.send("control", "shutdown_request", { restart: false });
      await this.ended(5000).catch(() => this.process.kill("SIGKILL"));
    }
    for (const socket of [this.shell, this.stdin, this.control, this.subscriber, this.heart]) socket.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((done) => {
          const server = createServer();
          server.listen(0, "127.0.0.1", () => done(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

/** The `error` message among the outputs. */
export function errorOf(answer: Answer): {
  ename: string;
  evalue: string;
  traceback: string[];
  plain: string;
} {
  const message = answer.outputs.find((m) => m.header.msg_type === "error");
  if (!message) throw new Error(`no error among ${answer.outputs.map((m) => m.header.msg_type).join(", ")}`);
  const { ename, evalue, traceback } = message.content as {
    ename: string;
    evalue: string;
    traceback: string[];
  };

  return { ename, evalue, traceback, plain: traceback.join("\n").replace(/\x1b\[\d+m/g, "") };
}

export function typesOf(messages: Message[]): string[] {
  return messages.map((message) => message.header.msg_type);
}

export const sleep = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
