/**
 * Device gpu beside device cpu: what a launch costs, how fast convolutions are in each of GPU.js's modes, and training
 * steps. Large networks run where a graphics card computes; without one the rows say so. Every mode is measured in a
 * process of its own: this file as a program, `node dist/bench/suites/gpu.js --measure MODE SIZE SECONDS`.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import type { nn } from "../../src";
import {
  deviceInfo,
  fromArray,
  F,
  models,
  noGrad,
  optim,
  useGpu,
  type DeviceName,
  type GpuInfo,
  type Tensor,
} from "../../src";
import { trainNets } from "../ours/nets";
import type { Row } from "../report/rows";
import type { Suite } from "./suite";

type Mode = GpuInfo["mode"];
type Measured = Pick<Row, "case" | "unit" | "ours" | "note">;

/** Debian's Chromium brings a Vulkan that computes on the processor. */
const chromium = "/usr/lib/chromium";
const swiftShader = { VK_DRIVER_FILES: `${chromium}/vk_swiftshader_icd.json`, LD_LIBRARY_PATH: chromium };

const random = (shape: readonly number[], device: DeviceName): Tensor => {
  const size = shape.reduce((product, length) => product * length, 1);
  return fromArray(
    Float32Array.from({ length: size }, (_, i) => Math.sin(1.3 * i)),
    shape,
    { device },
  );
};

/** The best time of `body` in milliseconds, of as many runs as fit into the time, at least two. */
async function best(body: () => Promise<unknown>, seconds: number): Promise<number> {
  await body();
  const until = performance.now() + 1000 * seconds;
  let least = Infinity;
  for (let runs = 0; runs < 2 || performance.now() < until; runs++) {
    const start = performance.now();
    await body();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

async function overhead(device: DeviceName, seconds: number): Promise<number> {
  const x = random([16], device);
  const launches = 100;
  const body = async (): Promise<void> => {
    let y = x;
    for (let i = 0; i < launches; i++) y = y.relu();
    await y.data();
  };
  return ((await best(body, seconds)) / launches) * 1000;
}

async function convolution(device: DeviceName, seconds: number, [channels, side]: [number, number]): Promise<number> {
  const [x, w] = [random([1, channels, side, side], device), random([channels, channels, 3, 3], device)];
  const ms = await best(() => F.conv2d(x, w, null, { padding: 1 }).data(), seconds);
  return (2 * 9 * channels * channels * side * side) / ms / 1e6;
}

/** Milliseconds of a training step, until the loss and the new parameters are there. */
async function training(
  net: nn.Module,
  shape: readonly number[],
  device: DeviceName,
  seconds: number,
): Promise<number> {
  net.to(device);
  const optimizer = new optim.SGD(net.parameters(), { lr: 0.001, momentum: 0.9 });
  const x = random(shape, device);
  const labels = fromArray(
    Int32Array.from({ length: shape[0] }, (_, i) => i % 10),
    [shape[0]],
    { device },
  );
  return best(async () => {
    optimizer.zeroGrad();
    const loss = F.crossEntropy(net(x), labels);
    loss.backward();
    optimizer.step();
    await loss.item();
    await net.parameters()[0].data();
  }, seconds);
}

async function inference(
  net: nn.Module,
  shape: readonly number[],
  device: DeviceName,
  seconds: number,
): Promise<number> {
  net.to(device).eval();
  const x = random(shape, device);
  return best(() => noGrad(() => net(x)).data(), seconds);
}

/** What one device is asked for; `large` networks only where they end in reasonable time. */
async function measure(
  device: DeviceName,
  { small, large }: { small: boolean; large: boolean },
  seconds: number,
): Promise<Measured[]> {
  const found: Measured[] = [{ case: "one small op", unit: "µs", ours: await overhead(device, seconds) }];
  const sizes: [number, number][] = small
    ? [[16, 28]]
    : [
        [16, 28],
        [64, 56],
      ];
  for (const size of sizes)
    found.push({
      case: `conv 3x3, ${size[0]} to ${size[0]} channels, ${size[1]}x${size[1]}`,
      unit: "GFLOP/s",
      ours: await convolution(device, seconds, size),
    });
  if (small) return found;
  found.push({
    case: "lecture step, batch 128",
    unit: "ms",
    ours: await training(trainNets.lecture.make(), [128, 3, 32, 32], device, seconds),
  });
  if (!large) return found;
  const [resNet, vgg] = [new models.ResNet18({ numClasses: 10 }), new models.VGG16()];
  found.push({
    case: "ResNet-18 step, batch 64, 224x224",
    unit: "ms",
    ours: await training(resNet, [64, 3, 224, 224], device, seconds),
  });
  found.push({
    case: "VGG-16 forward, batch 1, 224x224",
    unit: "ms",
    ours: await inference(vgg, [1, 3, 224, 224], device, seconds),
  });
  return found;
}

/** The measurements of one mode, from a process of its own. */
function inProcess(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ info: GpuInfo; found: Measured[] }> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: 1e8 };
    execFile(process.execPath, [__filename, "--measure", ...args], options, (error, stdout) => {
      const last = stdout.trim().split("\n").at(-1) ?? "";
      if (last.startsWith("{")) resolve(JSON.parse(last) as { info: GpuInfo; found: Measured[] });
      else reject(error ?? new Error(`no numbers from ${args.join(" ")}: ${stdout}`));
    });
  });
}

const describe = (info: GpuInfo): string =>
  `${info.mode}${info.adapter ? ` on ${info.adapter}` : ""}${info.hardware ? "" : ", software"}`;

/** All rows. @param seconds how long each case is measured */
async function* rows(seconds: number): AsyncGenerator<Row> {
  const row = (of: Measured, where: string, peer: number | null = null): Row => ({
    suite: "gpu",
    ...of,
    case: `${of.case}, ${where}`,
    threads: 1,
    peer,
    peerName: peer === null ? "-" : "our cpu",
    ratio: peer === null || of.ours === null ? null : of.unit === "GFLOP/s" ? of.ours / peer : peer / of.ours,
  });
  const best = await inProcess(["best", "small", String(seconds)]);
  const { hardware } = best.info;
  const size = hardware ? "large" : "medium";
  const { found: cpu } = await inProcess(["cpu-device", size, String(seconds)]);
  const onCpu = new Map(cpu.map((of) => [of.case, of.ours]));
  for (const of of cpu) yield row(of, "cpu");
  const modes: [Mode, NodeJS.ProcessEnv, string][] = [
    ["webasm", {}, "medium"],
    ["cpu", {}, "small"],
  ];
  if (hardware) modes.unshift([best.info.mode, {}, size]);
  else if (existsSync(swiftShader.VK_DRIVER_FILES)) modes.push(["webgpu", swiftShader, "small"]);
  for (const [mode, env, scale] of modes) {
    const { info, found } = await inProcess([mode, scale, String(seconds)], env);
    for (const of of found)
      yield row(
        { ...of, note: describe(info) },
        `gpu ${mode}${info.hardware ? "" : " (no graphics card)"}`,
        onCpu.get(of.case) ?? null,
      );
  }
  if (!hardware)
    for (const name of ["ResNet-18 step, batch 64, 224x224", "VGG-16 forward, batch 1, 224x224"])
      yield row(
        { case: name, unit: "ms", ours: null, note: `not run: no graphics card here (${best.info.fallbackReason})` },
        "gpu",
      );
}

/** In the process of one mode: prints its measurements as one line of JSON. */
async function measureHere([mode, scale, seconds]: string[]): Promise<void> {
  const device = mode === "cpu-device" ? "cpu" : "gpu";
  if (device === "gpu" && mode !== "best") await useGpu({ mode: mode as Mode });
  const { gpu } = await deviceInfo();
  const found =
    mode === "best"
      ? []
      : await measure(device, { small: scale === "small", large: scale === "large" }, Number(seconds));
  process.stdout.write(`${JSON.stringify({ info: gpu, found })}\n`);
}

export const gpu: Suite = {
  name: "gpu",
  title: "device gpu in each of GPU.js's modes, beside device cpu",
  async *run({ options }) {
    for await (const row of rows(options.quick ? 0.2 : 1)) yield [row];
  },
};

if (require.main === module) void measureHere(process.argv.slice(3));
