import { expect } from "chai";
import { kernelOf, type WidgetLike } from "../../extension/src/kernel/find";
import { FakeKernel } from "../support/fakeKernel";

const noDocuments = (): WidgetLike[] => [];
const below = (parent: WidgetLike | null, more: Partial<WidgetLike> = {}): WidgetLike => ({ parent, ...more });
const running = (kernel: FakeKernel | null): WidgetLike["sessionContext"] => ({ session: { kernel } });

describe("extension's way from an output to its kernel", () => {
  const kernel = new FakeKernel();
  const outputs = { outputs: {} };

  it("leads up to the notebook or console around it", () => {
    const panel = below(below(null), { sessionContext: running(kernel) });
    const renderer = below(below(below(panel), { model: outputs.outputs }));
    expect(kernelOf(renderer, noDocuments)).to.equal(kernel);
  });

  it("ends at a notebook without a kernel, or in none", () => {
    for (const session of [null, { kernel: null }]) {
      const panel = below(null, { sessionContext: { session } });
      const other = below(null, {
        sessionContext: running(kernel),
        content: { model: { cells: [outputs] } },
      });
      expect(kernelOf(below(panel, { model: outputs.outputs }), () => [other])).to.equal(undefined);
    }
    expect(kernelOf(below(null), noDocuments)).to.equal(undefined);
  });

  it("leads from an output in a view of its own to the notebook whose cell has it", () => {
    const other = new FakeKernel();
    const documents = [
      below(null),
      below(null, {
        sessionContext: running(other),
        content: { model: { cells: [{}, { outputs: {} }] } },
      }),
      below(null, { sessionContext: running(null), content: { model: null } }),
      below(null, {
        sessionContext: running(kernel),
        content: { model: { cells: [{ outputs: {} }, outputs] } },
      }),
    ];
    const clone = below(below(below(null), { model: outputs.outputs }));
    expect(kernelOf(clone, () => documents)).to.equal(kernel);
    expect(kernelOf(below(null, { model: {} }), () => documents)).to.equal(undefined);
  });
});
