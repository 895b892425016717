/** One clear line instead of an output that cannot be drawn, and the picture that was saved beside it, if any. */
import { part } from "../../../src/marks/kit/drawing.page";

/** @param picture  PNG in base64, or the text of an SVG */
export function messageElement(text: string, picture?: unknown): HTMLElement {
  const element = part("div", "");
  const line = part("div", "rcp-Message");
  line.setAttribute("role", "note");
  line.textContent = text;
  element.append(line);
  const source = Array.isArray(picture) ? picture.join("") : picture;
  if (typeof source === "string") {
    const image = part("img", "rcp-Message-picture");
    // An image runs no script, not even one of an SVG.
    image.src = source.trimStart().startsWith("<")
      ? `data:image/svg+xml,${encodeURIComponent(source)}`
      : `data:image/png;base64,${source.replace(/\s/g, "")}`;
    image.alt = "The picture that was saved with this output";
    element.append(image);
  }
  return element;
}
