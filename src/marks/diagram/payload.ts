/** A network as a graph of its layers, from one run of it. The page and the picture lay it out. */
export interface DiagramMark {
  mark: "diagram";
  /** Of this diagram, where its view has several marks. */
  title?: string;
  subtitle?: string;
  /** Layers as boxes of words from top to bottom, or as volumes from left to right. */
  style: "boxes" | "volumes";
  /** In the order in which they ran. */
  nodes: DiagramNode[];
  /** Modules around the layers, outer ones first. */
  scopes: DiagramScope[];
}

/** What a layer does, in a word: its colour. */
export type Family = "input" | "convolution" | "linear" | "pooling" | "other";

export interface DiagramNode {
  /** "layer1.0.conv1"; of an op outside of a layer its name: "add". */
  name: string;
  /** "Conv2d"; "" where the name says it. */
  kind: string;
  /** Its arguments: "3, 64, kernelSize=7". */
  settings: string;
  family: Family;
  /** Of its output, without the batch: [C,H,W] or [F]. */
  shape: number[];
  /** The nodes before it whose outputs it reads. */
  inputs: number[];
  /** Place of the innermost scope around it; -1 for none. */
  scope: number;
  parameters: number;
  multiplyAdds: number;
  /** Whether it works number by number, such as an activation: it may be drawn as a part of the layer that it follows. */
  minor: boolean;
}

export interface DiagramScope {
  /** "layer1.0" */
  name: string;
  /** "BasicBlock" */
  kind: string;
  /** Place of the scope around it; -1 for none. */
  parent: number;
  /** Parameters of its own, besides those of what is in it. */
  parameters: number;
  multiplyAdds: number;
}
