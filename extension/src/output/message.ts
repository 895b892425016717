/** One clear line instead of an output that cannot be drawn, and the picture that was saved beside it, if any. */
import { part } from "../../../src/marks/kit/drawing.page";
import { pictureUrl } from "./picture";

/** @param picture  PNG in base64, or the text of an SVG */
export function messageElement(text: string, picture?: unknown): HTMLElement {
  const element = part("div", "");
  const line = part("div", "rcp-Message");
  line.setAttribute("role", "note");
  line.textContent = text;
  element.append(line);
  const url = pictureUrl(picture);
  if (url !== undefined) {
    const image = part("img", "rcp-Message-picture");
    image.src = url;
    image.alt = "The picture that was saved with this output";
    element.append(image);
  }
  return element;
}
