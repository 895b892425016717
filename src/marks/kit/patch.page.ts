/** A scene that follows another in the same place: elements that stay are kept, so that pictures in it do not flicker. */
import type { Scene, SceneElement } from "./scene";
import { made, sceneElement } from "./scene.page";

export class ScenePatcher {
  readonly element = sceneElement({ width: 1, height: 1, elements: [] }, "");
  private shown: readonly SceneElement[] = [];

  constructor() {
    // What it shows is told by the element around it.
    this.element.removeAttribute("role");
    this.element.setAttribute("aria-hidden", "true");
  }

  show({ width, height, elements }: Scene): void {
    const size = { viewBox: `0 0 ${width} ${height}`, width, height };
    for (const [key, value] of Object.entries(size)) this.element.setAttribute(key, String(value));
    follow(this.element, this.shown, elements);
    this.shown = elements;
  }
}

type Child = SceneElement | string;

function follow(parent: SVGElement, before: readonly Child[], after: readonly Child[]): void {
  after.forEach((child, i) => {
    const old = before[i];
    const node = parent.childNodes[i] as ChildNode | undefined;
    if (typeof child === "string") {
      if (child === old) return;
      if (node && typeof old === "string") node.textContent = child;
      else place(parent, node, document.createTextNode(child));
      return;
    }
    if (child === old) return;
    if (!node || typeof old === "string" || old?.tag !== child.tag) {
      place(parent, node, made(child));
      return;
    }
    setAttributes(node as SVGElement, old.attributes, child.attributes);
    follow(node as SVGElement, old.children, child.children);
  });
  while (parent.childNodes.length > after.length) parent.lastChild?.remove();
}

const place = (parent: SVGElement, old: ChildNode | undefined, node: Node): void => {
  if (old) parent.replaceChild(node, old);
  else parent.append(node);
};

function setAttributes(node: SVGElement, before: SceneElement["attributes"], after: SceneElement["attributes"]): void {
  for (const name of Object.keys(before)) if (after[name] === undefined) node.removeAttribute(name);
  for (const [name, value] of Object.entries(after))
    if (value !== undefined && value !== before[name]) node.setAttribute(name, String(value));
}
