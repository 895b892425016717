/** Our own engine in a child of its own, through its public names alone, so that all engines stand alike. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deviceInfo } from "../../src";
import { Cannot, serve } from "../child/serve";
import { prepareConv } from "./conv";
import { exportNetwork } from "./exportNetwork";
import { prepareForward } from "./forward";
import { prepareOverhead } from "./overhead";
import { prepareTrain } from "./train";

async function main(): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(__dirname, "../../../package.json"), "utf8")) as {
    version: string;
  };
  const { cpu } = await deviceInfo();
  serve({
    version,
    threads: cpu.threads,
    prepare(spec) {
      switch (spec.kind) {
        case "train":
          return prepareTrain(spec.net, spec.batch);
        case "conv":
          return prepareConv(spec);
        case "forward":
          return prepareForward(spec.net);
        case "overhead":
          return prepareOverhead(spec.op);
        default:
          throw new Cannot("there is no such case");
      }
    },
    export: exportNetwork,
  });
}

void main();
