/** Trains the first lecture's network on drawn shapes and shows how it goes. */
import * as receptive from "./receptive.js";
import { Net } from "./net.js";
import { showSamples } from "./samples.js";

const { DataLoader, datasets, deviceInfo, fit, manualSeed, nn, optim, show, transforms, useGpu } = receptive;
const element = (id) => document.getElementById(id);
/** Images a batch; steps that become one point of the curve; milliseconds between two pictures. */
const [BATCH, STEPS_A_POINT, INTERVAL] = [16, 5, 250];

const transform = new transforms.Normalize(0.5, 0.5);
const trainset = datasets.shapes({ count: 2000, transform });
const testset = datasets.shapes({ count: 200, train: false, transform });
const samples = await showSamples(element("samples"), testset);

/** How a tensor, a network or a curve looks, as a notebook would get it. */
const drawn = (value) => value[Symbol.for("Jupyter.display")]()["image/svg+xml"];
const newCurve = () => show.curve({ x: "step", y: "loss" });
element("curve").innerHTML = drawn(newCurve());

let running = null;

async function train(choice, lr, signal) {
  const [device, mode] = choice.split(" ");
  if (device === "gpu") await useGpu(mode ? { mode } : {});
  element("where").textContent = await describe(device);
  manualSeed(0);
  const net = new Net().to(device);
  const optimizer = new optim.SGD(net.parameters(), { lr, momentum: 0.9 });
  const curve = newCurve();
  let [losses, seen, since] = [[], 0, performance.now()];
  element("accuracy").textContent = "–";
  const onStep = async ({ step, loss }) => {
    losses.push(loss);
    seen += BATCH;
    if (losses.length === STEPS_A_POINT) {
      curve.add({ loss: losses.reduce((a, b) => a + b) / STEPS_A_POINT }, step + 1);
      losses = [];
    }
    const passed = performance.now() - since;
    if (passed < INTERVAL) return;
    element("step").textContent = String(step + 1);
    element("loss").textContent = loss.toFixed(3);
    element("speed").textContent = Math.round((seen * 1000) / passed).toLocaleString("en-US");
    element("curve").innerHTML = drawn(curve);
    await samples.guess(net, device);
    await painted();
    [seen, since] = [0, performance.now()];
  };
  const onEpoch = ({ validationAccuracy }) => {
    element("accuracy").textContent = `${Math.round(100 * validationAccuracy)} %`;
  };
  const batches = new DataLoader(trainset, { batchSize: BATCH, shuffle: true, dropLast: true });
  const validation = new DataLoader(testset, { batchSize: 100 });
  const criterion = new nn.CrossEntropyLoss();
  await fit(net, batches, { optimizer, criterion, epochs: 1000, validation, onStep, onEpoch, signal });
}

/** The browser has shown what changed; without a window to draw in nobody waits for it. */
const painted = () => new Promise((resolve) => (document.hidden ? resolve() : requestAnimationFrame(() => resolve())));

async function describe(device) {
  const { cpu, gpu } = await deviceInfo();
  if (device === "cpu") return `cpu: WebAssembly SIMD on ${cpu.threads} ${cpu.threads === 1 ? "thread" : "threads"}.`;
  const where = gpu.adapter ?? "this processor";
  const software = gpu.adapter && !gpu.hardware ? ", which is software" : "";
  const why = gpu.fallbackReason ? ` Nothing better: ${gpu.fallbackReason}.` : "";
  return `gpu: GPU.js in mode ${gpu.mode} on ${where}${software}.${why}`;
}

/** Start has been pressed: trains until Stop is, or something fails, and says what. */
async function start(event) {
  event.preventDefault();
  running = new AbortController();
  setRunning(true);
  element("problem").hidden = true;
  try {
    await train(element("device").value, Number(element("rate").value), running.signal);
  } catch (error) {
    element("problem").textContent = error.message;
    element("problem").hidden = false;
  }
  setRunning(false);
}

function setRunning(isRunning) {
  for (const id of ["device", "rate", "start"]) element(id).disabled = isRunning;
  element("stop").disabled = !isRunning;
}

element("controls").addEventListener("submit", (event) => void start(event));
element("stop").addEventListener("click", () => running?.abort());
const { cpu } = await deviceInfo();
if (!crossOriginIsolated) {
  element("alone").textContent = `Device cpu computes on one thread here: ${cpu.fallbackReason}. "npm run demo" does.`;
  element("alone").hidden = false;
}
element("where").textContent = await describe("cpu");
setRunning(false);
