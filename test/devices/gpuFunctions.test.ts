import { expect } from "chai";
import { readFileSync } from "node:fs";
import { kernelFunctions } from "../../src/devices/gpu/functions";
import { binaryRows } from "../../src/ops/binary/table";
import type { BinaryRow } from "../../src/ops/binary/kernels";
import { unaryRows } from "../../src/ops/unary/table";
import type { UnaryRow } from "../../src/ops/unary/kernels";

/** The functions that GPU.js writes into each shader for modes webgl and webgl2; a second one of that name does not compile. */
function namesInShaders(): Set<string> {
  const names = new Set<string>();
  for (const mode of ["web-gl", "web-gl2"]) {
    const shader = readFileSync(require.resolve(`gpu.js/src/backend/${mode}/fragment-shader.js`), "utf8");
    for (const [, name] of shader.matchAll(/^(?:\w+ )?\w+ (\w+)\(.*\{$/gm)) names.add(name ?? "");
  }
  return names;
}

const nameOf = (text: string): string => /^function (\w+)\(/.exec(text)?.[1] ?? text;

describe("functions of kernels on gpu", () => {
  it("have names that GPU.js does not write into its shaders", () => {
    const taken = namesInShaders();
    expect([...taken]).to.include.members(["expm1", "log1p", "sinh", "_pow"]);
    const used = new Set<string>();
    const add = (...texts: readonly string[]): void => texts.forEach((text) => used.add(nameOf(text)));
    for (const row of Object.values<UnaryRow>(unaryRows)) {
      add(...kernelFunctions("valueAt", row.f, 3, row.uses));
      if (row.df) add(...kernelFunctions("slopeAt", row.df, 4, row.uses));
    }
    for (const row of Object.values<BinaryRow>(binaryRows)) add(...kernelFunctions("combine", row.f, 2));
    expect(used.size).to.be.above(12);
    expect([...used].filter((name) => taken.has(name))).to.deep.equal([]);
  });
});
