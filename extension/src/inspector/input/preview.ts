/** The pixels that a network reads, as a small picture. */
import { part, setWords } from "../../../../src/marks/kit/drawing.page";
import { shapeWords } from "../words";

export class Preview {
  readonly element = part("figure", "rcp-Preview");
  private readonly canvas = part("canvas", "rcp-Preview-canvas");
  private readonly words = part("figcaption", "rcp-Preview-words");

  constructor() {
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", "What the network reads");
    this.element.append(this.canvas, this.words);
  }

  /** @param pixels [channels,height,width], black 0 and white 1, before normalisation */
  show(pixels: Float32Array, [channels, height, width]: readonly [number, number, number]): void {
    [this.canvas.width, this.canvas.height] = [width, height];
    const image = new ImageData(width, height);
    const size = height * width;
    for (let i = 0; i < size; i++)
      for (let c = 0; c < 4; c++)
        image.data[4 * i + c] = c === 3 ? 255 : 255 * pixels[(channels === 3 ? c * size : 0) + i];
    this.canvas.getContext("2d")?.putImageData(image, 0, 0);
    setWords(this.words, `The network reads ${shapeWords([channels, height, width])}`);
  }
}
