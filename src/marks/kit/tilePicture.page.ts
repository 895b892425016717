/** Tiles in a page, whose canvas makes files of them. */
import { part } from "./drawing.page";
import type { AddressOf, Tile } from "./tilePicture";

/** Addresses of tiles, each made once. */
export function tileUrls(): AddressOf {
  const known = new Map<Tile, string>();
  return (tile) => {
    const address = known.get(tile) ?? urlOf(tile);
    known.set(tile, address);
    return address;
  };
}

function urlOf({ tiles: { bytes, channels, height, width }, index }: Tile): string {
  const canvas = part("canvas", "");
  [canvas.width, canvas.height] = [width, height];
  const image = new ImageData(width, height);
  const size = height * width;
  for (let i = 0; i < size; i++)
    for (let channel = 0; channel < 4; channel++)
      image.data[i * 4 + channel] = channel === 3 ? 255 : bytes[(index * channels + (channel % channels)) * size + i];
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas.toDataURL();
}
