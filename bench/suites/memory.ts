import type { Spec } from "../child/protocol";
import { ratioOf, type Row } from "../report/rows";
import type { Bench } from "../runner/bench";
import { allThreads, type EngineName } from "../runner/peers";
import type { Suite } from "./suite";

interface Case {
  name: string;
  spec: Spec;
  times: number;
}

export const memory: Suite = {
  name: "memory",
  title: "largest memory of a fresh process (resident set)",
  async *run(bench) {
    const { steps } = bench.effort;
    const cases: Case[] = [
      {
        name: `lecture's Net, batch 4, ${steps} steps`,
        spec: { kind: "train", net: "lecture", batch: 4 },
        times: steps,
      },
      { name: "VGG-16, one image three times", spec: { kind: "forward", net: "VGG16" }, times: 2 },
    ];
    for (const { name, spec, times } of cases) {
      const ours = await peak(bench, "receptive", spec, times);
      if (ours.note !== undefined) bench.fail(`memory, ${name}: ours ${ours.note}`);
      const peers = bench.options.peers.includes("torch") ? [await peak(bench, "torch", spec, times)] : [none];
      yield peers.map((peer) => row(name, ours, peer));
    }
  },
};

interface Peak {
  name: string;
  threads: number;
  megabytes: number | null;
  note?: string;
}

const none: Peak = { name: "-", threads: 0, megabytes: null };

/** Nobody else runs meanwhile; the process is gone afterwards. */
async function peak(bench: Bench, engine: EngineName, spec: Spec, times: number): Promise<Peak> {
  const { child, about } = await bench.pool.start(engine, allThreads);
  const measured = { name: engine, threads: about.threads };
  try {
    await child.tell<"prepare">({ cmd: "prepare", spec, warmUp: 0, block: 0 });
    await child.tell<"repeat">({ cmd: "repeat", times });
    const { peak } = await child.tell<"memory">({ cmd: "memory" });
    return { ...measured, megabytes: peak / 2 ** 20 };
  } catch (error) {
    return { ...measured, megabytes: null, note: (error as Error).message };
  } finally {
    await child.close();
  }
}

function row(name: string, ours: Peak, peer: Peak): Row {
  const note = ours.note ?? peer.note;
  return {
    suite: "memory",
    case: name,
    unit: "MB",
    ours: ours.megabytes,
    threads: ours.threads,
    peer: peer.megabytes,
    peerName: peer.name,
    ratio: ratioOf("MB", ours.megabytes, peer.megabytes),
    ...(note !== undefined ? { note } : {}),
  };
}
