/** Filters [K,C/groups,R,S] as panels, which is how the tiles of the direct way and of the way by patches read them. */
import type { Memory } from "../../../devices/device";
import type { Pointer } from "../../../devices/cpu/heap";
import type { WasmKernels } from "../../../devices/cpu/kernels";
import { wasm, type Scope } from "../../../devices/cpu/wasm";
import type { Conv2dGeometry } from "../geometry";
import { packed } from "./packed";
import { sizes } from "./sizes";

const panelsSize = (k: WasmKernels, g: Conv2dGeometry): number => k.conv_packed_rows(g.K / g.groups) * g.C * g.R * g.S;

/**
 * The directions of a way that multiplies panels.
 * @param multiply the kernel that reads the panels
 * @param byRows   the taps of a filter's row lie together
 */
export function overPanels(multiply: "conv_f32_direct" | "conv_f32_patches", byRows: boolean) {
  return {
    forward: (x: Memory, w: Memory, b: Memory | null, g: Conv2dGeometry): Memory =>
      wasm((k, s) => {
        const size = g.N * g.K * g.P * g.Q;
        const y = s.block(size);
        sizes(k, g);
        k[multiply](s.put(x), filterPanels(k, s, w, g, byRows), b ? s.put(b) : 0, y);
        return s.take(y, size);
      }),
    transposed: (dy: Memory, w: Memory, g: Conv2dGeometry): Memory =>
      wasm((k, s) => {
        const size = g.N * g.K * g.P * g.Q;
        const dx = s.block(size);
        sizes(k, g);
        const panels = s.block(panelsSize(k, g));
        k.conv_f32_pack_transposed(s.put(w), panels, byRows);
        k[multiply](s.put(dy), panels, 0, dx);
        return s.take(dx, size);
      }),
  };
}

function filterPanels(k: WasmKernels, s: Scope, w: Memory, g: Conv2dGeometry, byRows: boolean): Pointer {
  const way = [byRows, g.K, g.C, g.R, g.S, g.groups].join();
  return packed(s, w, panelsSize(k, g), way, (out) => k.conv_f32_pack(s.put(w), out, byRows));
}
