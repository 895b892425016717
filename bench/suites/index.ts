/** One file a suite, one line here, one word in names.ts. */
import { conv } from "./conv";
import { forward } from "./forward";
import { gpu } from "./gpu";
import { kernel } from "./kernel";
import { live } from "./live";
import { memory } from "./memory";
import type { SuiteName } from "./names";
import { overhead } from "./overhead";
import { start } from "./start";
import type { Suite } from "./suite";
import { train } from "./train";
import { views } from "./views";

export const suites: Record<SuiteName, Suite> = {
  train,
  conv,
  forward,
  overhead,
  memory,
  start,
  gpu,
  kernel,
  views,
  live,
};
