/** Cards as images of a question. */
import type { Asked } from "../kit/asked";
import type { GalleryMark } from "./payload";

/** The number of a card's image in its data. */
export const imageOfCard = ({ cards }: GalleryMark, card: number): number => cards[card].index ?? card;

/** Whether a card's image was picked. */
export const isPickedCard = (mark: GalleryMark, card: number, asked: Asked | undefined): boolean =>
  asked?.pick === "image" &&
  asked.picked.some((picked) => "index" in picked && picked.index === imageOfCard(mark, card));
