/** The I/O thread's part of native output: reads the pipes, and says whose text it is. */
import { readSync } from "node:fs";
import { Socket } from "node:net";
import { StringDecoder } from "node:string_decoder";
import type { StreamName } from "../output/streams";

const CHUNK = 64 * 1024;

export class NativeReader {
  private readonly pipes: { name: StreamName; fd: number; decoder: StringDecoder }[];
  /** Read, but not handed over yet. */
  private waiting: { name: StreamName; text: string }[] = [];

  /**
   * @param catchUp  handles the messages of the main thread that have arrived: what was printed before comes first
   * @param deliver  hands a piece of text over
   */
  constructor(
    read: Record<StreamName, number>,
    private readonly catchUp: () => void,
    private readonly deliver: (name: StreamName, text: string) => void,
  ) {
    this.pipes = (["stdout", "stderr"] as const).map((name) => ({
      name,
      fd: read[name],
      decoder: new StringDecoder("utf8"),
    }));
    for (const { name, fd, decoder } of this.pipes) {
      const socket = new Socket({ fd, readable: true, writable: false });
      socket.on("data", (data) => {
        this.waiting.push({ name, text: decoder.write(data) });
        this.catchUp();
        this.handOver();
      });
      socket.on("error", () => {});
    }
  }

  /** Reads all that was written up to now. Called where it changes whose text it is. */
  drain(): void {
    const buffer = Buffer.alloc(CHUNK);
    for (const { name, fd, decoder } of this.pipes) {
      for (;;) {
        const length = readNow(fd, buffer);
        if (length === 0) break;
        this.waiting.push({ name, text: decoder.write(buffer.subarray(0, length)) });
        // A child that never ends its output must not keep this thread from everything else.
        if (this.waiting.length > 256) this.handOver();
      }
    }
    this.handOver();
  }

  private handOver(): void {
    for (const { name, text } of this.waiting.splice(0)) this.deliver(name, text);
  }
}

/** Zero if the pipe is empty. */
function readNow(fd: number, buffer: Buffer): number {
  try {
    return readSync(fd, buffer);
  } catch {
    return 0;
  }
}
