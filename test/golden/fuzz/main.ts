/** `npm run fuzz:torch -- --cases 5000 --networks 200 --trajectories 300 --seed 1`: random cases, which PyTorch judges. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../../../src/tensor/random";
import { pythonFile } from "../../support/python";
import { networkRow } from "./networks";
import { opRows } from "./ops";
import { trajectoryRow } from "./optimizers";

const root = join(__dirname, "../../../..");

async function main(flags: readonly string[]): Promise<void> {
  const settings: Record<string, number> = { cases: 5000, networks: 200, trajectories: 300, seed: 1 };
  for (let i = 0; i < flags.length; i += 2) {
    const name = flags[i].replace(/^--/, "");
    if (!(name in settings))
      throw new RangeError(`fuzz:torch: takes --${Object.keys(settings).join(", --")}, got ${flags[i]}.`);
    settings[name] = Number(flags[i + 1]);
  }
  const folder = join(root, "dist", "fuzz-torch");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const random = new Random(settings.seed);
  const ops = await opRows(settings.cases, random);
  const trajectories = [];
  for (let i = 0; i < settings.trajectories; i++) trajectories.push(await trajectoryRow(random));
  const networks = [];
  for (let i = 0; i < settings.networks; i++) networks.push(await networkRow(folder, i, random));
  const file = join(folder, "cases.json");
  writeFileSync(file, JSON.stringify({ ops, trajectories, networks }));
  console.log(`seed ${settings.seed}`);
  console.log(pythonFile(join(root, "test", "golden", "fuzz", "judge.py"), [file], 3_600_000).trimEnd());
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
