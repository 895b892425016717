import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import * as receptive from "../../src";
import type { GpuMode } from "../../src/devices/gpu/setup";
import type { Comparison } from "../devices/gpuSamples";
import { openPage, startBrowser, type WatchedPage } from "../support/browser";
import { lectureSteps, type Steps } from "./support/lectureSteps";
import { openBlank, serveBuild, serveBundle, type Served } from "./support/served";

const images = join(__dirname, "../../../test/golden/images");
const STEPS = 20;
/** webgpu and webgl2 are played by software here; what they compute is what a graphics card computes. */
const modes: GpuMode[] = ["webgpu", "webgl2", "webasm", "cpu"];

interface Trained extends Steps {
  report: receptive.DeviceReport;
}

/** Trains in the page; `mode` for device gpu. */
const trainIn = ({ page }: WatchedPage, device: receptive.DeviceName, mode?: GpuMode): Promise<Trained> =>
  page.evaluate<Trained>(`(async () => {
    const receptive = await import("/receptive.js");
    ${mode ? `await receptive.useGpu({ mode: "${mode}" });` : ""}
    const trained = await (${lectureSteps.toString()})(receptive, "${device}", ${STEPS});
    return { ...trained, report: { ...(await receptive.deviceInfo()) } };
  })()`);

const farthest = (a: readonly number[], b: readonly number[]): number =>
  a.length === b.length ? Math.max(...a.map((value, i) => Math.abs(value - b[i]))) : Infinity;

function expectQuiet({ errors, foreignRequests, requests }: WatchedPage): void {
  expect({ errors, foreignRequests }).to.deep.equal({ errors: [], foreignRequests: [] });
  expect(requests).not.to.deep.equal([]);
}

describe("the engine in a page", function () {
  this.timeout(120_000);
  let browser: Browser;
  let isolated: Served;
  let alone: Served;
  before(async () => {
    browser = await startBrowser({ graphics: true });
    [isolated, alone] = [await serveBuild(true), await serveBuild(false)];
  });
  after(async () => {
    await browser?.close();
    isolated?.close();
    alone?.close();
  });

  it("computes on cpu what Node computes, to the bit, with workers and without", async () => {
    const right = await lectureSteps(receptive, "cpu", STEPS);
    const { cpu } = await receptive.deviceInfo();
    for (const served of [isolated, alone]) {
      const watched = await openBlank(browser, served);
      const { losses, bias, report } = await trainIn(watched, "cpu");
      if (report.cpu.fusedMultiplyAdd === cpu.fusedMultiplyAdd) expect({ losses, bias }).to.deep.equal(right);
      else expect(farthest(losses, right.losses)).to.be.below(1e-4);
      if (served === isolated) expect(report.cpu).to.deep.include({ fallbackReason: null });
      else {
        expect(report.cpu.threads).to.equal(1);
        expect(report.cpu.fallbackReason).to.match(/^the page is not cross-origin isolated/);
      }
      expectQuiet(watched);
      await watched.page.close();
    }
  });

  it("counts its threads and lets them be chosen where the page is isolated", async () => {
    const watched = await openBlank(browser, isolated);
    const counts = await watched.page.evaluate(`(async () => {
      const { deviceInfo, setNumThreads, randn } = await import("/receptive.js");
      setNumThreads(3);
      const x = randn([200, 300]);
      const product = async () => (await x.matmul(x.transpose(0, 1)).sum().item());
      const first = await product();
      await new Promise((resolve) => setTimeout(resolve, 300)); // the workers are up
      const three = (await deviceInfo()).cpu.threads;
      const second = await product();
      setNumThreads(1);
      return { three, one: (await deviceInfo()).cpu.threads, equal: first === second && first === (await product()) };
    })()`);
    expect(counts).to.deep.equal({ three: 3, one: 1, equal: true });
    expectQuiet(watched);
    await watched.page.close();
  });

  let right: Steps | null = null;
  for (const mode of modes)
    it(`trains on gpu in mode ${mode} as the reference does`, async () => {
      right ??= await lectureSteps(receptive, "reference", STEPS);
      const watched = await openBlank(browser, isolated);
      const { losses, bias, report } = await trainIn(watched, "gpu", mode);
      expect(report.gpu).to.deep.include({ mode, requestedMode: mode, hardware: false, kernelFallbacks: [] });
      if (mode === "webgpu" || mode === "webgl2") expect(report.gpu.adapter).to.match(/swiftshader/i);
      expect(losses).to.have.length(STEPS);
      expect(farthest(losses, right.losses)).to.be.below(1e-4);
      expect(farthest(bias, right.bias)).to.be.below(1e-4);
      expectQuiet(watched);
      await watched.page.close();
    });

  it("shows the GLSL that a kernel becomes in mode webgl2, and the WGSL in mode webgpu", async () => {
    const { page } = await openBlank(browser, isolated);
    for (const [mode, language, begins] of [
      ["webgl2", "GLSL", "#version 300 es"],
      ["webgpu", "WGSL", "struct"],
    ]) {
      const [, { heading, text }] = await page.evaluate<{ heading: string; text: string }[]>(`(async () => {
        const { F, ones, useGpu } = await import("/receptive.js");
        await useGpu({ mode: "${mode}" });
        await ones([2]).to("gpu").add(1).data();
        return F.conv2d.kernelSource("gpu", "forward").parts;
      })()`);
      expect(heading).to.contain(`${language} that GPU.js makes of it`);
      expect(text).to.contain(begins);
    }
  });

  it("takes no software graphics card unasked, and says so", async () => {
    const watched = await openBlank(browser, isolated);
    const gpu = await watched.page.evaluate<receptive.GpuInfo>(
      `import("/receptive.js").then(async ({ deviceInfo }) => (await deviceInfo()).gpu)`,
    );
    expect(gpu).to.deep.include({ mode: "webasm", hardware: false });
    expect(gpu.fallbackReason).to.match(
      /^webgpu: the only adapter is software .*; webgl2: the only renderer is software .*SwiftShader/,
    );
    await watched.page.close();
  });

  it("agrees with the reference on samples of every op in modes webgl2 and webasm", async () => {
    const served = await serveBundle("test/browser/support/samplesPage.ts");
    const { page } = await openPage(browser);
    await page.goto(`${served.url}bundle.js`);
    for (const [mode, most] of [
      ["webgl2", 1],
      ["webasm", 2],
    ] as const) {
      const [info, comparisons] = await page.evaluate<[receptive.GpuInfo, Comparison[]]>(`(async () => {
        const { compareSamples, gpuInfo, useGpu } = await import("/bundle.js");
        await useGpu({ mode: "${mode}" });
        const comparisons = await compareSamples(${most});
        return [await gpuInfo(), comparisons];
      })()`);
      expect(info).to.deep.include({ mode, kernelFallbacks: [] });
      expect(comparisons.length).to.be.above(100);
      expect(comparisons.filter(({ worst }) => !(worst < 1e-4))).to.deep.equal([]);
    }
    served.close();
  });

  it("says what to do instead where a page cannot do as Node", async () => {
    const watched = await openBlank(browser, alone);
    const messages = await watched.page.evaluate<string[]>(`(async () => {
      const { datasets, io, useGpu } = await import("/receptive.js");
      const said = [];
      for (const call of [
        () => new datasets.MNIST(),
        () => datasets.CIFAR10.load({ download: true }),
        () => new datasets.ImageFolder("photos"),
        () => io.readImage("a.png"),
        () => io.loadSafetensors("net.safetensors"),
        () => io.onnx.load("net.onnx"),
        () => useGpu({ mode: "headlessgl" }),
      ])
        await Promise.resolve().then(call).catch(({ name, message }) => said.push(name + ": " + message));
      return said;
    })()`);
    const folders = "a page in a browser cannot read folders or keep downloads.";
    const expected = [
      `DataError: MNIST: ${folders} Instead, fetch() the files`,
      `DataError: CIFAR10: ${folders} Instead, fetch() the files`,
      `DataError: ImageFolder: ${folders} Instead, fetch() the images and give their bytes to io.readImage`,
      `DataError: readImage: a page in a browser cannot open a.png. Give its bytes: `,
      `DataError: loadSafetensors: a page in a browser cannot open net.safetensors. Give its bytes: `,
      `DataError: onnx.load: a page in a browser cannot open net.onnx. Give its bytes: `,
      `DeviceError: gpu: mode headlessgl was asked for, but there are only webgpu, webgl2, webasm, cpu here`,
    ];
    expect(messages.map((message, i) => message.slice(0, expected[i].length))).to.deep.equal(expected);
    await watched.page.close();
  });

  it("reads images as Node does, from their bytes", async () => {
    const watched = await openBlank(browser, alone);
    for (const name of [
      "rgb.png",
      "turned.jpg",
      "turned.png",
      "turned.webp",
      "profile.png",
      "rgb.bmp",
      "rgb.ppm",
      "frames.gif",
    ]) {
      const bytes = readFileSync(join(images, name));
      const { shape, data } = await watched.page.evaluate<{ shape: number[]; data: number[] }>(`(async () => {
        const { io } = await import("/receptive.js");
        const image = await io.readImage(Uint8Array.from([${bytes.join()}]), { mode: "RGB" });
        return { shape: image.shape, data: [...(await image.data())] };
      })()`);
      const right = await receptive.io.readImage(bytes, { mode: "RGB" });
      expect(shape, name).to.deep.equal(right.shape);
      // Browsers have another decoder for JPEG.
      expect(farthest(data, [...(await right.data())]), name).to.be.at.most(name.endsWith("jpg") ? 0.02 : 0);
    }
    expectQuiet(watched);
    await watched.page.close();
  });

  it("saves a network as a download, which Node reads", async () => {
    const watched = await openBlank(browser, alone);
    const [download] = await Promise.all([
      watched.page.waitForEvent("download"),
      watched.page.evaluate(`import("/receptive.js").then(({ io, tensor }) =>
        io.saveSafetensors("folder/net.safetensors", { weight: tensor([1, 2, 3]) }))`),
    ]);
    expect(download.suggestedFilename()).to.equal("net.safetensors");
    const { weight } = receptive.io.loadSafetensors(await download.path());
    expect(await weight.tolist()).to.deep.equal([1, 2, 3]);
    expectQuiet(watched);
    await watched.page.close();
  });
});
