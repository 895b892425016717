/** Layers of a diagram that were picked: their outline. */
import { PICKED, type Asked } from "../kit/asked";
import type { SceneElement } from "../kit/scene";
import type { Item } from "./items";

/** Whether an item is a layer that was picked, or a folded block around one. */
function isPicked({ name, folded }: Item, asked: Asked): boolean {
  return asked.picked.some(
    (picked) => "layer" in picked && (picked.layer === name || (folded >= 0 && picked.layer.startsWith(`${name}.`))),
  );
}

/** The elements of a diagram, the outlines of what was picked in another colour. */
export function withPicked(
  elements: readonly SceneElement[],
  items: readonly Item[],
  asked: Asked | undefined,
): readonly SceneElement[] {
  if (!asked || asked.picked.length === 0) return elements;
  return elements.map((element) => {
    const at = element.attributes["data-item"];
    if (typeof at !== "number")
      return { ...element, children: element.children.map((child) => inside(child, items, asked)) };
    if (!isPicked(items[at], asked)) return element;
    const attributes = { ...element.attributes, "data-picked": "" };
    return { ...element, attributes, children: element.children.map(outlined) };
  });
}

const inside = (child: SceneElement | string, items: readonly Item[], asked: Asked): SceneElement | string =>
  typeof child === "string" ? child : withPicked([child], items, asked)[0];

const outlined = (child: SceneElement | string): SceneElement | string =>
  typeof child === "string" ||
  (child.tag !== "rect" && child.tag !== "polygon") ||
  child.attributes.stroke === undefined
    ? child
    : { ...child, attributes: { ...child.attributes, stroke: PICKED.outer, "stroke-width": 3.5 } };
