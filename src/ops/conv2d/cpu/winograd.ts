import type { Memory } from "../../../devices/device";
import type { Pointer } from "../../../devices/cpu/heap";
import type { WasmKernels } from "../../../devices/cpu/kernels";
import { wasm, type Scope } from "../../../devices/cpu/wasm";
import type { Conv2dGeometry } from "../geometry";
import { keptPacked } from "./packed";
import { sizes } from "./sizes";
import { paysUpTo, type Way } from "./way";

/** Whether Winograd's convolution can compute it. */
export const canWinograd = (g: Conv2dGeometry): boolean =>
  g.R === 3 &&
  g.S === 3 &&
  g.strideH === 1 &&
  g.strideW === 1 &&
  g.dilationH === 1 &&
  g.dilationW === 1 &&
  g.groups === 1 &&
  g.C <= 4096 &&
  g.K <= 4096;

/** Nanoseconds of each step for one filter and channel (or one of the two), measured on one core. */
const ns = { filter: 22, tileIn: 30, tileOut: 25, products: 2, packing: 10, patch: 4.5, pixel: 0.6 };

const tilesOf = (g: Conv2dGeometry): number => g.N * Math.ceil(g.P / 4) * Math.ceil(g.Q / 4);

/** Whether it is the faster way: most of all it needs tiles enough to be worth the transformed filters. */
function isWinograd(g: Conv2dGeometry): boolean {
  // With few channels there is little to gain, and other ways give an exact 0 where nothing is seen.
  if (!canWinograd(g) || g.C < 8 || g.K < 8) return false;
  const tiles = tilesOf(g);
  const eights = 8 * Math.ceil(tiles / 8);
  const here = ns.filter + ns.products * eights + tiles * (ns.tileIn / g.K + ns.tileOut / g.C);
  const pixels = 8 * Math.ceil((g.N * g.P * g.Q) / 8);
  const patches = ns.packing + pixels * (ns.patch / g.K + ns.pixel);
  return here < 0.9 * patches;
}

/**
 * Where the transformed filters lie if they are kept, or 0. They take four times the memory of w, so they are kept only for few
 * tiles, where transforming takes longer than multiplying.
 */
function keptFilters(k: WasmKernels, s: Scope, w: Memory, g: Conv2dGeometry): Pointer {
  if (tilesOf(g) > 8) return 0;
  const way = ["winograd", g.K, g.C].join();
  return keptPacked(s, w, k.conv_winograd_filters_size(), way, (out) => k.conv_f32_winograd_filters(s.put(w), out));
}

/**
 * The convolution by Winograd's transforms. Transposed: w is [C,K,3,3] and its filters rotated by 180 degrees, as for the
 * gradient to the input, whose x is dy.
 */
function convolve(x: Memory, w: Memory, b: Memory | null, g: Conv2dGeometry, transposed: boolean): Memory {
  return wasm((k, s) => {
    const size = g.N * g.K * g.P * g.Q;
    sizes(k, g);
    const kept = transposed ? 0 : keptFilters(k, s, w, g);
    const [y, workspace] = [s.block(size), s.block(k.conv_winograd_workspace())];
    k.conv_f32_winograd(s.put(x), s.put(w), b ? s.put(b) : 0, y, workspace, transposed, kept);
    return s.take(y, size);
  });
}

export const winograd: Way & Required<Pick<Way, "forward" | "transposed">> = {
  name: "winograd",
  fits: isWinograd,
  forward: (x, w, b, g) => convolve(x, w, b, g, false),
  transposed: (dy, w, g) => convolve(dy, w, null, g, true),
  pays: paysUpTo(1.35),
};
