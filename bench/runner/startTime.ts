import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Command } from "./peers";

/** Seconds from the start of the process. */
export interface StartTimes {
  loaded: number;
  result: number;
}

/** Starts a program that prints "loaded" and "result" when it is so far. @throws Error if it does not print both */
export async function timeStart({ program, args, env }: Command): Promise<StartTimes> {
  const began = performance.now();
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const times: Partial<StartTimes> = {};
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line === "loaded" || line === "result") times[line] = (performance.now() - began) / 1000;
  });
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  const { loaded, result } = times;
  if (loaded === undefined || result === undefined)
    throw new Error(`${program} ${args.join(" ")} ended with ${String(code)} before its first result`);
  return { loaded, result };
}
