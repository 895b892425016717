/** Filters as panels, which is how the tiles of the direct way and of the way by patches read them. */
import type { Memory } from "../../devices/device";
import type { Pointer } from "../../devices/cpu/heap";
import type { WasmKernels } from "../../devices/cpu/kernels";
import type { Scope } from "../../devices/cpu/wasm";
import type { Conv2dGeometry } from "./geometry";
import { packed } from "./packed";

const panelsSize = (k: WasmKernels, g: Conv2dGeometry): number =>
  k.conv_packed_rows(g.K / g.groups) * g.C * g.R * g.S;

/** The filters w [K,C/groups,R,S]; `byRows`: the taps of a filter's row lie together, as the direct way wants them. */
export function filterPanels(
  k: WasmKernels,
  s: Scope,
  w: Memory,
  g: Conv2dGeometry,
  byRows: boolean,
): Pointer {
  const way = [byRows, g.K, g.C, g.R, g.S, g.groups].join();
  return packed(s, w, panelsSize(k, g), way, (out) => k.conv_f32_pack(s.put(w), out, byRows));
}

/** The same for the gradient to the input: filters and channels change places, and each filter is turned by 180 degrees. */
export function transposedPanels(
  k: WasmKernels,
  s: Scope,
  w: Memory,
  g: Conv2dGeometry,
  byRows: boolean,
): Pointer {
  const panels = s.room(panelsSize(k, g));
  k.conv_f32_pack_turned(s.put(w), panels, byRows);
  return panels;
}
