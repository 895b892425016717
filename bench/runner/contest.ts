/** One case, all engines: their rounds are interleaved, so that a slow minute of the machine hits all alike. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Spec } from "../child/protocol";
import { better, inUnit, ratioOf, type Row, type Unit } from "../report/rows";
import type { SuiteName } from "../suites/names";
import type { Bench } from "./bench";
import type { Child } from "./child";
import { IdleWatch } from "./idle";
import { labelOf, type EngineName, type PeerName } from "./peers";
import { differenceOf } from "./agree";

export interface Rival {
  engine: PeerName;
  threads: number;
  /** Why it need not be tried. */
  cannot?: string;
}

export interface Contest {
  suite: SuiteName;
  name: string;
  unit: Exclude<Unit, "MB">;
  spec: Spec;
  /** Ours gets so many threads. */
  threads: number;
  rivals: Rival[];
  /** Seconds of iterations that are timed as one. */
  block: number;
  /** Floating-point operations of one iteration, for GFLOP/s. */
  flops?: number;
  /** GFLOP/s of register tiles on as many threads. */
  peak?: number;
  /** How far the engines' results may differ, relative to the largest number. */
  tolerance: number;
}

/** An engine in a contest. */
interface Entry {
  engine: EngineName;
  label: string;
  threads: number;
  child: Child | null;
  rounds: number;
  best: number;
  probe: number[];
  /** Why it is out. */
  out?: string;
  note?: string;
}

/** Threads that spin for a moment after their work shall be asleep before the next engine runs. */
const PAUSE = 20;
/** An engine that needs so many seconds for one iteration is measured twice, or by its warm-up alone. */
const SLOW = 2;
const VERY_SLOW = 30;

/** The rows of a contest: one for each rival, and one for the better of a rival's numbers of threads. */
export async function compete(bench: Bench, contest: Contest): Promise<Row[]> {
  const wanted = [
    { engine: "receptive" as EngineName, threads: contest.threads, cannot: undefined },
    ...(bench.options.against === null
      ? []
      : [{ engine: "before" as EngineName, threads: contest.threads, cannot: undefined }]),
    ...contest.rivals.filter(({ engine }) => bench.options.peers.includes(engine)),
  ];
  const entries: Entry[] = [];
  for (const { engine, threads, cannot } of wanted)
    entries.push(await prepare(bench, contest, engine, threads, cannot));
  const [ours] = entries;
  if (ours.child && ours.threads !== contest.threads)
    bench.warn(`ours computes with ${ours.threads} of ${contest.threads} threads`);
  for (const entry of entries.slice(1)) entry.note = disagreement(ours, entry, contest.tolerance);
  const ratios: number[] = [];
  for (let time = 0; time < bench.options.times; time++) {
    for (const entry of entries) if (entry.rounds > 0) entry.best = Infinity;
    await runRounds(bench, entries);
    const before = entries.find(({ engine }) => engine === "before");
    if (before) ratios.push(before.best / ours.best);
  }
  for (const { child } of entries) if (child?.alive) await child.tell<"release">({ cmd: "release" });
  if (ours.out) bench.fail(`${contest.suite}, ${contest.name}: ours ${ours.out}`);
  return withMedian(rowsOf(contest, entries), ratios);
}

/** The row of our engine at another commit, with the median of several ratios. */
function withMedian(rows: Row[], ratios: readonly number[]): Row[] {
  const sorted = ratios.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length < 2) return rows;
  const [row, ...others] = rows;
  const all = sorted.map((ratio) => ratio.toFixed(2)).join(" ");
  const note = [row.note, `median of ${sorted.length}: ${all}`].filter(Boolean).join("; ");
  return [{ ...row, ratio: sorted[Math.floor(sorted.length / 2)], note }, ...others];
}

async function prepare(
  bench: Bench,
  { spec, block }: Contest,
  engine: EngineName,
  threads: number,
  cannot: string | undefined,
): Promise<Entry> {
  const entry: Entry = {
    engine,
    label: labelOf(engine, threads),
    threads,
    child: null,
    rounds: 0,
    best: Infinity,
    probe: [],
  };
  if (cannot !== undefined) return { ...entry, out: `cannot: ${cannot}` };
  try {
    const worker = await bench.pool.get(engine, threads);
    const { warmUp } = bench.effort;
    const reply = await worker.child.ask<"prepare">({ cmd: "prepare", spec, warmUp, block });
    if (!reply.ok) return { ...entry, out: "cannot" in reply ? `cannot: ${reply.cannot}` : reply.error };
    const { latest, probe } = reply;
    const ready = { ...entry, child: worker.child, threads: worker.about.threads, probe };
    if (latest > VERY_SLOW) return { ...ready, best: latest };
    return { ...ready, rounds: Math.min(bench.effort.rounds, latest > SLOW ? 2 : Infinity) };
  } catch (error) {
    return { ...entry, out: (error as Error).message };
  }
}

async function runRounds(bench: Bench, entries: Entry[]): Promise<void> {
  const watch = new IdleWatch();
  const { rounds, seconds } = bench.effort;
  // Forwards and backwards in turns: the second of two is favoured by a processor that the first has woken.
  for (let round = 0; round < rounds; round++)
    for (const entry of round % 2 === 0 ? entries : [...entries].reverse()) {
      const { child } = entry;
      if (!child || round >= entry.rounds) continue;
      try {
        await sleep(PAUSE);
        const { best } = await watch.during(child, bench.pool.all(), () => child.tell<"run">({ cmd: "run", seconds }));
        entry.best = Math.min(entry.best, best);
      } catch (error) {
        entry.out = (error as Error).message;
        entry.child = null;
      }
    }
  for (const [child, share] of watch.restless()) {
    const name = bench.pool.nameOf(child);
    bench.warn(`${name} used ${Math.round(share * 100)} % of a core while others were measured`);
  }
}

function disagreement(ours: Entry, entry: Entry, tolerance: number): string | undefined {
  if (ours.out || entry.out || entry.probe.length === 0) return undefined;
  const difference = differenceOf(ours.probe, entry.probe);
  return difference <= tolerance ? undefined : `results differ by ${difference.toExponential(1)}`;
}

function rowsOf({ suite, name, unit, flops, peak }: Contest, entries: Entry[]): Row[] {
  const value = ({ best }: Entry): number | null => (Number.isFinite(best) ? inUnit(unit, best, flops) : null);
  const [ours, ...others] = entries;
  const mine = value(ours);
  const row = (peerName: string, peer: number | null, note?: string): Row => ({
    suite,
    case: name,
    unit,
    ours: mine,
    threads: ours.threads,
    peer,
    peerName,
    ratio: ratioOf(unit, mine, peer),
    ...(peak !== undefined && mine !== null ? { share: mine / peak } : {}),
    ...(note !== undefined ? { note } : {}),
  });
  if (ours.out) return [row("-", null, `ours: ${ours.out}`)];
  const rows = others.map((entry) => row(entry.label, value(entry), entry.out ?? entry.note));
  const torch = others.filter(({ engine, best }) => engine === "torch" && Number.isFinite(best)).map(value);
  if (torch.length > 1)
    rows.splice(
      torch.length,
      0,
      row(
        "torch (best)",
        torch.reduce((a, b) => better(unit, a ?? 0, b ?? 0), torch[0]),
      ),
    );
  return rows.length > 0 ? rows : [row("-", null)];
}
