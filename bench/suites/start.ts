import { ratioOf, type Row } from "../report/rows";
import type { Bench } from "../runner/bench";
import { allThreads, startCommandOf, type EngineName, type PeerName } from "../runner/peers";
import { timeStart, type StartTimes } from "../runner/startTime";
import type { Suite } from "./suite";

const moments: [keyof StartTimes, string][] = [
  ["loaded", "process start to package loaded"],
  ["result", "process start to first conv2d result"],
];

const rivals: PeerName[] = ["torch", "tfjs-cpu"];

export const start: Suite = {
  name: "start",
  title: "from the start of a process, Node or Python included",
  async *run(bench) {
    const engines: EngineName[] = ["receptive", ...rivals.filter((name) => bench.options.peers.includes(name))];
    const best = await measure(bench, engines);
    const ours = best.get("receptive");
    if (!ours) throw new Error("our engine was not started");
    for (const [moment, name] of moments) {
      const mine = ours[moment] * 1e3;
      const row = (peerName: string, peer: number | null): Row => ({
        suite: "start",
        case: name,
        unit: "ms",
        ours: mine,
        threads: allThreads,
        peer,
        peerName,
        ratio: ratioOf("ms", mine, peer),
      });
      const rows = engines.slice(1).map((engine) => row(engine, (best.get(engine)?.[moment] ?? NaN) * 1e3));
      yield rows.length > 0 ? rows : [row("-", null)];
    }
  },
};

/** The best of several starts of each, in turns; the first one of each warms the disk's cache and does not count. */
async function measure(bench: Bench, engines: EngineName[]): Promise<Map<EngineName, StartTimes>> {
  const best = new Map<EngineName, StartTimes>();
  for (const engine of engines) await timeStart(startCommandOf(engine));
  for (let i = 0; i < bench.effort.starts; i++)
    for (const engine of engines) {
      const { loaded, result } = await timeStart(startCommandOf(engine));
      const before = best.get(engine) ?? { loaded: Infinity, result: Infinity };
      best.set(engine, {
        loaded: Math.min(before.loaded, loaded),
        result: Math.min(before.result, result),
      });
    }
  return best;
}
