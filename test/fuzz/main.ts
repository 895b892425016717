/** `npm run fuzz -- --minutes 5 --seed 1 --device cpu`: random shapes against reference. The exit code is 1 if anything differs. */
import { setNumThreads } from "../../src/devices/cpu/threads";
import { fuzz, type FuzzOptions } from "./run";

function parse(flags: readonly string[]): FuzzOptions & { threads: number } {
  const settings: Record<string, string> = { minutes: "5", seed: "1", device: "cpu", threads: "2" };
  for (let i = 0; i < flags.length; i += 2) {
    const name = flags[i].replace(/^--/, "");
    if (!(name in settings) || flags[i + 1] === undefined)
      throw new RangeError(
        `fuzz: takes --minutes, --seed, --threads and --device with a value each, got ${flags.join(" ")}.`,
      );
    settings[name] = flags[i + 1];
  }
  const { device } = settings;
  if (device !== "cpu" && device !== "gpu") throw new RangeError(`fuzz: --device is cpu or gpu, got ${device}.`);
  return {
    minutes: Number(settings.minutes),
    seed: Number(settings.seed),
    threads: Number(settings.threads),
    device,
  };
}

void (async () => {
  const { threads, ...options } = parse(process.argv.slice(2));
  setNumThreads(threads);
  const { cases, problems } = await fuzz({ ...options, onProblem: (problem) => console.log(problem) });
  const rows = [...cases].sort((a, b) => a[1] - b[1]).map(([name, count]) => `${String(count).padStart(8)}  ${name}`);
  console.log(rows.join("\n"));
  const total = [...cases.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${total} cases on ${threads} threads, seed ${options.seed}: ${problems.length} differ`);
  process.exit(problems.length > 0 ? 1 : 0);
})();
