/** Static pictures, of pixels or as SVG: what programs show that do not know our MIME type. */
import { encodePng, pngUrl } from "./png";
import { toBase64 } from "./base64";
import { Canvas, type Raster } from "./raster";
import { svgPicture, type Svg } from "./svg";

export type Picture = Raster | Svg;

/** Pixels that a static picture is wide at most. */
export const PICTURE_WIDTH = 760;
const GAP = 12;

/** Pictures below each other; pixels as long as all of them are, else SVG. */
export function stacked(pictures: readonly Picture[], name: string): Picture {
  if (pictures.length === 1) return pictures[0];
  const width = Math.max(...pictures.map((picture) => picture.width));
  const tops = pictures.map((_, i) => pictures.slice(0, i).reduce((sum, { height }) => sum + height + GAP, 0));
  const height = tops[tops.length - 1] + pictures[pictures.length - 1].height;
  if (pictures.every(isRaster)) {
    const canvas = new Canvas(width, height);
    pictures.forEach((picture, i) => canvas.draw(picture, 0, tops[i]));
    return canvas;
  }
  const parts = pictures.map((picture, i) =>
    isRaster(picture)
      ? `<image y="${tops[i]}" width="${picture.width}" height="${picture.height}" href="${pngUrl(picture)}"/>`
      : `<g transform="translate(0 ${tops[i]})">${picture.svg}</g>`,
  );
  return svgPicture(width, height, name, parts);
}

const isRaster = (picture: Picture): picture is Raster => "bytes" in picture;

/** A picture in the MIME type that programs expect. */
export const pictureBundle = (picture: Picture): Record<string, string> =>
  isRaster(picture) ? { "image/png": toBase64(encodePng(picture)) } : { "image/svg+xml": picture.svg };
