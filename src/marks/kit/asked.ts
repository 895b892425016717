/** What a reader may be asked to pick in a view, and what an answer says. The source of a cell holds the same. */

/** A unit of a layer: a channel of its maps, a filter, or a number of its vector. */
export interface UnitAnswer {
  /** Its path in the network, "conv1"; of a view of one tensor the view's title. */
  layer: string;
  unit: number;
}

/** A pixel of a unit's map. */
export interface PixelAnswer extends UnitAnswer {
  row: number;
  column: number;
}

/** Pixels of an image from an upper left corner on. */
export interface BoxAnswer {
  row: number;
  column: number;
  height: number;
  width: number;
}

export interface LayerAnswer {
  layer: string;
}

export interface ImageAnswer {
  /** The number of the image in the data. */
  index: number;
}

/** What each kind of question is answered with. */
export interface Answers {
  unit: UnitAnswer;
  pixel: PixelAnswer;
  layer: LayerAnswer;
  image: ImageAnswer;
  box: BoxAnswer;
}
export type PickKind = keyof Answers;
export type Picked = Answers[PickKind];

/** The fields of an answer, in the order in which they are written. */
export const answerFields: { readonly [Kind in PickKind]: readonly (keyof Answers[Kind] & string)[] } = {
  unit: ["layer", "unit"],
  pixel: ["layer", "unit", "row", "column"],
  layer: ["layer"],
  image: ["index"],
  box: ["row", "column", "height", "width"],
};

/** A question about the other marks of its view: what it asks for, and what has been picked. */
export interface Asked {
  pick: PickKind;
  picked: readonly Picked[];
}

/** Whether two answers to one question are the same. */
export const isSamePick = (a: Picked, b: Picked): boolean => {
  const fields = Object.keys(a) as (keyof Picked)[];
  return fields.every((field) => a[field] === b[field]);
};

/** Colours of the frame around what was picked: seen on every colour of data, on white and on black. */
export const PICKED = { outer: "#ab47bc", inner: "#ffffff" } as const;
