import { expect } from "chai";
import { F, tensor, type Tensor } from "../../src";
import { gradients } from "../../src/autograd/tape";
import type { Storage } from "../../src/devices/storage";

const leaf = (...values: number[]): Tensor => tensor(values, { requiresGrad: true });
const seed = (...values: number[]): Storage["memory"] => tensor(values).storage.memory;
const numbers = async (found: (Tensor | null)[]): Promise<(number[] | null)[]> =>
  Promise.all(found.map(async (each) => each && [...(await each.data())]));

describe("gradients of chosen tensors", () => {
  it("of leaves and of what lies between, and no grad is touched", async () => {
    const [a, b] = [leaf(1, 2), leaf(3, 4)];
    const inner = a.mul(b);
    inner.retainGrad();
    const root = inner.mul(inner).add(a);
    const found = gradients(root, seed(1, 10), [inner, a, root]);
    expect(await numbers(found)).to.deep.equal([
      [6, 160],
      [19, 650],
      [1, 10],
    ]);
    expect([a.grad, b.grad, inner.grad]).to.deep.equal([null, null, null]);
  });
  it("is null for what the root does not depend on, and for what was cut off", async () => {
    const [a, b] = [leaf(1, 2), leaf(3, 4)];
    expect(await numbers(gradients(a.mul(b.detach()), seed(1, 1), [b, a, leaf(1)]))).to.deep.equal([
      null,
      [3, 4],
      null,
    ]);
  });
  it("of a tensor that is the root itself", async () => {
    const a = leaf(1, 2);
    expect(await numbers(gradients(a, seed(5, 6), [a]))).to.deep.equal([[5, 6]]);
  });
  it("computes none that lead nowhere else", () => {
    const [x, weight] = [tensor([[1, 2]], { requiresGrad: true }), tensor([[3, 4]], { requiresGrad: true })];
    const root = F.linear(x, weight);
    const needs: unknown[] = [];
    const { pull } = root.node as NonNullable<Tensor["node"]>;
    (root.node as NonNullable<Tensor["node"]>).pull = (dy, need) => (needs.push(need), pull?.(dy, need) ?? []);
    gradients(root, seed(1), [x]);
    expect(needs).to.deep.equal([[true, false]]);
  });
  it("leaves graphs of others usable, and its own only with retainGraph", async () => {
    const [a, b] = [leaf(1, 2), leaf(3, 4)];
    const others = b.mul(2);
    const root = a.mul(others);
    await numbers(gradients(root, seed(1, 1), [a], true));
    expect(await numbers(gradients(root, seed(1, 1), [a]))).to.deep.equal([[6, 8]]);
    expect(() => gradients(root, seed(1, 1), [a])).to.throw(/the graph was already freed/);
    others.sum().backward();
    expect(await numbers([b.grad])).to.deep.equal([[2, 2]]);
  });
  it("adds up over several paths, through ops that hand their gradient on", async () => {
    const a = leaf(1, 2);
    const same = a.reshape(2, 1).reshape(2);
    const root = same.add(same).add(a.add(a));
    expect(await numbers(gradients(root, seed(1, 2), [a, same]))).to.deep.equal([
      [4, 8],
      [2, 4],
    ]);
  });
});
