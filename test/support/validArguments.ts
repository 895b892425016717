/** Arguments that fit, for tests that replace one of them by something that does not. */
import { mkdirSync } from "node:fs";
import * as r from "../../src";
import type { Callable, Parameter } from "./publicApi";

const { nn, optim, F, tensor, rand } = r;

/** Two colour images. */
export const images = (): r.Tensor => rand([2, 3, 8, 8]);
const volumes = (): r.Tensor => rand([2, 3, 4, 4, 4]);
const lines = (): r.Tensor => rand([2, 3, 8]);
const matrix = (): r.Tensor => rand([2, 3]);
export const labels = (): r.Tensor => tensor([1, 2], { dtype: "int32" });
const slopes = (): r.Tensor => rand([3]);
export const net = (): r.nn.Sequential => new nn.Sequential(new nn.Flatten(), new nn.Linear(192, 3));
const items = (): r.TensorDataset<r.Tensor[]> => new r.TensorDataset(images(), labels());
export const loader = (): r.DataLoader<r.Tensor[]> => new r.DataLoader(items(), { batchSize: 2 });
const weights = (): r.Tensor[] => [new nn.Parameter(rand([2, 2]))];
const sgd = (): r.optim.SGD => new optim.SGD(weights(), { lr: 0.1 });
const plateau = (): r.optim.lrScheduler.ReduceLROnPlateau => new optim.lrScheduler.ReduceLROnPlateau(sgd());
const step = (): r.optim.lrScheduler.StepLR => new optim.lrScheduler.StepLR(sgd(), { stepSize: 2 });
const photos = (): r.datasets.ImageDataset => r.datasets.shapes({ count: 8 });
const neighbours = (): r.features.KNearestNeighbor => new r.features.KNearestNeighbor().fit(matrix(), labels());
const positions = (): Int32Array => Int32Array.of(0, 1);

const onLines = [lines(), 1];
const onVolumes = [volumes(), 1];

/** By path, where names and types do not tell. */
const known: Readonly<Record<string, () => unknown[]>> = {
  gradCheck: () => [
    (x: r.Tensor) => x.mul(x),
    [rand([2], { dtype: "float64", device: "reference", requiresGrad: true })],
  ],
  relError: () => [
    [1, 2],
    [1, 2],
  ],
  noGrad: () => [() => 1],
  randomSplit: () => [items(), [1, 1], {}],
  Subset: () => [items(), [0]],
  "Subset.batch": () => [positions()],
  "TensorDataset.batch": () => [positions()],
  "datasets.ImageDataset.batch": () => [positions()],
  TensorDataset: () => [images(), labels()],
  setNumThreads: () => [1],
  onHost: () => ["test", { forward: (x: unknown) => x }, {}],
  einsum: () => ["ij,kj->ik", matrix(), matrix()],
  where: () => [images().gt(0), images(), images()],
  oneHot: () => [labels(), 3, {}],
  kernelSource: () => ["conv2d", "reference"],
  runKernel: () => [() => 1, [images()], {}],
  useKernel: () => [F.conv2d, "forward", () => undefined, {}],
  fromArray: () => [new Float32Array(6), [2, 3], {}],
  tensor: () => [[1, 2], {}],
  full: () => [[2, 3], 1, {}],
  linspace: () => [0, 1, 3, {}],
  fit: () => [net(), loader(), { optimizer: sgd(), criterion: new nn.CrossEntropyLoss() }],
  setRngState: () => [r.getRngState()],
  "metrics.accuracy": () => [rand([2, 3]), labels()],
  "metrics.topK": () => [rand([2, 3]), labels(), 1],
  "metrics.confusionMatrix": () => [rand([2, 3]), labels()],
  "show.ask": () => ["q1", "Which?", r.show.featureMaps(images(), { title: "conv1" }), { pick: "unit", answer: null }],
  "show.quiz": () => ["q2", "How many?", { number: true, answer: null }],
  "show.augmentations": () => [(x: r.Tensor) => x, images(), 2, {}],
  "show.batchNorm": () => [new nn.BatchNorm2d(3), images(), {}],
  "show.dropout": () => [new nn.Dropout(), images(), {}],
  "show.embedding": () => [matrix(), labels(), {}],
  "show.featureVisualization": () => [net(), { layer: "1", unit: 0, inputShape: [1, 3, 8, 8], steps: 1 }],
  "show.predictions": () => [net(), items(), {}],
  "show.topPatches": () => [net(), items(), { layer: "1", count: 1 }],
  "show.filters": () => [rand([4, 3, 3, 3]), {}],
  "show.convolution": () => [images(), rand([4, 3, 3, 3]), {}],
  "show.pooling": () => [images(), 2, {}],
  "show.activation": () => [F.relu, images(), {}],
  "show.softmax": () => [matrix(), {}],
  "show.Curve.add": () => [{ loss: 1 }, 0],
  "show.training": () => [net(), { optimizer: sgd() }],
  "show.TrainingRun.batches": () => [loader(), {}],
  "show.TrainingRun.step": () => [{ loss: 1 }],
  "features.KNearestNeighbor.fit": () => [matrix(), labels()],
  "features.KNearestNeighbor.predict": () => [matrix(), {}],
  "features.KNearestNeighbor.distances": () => [matrix()],
  "features.LinearClassifier.fit": () => [matrix(), labels()],
  "features.LinearClassifier.scores": () => [matrix()],
  "features.LinearClassifier.predict": () => [matrix()],
  "features.LinearClassifier.accuracy": () => [matrix(), labels()],
  "interpret.saliency": () => [net(), images(), { target: 1 }],
  "interpret.inputXGradient": () => [net(), images(), { target: 1 }],
  "interpret.integratedGradients": () => [net(), images(), { target: 1, steps: 2 }],
  "interpret.guidedBackprop": () => [net(), images(), { target: 1 }],
  "interpret.deconvolution": () => [net(), images(), { target: 1 }],
  "interpret.gradCam": () => [net(), images(), { target: 1, layer: net() }],
  "interpret.occlusion": () => [net(), images(), { target: 1, window: 4, stride: 4 }],
  "interpret.smoothGrad": () => [net(), images(), { target: 1, samples: 1 }],
  "interpret.topPatches": () => [net(), items(), { layer: "1", count: 1 }],
  "interpret.featureVisualization": () => [net(), { layer: "1", unit: 0, inputShape: [1, 3, 8, 8], steps: 1 }],
  "io.save": () => ["checkpoint.safetensors", { weights: net().stateDict() }],
  "io.load": () => ["checkpoint.safetensors"],
  "io.saveSafetensors": () => ["weights.safetensors", net(), {}],
  "io.loadSafetensors": () => ["weights.safetensors", net()],
  "io.toPyTorch": () => [net(), "torch", images()],
  "io.onnx.export": () => [net(), images(), "net.onnx"],
  "io.onnx.load": () => ["net.onnx"],
  "io.onnx.OnnxNetwork.forward": () => [images()],
  "io.onnx.OnnxNetwork.run": () => [{ input: images() }],
  "datasets.ImageFolder": () => {
    mkdirSync("images/class", { recursive: true });
    return ["images", {}];
  },
  "nn.Sequential.forward": () => [images()],
  "models.ConvNetJSCifar.forward": () => [rand([1, 3, 32, 32])],
  "models.LeNet5.forward": () => [rand([1, 1, 32, 32])],
  "nn.skipInit": () => [() => 1],
  "nn.init.calculateGain": () => ["relu", 1],
  "nn.ModuleList": () => [[net()]],
  "nn.ModuleList.append": () => [net()],
  "nn.ModuleList.extend": () => [[net()]],
  "nn.Sequential": () => [net(), net()],
  "nn.Upsample": () => [{ scaleFactor: 2 }],
  "nn.Module.forward": () => [images()],
  "nn.Module.loadStateDict": () => [net().stateDict(), {}],
  "nn.Module.registerForwardHook": () => [() => undefined],
  "nn.Linear.forward": () => [rand([2, 1])],
  "nn.PReLU.forward": () => [images()],
  "nn.LayerNorm": () => [8, {}],
  "nn.InstanceNorm1d.forward": () => [rand([2, 1, 8])],
  "nn.BatchNorm1d.forward": () => [rand([2, 1, 8])],
  "nn.GroupNorm.forward": () => [rand([2, 1, 8])],
  "nn.Conv1d.forward": () => [rand([2, 1, 8])],
  "nn.Conv2d.forward": () => [rand([2, 1, 8, 8])],
  "nn.Conv3d.forward": () => [rand([2, 1, 4, 4, 4])],
  "nn.ConvTranspose1d.forward": () => [rand([2, 1, 8])],
  "nn.ConvTranspose2d.forward": () => [rand([2, 1, 8, 8])],
  "nn.ConvTranspose3d.forward": () => [rand([2, 1, 4, 4, 4])],
  "nn.Fold": () => [8, 1, {}],
  "nn.Fold.forward": () => [rand([2, 3, 64])],
  "nn.BCELoss.forward": () => [matrix(), matrix()],
  "nn.BCEWithLogitsLoss.forward": () => [matrix(), matrix()],
  "nn.CrossEntropyLoss.forward": () => [matrix(), labels()],
  "nn.HuberLoss.forward": () => [matrix(), matrix()],
  "nn.KLDivLoss.forward": () => [matrix(), matrix()],
  "nn.L1Loss.forward": () => [matrix(), matrix()],
  "nn.MSELoss.forward": () => [matrix(), matrix()],
  "nn.MultiMarginLoss.forward": () => [matrix(), labels()],
  "nn.NLLLoss.forward": () => [matrix(), labels()],
  "nn.SmoothL1Loss.forward": () => [matrix(), matrix()],
  "nn.utils.clipGradNorm": () => [weights(), 1, {}],
  "nn.utils.clipGradValue": () => [weights(), 1],
  "nn.utils.parametersToVector": () => [weights()],
  "nn.utils.vectorToParameters": () => [rand([4]), weights()],
  "F.adaptiveAvgPool1d": () => onLines,
  "F.adaptiveMaxPool1d": () => onLines,
  "F.avgPool1d": () => [...onLines, {}],
  "F.maxPool1d": () => [...onLines, {}],
  "F.adaptiveAvgPool3d": () => onVolumes,
  "F.adaptiveMaxPool3d": () => onVolumes,
  "F.avgPool3d": () => [...onVolumes, {}],
  "F.maxPool3d": () => [...onVolumes, {}],
  "F.batchNorm": () => [images(), slopes(), slopes(), {}],
  "F.instanceNorm": () => [images(), slopes(), slopes(), {}],
  "F.layerNorm": () => [images(), [8], {}],
  "F.binaryCrossEntropy": () => [matrix(), matrix(), {}],
  "F.binaryCrossEntropyWithLogits": () => [matrix(), matrix(), {}],
  "F.crossEntropy": () => [matrix(), labels(), {}],
  "F.huberLoss": () => [matrix(), matrix(), {}],
  "F.klDiv": () => [matrix(), matrix(), {}],
  "F.l1Loss": () => [matrix(), matrix(), {}],
  "F.mseLoss": () => [matrix(), matrix(), {}],
  "F.multiMarginLoss": () => [matrix(), labels(), {}],
  "F.nllLoss": () => [matrix(), labels(), {}],
  "F.smoothL1Loss": () => [matrix(), matrix(), {}],
  "F.conv1d": () => [lines(), rand([4, 3, 3]), rand([4]), {}],
  "F.conv2d": () => [images(), rand([4, 3, 3, 3]), rand([4]), {}],
  "F.conv3d": () => [volumes(), rand([4, 3, 3, 3, 3]), rand([4]), {}],
  "F.conv2d.kernelSource": () => ["reference", "forward"],
  "F.convTranspose1d": () => [lines(), rand([3, 4, 3]), rand([4]), {}],
  "F.convTranspose2d": () => [images(), rand([3, 4, 3, 3]), rand([4]), {}],
  "F.convTranspose3d": () => [volumes(), rand([3, 4, 3, 3, 3]), rand([4]), {}],
  "F.fold": () => [rand([2, 3, 64]), 8, 1, {}],
  "F.interpolate": () => [images(), { scaleFactor: 2 }],
  "F.linear": () => [images(), rand([4, 8]), rand([4])],
  "F.oneHot": () => [labels(), 3, {}],
  "F.prelu": () => [images(), slopes()],
  "optim.lrScheduler.StepLR": () => [sgd(), { stepSize: 2 }],
  "optim.lrScheduler.CosineAnnealingLR": () => [sgd(), { tMax: 2 }],
  "optim.lrScheduler.ExponentialLR": () => [sgd(), { gamma: 0.5 }],
  "optim.lrScheduler.MultiStepLR": () => [sgd(), { milestones: [1] }],
  "optim.lrScheduler.LambdaLR": () => [sgd(), { lrLambda: (epoch: number) => epoch }],
  "optim.lrScheduler.ReduceLROnPlateau.loadStateDict": () => [plateau().stateDict()],
  "optim.lrScheduler.StepLR.loadStateDict": () => [step().stateDict()],
  "optim.SGD.loadStateDict": () => [sgd().stateDict()],
  "Tensor.backward": () => [{}],
  "Tensor.to": () => ["float32"],
  "Tensor.cat": () => [[images(), images()], 0],
  "Tensor.stack": () => [[images(), images()], 0],
  "Tensor.index": () => [0, "1:2"],
  "Tensor.gather": () => [0, tensor([[[[0]]]], { dtype: "int32" })],
  "Tensor.indexSelect": () => [0, [0]],
  "Tensor.expand": () => [2, 3, 8, 8],
  "Tensor.repeat": () => [1, 1, 1, 2],
  "Tensor.permute": () => [3, 2, 1, 0],
  "Tensor.reshape": () => [6, -1],
  "Tensor.view": () => [6, -1],
  "Tensor.movedim": () => [0, 1],
  "Tensor.where": () => [images().gt(0), images()],
  "Tensor.maskedFill": () => [images().gt(0), 1],
  "Tensor.squeeze": () => [0],
  "Tensor.pad": () => [[1, 1], {}],
  "Tensor.dot": () => [rand([4])],
  "Tensor.outer": () => [rand([4])],
  "Tensor.mm": () => [rand([4, 4])],
  "Tensor.mv": () => [rand([4])],
  "Tensor.bmm": () => [rand([2, 4, 4])],
};

const squares = (): r.Tensor => rand([4, 4]);
/** What methods are called on, by path or by class. */
const objects: Readonly<Record<string, () => object>> = {
  "Tensor.backward": () => rand([2], { requiresGrad: true }).sum(),
  "Tensor.retainGrad": () => rand([2], { requiresGrad: true }).sum(),
  "Tensor.item": () => tensor(1),
  "Tensor.double": () => rand([2], { device: "reference" }),
  "Tensor.dot": () => rand([4]),
  "Tensor.outer": () => rand([4]),
  "Tensor.mm": squares,
  "Tensor.mv": squares,
  "Tensor.bmm": () => rand([2, 4, 4]),
  Tensor: images,
  "nn.Module": net,
  "nn.Sequential": net,
  "nn.ModuleList": () => new nn.ModuleList([net()]),
  DataLoader: loader,
  Dataset: items,
  "datasets.ImageDataset": photos,
  "optim.SGD": sgd,
  "optim.lrScheduler.StepLR": step,
  "optim.lrScheduler.ReduceLROnPlateau": plateau,
  "show.Curve": () => r.show.curve(),
  "show.TrainingRun": () => r.show.training(net(), { optimizer: sgd() }),
  Summary: () => r.summary(net(), [2, 3, 8, 8]),
  FittedSize: () => r.outputSize(8, 2),
  ReceptiveFields: () => r.receptiveField(net(), [2, 3, 8, 8]),
  "io.onnx.OnnxNetwork": async () => r.io.onnx.load(await r.io.onnx.export(net(), images())),
  "features.KNearestNeighbor": neighbours,
  "features.BagOfVisualWords.fit": () => r.features.bagOfVisualWords({ words: 2, patches: 4 }),
  "features.BagOfVisualWords.transform": () => r.features.bagOfVisualWords({ words: 2, patches: 4 }).fit(images()),
  "features.LinearClassifier.fit": () => new r.features.LinearClassifier({ epochs: 1 }),
  "features.LinearClassifier": () => new r.features.LinearClassifier({ epochs: 1 }).fit(matrix(), labels()),
};

/** Arguments for all parameters, those that may be left out too. */
export function validArguments({ path, parameters }: Callable): unknown[] {
  const given = known[path]?.();
  // The shorter signature of randint.
  if (path === "randint") return parameters.length === 3 ? [9, [2], {}] : [1, 9, [2], {}];
  return given ?? parameters.flatMap((each) => (each.rest ? [guess(each), guess(each)] : [guess(each, path)]));
}

/** What a method is called on; the package's classes are made with arguments that fit. */
export function objectFor(path: string, constructors: ReadonlyMap<string, Callable>): object | undefined {
  const owner = path.slice(0, path.lastIndexOf("."));
  const made = objects[path] ?? objects[owner];
  if (made) return made();
  const callable = constructors.get(owner);
  return callable && (construct(callable, validArguments(callable)) as object);
}

/** The function or class of a path. */
export const valueAt = (path: string): unknown =>
  path.split(".").reduce<unknown>((outer, name) => (outer as Record<string, unknown> | undefined)?.[name], r);

/** A new object, without random weights: drawing them takes seconds for the largest networks. */
export const construct = ({ path }: Callable, given: readonly unknown[]): unknown =>
  nn.skipInit(() => new (valueAt(path) as new (...given: unknown[]) => unknown)(...given));

/** What the type and the name say. */
function guess({ name, type, options }: Parameter, path = ""): unknown {
  if (options) return {};
  if (/^(T|M|Operand|Tensor)( \||$)/.test(type)) {
    if (/1d/.test(path)) return lines();
    return /3d/.test(path) ? volumes() : /^(target|labels|indices)$/.test(name) ? labels() : images();
  }
  if (/Tensor\[\]/.test(type)) return [images(), images()];
  if (/^(Batches|.*Loader)/.test(type)) return loader();
  if (/^Module/.test(type)) return net();
  if (/^Dataset/.test(type)) return items();
  if (/Params</.test(type)) return weights();
  if (/^Schedulable/.test(type)) return sgd();
  if (/^(Shape|readonly number\[\]|number\[\])/.test(type)) return [2, 3, 8, 8];
  if (/number|Pair|Triple|Size|PaddingSides|Range/.test(type)) return 1;
  if (/boolean/.test(type)) return true;
  if (/DeviceName/.test(type)) return "cpu";
  if (/string/.test(type)) return "name";
  if (/=>|Function/.test(type)) return F.relu;
  return {};
}
