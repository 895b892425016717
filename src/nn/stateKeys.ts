/** What to say when the keys of a state dict are not the module's. */

/** How many keys of each kind a message shows. */
const SHOWN = 3;

/** "conv1.weight, conv1.bias, bn1.weight and 59 more" */
const list = (keys: readonly string[]): string =>
  (keys.slice(0, SHOWN).join(", ") || "none") + (keys.length > SHOWN ? ` and ${keys.length - SHOWN} more` : "");

/** Wrappers that put their name in front of every key. */
const wrappers: Readonly<Record<string, string>> = {
  "module.": "nn.DataParallel",
  "_orig_mod.": "torch.compile",
};

/**
 * The message for keys that do not match: one sentence if only a prefix differs, else the first of each kind and how many.
 * @param own   the keys of the module
 * @param given the keys of the state dict
 */
export function keyMismatch(own: readonly string[], given: readonly string[]): string {
  const known = new Set(own);
  const has = new Set(given);
  const missing = own.filter((key) => !has.has(key));
  const unknown = given.filter((key) => !known.has(key));
  const counts = `(missing: ${list(missing)}; unknown: ${list(unknown)})`;
  // Counters of batches come and go with the versions of PyTorch.
  const [named, found] = [own, given].map((keys) => keys.filter((key) => !/(^|\.)num_batches_tracked$/.test(key)));
  const exchange = prefixes(named, found);
  if (!exchange) return `loadStateDict: keys do not match ${counts}. Is it the state dict of the same architecture?`;
  const { matches } = exchange;
  if (matches === named.length && matches === found.length)
    return `loadStateDict: only the prefix differs: ${describe(exchange)}. ${advice(exchange)}`;
  return (
    `loadStateDict: the prefix differs: ${describe(exchange)} ${counts}. ${advice(exchange)} ` +
    `Then ${matches} of the module's ${named.length} keys match.`
  );
}

interface Exchange {
  /** What the keys of the state dict begin with, and what stands there in the module. */
  from: string;
  to: string;
  matches: number;
}

/** The exchange of prefixes after which most keys match; null if none makes more match than do already. */
function prefixes(own: readonly string[], given: readonly string[]): Exchange | null {
  const known = new Set(own);
  const already = given.filter((key) => known.has(key)).length;
  const candidates = [...beginnings(given)].flatMap((from) =>
    [...beginnings(own)].map((to): Exchange => {
      const matches = given.filter((key) => key.startsWith(from) && known.has(to + key.slice(from.length))).length;
      return { from, to, matches };
    }),
  );
  const length = ({ from, to }: Exchange): number => from.length + to.length;
  const [best] = candidates.sort((a, b) => b.matches - a.matches || length(a) - length(b));
  // A chance hit, such as one `bias`, is no prefix.
  const enough = best.matches > already && best.matches * 2 > Math.min(own.length, given.length);
  return enough ? best : null;
}

/** "", and every path that at least half of the keys begin with: "module.", "module.model.". */
function beginnings(keys: readonly string[]): Set<string> {
  const counts = new Map<string, number>([["", keys.length]]);
  for (const key of keys)
    for (let dot = key.indexOf("."); dot >= 0; dot = key.indexOf(".", dot + 1)) {
      const path = key.slice(0, dot + 1);
      counts.set(path, (counts.get(path) ?? 0) + 1);
    }
  return new Set([...counts].filter(([, count]) => count * 2 >= keys.length).map(([path]) => path));
}

function describe({ from, to }: Exchange): string {
  if (!from) return `the module's keys begin with "${to}", the state dict's do not`;
  const wrapper = Object.keys(wrappers).find((prefix) => from.startsWith(prefix));
  const by = wrapper === undefined ? "" : ` (${wrappers[wrapper]} puts it there)`;
  const instead = to ? `the module's with "${to}"` : "the module's do not";
  return `the state dict's keys begin with "${from}"${by}, ${instead}`;
}

function advice({ from, to }: Exchange): string {
  const path = to.replace(/\.$/, "");
  if (!from && /^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$/.test(path))
    return `Load it into that part: net.${path}.loadStateDict(state).`;
  const key = from ? `key.replace(${JSON.stringify(from)}, ${JSON.stringify(to)})` : `${JSON.stringify(to)} + key`;
  const verb = from ? (to ? "Exchange it" : "Strip it") : "Add it";
  return `${verb}: Object.fromEntries(Object.entries(state).map(([key, value]) => [${key}, value])).`;
}
