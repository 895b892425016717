/**
 * A drawing as a tree of SVG elements: written out for a static picture, made into elements in a page. Words are words in
 * both, never markup, whatever a label holds.
 */
import { escaped } from "../../text/html";

export type SceneTag = "g" | "rect" | "line" | "path" | "polygon" | "circle" | "text" | "tspan" | "title" | "image";
export type Attributes = Readonly<Record<string, string | number | undefined>>;

export interface SceneElement {
  readonly tag: SceneTag;
  /** By SVG's names; one that is undefined is left out. */
  readonly attributes: Attributes;
  readonly children: readonly (SceneElement | string)[];
}

/** What lies in a scene, from back to front, and its size in CSS pixels. */
export interface Scene {
  width: number;
  height: number;
  elements: readonly SceneElement[];
}

export const element = (
  tag: SceneTag,
  attributes: Attributes = {},
  ...children: (SceneElement | string)[]
): SceneElement => ({ tag, attributes, children });

/** The element as text of an SVG. */
export function written({ tag, attributes, children }: SceneElement): string {
  const named = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  const inside = children.map((child) => (typeof child === "string" ? escaped(child) : written(child))).join("");
  return inside === "" ? `<${tag}${named.join("")}/>` : `<${tag}${named.join("")}>${inside}</${tag}>`;
}

/** All words of the elements, in order. */
export const wordsOf = (elements: readonly SceneElement[]): string[] =>
  elements.flatMap(({ children }) =>
    children.flatMap((child) => (typeof child === "string" ? [child] : wordsOf([child]))),
  );
