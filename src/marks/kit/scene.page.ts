/** A scene in a page. */
import type { Scene, SceneElement } from "./scene";

const SVG = "http://www.w3.org/2000/svg";

/** The scene as an element of its size, with its name for a screen reader. */
export function sceneElement({ width, height, elements }: Scene, name: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, width, height, role: "img" }))
    svg.setAttribute(key, String(value));
  svg.setAttribute("aria-label", name);
  svg.append(...elements.map(made));
  return svg;
}

/** An element of a scene as an element of the page. */
export function made({ tag, attributes, children }: SceneElement): SVGElement {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) node.setAttribute(name, String(value));
  node.append(...children.map((child) => (typeof child === "string" ? child : made(child))));
  return node;
}
