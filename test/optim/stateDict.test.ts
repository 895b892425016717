import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeviceName } from "../../src/devices/device";
import { DataError, ShapeError } from "../../src/errors";
import { load, save } from "../../src/io";
import * as nn from "../../src/nn";
import * as optim from "../../src/optim";
import type { OptimizerState } from "../../src/optim";
import { fromArray, randn, tensor, zeros } from "../../src/tensor/create";
import { getRngState, manualSeed, setRngState } from "../../src/tensor/random";
import type { Tensor } from "../../src/tensor/tensor";

const { SGD, Adam, AdamW, Adadelta, Adagrad, RMSprop, lrScheduler } = optim;

/** Each optimizer with settings that keep all it can keep, and what PyTorch 2.13 calls that after a step. */
const optimizers = [
  { Kind: SGD, settings: { lr: 0.05 }, keys: [] },
  { Kind: SGD, settings: { lr: 0.05, momentum: 0.9, nesterov: true }, keys: ["momentum_buffer"] },
  { Kind: Adam, settings: { lr: 0.05, weightDecay: 0.01 }, keys: ["step", "exp_avg", "exp_avg_sq"] },
  { Kind: AdamW, settings: { lr: 0.05, amsgrad: true }, keys: ["step", "exp_avg", "exp_avg_sq", "max_exp_avg_sq"] },
  { Kind: RMSprop, settings: { lr: 0.01 }, keys: ["step", "square_avg"] },
  {
    Kind: RMSprop,
    settings: { lr: 0.01, momentum: 0.5, centered: true },
    keys: ["step", "square_avg", "grad_avg", "momentum_buffer"],
  },
  { Kind: Adadelta, settings: {}, keys: ["step", "square_avg", "acc_delta"] },
  { Kind: Adagrad, settings: { lr: 0.1, lrDecay: 0.1, initialAccumulatorValue: 0.5 }, keys: ["step", "sum"] },
] as const;

type AnyOptimizer = {
  zeroGrad(): void;
  step(): void;
  stateDict(): OptimizerState;
  loadStateDict(state: OptimizerState): void;
  paramGroups: { lr: number; params: Tensor[] }[];
};
type AnyScheduler = {
  step(metric: number): void;
  stateDict(): Record<string, unknown>;
  loadStateDict(state: Record<string, unknown>): void;
  getLastLr(): number[];
};

const schedulers: Record<string, (optimizer: optim.lrScheduler.Schedulable) => AnyScheduler> = {
  StepLR: (o) => new lrScheduler.StepLR(o, { stepSize: 3, gamma: 0.5 }),
  MultiStepLR: (o) => new lrScheduler.MultiStepLR(o, { milestones: [2, 5, 5, 7], gamma: 0.7 }),
  ExponentialLR: (o) => new lrScheduler.ExponentialLR(o, { gamma: 0.9 }),
  CosineAnnealingLR: (o) => new lrScheduler.CosineAnnealingLR(o, { tMax: 6, etaMin: 0.001 }),
  LambdaLR: (o) => new lrScheduler.LambdaLR(o, { lrLambda: (epoch) => 1 / (1 + epoch) }),
  ReduceLROnPlateau: (o) => new lrScheduler.ReduceLROnPlateau(o, { patience: 1, factor: 0.5, cooldown: 1 }),
};
/** Falls, then does not. */
const metrics = [5, 4, 4, 4, 4, 3.9, 3.9, 3.9, 3.9, 3.9];

let folder: string;
before(() => (folder = mkdtempSync(join(tmpdir(), "state-dict-"))));
after(() => rmSync(folder, { recursive: true }));

const network = (device: DeviceName): nn.Module =>
  new nn.Sequential(
    new nn.Linear(3, 8),
    new nn.BatchNorm1d(8),
    new nn.PReLU(),
    new nn.Dropout(0.3),
    new nn.Linear(8, 2),
  ).to(device);

/** A training of ten steps on random inputs; stopped in the middle and gone on with by new objects if `interrupted`. */
async function train(
  device: DeviceName,
  makeOptimizer: (parameters: Tensor[]) => AnyOptimizer,
  makeScheduler: (optimizer: AnyOptimizer) => AnyScheduler,
  interrupted: boolean,
): Promise<{ weights: number[][]; lrs: number[] }> {
  manualSeed(1);
  let net = network(device);
  let optimizer = makeOptimizer(net.parameters());
  let scheduler = makeScheduler(optimizer);
  const lrs: number[] = [];
  for (let epoch = 0; epoch < 10; epoch++) {
    if (interrupted && epoch === 5) {
      const path = join(folder, "checkpoint.safetensors");
      const made = {
        net: net.stateDict(),
        optimizer: optimizer.stateDict(),
        scheduler: scheduler.stateDict(),
      };
      await save(path, { ...made, random: getRngState() });
      manualSeed(99);
      net = network(device);
      optimizer = makeOptimizer(net.parameters());
      scheduler = makeScheduler(optimizer);
      const loaded = load<typeof made & { random: number[] }>(path);
      net.loadStateDict(loaded.net);
      optimizer.loadStateDict(loaded.optimizer);
      scheduler.loadStateDict(loaded.scheduler);
      setRngState(loaded.random);
    }
    const x = fromArray(await randn([6, 3]).data(), [6, 3], { device });
    optimizer.zeroGrad();
    net(x).pow(2).mean().backward();
    optimizer.step();
    scheduler.step(metrics[epoch]);
    lrs.push(...scheduler.getLastLr());
  }
  const state = Object.values(net.stateDict());
  return { weights: await Promise.all(state.map(async (t) => Array.from(await t.data()))), lrs };
}

describe("a training that goes on from a checkpoint ends at the bits where one that was not interrupted ends", () => {
  const cases: [name: string, (parameters: Tensor[]) => AnyOptimizer, (optimizer: AnyOptimizer) => AnyScheduler][] = [
    ...optimizers.map(({ Kind, settings }): (typeof cases)[number] => [
      `${Kind.name} ${JSON.stringify(settings)}`,
      (parameters) => new Kind(parameters, settings),
      schedulers.StepLR,
    ]),
    ...Object.entries(schedulers).map(([name, make]): (typeof cases)[number] => [
      `${name}, two groups`,
      ([first, ...others]) => new Adam([{ params: [first], lr: 0.01 }, { params: others }], { lr: 0.05 }),
      make,
    ]),
  ];
  for (const device of ["reference", "cpu", "gpu"] as const)
    for (const [name, makeOptimizer, makeScheduler] of cases)
      it(`${name} on ${device}`, async () => {
        const whole = await train(device, makeOptimizer, makeScheduler, false);
        const resumed = await train(device, makeOptimizer, makeScheduler, true);
        expect(resumed).to.deep.equal(whole);
      });
});

function stepped(Kind: (typeof optimizers)[number]["Kind"], settings: object, parameters: Tensor[]): AnyOptimizer {
  const optimizer: AnyOptimizer = new Kind(parameters, settings);
  parameters[0].sum().backward();
  optimizer.step();
  return optimizer;
}

describe("an optimizer's state dict", () => {
  const leaves = (): Tensor[] => [tensor([[1, 2]], { requiresGrad: true }), tensor([3], { requiresGrad: true })];

  for (const { Kind, settings, keys } of optimizers)
    it(`of ${Kind.name} ${JSON.stringify(settings)} has PyTorch's names`, () => {
      const { state, param_groups } = stepped(Kind, settings, leaves()).stateDict();
      // A parameter without a gradient has no state yet, but Adagrad's sums are there from the start.
      const begun = Kind === Adagrad ? ["0", "1"] : keys.length > 0 ? ["0"] : [];
      expect(Object.keys(state)).to.deep.equal(begun);
      expect(Object.keys(state[0] ?? {})).to.have.members(keys);
      expect(param_groups).to.have.length(1);
      expect(param_groups[0].params).to.deep.equal([0, 1]);
      expect(param_groups[0]).to.include.keys("lr", "weight_decay", "maximize");
    });
  it("is a copy", async () => {
    const parameters = leaves();
    const optimizer = stepped(SGD, { momentum: 0.9 }, parameters);
    const { state } = optimizer.stateDict();
    optimizer.step();
    expect(await state[0].momentum_buffer.tolist()).to.deep.equal([[1, 1]]);
    const other = new SGD(parameters, { momentum: 0.9 });
    other.loadStateDict(optimizer.stateDict());
    other.step();
    expect(await optimizer.stateDict().state[0].momentum_buffer.tolist()).to.deep.equal([
      [1.899999976158142, 1.899999976158142],
    ]);
  });
  it("counts parameters over all groups, and brings their settings along", () => {
    const [a, b] = leaves();
    const optimizer = new Adam([{ params: [a] }, { params: [b], lr: 0.5, betas: [0.5, 0.6] }]);
    new lrScheduler.ExponentialLR(optimizer, { gamma: 0.5 }).step();
    const { param_groups } = optimizer.stateDict();
    expect(param_groups.map(({ params }) => params)).to.deep.equal([[0], [1]]);
    expect(param_groups[1]).to.deep.include({
      lr: 0.25,
      initial_lr: 0.5,
      betas: [0.5, 0.6],
      weight_decay: 0,
    });
    const other = new Adam([{ params: [a] }, { params: [b] }], { eps: 1 });
    other.loadStateDict({ state: {}, param_groups });
    expect(other.paramGroups[1]).to.deep.include({ lr: 0.25, initialLr: 0.5, betas: [0.5, 0.6], eps: 1e-8 });
    expect(other.paramGroups[1].params).to.deep.equal([b]);
  });
  it("takes what an older PyTorch wrote, and its ways to compute", async () => {
    const [a] = leaves();
    const adam = new Adam([a], { maximize: true });
    adam.loadStateDict({
      state: { 7: { step: 3 as unknown as Tensor, exp_avg: zeros([1, 2]), exp_avg_sq: zeros([1, 2]) } },
      param_groups: [
        { lr: 0.2, betas: [0.9, 0.99], eps: 1e-8, weight_decay: 0, amsgrad: false, foreach: null, params: [7] },
      ],
    });
    expect(await adam.stateDict().state[0].step.item()).to.equal(3);
    expect(adam.paramGroups[0]).to.deep.include({ lr: 0.2, maximize: true });
  });
  it("says what does not fit, and then changes nothing", () => {
    const [a, b] = leaves();
    const sgd = new SGD([a, b], { lr: 0.1, momentum: 0.9 });
    const refuse = (given: unknown, words: string, kind: new (words: string) => Error = DataError): void => {
      expect(() => sgd.loadStateDict(given as OptimizerState)).to.throw(kind, words);
      expect(sgd.paramGroups[0].lr).to.equal(0.1);
    };
    const group = { ...sgd.stateDict().param_groups[0], lr: 7 };
    refuse(undefined, "SGD.loadStateDict: there is no state or param_groups. Is it the state of the same optimizer?");
    refuse({ state: {}, param_groups: [] }, "SGD.loadStateDict: 1 groups are wanted, the state has 0.");
    refuse(
      { state: {}, param_groups: [{ ...group, params: [0] }] },
      "SGD.loadStateDict: param_groups[0] has 1 parameters, needs 2.",
    );
    refuse(
      new Adam([a, b]).stateDict(),
      "SGD.loadStateDict: param_groups[0] has no momentum such as 0.9, got undefined.",
    );
    refuse(
      { state: { 0: { exp_avg: a.detach() } }, param_groups: [group] },
      "SGD.loadStateDict: state[0] has exp_avg, which SGD does not keep.",
    );
    refuse(
      { state: { 0: { momentum_buffer: zeros([3]) } }, param_groups: [group] },
      "SGD.loadStateDict: state[0].momentum_buffer has shape [3], its parameter [1,2]. Is it the state of the same network?",
      ShapeError,
    );
    refuse({ state: { 5: {} }, param_groups: [group] }, "SGD.loadStateDict: state[5] belongs to no group.");
  });
});

describe("a scheduler's state dict", () => {
  const live = (...lrs: number[]) => ({ paramGroups: lrs.map((lr) => ({ lr })) });

  it("has PyTorch's names", () => {
    const keys = (name: string): string[] => Object.keys(schedulers[name](live(0.1)).stateDict());
    expect(keys("StepLR")).to.have.members(["step_size", "gamma", "base_lrs", "last_epoch", "_last_lr"]);
    expect(keys("CosineAnnealingLR")).to.have.members(["T_max", "eta_min", "base_lrs", "last_epoch", "_last_lr"]);
    expect(schedulers.MultiStepLR(live(1)).stateDict()).to.deep.include({ milestones: { 2: 1, 5: 2, 7: 1 } });
    expect(schedulers.LambdaLR(live(1)).stateDict()).to.deep.include({ lr_lambdas: [null] });
    expect(keys("ReduceLROnPlateau")).to.have.members(
      "factor min_lrs patience cooldown eps last_epoch _last_lr mode threshold threshold_mode best cooldown_counter num_bad_epochs".split(
        " ",
      ),
    );
  });
  it("says what does not fit", () => {
    const step = schedulers.StepLR(live(0.1));
    expect(() => step.loadStateDict(schedulers.ExponentialLR(live(0.1)).stateDict())).to.throw(
      DataError,
      "StepLR.loadStateDict: step_size must be such as 3, got undefined. Is it the state of a StepLR?",
    );
    expect(() => step.loadStateDict(schedulers.StepLR(live(0.1, 0.2)).stateDict())).to.throw(
      DataError,
      "StepLR.loadStateDict: base_lrs has 2 entries, the optimizer 1 groups. Is it the state of the same optimizer?",
    );
    const plateau = schedulers.ReduceLROnPlateau(live(0.1));
    expect(() => plateau.loadStateDict(step.stateDict())).to.throw(
      DataError,
      "ReduceLROnPlateau.loadStateDict: best must be",
    );
  });
});

describe("optimizers on cpu lose no digits of factors near 1", () => {
  it("Adam's first step has the length lr", async () => {
    const p = tensor([0], { requiresGrad: true });
    const adam = new Adam([p], { lr: 1 });
    p.sum().backward();
    adam.step();
    expect(await p.item()).to.be.closeTo(-1, 1e-7);
  });
});
