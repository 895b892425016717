/** Runs cases on the checked kernels, in a process of its own, and prints what is wrong with each as JSON. */
import { Checker } from "./checker";
import { checkedCases, type CheckedCase } from "./cases";

/** How far single precision may be from the reference: as a part of the largest number. */
const TOLERANCE = 1e-4;

/** In which order chunks run, and what unwritten memory holds: results must not depend on it. */
const runs = [
  { backward: false, poison: NaN },
  { backward: true, poison: 1e30 },
  { backward: true, poison: -1e30 },
];

async function problems(checker: Checker, each: CheckedCase): Promise<string[]> {
  const truth = await each.run("reference");
  const found: string[] = [];
  for (const divisor of [1, 300]) {
    checker.divisor = divisor;
    const where = `chunks ${divisor} times as small: `;
    const results: ArrayLike<number>[][] = [];
    for (const run of runs) {
      Object.assign(checker, run);
      results.push(await each.run("cpu"));
    }
    truth.forEach((numbers, i) => {
      const name = i === 0 ? "output" : `gradient ${i - 1}`;
      const apart = distance(results[0][i], numbers);
      if (!(apart <= TOLERANCE)) found.push(`${where}${name} is ${apart} away from reference`);
      if (!results.every((result) => sameBits(result[i], results[0][i])))
        found.push(`${where}${name} depends on the order of chunks or on unwritten memory`, ...checker.crossings);
    });
    found.push(...[...checker.findings].map((finding) => where + finding));
    checker.findings.clear();
    checker.crossings.clear();
  }
  return found;
}

/** The largest difference, as a part of the largest number; equal infinities and NaN do not differ. */
function distance(got: ArrayLike<number>, want: ArrayLike<number>): number {
  if (got.length !== want.length) return Infinity;
  let [most, largest] = [0, 1e-30];
  for (let i = 0; i < want.length; i++) {
    if (Object.is(got[i], want[i])) continue;
    const apart = Math.abs(got[i] - want[i]);
    if (!(apart <= most)) most = apart;
    largest = Math.max(largest, Math.abs(want[i]));
  }
  return most / largest;
}

const sameBits = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
  a.length === b.length && Array.from(a).every((value, i) => Object.is(value, b[i]));

void (async () => {
  const checker = new Checker();
  const results: Record<string, { problems: string[]; cut: number }> = {};
  for (const each of checkedCases()) {
    checker.cut = 0;
    const found = await problems(checker, each);
    results[each.name] = { problems: found, cut: checker.cut };
  }
  process.stdout.write(JSON.stringify(results));
})();
