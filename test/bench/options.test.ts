import { expect } from "chai";
import { OptionError, parseOptions } from "../../bench/options";
import { peerNames } from "../../bench/runner/peers";
import { suites } from "../../bench/suites";
import { suiteNames } from "../../bench/suites/names";

describe("the options of npm run bench", () => {
  it("run everything as a table by default", () => {
    expect(parseOptions([])).to.deep.equal({
      suites: suiteNames,
      peers: peerNames,
      format: "table",
      quick: false,
      save: false,
      against: null,
      times: 1,
    });
  });

  it("choose suites and peers, in the order in which they are known", () => {
    const options = parseOptions(["--suite", "start,train", "--peers=jax-js,torch", "--quick", "--save", "--json"]);
    expect(options).to.deep.equal({
      suites: ["train", "start"],
      peers: ["torch", "jax-js"],
      format: "json",
      quick: true,
      save: true,
      against: null,
      times: 1,
    });
  });

  it("compare with another commit alone, unless peers are named", () => {
    const { against, times, peers } = parseOptions(["--against", "main~3", "--times", "5"]);
    expect([against, times, peers]).to.deep.equal(["main~3", 5, []]);
    expect(parseOptions(["--against=abc", "--peers", "torch"]).peers).to.deep.equal(["torch"]);
  });

  const known = "Known: train, conv, forward, overhead, memory, start, gpu, kernel, views, live.";
  for (const [flags, words] of [
    [["--suite", "trane"], `bench: there is no suite "trane". ${known}`],
    [["--suite"], `bench: no suite is named. ${known}`],
    [["--against"], "bench: --against wants a commit, as git log shows it."],
    [["--times", "0"], "bench: --times wants a whole number from 1 on, got 0."],
    [["--suite", "--quick"], `bench: no suite is named. ${known}`],
    [
      ["--peers", "torch,keras"],
      `bench: there is no peer "keras". Known: torch, convnetjs, tfjs-cpu, tfjs-wasm, jax-js, onnxruntime-web, gpu.js.`,
    ],
    [["--json", "--markdown"], "bench: --json and --markdown do not go together. Choose one."],
    [
      ["train"],
      "bench: there is no option train. Usage: npm run bench -- [--suite a,b] [--peers a,b] [--against commit] [--times n] [--quick] " +
        "[--json | --markdown] [--save]",
    ],
  ] as const)
    it(`refuse ${flags.join(" ")}`, () => {
      expect(() => parseOptions(flags)).to.throw(OptionError, words);
    });

  it("know every suite there is", () => {
    for (const name of suiteNames) expect(suites[name].name).to.equal(name);
  });
});
