import { expect } from "chai";
import { blockSize, Heap } from "../../../src/devices/cpu/heap";

describe("the heap of device cpu", () => {
  const reached: number[] = [];
  const make = (): Heap => new Heap(64, (bytes) => reached.push(bytes));

  it("hands out whole cache lines, one behind the other", () => {
    const heap = make();
    expect([heap.take(1), heap.take(100), heap.take(64)]).to.deep.equal([64, 128, 256]);
    expect(heap.used).to.equal(64 + 128 + 64);
    expect(reached.at(-1)).to.be.greaterThan(320);
  });

  it("gives a block again to who asks for its size", () => {
    const heap = make();
    const a = heap.take(10_000);
    heap.take(64);
    heap.give(a, 10_000);
    expect(heap.take(10_000)).to.equal(a);
  });

  it("puts neighbours together when no block fits", () => {
    const heap = make();
    const blocks = Array.from({ length: 8 }, () => heap.take(4096));
    const top = heap.take(64);
    for (const at of blocks) heap.give(at, 4096);
    expect(heap.take(4 * 4096)).to.equal(blocks[0]);
    expect(heap.take(64)).to.be.lessThan(top);
  });

  it("never hands out memory that is in use", () => {
    const heap = make();
    const live = new Map<number, number>();
    let seed = 7;
    const random = (n: number): number => (seed = (seed * 48271) % 2147483647) % n;
    for (let i = 0; i < 5000; i++) {
      const given = [...live.keys()];
      if (given.length > 20 || (given.length && random(2))) {
        const at = given[random(given.length)];
        heap.give(at, live.get(at) as number);
        live.delete(at);
        continue;
      }
      const bytes = 1 + random(20_000);
      const at = heap.take(bytes);
      for (const [other, size] of live)
        expect(at + blockSize(bytes) <= other || other + blockSize(size) <= at).to.equal(true);
      live.set(at, bytes);
    }
    expect(heap.used).to.equal([...live.values()].reduce((sum, bytes) => sum + blockSize(bytes), 0));
    expect(heap.peak).to.be.lessThan(2e6);
  });
});
