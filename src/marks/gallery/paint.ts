/** A gallery as SVG, for programs that do not know our MIME type: its first page. */
import type { Asked } from "../kit/asked";
import { element, written, type SceneElement } from "../kit/scene";
import { PICTURE_WIDTH } from "../kit/picture";
import { svgPicture, type Svg } from "../kit/svg";
import { cutText, textWidth } from "../kit/textWidth";
import { paper } from "../kit/theme";
import { tileUrl, tilesOf } from "../kit/tilePicture";
import { cardScene, legendScene } from "./card";
import { cardWidth, columnsOf, GAP, pageBounds, rowsOf } from "./layout";
import type { GalleryMark } from "./payload";
import { describeGallery } from "./words";

/** @param asked which images were picked, to be framed */
export function paintGallery(mark: GalleryMark, asked?: Asked): Svg {
  const width = cardWidth(mark, PICTURE_WIDTH);
  const [from, to] = pageBounds(mark.cards);
  const painting = { mark, tiles: tilesOf(mark.pixels, mark.colours), theme: paper, address: tileUrl, asked };
  const elements: SceneElement[] = [];
  let [y, widest] = [0, 0];
  const say = (words: string, size: number, fill: string, bold = false): void => {
    if (!words) return;
    y += size + 6;
    const shown = cutText(words, PICTURE_WIDTH - 16, size, bold);
    widest = Math.max(widest, 16 + textWidth(shown, size, bold));
    elements.push(element("text", { x: 8, y, "font-size": size, fill, "font-weight": bold ? 600 : undefined }, shown));
  };
  say(mark.title ?? "", 17, paper.text, true);
  say(describeGallery(mark), 13, paper.muted);
  y += 6;
  const legend = legendScene(mark, paper);
  if (legend) {
    elements.push(element("g", { transform: `translate(8 ${y})` }, ...legend.elements));
    widest = Math.max(widest, 8 + legend.width);
    y += legend.height + 6;
  }
  for (const { heading, cards } of rowsOf(mark, from, to)) {
    say(heading ?? "", 14, paper.text, true);
    const columns = columnsOf(cards.length, width, PICTURE_WIDTH);
    for (let first = 0; first < cards.length; first += columns) {
      const scenes = cards.slice(first, first + columns).map((card) => cardScene(painting, card, width));
      scenes.forEach((scene, i) =>
        elements.push(element("g", { transform: `translate(${i * (width + GAP)} ${y})` }, ...scene.elements)),
      );
      y += Math.max(...scenes.map(({ height }) => height));
      widest = Math.max(widest, scenes.length * (width + GAP) - GAP);
    }
  }
  if (to < mark.cards.length) say(`the first ${to} of ${mark.cards.length} are drawn`, 13, paper.muted);
  const name = mark.title || `${mark.cards.length} cards`;
  return svgPicture(Math.ceil(widest), y + 8, name, elements.map(written));
}
