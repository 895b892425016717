#!/usr/bin/env node
// The `receptive` command: cli/ is its body. Its place gives npm the workspace whose `bin` it is. This file and nodeVersion.mjs must stay readable to Node 12: all newer syntax lies behind the
// dynamic import.
import { nodeIsNewEnough } from "../scripts/lib/nodeVersion.mjs";

if (nodeIsNewEnough()) {
  import("../dist/cli/main.js").then(
    (command) => command.main(process.argv.slice(2)),
    (error) => {
      if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
      console.error("receptive: it is not built. Run npm run build first.");
      process.exitCode = 1;
    },
  );
}
