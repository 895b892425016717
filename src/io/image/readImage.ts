import { checkSource, show } from "../../arguments";
import { checkOptions, type OptionNames } from "../../options";
import { DataError } from "../../errors";
import type { Tensor } from "../../tensor/tensor";
import { decodeImage } from "./decode";
import { channelsOf, pixelTensor, withChannels, type ImageReadMode } from "./pixels";

export interface ReadImageOptions {
  /**
   * Which channels: "UNCHANGED" (default) those of the file, "GRAY", "GRAY_ALPHA", "RGB", "RGB_ALPHA". Networks for
   * photographs want "RGB".
   */
  mode?: ImageReadMode;
}
export const readImageOptions: OptionNames<ReadImageOptions> = { mode: true };

/**
 * The pixels of one image file as [C,H,W] float32 in 0..1, where PyTorch has bytes: as `transforms.ToTensor` gives them.
 * JPEG, PNG, WebP, TIFF, GIF, BMP, PPM and PGM; of several frames the first; 16 bits stay exact. As PIL and torchvision, it
 * ignores colour profiles and a camera's rotation.
 * @param pathOrBytes the file's path, or its bytes (a page has no paths)
 * @throws DataError that names the file if it cannot be read or is no image
 * @see torchvision.io.read_image
 * @example
 * const bytes = new TextEncoder().encode("P3 2 1 255  255 0 0  0 0 255"); // or "photo.jpg"
 * const image = await io.readImage(bytes, { mode: "RGB" });
 * console.log(await image.tolist()); // [[[1, 0]], [[0, 0]], [[0, 1]]]
 */
export async function readImage(pathOrBytes: string | Uint8Array, options: ReadImageOptions = {}): Promise<Tensor> {
  const { mode = "UNCHANGED" } = checkOptions("readImage", options, readImageOptions, arguments, 1);
  checkSource("readImage", pathOrBytes);
  if (!Object.hasOwn(channelsOf, mode))
    throw new DataError(`readImage: there is no mode ${show(mode)}. Use ${Object.keys(channelsOf).join(", ")}.`);
  const pixels = await decodeImage("readImage", pathOrBytes);
  return pixelTensor(withChannels(pixels, channelsOf[mode] || pixels.channels));
}
