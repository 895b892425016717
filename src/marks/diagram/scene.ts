/** A diagram as a scene, the same in a page and as a picture. */
import { lineColours } from "../kit/colours";
import { element, type Scene } from "../kit/scene";
import { PICTURE_WIDTH } from "../kit/picture";
import type { Theme } from "../kit/theme";
import { arrange, type Arranged, type Size, type Spacing } from "./arrange";
import { boxElements, boxSize } from "./boxes";
import { edgeElements } from "./edges";
import { frameElements, frameNames, framesOf } from "./frames";
import { itemsOf, type Folds, type Item } from "./items";
import { rankedOf } from "./lanes";
import { LEGEND_HEIGHT, legendElements } from "./legend";
import { framedScopes, type BoxWidth } from "./measures";
import type { DiagramMark, Family } from "./payload";
import { stacksOf, type Stack } from "./stacks";
import { volumeElements, volumeSize } from "./volumes";

export interface Diagram extends Scene {
  items: Item[];
  stacks: Stack[];
  /** The rank of each item. */
  ranks: number[];
}

const SPACING: Record<DiagramMark["style"], Spacing> = {
  boxes: { rank: 24, head: 18, lane: 14, edge: 12, column: 44, arrow: 11 },
  volumes: { rank: 34, head: 0, lane: 10, edge: 10, column: 40, arrow: 14 },
};
const MARGIN = 10;
/** On a page less wide, two branches are as narrow as three are. */
const SLIM_BELOW = 700;
/** A column shorter than this is not worth wrapping. */
const SHORTEST = 480;
/** Nor is a second column that leaves more than this part of the length to the first. */
const WORTH = 0.8;
/** Pixels that a reader sees at once, more or less. */
export const SCREEN = 680;

export interface Look {
  folds: Folds;
  /** CSS pixels. */
  width: number;
  theme: Theme;
}

/** The scene of what is to be seen while some scopes are folded. It is wider than asked for if branches need it. */
export function diagramScene(mark: DiagramMark, { folds, width = PICTURE_WIDTH, theme }: Look): Diagram {
  const items = itemsOf(mark, folds);
  const stacks = stacksOf(items);
  const ranked = rankedOf(stacks);
  const isFlat = mark.style === "boxes";
  const framed = isFlat ? framedScopes(mark, items) : new Set<number>();
  const frames = framesOf(mark, items, stacks, framed);
  const side = Math.max(...ranked.blocks.map((block) => new Set(block.stacks.map((each) => ranked.lanes[each])).size));
  const usual: BoxWidth = side < 2 ? "wide" : side < 3 && width >= SLIM_BELOW ? "narrow" : "slim";
  const heads = new Set(frames.flatMap(({ stacks: inside }) => Math.min(...inside.map((each) => ranked.ranks[each]))));
  const placed = (box: BoxWidth): { box: BoxWidth; sizes: Size[]; arranged: Arranged } => {
    const sizes = stacks.map((stack): Size => (isFlat ? boxSize(items, stack, box) : volumeSize(mark, items, stack)));
    const place = (limit: number): Arranged => arrange(ranked, sizes, heads, SPACING[mark.style], limit);
    const room = width - 2 * MARGIN;
    return { box, sizes, arranged: isFlat ? columnsFor(place, room) : place(room) };
  };
  let chosen = placed(usual);
  // More columns of narrower boxes, where a chain is longer than the screen.
  if (isFlat && usual === "wide" && chosen.arranged.along > SCREEN - LEGEND_HEIGHT) {
    const narrow = placed("narrow");
    if (narrow.arranged.along < chosen.arranged.along) chosen = narrow;
  }
  const { box, sizes, arranged } = chosen;
  const colours = coloursOf(theme);
  const drawing = { mark, items, stacks, sizes, arranged, theme, colours, box };
  const elements = [
    ...frameElements(frames, ranked.edges, drawing),
    ...edgeElements(ranked.edges, drawing),
    ...frameNames(frames, ranked.edges, drawing),
    ...(isFlat ? boxElements(drawing, frames) : volumeElements(drawing)),
  ];
  const [across, along] = [arranged.across, arranged.along].map((each) => Math.ceil(each + 2 * MARGIN));
  const ranks = items.map(() => 0);
  stacks.forEach(({ items: inside }, at) => inside.forEach((item) => (ranks[item] = ranked.ranks[at])));
  const legend = legendElements(items, colours, theme);
  return {
    width: Math.max(isFlat ? across : along, Math.ceil(legend.width + 2 * MARGIN)),
    height: (isFlat ? along : across) + legend.height,
    elements: [
      element("g", { transform: `translate(${MARGIN} ${MARGIN + legend.height})` }, ...elements),
      ...(legend.height > 0 ? [element("g", { transform: `translate(${MARGIN} ${MARGIN})` }, ...legend.elements)] : []),
    ],
    ...{ items, stacks, ranks },
  };
}

/** What drawing needs. */
export interface Drawing {
  mark: DiagramMark;
  items: readonly Item[];
  stacks: readonly Stack[];
  sizes: readonly Size[];
  arranged: Arranged;
  theme: Theme;
  colours: Readonly<Record<Family, string>>;
  box: BoxWidth;
}

/** The shortest columns that are together no wider than the page. */
function columnsFor(place: (limit: number) => Arranged, width: number): Arranged {
  const whole = place(Infinity);
  let best = whole;
  for (let limit = whole.along; limit >= SHORTEST; limit *= 0.95) {
    const arranged = place(limit);
    if (arranged.across > width) break;
    if (arranged.along < best.along && arranged.along <= WORTH * whole.along) best = arranged;
  }
  return best;
}

function coloursOf(theme: Theme): Record<Family, string> {
  const [convolution, linear, pooling] = theme.dark ? lineColours.dark : lineColours.light;
  return { convolution, linear, pooling, input: theme.text, other: theme.muted };
}
