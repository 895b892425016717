import { ShapeError } from "../../errors";
import { showShape, type Shape } from "../../tensor/shape";
import { conv3dSizes, type Conv3dGeometry } from "../conv3d/geometry";
import { resolveTriple, type Triple } from "../geometry/volumes";

export interface ConvTranspose3dOptions {
  /** How many voxels of the result a voxel of the input moves on; default 1. */
  stride?: Triple;
  /** Voxels cut off on each side of the result; default 0. */
  padding?: Triple;
  /** Voxels by which the result is larger behind; default 0, less than stride or dilation. */
  outputPadding?: Triple;
  /** How many independent convolutions the channels are split into; default 1. */
  groups?: number;
  /** Distance in voxels between filter taps; default 1. */
  dilation?: Triple;
}

const name = "convTranspose3d";

/**
 * The sizes of the convolution whose reverse this is: its volumes [N,C,D,H,W] are our result, its result [N,K,O,P,Q] is
 * our input. @throws ShapeError
 */
export function convTranspose3dGeometry(
  x: Shape,
  w: Shape,
  options: ConvTranspose3dOptions,
): Conv3dGeometry & { outShape: Shape } {
  const shapes = `input ${showShape(x)}, weight ${showShape(w)}`;
  if (x.length !== 5)
    throw new ShapeError(
      `${name}: input has ${x.length} dimensions, needs 5 (${shapes}). Give [N,C,D,H,W]; one volume is x.unsqueeze(0).`,
    );
  if (w.length !== 5)
    throw new ShapeError(
      `${name}: weight has ${w.length} dimensions, needs 5 (${shapes}). Give [Cin,Cout/groups,T,R,S].`,
    );
  const [N, K, ...counts] = x;
  const [Kw, filters, ...taps] = w;
  const { groups = 1 } = options;
  if (Kw !== K)
    throw new ShapeError(
      `${name}: input has ${K} channels, weight expects ${Kw} (${shapes}). ` +
        `A transposed convolution's weight is ordered [Cin,Cout/groups,T,R,S].`,
    );
  if (!Number.isInteger(groups) || groups < 1 || K % groups !== 0)
    throw new ShapeError(`${name}: ${groups} groups do not divide ${K} input channels (${shapes}). Choose a divisor.`);
  if (filters < 1) throw new ShapeError(`${name}: weight has no filters (${shapes}). Give at least one.`);
  const stride = resolveTriple(name, "stride", options.stride ?? 1, 1);
  const pads = resolveTriple(name, "padding", options.padding ?? 0, 0);
  const dilation = resolveTriple(name, "dilation", options.dilation ?? 1, 1);
  const more = resolveTriple(name, "outputPadding", options.outputPadding ?? 0, 0);
  if (more.some((count, i) => count >= Math.max(stride[i], dilation[i])))
    throw new ShapeError(
      `${name}: outputPadding ${more.join("x")} is not smaller than stride ${stride.join("x")} or dilation ` +
        `${dilation.join("x")} (${shapes}). It only chooses among the sizes that the stride maps to one.`,
    );
  const lengths = counts.map(
    (count, i) => (count - 1) * stride[i] - 2 * pads[i] + dilation[i] * (taps[i] - 1) + more[i] + 1,
  );
  if (Math.min(...counts, ...taps, ...lengths) < 1)
    throw new ShapeError(
      `${name}: the result would be ${lengths.join("x")} voxels (${shapes}). Use less padding or a larger filter.`,
    );
  const C = filters * groups;
  const g = conv3dSizes({ N, C, K, groups, hasBias: false }, lengths, taps, counts, {
    stride,
    pads,
    dilation,
  });
  return { ...g, outShape: [N, C, ...lengths] };
}
