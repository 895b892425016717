import { escaped } from "../../text/html";

/** plotly reads tags and entities in texts: these words are to be seen as they are written. */
export const plain = (words: string): string => escaped(words).replace(/&quot;/g, '"');
