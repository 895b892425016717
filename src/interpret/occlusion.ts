import { show } from "../arguments";
import { noGrad } from "../autograd/noGrad";
import { allocate } from "../devices/device";
import { ShapeError } from "../errors";
import { inEvaluation, type Module } from "../nn/module";
import { convTranspose2d, where, type Pair } from "../ops";
import { resolvePair } from "../ops/geometry/window";
import { checkOptions, type OptionNames } from "../options";
import { fromArray, ones } from "../tensor/create";
import { showShape } from "../tensor/shape";
import { Tensor } from "../tensor/tensor";
import { baselineOf, type Baseline } from "./baseline";
import { inGroups } from "./gradient";
import { imagesOf } from "./input";
import { targetOrGuess, targetsOf, type Target, type TargetOptions } from "./target";

export interface OcclusionOptions extends TargetOptions {
  /** Height and width of what is covered, in pixels: one number or [vertical, horizontal]; default a fourth of the shorter side. */
  window?: Pair;
  /** Pixels from one window to the next, at most the window, so that each pixel is covered; default 1, without a window half of it. */
  stride?: Pair;
  /** What covers the image: a number, or a tensor of the shape of x or of one image; default 0. */
  baseline?: Baseline;
}
const optionNames: OptionNames<OcclusionOptions> = { target: true, window: true, stride: true, baseline: true };

/**
 * How far the target's score falls where the image is covered: a window over all channels slides over it, and each pixel
 * gets the mean over the windows that cover it. The last windows are cut at the border. It takes a forward pass for each
 * window and no backward pass. Mode, gradients and running statistics stay, as with `saliency`.
 * Shapes: x [N,C,H,W] -> [N,1,H,W].
 * @param options.target   a class for all images, or one for each; default: of each image the class with the largest score
 * @param options.window   pixels: one number or [vertical, horizontal]; default a fourth of the image's shorter side
 * @param options.stride   default 1; where there is no window half of the window
 * @param options.baseline default 0
 * @throws ShapeError if the window is larger than the image, or the stride larger than the window
 * @see Zeiler & Fergus 2013, arXiv:1311.2901, section 4.2; captum.attr.Occlusion
 * @example
 * const heat = interpret.occlusion(net, images, { target: labels, window: 8, stride: 4 }); // [4,1,32,32]
 */
export function occlusion(net: Module, x: Tensor, options: OcclusionOptions = {}): Tensor {
  const caller = "occlusion";
  const { target: given, baseline = 0, ...sizes } = checkOptions(caller, options, optionNames, arguments, 2);
  const images = imagesOf(caller, net, x);
  const [N, , H, W] = images.shape;
  const { window, stride } = occlusionWindow(sizes, H, W);
  const sides = windows(window, stride, [H, W], showShape(x.shape));
  const cover = baselineOf(caller, baseline, images);
  const target = targetOrGuess(caller, net, images, given);
  const [P, Q] = sides.map(({ count }) => count);
  const falls: Tensor[] = [];
  inEvaluation(() =>
    noGrad(() => {
      const whole = scoresOf(caller, net, images, target);
      inGroups(N, P * Q, (first, count) => {
        const covered = Array.from({ length: count }, (_, i) => {
          const at = [Math.floor((first + i) / Q), (first + i) % Q];
          return where(maskAt(at, sides, images), cover, images);
        });
        const scores = scoresOf(caller, net, Tensor.cat(covered), target).reshape(count, N);
        falls.push(whole.sub(scores));
      });
    }),
  );
  // Each fall counts in its whole window; so does each 1, which tells how many windows cover a pixel.
  const spread = (perWindow: Tensor): Tensor =>
    convTranspose2d(perWindow, ones([1, 1, sides[0].size, sides[1].size], like(images)), null, {
      stride: [sides[0].stride, sides[1].stride],
    })
      .slice(2, 0, H)
      .slice(3, 0, W);
  const maps = Tensor.cat(falls).transpose(0, 1).reshape(N, 1, P, Q);
  return spread(maps).div(spread(ones([1, 1, P, Q], like(images))));
}

/** The window and the stride that count for images of this size. */
export function occlusionWindow(
  { window, stride }: Pick<OcclusionOptions, "window" | "stride">,
  height: number,
  width: number,
): { window: Pair; stride: Pair } {
  if (window !== undefined) return { window, stride: stride ?? 1 };
  const side = Math.max(1, Math.floor(Math.min(height, width) / 4));
  return { window: side, stride: stride ?? Math.max(1, Math.floor(side / 2)) };
}

interface Windows {
  size: number;
  stride: number;
  count: number;
}

/** @throws ShapeError unless windows of that size fit, and leave no pixel out */
function windows(window: Pair, stride: Pair, lengths: readonly [number, number], shape: string): [Windows, Windows] {
  const sizes = resolvePair("occlusion", "window", window, 1);
  const strides = resolvePair("occlusion", "stride", stride, 1);
  const along = (side: 0 | 1): Windows => {
    const [size, step, length] = [sizes[side], strides[side], lengths[side]];
    if (size > length)
      throw new ShapeError(
        `occlusion: the window ${sizes.join("x")} is larger than the image ${lengths.join("x")} (x ${shape}). ` +
          `Use a smaller window.`,
      );
    if (step > size)
      throw new ShapeError(
        `occlusion: stride ${show(stride)} leaves pixels out between windows of ${sizes.join("x")}. ` +
          `Use a stride of ${size} or less.`,
      );
    return { size, stride: step, count: Math.ceil((length - size) / step) + 1 };
  };
  return [along(0), along(1)];
}

const like = ({ dtype, device }: Tensor): Pick<Tensor, "dtype" | "device"> => ({ dtype, device });

/** True in one window. Shape: [1,1,H,W]. */
function maskAt([row, column]: number[], [down, across]: [Windows, Windows], { shape, device }: Tensor): Tensor {
  const [, , H, W] = shape;
  const mask = allocate("bool", H * W);
  const left = column * across.stride;
  for (let y = row * down.stride; y < Math.min(H, row * down.stride + down.size); y++)
    mask.fill(1, y * W + left, y * W + Math.min(W, left + across.size));
  return fromArray(mask, [1, 1, H, W], { device });
}

/** The targets' scores [N]. */
function scoresOf(caller: string, net: Module, x: Tensor, target: Target): Tensor {
  const scores = net(x);
  const targets = targetsOf(caller, scores, x, target);
  return scores.gather(1, targets.unsqueeze(1)).squeeze(1);
}
