import type { Module } from "./module";

/** What `body` returns, run with the network in evaluation mode; every module gets its mode back. */
export function evaluated<T>(net: Module, body: () => T): T {
  const modes = net.namedModules().map(([, module]) => [module, module.training] as const);
  try {
    net.eval();
    return body();
  } finally {
    for (const [module, mode] of modes) module.training = mode;
  }
}
