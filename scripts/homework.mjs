// This file and nodeVersion.mjs must stay readable to Node 12: all newer syntax lies behind the dynamic import.
import { nodeIsNewEnough } from "./lib/nodeVersion.mjs";

if (nodeIsNewEnough()) import("./lib/homework.mjs").then((command) => command.main(process.argv.slice(2)));
