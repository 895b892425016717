import { expect } from "chai";
import { inspect } from "node:util";
import { nn, tensor, zeros, type Tensor } from "../../src";

/** As plain JavaScript and cells see it. */
type Indexed = Record<number, Record<number, unknown>>;
const indexed = (x: Tensor): Indexed => x as unknown as Indexed;

describe("x[0]", () => {
  it("says how elements are read", () => {
    const x = indexed(tensor([[1, 2]]));
    const message = "x[0]: a Tensor is not indexed with []: x.select(0, 0), or (await x.data())[0].";
    expect(() => x[0]).to.throw(TypeError, message);
    expect(() => x[0][1]).to.throw(TypeError, message);
    expect(() => x[99]).to.throw(TypeError, "x.select(0, 99), or (await x.data())[99]");
    expect(() => x[-1]).to.throw(TypeError, "x.select(0, -1), or (await x.data()).at(-1)");
    expect(() => (x[0] = {})).to.throw(TypeError, "x[0]: a Tensor's numbers are not set with [].");
    expect(() => indexed(new nn.Parameter(zeros([2])))[1]).to.throw(TypeError, "x[1]: ");
  });

  it("disturbs nothing that looks at a tensor", () => {
    const [a, b] = [tensor([1, 2]), tensor([1, 2])];
    expect(Object.keys(a)).to.deep.equal(Object.keys(Object.assign(Object.create(null) as object, a)));
    for (const key in a) expect(Number.isNaN(Number(key)), key).to.equal(true);
    expect(Array.from(a as unknown as ArrayLike<number>)).to.deep.equal([]);
    expect(inspect(a)).to.equal("tensor([1., 2.])");
    expect(inspect({ a }, { showHidden: true })).to.contain("tensor([1., 2.])");
    expect(() => expect({ a }).to.deep.equal({ a: b })).not.to.throw(TypeError);
    expect(() => JSON.stringify(a.shape) + String(a)).not.to.throw();
    expect([a, b].flat().length).to.equal(2);
    expect([a].concat(b)).to.deep.equal([a, b]);
  });
});
