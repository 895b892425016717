import { checkTensor } from "../../arguments";
import { noGrad } from "../../autograd/noGrad";
import type { TypedArray } from "../../devices/device";
import { DataError } from "../../errors";
import type { Layer } from "../../interpret/layer";
import { drawnNumber } from "../../marks";
import { Dropout, Dropout2d, Dropout3d, type Module } from "../../nn";
import { dropout as drop, dropout2d, dropout3d } from "../../nn/dropout";
import { checkOptions, type OptionNames } from "../../options";
import { ones } from "../../tensor/create";
import { Random, withRandom } from "../../tensor/random";
import { showShape, sizeOf, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { Picture } from "../picture";
import { quietRandom } from "../quietRandom";
import { statisticsOf } from "../statistics";
import { numbersOf } from "../tensors";
import { describeLayer, findLayer, layerInput } from "../units/layerInput";
import { sampleImages } from "../samples/images";
import { normedNet } from "../samples/normedNet";
import { tileShape, tilesOf } from "../units/tiles";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

export interface DropoutViewOptions extends ViewOptions {
  /** A dropout layer of the network, or its path; default the first one. */
  layer?: Layer;
  /** Whose maps are shown; default 0. Features [N,units] are shown for all images. */
  image?: number;
  /** Other numbers let others fall; default: those that the next forward pass would draw. */
  seed?: number;
}
const optionNames: OptionNames<DropoutViewOptions> = { layer: true, image: true, seed: true, ...viewOptionNames };

type AnyDropout = Dropout | Dropout2d | Dropout3d;
const isDropout = (module: Module): module is AnyDropout =>
  module instanceof Dropout || module instanceof Dropout2d || module instanceof Dropout3d;
const CALLER = "show.dropout";

/**
 * What a dropout layer does with what it is given: which units fall in a training pass, how the kept ones grow by 1/(1-p), and
 * that evaluation changes nothing; with the share that fell beside the one expected. In a network it is the layer's input
 * for x, where the layers before it compute in evaluation mode. Neither the engine's random numbers nor the mode change.
 * Shapes: maps [N,C,H,W] or features [N,units] at the layer.
 * @param net           a network, or a dropout layer alone
 * @param x             its input
 * @param options.layer default the first dropout layer
 * @param options.image default 0
 * @param options.seed  default: as the next pass in training
 * @throws DataError if there is no dropout layer or no such image
 * @see Srivastava et al. 2014, "Dropout: a simple way to prevent neural networks from overfitting"; torch.nn.Dropout
 * @example show.dropout(new nn.Dropout2d(0.5), F.relu(net.conv1(images)))
 */
export function dropout(net: Module, x: Tensor, options: DropoutViewOptions = {}): Picture {
  const { layer, image = 0, seed } = checkOptions(CALLER, options, optionNames, arguments, 2);
  const fields = viewFields(CALLER, options, "Dropout");
  checkTensor(CALLER, "x", x, "Give a batch of images [N,C,H,W].");
  const found = findLayer(CALLER, net, layer, isDropout, "nn.Dropout, nn.Dropout2d or nn.Dropout3d");
  return new Picture(async () => {
    const input = layerInput(CALLER, net, found.layer, x);
    if (input.shape.length < 2 || input.numel() === 0)
      throw new DataError(
        `${CALLER}: the layer is given ${showShape(input.shape)}, needs a batch [N,...]. Give images [N,C,H,W].`,
      );
    const shape = tileShape(CALLER, input.shape, image);
    const { factors, output } = fallen(found.layer, input, seed);
    const parts = await Promise.all([input, factors, output].map(numbersOf));
    const size = shape.planes * shape.height * shape.width;
    const [before, mask, after] = parts.map((all) => all.subarray(shape.from, shape.from + size));
    const { p } = found.layer;
    const range = ([before, after] as ArrayLike<number>[])
      .map((values) => statisticsOf(values).finite)
      .reduce((a, b) => [Math.min(a[0], b[0]), Math.max(a[1], b[1])]);
    const grows = p < 1 ? `kept ones times 1/(1 − ${drawnNumber(p)}) = ${drawnNumber(1 / (1 - p))}` : "nothing is kept";
    return {
      ...fields,
      subtitle: [describeLayer(found), `${showShape(input.shape)} ${input.dtype} on ${input.device}`, shape.note].join(
        " · ",
      ),
      marks: [
        tilesOf(before, shape, { title: "Before", range }),
        tilesOf(
          Float32Array.from(mask, (factor) => (factor === 0 ? 0 : 1)),
          shape,
          {
            title: "Mask of one training pass: black fell, white is kept",
            subtitle: shares(found.layer, parts[1], input.shape, image),
            palette: "grey",
            range: [0, 1],
          },
        ),
        tilesOf(after, shape, { title: `After, in training: fallen ones are 0, ${grows}`, range }),
        tilesOf(before, shape, { title: "After, in evaluation: as before, nothing falls and nothing grows", range }),
      ],
    };
  });
}

/** The factors of one training pass and what comes of them, both drawn from the same numbers. */
function fallen(layer: AnyDropout, x: Tensor, seed: number | undefined): { factors: Tensor; output: Tensor } {
  const run = layer instanceof Dropout ? drop : layer instanceof Dropout2d ? dropout2d : dropout3d;
  const pass = (t: Tensor): Tensor =>
    withRandom(seed === undefined ? quietRandom() : new Random(seed), () => noGrad(() => run(t, { p: layer.p })));
  return { factors: pass(ones(x.shape, { dtype: x.dtype, device: x.device })), output: pass(x) };
}

/** "expected: 50 % fall; fell: 3 of 6 channels of image 0 (50 %), 11 of 24 in the batch (45.8 %)" */
function shares({ p, constructor }: AnyDropout, factors: TypedArray, shape: Shape, image: number): string {
  const whole = constructor === Dropout ? 1 : sizeOf(shape.slice(2));
  const noun = whole > 1 ? "channels" : "units";
  const perImage = sizeOf(shape.slice(1)) / whole;
  const fell = (from: number, units: number): string => {
    let count = 0;
    for (let i = from; i < from + units; i++) if (factors[i * whole] === 0) count++;
    return `${count} of ${units}`.concat(` (${drawnNumber((100 * count) / units)} %)`);
  };
  const own = fell(image * perImage, perImage).replace(" (", ` ${noun} of image ${image} (`);
  const all = shape[0] > 1 ? [`${fell(0, perImage * shape[0])} in the batch`] : [];
  return `expected: ${drawnNumber(100 * p)} % fall; fell: ${[own, ...all].join(", ")}`;
}

export const samples: Samples = {
  "of maps, channel by channel": () => dropout(normedNet(3, 4), sampleImages(4, 3)),
  "of features, number by number": () => dropout(normedNet(3, 4), sampleImages(8, 3), { layer: "drop2", seed: 3 }),
  "a long vector": () => dropout(new Dropout(0.1), sampleImages(2, 3).flatten(1), { image: 1, title: "p = 0.1" }),
};
