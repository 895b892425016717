/** The picture that is saved beside an output for other programs: shown where the output cannot be drawn, and saved as a file. */
/** Pixels of a file a pixel of the picture: sharp on paper and on a projector. */
const SCALE = 2;

/**
 * The picture of a bundle as a URL; undefined if it has none. An image runs no script, not even one of an SVG.
 * @param picture PNG in base64, or the text of an SVG; notebooks may hold it as lines
 */
export function pictureUrl(picture: unknown): string | undefined {
  const source: unknown = Array.isArray(picture) ? picture.join("") : picture;
  if (typeof source !== "string") return undefined;
  return source.trimStart().startsWith("<")
    ? `data:image/svg+xml,${encodeURIComponent(source)}`
    : `data:image/png;base64,${source.replace(/\s/g, "")}`;
}

/** Gives the picture to the reader as a PNG file on white, of that name. @throws Error if it is no picture */
export async function savePicture(url: string, file: string): Promise<void> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("the page gives no canvas");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  // A pixel of a tile stays a square; an SVG is drawn sharp at any size.
  context.imageSmoothingEnabled = url.startsWith("data:image/svg");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const link = document.createElement("a");
  link.download = file;
  link.href = canvas.toDataURL("image/png");
  link.click();
  canvas.width = canvas.height = 0;
}
