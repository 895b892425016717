/** Units, pixels and layers of a network that were picked: frames over the maps. */
import { PICKED, type Asked } from "../kit/asked";
import { element, type SceneElement } from "../kit/scene";
import { LINE, unitRect, type NetworkLayout } from "./layout";
import type { Network } from "./network";

interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A frame around a place, a line of white inside it. */
function framed({ left, top, width, height }: Rect, name: string): SceneElement[] {
  const around = (out: number, line: number, stroke: string): SceneElement =>
    element("rect", {
      ...{ x: left - out, y: top - out, width: width + 2 * out, height: height + 2 * out },
      ...{ fill: "none", stroke, "stroke-width": line, "data-picked": name },
    });
  return [around(1, 1.5, PICKED.inner), around(3, 3, PICKED.outer)];
}

/** Frames around what was picked, as far as it is drawn. */
export function pickedElements({ nodes }: Network, layout: NetworkLayout, asked: Asked | undefined): SceneElement[] {
  return (asked?.picked ?? []).flatMap((picked) => {
    const node = nodes.find(({ id }) => "layer" in picked && id === picked.layer);
    if (!node) return [];
    const laid = layout.nodes[node.index];
    if (!("unit" in picked)) {
      const { left, top, tileWidth, tileHeight, step, units, y } = laid;
      const bottom = top + (units.length - 1) * step + tileHeight;
      const above = Math.min(top, y - LINE);
      return framed({ left: left - 2, top: above, width: tileWidth + 4, height: bottom - above + 2 }, node.id);
    }
    const rect = unitRect(laid, picked.unit);
    if (!rect) return [];
    if (!("row" in picked) || node.isVector) return framed(rect, node.id);
    const [across, down] = [rect.width / node.width, rect.height / node.height];
    const place = { left: rect.left + picked.column * across, top: rect.top + picked.row * down };
    return framed({ ...place, width: Math.max(across, 1), height: Math.max(down, 1) }, node.id);
  });
}
