import { expect } from "chai";
import { getNumThreads, setNumThreads } from "../../../src/devices/cpu/threads";
import { checkedCases } from "./checked/cases";

const REPEATED = 20;

describe(`device cpu gives the same bits on 1, 2 and 4 threads, ${REPEATED} times`, () => {
  const usual = getNumThreads();
  const cases = checkedCases();
  const alone = new Map<string, ArrayLike<number>[]>();

  before(async () => {
    setNumThreads(1);
    for (const { name, run } of cases) alone.set(name, await run("cpu"));
  });
  after(() => setNumThreads(usual));

  for (const threads of [2, 4])
    describe(`on ${threads} threads`, () => {
      before(() => setNumThreads(threads));
      for (const { name, run } of cases)
        it(name, async () => {
          const once = alone.get(name) ?? [];
          for (let i = 0; i < REPEATED; i++) {
            const again = await run("cpu");
            expect(again.length).to.equal(once.length).and.to.be.above(0);
            once.forEach((numbers, j) => expect(sameBits(again[j], numbers), `array ${j}`).to.equal(true));
          }
        });
    });
});

function sameBits(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) return bytesOf(a).equals(bytesOf(b));
  return a.length === b.length && Array.from(a).every((value, i) => Object.is(value, b[i]));
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
