/** An engine for the tests of the harness: an iteration takes FAKE_MS, and FAKE says what is wrong with it. */
import { Cannot, serve } from "../../bench/child/serve";

const { FAKE = "", FAKE_MS = "1" } = process.env;

function wait(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end;);
}

console.log("what a package says while it loads");
serve({
  version: "1.2.3",
  threads: 1,
  prepare() {
    if (FAKE === "cannot") throw new Cannot("has no such layer");
    if (FAKE === "broken") throw new Error("is broken");
    return {
      iterate() {
        if (FAKE === "dies") process.exit(3);
        wait(Number(FAKE_MS));
      },
      probe: () => [1, FAKE === "differs" ? 2.5 : 2],
    };
  },
});
