import { askable } from "../askable";
import { bounded } from "../../picture";
import { inspected } from "../registry";
import type { ShownNumbers } from "../shownNumbers";
import { viewOf } from "../viewOf";
import type { Answer } from "./index";

/** The numbers of the last view of each object: an inspector that draws twice a second keeps one of them, not all. */
const lastShown = new WeakMap<object, ShownNumbers>();

/** The object as it is now, drawn with what the question asks for. */
export const view: Answer<"view"> = async (object, ask, { buffers }) => {
  const { view: made, shares, ...rest } = await viewOf(object, ask, buffers);
  const sent = askable(bounded(made), made, (shown) => {
    lastShown.set(object, shown);
    return inspected.idOf(shown);
  });
  return { content: { ...rest, view: sent }, floats: shares ? [shares] : [] };
};
