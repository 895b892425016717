/** One clear line instead of an output that cannot be drawn, and the picture that was saved beside it, if any. */

export function messageElement(text: string, png?: unknown): HTMLElement {
  const element = document.createElement("div");
  const line = document.createElement("div");
  line.className = "rcp-Message";
  line.setAttribute("role", "note");
  line.textContent = text;
  element.append(line);
  if (typeof png === "string") {
    const picture = document.createElement("img");
    picture.className = "rcp-Message-picture";
    picture.src = `data:image/png;base64,${png.replace(/\s/g, "")}`;
    picture.alt = "The picture that was saved with this output";
    element.append(picture);
  }
  return element;
}
