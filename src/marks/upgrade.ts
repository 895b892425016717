/** Views of version 1, in notebooks saved before marks: one grid each, which said what it showed. */
import { hasOwn, type Json } from "./kit/check";

/** What version 1 left to the page. */
const KINDS: Record<string, Json> = {
  featureMaps: { tile: "channel" },
  filters: { tile: "filter" },
  images: { tile: "image", palette: "grey", repeats: true },
};

/** The same view in version 2, unchecked as it came. */
export function upgrade({ title, subtitle, view, scale, columns, labels, pixels, statistics }: Json): Json {
  const kind = typeof view === "string" && hasOwn(KINDS, view) ? KINDS[view] : {};
  const mark = { mark: "grid", ...kind, scale, columns, labels, pixels, statistics };
  return { version: 2, title, ...(subtitle === undefined ? {} : { subtitle }), marks: [mark] };
}
