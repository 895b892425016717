/**
 * The worker thread that owns every socket. It answers heartbeat and control by itself, so that a notebook can be
 * interrupted or shut down while the main thread is busy, and it sends what a busy main thread has printed.
 */
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { Reply, Router, XPublisher, type Socket } from "zeromq";
import { splitDriverWarnings } from "./driverWarnings";
import { Escalation } from "./escalation";
import { refuseDebug } from "../info";
import { rememberMemory } from "./lastEnd";
import { MemoryWatch } from "./memoryWatch";
import { warningOf } from "./memoryWords";
import { Outputs } from "../output/outputs";
import { interruptTrees, ownChildren } from "./signalChildren";
import type { StreamName } from "../output/streams";
import { weightOfPiece, type IoThreadData, type ToIoThread, type ToMain } from "./messages";
import { Word } from "../run/words";
import { NativeReader } from "./nativeReader";
import { log, warn } from "../log";
import { OutputFile } from "./outputFile";
import { setTerminal } from "./terminal";
import type { JsonObject } from "../json";
import { copyBytes, makeHeader, type Channel, type Message } from "../message";
import { decode, encode, encodePublished } from "./wire";

if (!parentPort) throw new Error("ioThread.js is started by main.js");
const port = parentPort;
const {
  connection,
  session,
  kernelInfo,
  words: memory,
  native,
  connectionFile,
  heapLimit,
} = workerData as IoThreadData;
if (native) setTerminal(native.terminal);
const words = new Int32Array(memory);

/** How long a shutdown waits for the main thread before the process is killed. */
const SHUTDOWN_GRACE = 4500;
const PARENT_POLL = 1000;

/** A peer that announces more than this is disconnected. */
const MAX_MESSAGE = 1024 ** 3;

const unlimited = { sendHighWaterMark: 0, linger: 500, maxMessageSize: MAX_MESSAGE };
const sockets = {
  shell: new Router({ ...unlimited, receiveHighWaterMark: 0 }),
  stdin: new Router({ ...unlimited, receiveHighWaterMark: 0 }),
  control: new Router({ ...unlimited, receiveHighWaterMark: 0 }),
  iopub: new XPublisher(unlimited),
  hb: new Reply({ linger: 0, maxMessageSize: 1024 }),
} satisfies Record<Channel, Socket>;

const tell = (message: ToMain, transfer: Uint8Array[] = []): void =>
  port.postMessage(
    message,
    transfer.map((frame) => frame.buffer as ArrayBuffer),
  );

/** How long the first messages wait for somebody to hear them. */
const LISTENER_GRACE = 1000;

/**
 * Front ends ask for the kernel's info until they hear of it on iopub as well, with a second between. A subscription takes
 * longer than the request, so without this the first answer would always be lost.
 */
async function hasListener(): Promise<void> {
  await new Promise<void>((done) => {
    setTimeout(done, LISTENER_GRACE).unref();
    void (async () => {
      for await (const [frame] of sockets.iopub) if (frame[0] === 1) done();
    })().catch(() => {});
  });
}

/** zeromq allows one send at a time for a socket; so each has a queue. */
const tails: Record<"shell" | "stdin" | "control" | "iopub", Promise<void>> = {
  shell: Promise.resolve(),
  stdin: Promise.resolve(),
  control: Promise.resolve(),
  iopub: hasListener(),
};
function send(channel: Channel, frames: Uint8Array[]): void {
  if (channel === "hb") return;
  tails[channel] = tails[channel].then(() =>
    sockets[channel].send(frames).catch((error: unknown) => log(`send on ${channel}: ${String(error)}`)),
  );
}

async function forward(channel: "shell" | "stdin"): Promise<void> {
  for await (const frames of sockets[channel]) {
    const copies = frames.map(copyBytes);
    tell({ type: "message", channel, frames: copies }, copies);
  }
}

async function heartbeat(): Promise<void> {
  for await (const frames of sockets.hb) await sockets.hb.send(frames);
}

async function control(): Promise<void> {
  for await (const frames of sockets.control) {
    try {
      const request = decode(frames, connection.key);
      const content = controlReply(request);
      if (!content) {
        log(`control: ${request.header.msg_type} is not known`);
        continue;
      }
      publish("status", { execution_state: "busy" }, request.header);
      reply(request, content);
      publish("status", { execution_state: "idle" }, request.header);
      if (request.header.msg_type === "shutdown_request") await shutdown();
    } catch (error) {
      warn(`control: dropped a message: ${String(error)}`);
    }
  }
}

function controlReply(request: Message): JsonObject | null {
  switch (request.header.msg_type) {
    case "kernel_info_request":
      return kernelInfo;
    case "interrupt_request":
      escalation.interrupt();
      return { status: "ok" };
    case "debug_request":
      return refuseDebug(request.content);
    case "shutdown_request":
      return { status: "ok", restart: request.content.restart === true };
    default:
      return null;
  }
}

function reply(request: Message, content: JsonObject): void {
  const header = makeHeader(request.header.msg_type.replace("_request", "_reply"), session);
  const message = { ...request, header, parent: request.header, metadata: {}, content, buffers: [] };
  send("control", encode(message, connection.key));
}

function publish(type: string, content: JsonObject, parent: Message["parent"]): void {
  const message: Message = {
    identities: [],
    header: makeHeader(type, session),
    parent,
    metadata: {},
    content,
    buffers: [],
  };
  send("iopub", encodePublished(message, connection.key));
}

function publishText(name: StreamName, text: string, parent: string): void {
  publish("stream", { name, text }, JSON.parse(parent) as Message["parent"]);
}

const outputs = new Outputs((parent) => ({
  text: (name, text) => publishText(name, text, parent),
  clear: (wait) => publish("clear_output", { wait }, JSON.parse(parent) as Message["parent"]),
}));

let running: string | null = null;
/** Whose child the main thread waits for. */
let child: string | null = null;
/** Children that were there before it. */
let others = new Set<number>();
const escalation = new Escalation({
  words,
  stopChild() {
    if (child !== null) interruptTrees([...ownChildren()].filter((pid) => !others.has(pid)));
  },
  wake: () => tell({ type: "interrupt" }),
  tell(text) {
    outputs.flush();
    if (running !== null) publishText("stderr", text, running);
  },
  // The reply to the request that asked for this goes out first.
  end: () => void setTimeout(() => void closeSockets().then(() => process.kill(process.pid, "SIGKILL")), 100),
});

const memoryWatch = new MemoryWatch({
  heapLimit,
  remember: (state) => rememberMemory(connectionFile, state),
  warn(state) {
    const parent = running ?? lastRunning;
    outputs.flush();
    if (parent !== null) publishText("stderr", warningOf(state), parent);
  },
});

/** Sockets are closed before the process ends: a worker's open sockets make zeromq abort the process. */
async function closeSockets(): Promise<void> {
  memoryWatch.stop();
  outputs.endAll();
  await Promise.race([Promise.all(Object.values(tails)), new Promise((done) => setTimeout(done, 300))]);
  for (const socket of Object.values(sockets)) socket.close();
}

let closing = false;
async function shutdown(): Promise<void> {
  memoryWatch.stop();
  setTimeout(() => process.kill(process.pid, "SIGKILL"), SHUTDOWN_GRACE);
  escalation.interrupt();
  tell({ type: "shutdown" });
  await tails.control;
}

/** No orphans: a kernel whose server has died has nobody to talk to. */
function watchParent(): void {
  const first = process.ppid;
  const declared = Number(process.env.JPY_PARENT_PID ?? 0);
  const isAlive = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "EPERM";
    }
  };
  setInterval(() => {
    escalation.look();
    const orphan = process.platform !== "win32" && process.ppid !== first;
    if (!orphan && (!(declared > 0) || isAlive(declared))) return;
    warn("the process that started the kernel has gone; the kernel ends");
    if (!closing) void shutdown();
  }, PARENT_POLL);
}

/** Whose cell wrote last, for native output between cells. */
let lastRunning: string | null = null;
const reader =
  native &&
  new NativeReader(native.read, catchUp, (name, text) => {
    const parent = child ?? running ?? lastRunning;
    if (parent === null) return;
    if (name === "stdout" || child !== null) return outputs.add(name, text, parent);
    const { kept, warnings } = splitDriverWarnings(text);
    if (warnings !== "") log(warnings.trimEnd());
    if (kept !== "") outputs.add(name, kept, parent);
  });

/** Handles what the main thread has sent already. */
function catchUp(): void {
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
    handle(next.message as ToIoThread);
  }
}

function handle(message: ToIoThread): void {
  switch (message.type) {
    case "stream":
      outputs.add(message.name, message.text, message.parent);
      Atomics.sub(words, Word.printed, weightOfPiece(message.text));
      Atomics.notify(words, Word.printed);
      return;
    case "running":
      reader?.drain();
      if (running !== null) outputs.end(running);
      lastRunning = running ?? lastRunning;
      running = message.parent;
      return;
    case "clear":
      return outputs.clear(message.wait, message.parent);
    case "record":
      return outputs.record(message.parent, new OutputFile(message.file));
    case "child":
      reader?.drain();
      child = message.parent;
      if (child !== null) others = ownChildren();
      Atomics.add(words, Word.children, 1);
      Atomics.notify(words, Word.children);
      return;
    case "send":
      outputs.flush();
      return send(message.channel, message.frames);
    case "barrier":
      // Two turns of the loop read what the sockets already hold; the answer comes after it, on the same port.
      setTimeout(() => setImmediate(() => tell({ type: "barrier", ticket: message.ticket })), 2);
      return;
    case "close":
      if (closing) return;
      closing = true;
      reader?.drain();
      void closeSockets().then(() => tell({ type: "closed" }));
  }
}
port.on("message", handle);

let listening = "";
async function bindAll(): Promise<void> {
  for (const name of Object.keys(sockets) as Channel[]) {
    listening = connection.addresses[name];
    await sockets[name].bind(listening);
  }
  const ended = (error: unknown): void => log(`a socket loop ended: ${String(error)}`);
  for (const loop of [forward("shell"), forward("stdin"), control(), heartbeat()]) loop.catch(ended);
  watchParent();
  memoryWatch.start();
  tell({ type: "bound" });
}
bindAll().catch((error: unknown) => {
  const reason = `cannot listen on ${listening}: ${error instanceof Error ? error.message : String(error)}`;
  void closeSockets().then(() => tell({ type: "failed", reason }));
});
