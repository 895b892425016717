import { expect } from "chai";
import { DataError } from "../../src/errors";
import { ResNet18 } from "../../src/models";
import * as nn from "../../src/nn";
import { zeros } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";
import { messageOf } from "../datasets/support";

type State = Record<string, Tensor>;
const net = nn.skipInit(() => new ResNet18());
const state = net.stateDict();
const renamed = (name: (key: string) => string, keep: (key: string) => boolean = () => true): State =>
  Object.fromEntries(
    Object.entries(state)
      .filter(([key]) => keep(key))
      .map(([key, value]) => [name(key), value]),
  );
/** Runs what a message says to do with `state`. */
const mended = (message: string, given: State): State => {
  const code = /(Object\.fromEntries\(.*\))\./.exec(message)?.[1] ?? "";
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the message is ours
  const run = new Function("state", `return ${code}`) as (state: State) => State;
  return run(given);
};

describe("a state dict whose keys only begin otherwise", () => {
  const only = (from: string, by = ""): string =>
    `loadStateDict: only the prefix differs: the state dict's keys begin with "${from}"${by}, the module's do not. ` +
    `Strip it: Object.fromEntries(Object.entries(state).map(([key, value]) => [key.replace("${from}", ""), value])).`;
  const words: Record<string, string> = {
    "module.": " (nn.DataParallel puts it there)",
    "_orig_mod.": " (torch.compile puts it there)",
    "_orig_mod.module.": " (torch.compile puts it there)",
    "model.": "",
    "net.": "",
    "backbone.": "",
    "a.b.": "",
  };
  for (const [prefix, by] of Object.entries(words))
    it(`with "${prefix}": says so in one sentence, and what to do works`, () => {
      const given = renamed((key) => prefix + key);
      const message = messageOf(() => net.loadStateDict(given));
      expect(message).to.equal(only(prefix, by));
      expect(net.loadStateDict(mended(message, given)).missingKeys).to.deep.equal([]);
    });
  it("also where old files lack the counters of batches, or a few keys differ besides", () => {
    const old = renamed(
      (key) => `module.${key}`,
      (key) => !key.endsWith("num_batches_tracked"),
    );
    expect(messageOf(() => net.loadStateDict(old))).to.equal(only("module.", words["module."]));
    const headless = renamed(
      (key) => `backbone.${key}`,
      (key) => !key.startsWith("fc."),
    );
    const message = messageOf(() => net.loadStateDict(headless));
    expect(message).to.match(/^loadStateDict: the prefix differs: the state dict's keys begin with "backbone\."/);
    expect(message).to.match(/Then 100 of the module's 102 keys match\.$/);
    expect(net.loadStateDict(mended(message, headless), { strict: false }).missingKeys).to.deep.equal([
      "fc.weight",
      "fc.bias",
    ]);
  });
  it("the other way round: names the part, or adds the prefix", () => {
    class Wrapped extends nn.Module {
      net = net;
      forward(x: Tensor): Tensor {
        return this.net(x);
      }
    }
    expect(messageOf(() => new Wrapped().loadStateDict(state))).to.equal(
      `loadStateDict: only the prefix differs: the module's keys begin with "net.", the state dict's do not. ` +
        `Load it into that part: net.net.loadStateDict(state).`,
    );
    const listed = new nn.Sequential(net);
    const message = messageOf(() => listed.loadStateDict(state));
    expect(listed.loadStateDict(mended(message, state)).missingKeys).to.deep.equal([]);
    const other = renamed((key) => `model.${key}`);
    const exchange = messageOf(() => new Wrapped().loadStateDict(other));
    expect(exchange).to.contain(`the state dict's keys begin with "model.", the module's with "net.". Exchange it: `);
    expect(new Wrapped().loadStateDict(mended(exchange, other)).missingKeys).to.deep.equal([]);
  });
});

describe("a state dict of another network", () => {
  it("names the first keys of each kind and counts the others", () => {
    expect(() => net.loadStateDict({ "conv1.bias": zeros([1]), a: zeros([1]) })).to.throw(
      DataError,
      "loadStateDict: keys do not match (missing: conv1.weight, bn1.weight, bn1.bias and 99 more; " +
        "unknown: conv1.bias, a). Is it the state dict of the same architecture?",
    );
    for (const given of [{}, renamed((key) => key.split("").reverse().join(""))])
      expect(messageOf(() => net.loadStateDict(given)).length).to.be.below(300);
    // One name that fits by chance is no prefix.
    expect(
      messageOf(() => new nn.Linear(2, 2).loadStateDict({ "fc.weight": zeros([2, 2]), "o.b": zeros([2]) })),
    ).to.equal(
      "loadStateDict: keys do not match (missing: weight, bias; unknown: fc.weight, o.b). Is it the state dict of the same architecture?",
    );
  });
});
