/** A network as a static picture: what the page shows of it, in the order and the colours of the page. */
import type { Asked } from "../kit/asked";
import { pngUrl } from "../kit/png";
import { PICTURE_WIDTH } from "../kit/picture";
import { Canvas } from "../kit/raster";
import { written } from "../kit/scene";
import { svgPicture, svgText, INK, type Svg } from "../kit/svg";
import { paper } from "../kit/theme";
import { edgeElements } from "./edges";
import { barOrder, layoutNetwork, unitRect, type NetworkLayout } from "./layout";
import { carriedPlane, planePixels, unitColours } from "./maps";
import { networkOf, type Network } from "./network";
import type { NetworkMark } from "./payload";
import { pickedElements } from "./picks";
import { wordElements } from "./scene";
import { imageWords, networkName, sharesOf } from "./words";

/** Colours of the maps: with those of frame and ground a picture has at most 256. */
const STEPS = 85;
const FRAME = [176, 176, 176] as const;
const [TITLE, SUBTITLE] = [24, 20];

/** @param asked what was picked, to be framed */
export function paintNetwork(mark: NetworkMark, asked?: Asked): Svg {
  const network = networkOf(mark);
  const layout = pictureLayout(network);
  const { title = "" } = mark;
  const subtitle = [mark.subtitle ?? "", imageWords(mark)].filter(Boolean).join(", ");
  const head = (title === "" ? 0 : TITLE) + (subtitle === "" ? 0 : SUBTITLE);
  const maps = paintMaps(network, layout);
  const parts = [
    title === "" ? "" : svgText(title, 6, 18, "start", `font-size="16" font-weight="600" fill="${INK}"`),
    subtitle === "" ? "" : svgText(subtitle, 6, head - 6, "start"),
    `<g transform="translate(0 ${head})">`,
    ...edgeElements(network, layout, paper).map(written),
    `<image width="${maps.width}" height="${maps.height}" href="${pngUrl(maps)}"/>`,
    ...wordElements(network, layout, paper).map(written),
    ...pickedElements(network, layout, asked).map(written),
    "</g>",
  ];
  const name = [title, networkName(network)].filter(Boolean).join(": ");
  return svgPicture(layout.width, layout.height + head, name, parts);
}

/** The layout of the static picture, which unfolds nothing. */
export const pictureLayout = (network: Network): NetworkLayout =>
  layoutNetwork(network, PICTURE_WIDTH, new Map(), barOrder(sharesOf(network)));

/** All maps as one picture, transparent between them. */
export function paintMaps(network: Network, layout: NetworkLayout): Canvas {
  const canvas = new Canvas(layout.width, layout.height);
  for (const laid of layout.nodes) {
    if (laid.index === network.mark.scores) continue;
    const node = network.nodes[laid.index];
    for (const unit of laid.units) {
      const colours = unitColours(node, unit, STEPS);
      const [rect, plane] = [unitRect(laid, unit), carriedPlane(node, unit)];
      if (!rect || !plane) continue;
      const [left, top] = [Math.round(rect.left), Math.round(rect.top)];
      const [width, height] = [Math.round(rect.width), Math.max(1, Math.round(rect.top + rect.height) - top)];
      if (!node.isVector) canvas.fill(left - 1, top - 1, width + 2, height + 2, FRAME);
      const bytes = planePixels(plane, colours, width, height);
      for (let i = 0; i < width * height; i++)
        canvas.put(left + (i % width), top + Math.floor(i / width), [bytes[4 * i], bytes[4 * i + 1], bytes[4 * i + 2]]);
    }
  }
  return canvas;
}
