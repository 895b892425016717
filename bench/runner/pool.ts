import type { Replies } from "../child/protocol";
import { Child } from "./child";
import { commandOf, labelOf, type EngineName } from "./peers";

export interface Worker {
  engine: EngineName;
  child: Child;
  about: Replies["hello"];
}

/** The processes of a suite: one for each engine and number of threads, started when first needed. */
export class Pool {
  private readonly workers = new Map<string, Worker>();
  private readonly children = new Set<Child>();
  /** Which versions ran. */
  readonly versions = new Map<EngineName, string>();

  /** @throws Error if the process does not start */
  async get(engine: EngineName, threads: number): Promise<Worker> {
    const key = labelOf(engine, threads);
    const known = this.workers.get(key);
    if (known?.child.alive) return known;
    const worker = await this.start(engine, threads);
    this.workers.set(key, worker);
    return worker;
  }

  /** A process that nobody else uses; the caller closes it. */
  start(engine: EngineName, threads: number): Promise<Worker> {
    return this.started(engine, new Child(commandOf(engine, threads)));
  }

  protected async started(engine: EngineName, child: Child): Promise<Worker> {
    this.children.add(child);
    try {
      const about = await child.tell<"hello">({ cmd: "hello" }, 120);
      this.versions.set(engine, about.version);
      return { engine, child, about };
    } catch (error) {
      await child.close();
      throw error;
    }
  }

  /** Every process that runs. */
  all(): Child[] {
    return [...this.children].filter(({ alive }) => alive);
  }

  /** Whose process this is. */
  nameOf(child: Child): string {
    const [key] = [...this.workers].find(([, worker]) => worker.child === child) ?? ["a process"];
    return key;
  }

  async close(): Promise<void> {
    await Promise.all(this.all().map((child) => child.close()));
    this.workers.clear();
    this.children.clear();
  }
}
