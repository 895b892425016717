/** An image file as the pixels of a small picture. */

/**
 * RGBA of the middle of the picture, cut to the sides' proportion and scaled to their size; what is transparent is white.
 * @throws Error in one line if the browser cannot read it
 */
export async function readPicture(file: Blob, height: number, width: number): Promise<Uint8ClampedArray> {
  const bitmap = await createImageBitmap(file).catch(() => {
    const name = file instanceof File ? file.name : "This";
    throw new Error(`${name} is no picture that the browser can read. Choose a PNG, JPEG or WebP.`);
  });
  try {
    const scale = Math.min(bitmap.width / width, bitmap.height / height);
    const [cutWidth, cutHeight] = [width * scale, height * scale];
    const [left, top] = [(bitmap.width - cutWidth) / 2, (bitmap.height - cutHeight) / 2];
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("The browser has no canvas to scale pictures on. Close other pages.");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, left, top, cutWidth, cutHeight, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  } finally {
    bitmap.close();
  }
}
