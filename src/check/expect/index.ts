/// <reference types="chai" preserve="true" />
/** chai's `expect`, which knows tensors. */
import { once } from "../../once";
import { DISPLAY } from "../../protocol";
import type { Shape } from "../../tensor/shape";
import { likelyCause } from "../hints";
import type { Numbers } from "../numbers";
import type { Tolerance } from "../tolerance";
import { waited } from "../waited";
import { closeToTensor, haveGradient, haveShape, type Verdict } from "./assertions";
import { chai } from "./chai";

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- where chai's types let others add assertions
  namespace Chai {
    interface Assertion {
      /**
       * Whether every number is close to that of `expected`: |got - expected| <= atol + rtol * |expected|, and both have one
       * shape. Write await before the whole: numbers must be read. A failure tells both shapes, how many numbers differ, the
       * worst with its index, CS231n's relative error, and a likely cause if the numbers show one.
       * @param expected  a tensor, nested arrays, or one number for all elements
       * @param tolerance `{ rtol, atol }`, default 1e-5 and 1e-8 as in `allclose`; one number stands for both
       * @example await expect(tensor([1, 2]).mul(2)).to.be.closeToTensor([2, 4], 1e-5);
       */
      closeToTensor(expected: Numbers, tolerance?: Tolerance): Promise<void>;
      /**
       * Whether a tensor, or whatever else has a shape, has this one.
       * @example expect(zeros([1, 10])).to.haveShape([1, 10]);
       */
      haveShape(shape: Shape): Assertion;
      /**
       * Whether a tensor's gradient is close to `expected`, as `closeToTensor` compares. Write await before the whole.
       * @example
       * const w = tensor([1, 2], { requiresGrad: true });
       * w.mul(w).sum().backward();
       * await expect(w).to.haveGradient([2, 4]);
       */
      haveGradient(expected: Numbers, tolerance?: Tolerance): Promise<void>;
    }
  }
}

/** What chai makes of `expect(value)`, as a method of it sees itself. */
interface Subject {
  _obj: unknown;
  assert(holds: boolean, message: string, negated: string): void;
}

/** chai with our assertions. */
const extended = once(() => {
  const library = chai();
  library.use(({ Assertion, AssertionError }, { flag }) => {
    /** Escaped, because chai puts values in the place of `#{this}`. */
    const literal = (text: string): string => text.replace(/#\{/g, "# {");
    const settle = (subject: Subject, { holds, message, negated }: Verdict): void =>
      subject.assert(holds, literal(message), literal(negated));
    const called = (subject: Subject, name: string): string =>
      `expect(...)${flag(subject, "negate") ? ".not" : ""}.${name}`;

    // A cell that ends with an assertion shows its value.
    Object.defineProperty(Assertion.prototype, DISPLAY, { value: () => ({ "text/plain": "It holds." }) });
    Assertion.addMethod("haveShape", function (this: Subject, shape: Shape) {
      settle(this, haveShape(called(this, "haveShape"), this._obj, shape));
    });
    for (const [name, compare] of Object.entries({ closeToTensor, haveGradient }))
      Assertion.addMethod(name, function (this: Subject, expected: Numbers, tolerance?: Tolerance) {
        const caller = called(this, name);
        const at = placeOfCall(AssertionError);
        return waited(caller, async () => {
          const verdict = await compare(caller, this._obj as Numbers, expected, tolerance, likelyCause);
          try {
            settle(this, verdict);
          } catch (error) {
            throw at(error);
          }
        });
      });
  });
  return library;
});

/** Gives an error, which comes after the numbers have been read, the stack of the call that asked for them. */
function placeOfCall(AssertionError: abstract new (...given: never[]) => Error): (error: unknown) => unknown {
  const { stack } = new Error();
  return (error) => {
    if (error instanceof AssertionError && stack !== undefined)
      error.stack = `${error.name}: ${error.message}\n${stack.replace(/^.*\n/, "")}`;
    return error;
  };
}

/**
 * chai's `expect` with assertions for tensors: `closeToTensor`, `haveShape` and `haveGradient`. An assertion that reads
 * numbers is async: write await before it. Without, the cell fails, whatever the numbers are.
 * @throws AssertionError where an assertion does not hold
 * @see https://www.chaijs.com/api/bdd/
 * @example
 * const y = tensor([[1, 2], [3, 4]]).matmul(eye(2));
 * expect(y).to.haveShape([2, 2]);
 * await expect(y).to.be.closeToTensor([[1, 2], [3, 4]], 1e-5);
 * await expect(y).to.not.be.closeToTensor(y.transpose(0, 1));
 * expect(y.dtype).to.equal("float32");
 */
export const expect: Chai.ExpectStatic = Object.assign(
  (value: unknown, message?: string): Chai.Assertion => extended().expect(value, message),
  { fail: ((...given: []) => extended().expect.fail(...given)) as Chai.ExpectStatic["fail"] },
);
