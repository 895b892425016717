/** Where a part of a page lies, once it lies still. */
import type { Locator } from "playwright-core";
import { pause } from "../../support/jupyterServer";

export type Box = NonNullable<Awaited<ReturnType<Locator["boundingBox"]>>>;

/** The box of a part in sight. A page that scrolls, or lays out cells that come into sight, moves it for some frames. */
export async function lies(drawn: Locator): Promise<Box> {
  await drawn.scrollIntoViewIfNeeded();
  let [before, still] = ["", 0];
  for (const deadline = Date.now() + 20_000; ; await pause(50)) {
    const box = await drawn.boundingBox();
    const now = JSON.stringify(box);
    still = now === before ? still + 1 : 0;
    before = now;
    if (box && still >= 4) return box;
    if (Date.now() > deadline) throw new Error(`${String(drawn)} does not lie still on the page: ${now}`);
  }
}
