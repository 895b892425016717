import { availableParallelism, cpus } from "node:os";
import type { EngineName } from "../runner/peers";

/** Where and when a run was made. */
export interface Machine {
  date: string;
  cpu: string;
  cores: number;
  node: string;
}

export const machine = (now = new Date()): Machine => ({
  date: now.toISOString().slice(0, 16).replace("T", " "),
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  cores: availableParallelism(),
  node: process.versions.node,
});

export const machineLine = ({ date, cpu, cores, node }: Machine): string =>
  `${date} UTC, ${cpu}, ${cores} ${cores === 1 ? "core" : "cores"}, Node ${node}`;

export const versionLine = (versions: ReadonlyMap<EngineName, string>): string =>
  [...versions].map(([name, version]) => `${name} ${version}`).join(", ");
