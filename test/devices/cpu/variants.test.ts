import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..", "..", "..");
const dist = join(root, "dist");

/** Ways to compile and to run the kernels, each with what `deviceInfo` must then say. */
const variants = [
  {
    env: { RECEPTIVE_THREADS: "2", RECEPTIVE_RELAXED_SIMD: "0" },
    cpu: { threads: 2, fusedMultiplyAdd: false },
  },
  { env: { RECEPTIVE_THREADS: "1" }, cpu: { threads: 1 } },
  { env: { RECEPTIVE_THREADS: "2", RECEPTIVE_SHARED_MEMORY: "0" }, cpu: { threads: 1 } },
];

describe("the kernels of device cpu, however they run", () => {
  for (const { env, cpu } of variants)
    it(`pass all op samples and PyTorch's numbers with ${JSON.stringify(env)}`, () => {
      const files = ["test/ops/samples.test.js", "test/golden/ops.test.js"].map((file) => join(dist, file));
      const mocha = join(root, "node_modules", "mocha", "bin", "mocha.js");
      const options = { encoding: "utf8", env: { ...process.env, ...env }, cwd: root } as const;
      const run = spawnSync(process.execPath, [mocha, ...files, "--grep", "on cpu", "--reporter", "json"], options);
      const { stats } = JSON.parse(run.stdout) as { stats: { passes: number; failures: number } };
      expect(stats.failures, run.stdout.slice(-2000)).to.equal(0);
      expect(stats.passes).to.be.greaterThan(300);

      const ask = `require(${JSON.stringify(join(dist, "src/index.js"))}).deviceInfo().then((i) => console.log(JSON.stringify(i.cpu)))`;
      const info = spawnSync(process.execPath, ["-e", ask], options);
      expect(JSON.parse(info.stdout)).to.deep.include(cpu);
    }).timeout(180_000);
});
