/** The old five-by-seven dot-matrix letters, for pictures of pixels, where no real font is at hand. */

/** From space to "~": five columns a letter, two hex digits a column, lowest bit on top. */
const GLYPHS =
  "000000000000005f00000007000700147f147f14242a7f2a12231308646236495620500008070300001c2241000041221c00" +
  "2a1c7f1c2a08083e080800807030000808080808000060600020100804023e5149453e00427f400072494949462141494d33" +
  "1814127f1027454545393c4a49493141211109073649494936464949291e0000140000004034000000081422411414141414" +
  "004122140802015909063e415d594e7c1211127c7f494949363e414141227f4141413e7f494949417f090909013e41415173" +
  "7f0808087f00417f41002040413f017f081422417f404040407f021c027f7f0408107f3e4141413e7f090909063e4151215e" +
  "7f09192946264949493203017f01033f4040403f1f2040201f3f4038403f631408146303047804036159494d43007f414141" +
  "0204081020004141417f04020102044040404040000307080020545478407f284444383844444428384444287f3854545418" +
  "00087e090218a4a49c787f0804047800447d40002040403d007f1028440000417f40007c047804787c080404783844444438" +
  "fc1824241818242418fc7c08040408485454542404043f44243c4040207c1c2040201c3c4030403c44281028444c9090907c" +
  "4464544c440008364100000077000000413608000201020402";

const COLUMNS = 5;
const FIRST_CODE = " ".charCodeAt(0);
/** Rows of a line, with room below for g and y. */
export const LINE_HEIGHT = 8;

/** Signs that our texts have beyond ASCII, as columns of dots. */
const SIGNS: Record<string, readonly number[]> = {
  "·": [0x18, 0x18],
  "×": [0x22, 0x14, 0x08, 0x14, 0x22],
  "−": [0x08, 0x08, 0x08, 0x08],
  "∞": [0x18, 0x24, 0x24, 0x18, 0x24, 0x24, 0x18],
  "…": [0x40, 0x00, 0x40, 0x00, 0x40],
};

/** Columns of a letter as bits, empty ones at both sides left out; "?" for letters that the font lacks. */
function columnsOf(letter: string): number[] {
  if (letter === " ") return [0, 0];
  if (letter in SIGNS) return [...SIGNS[letter]];
  const code = letter.charCodeAt(0) - FIRST_CODE;
  const known = code > 0 && (code + 1) * COLUMNS * 2 <= GLYPHS.length;
  const start = (known ? code : "?".charCodeAt(0) - FIRST_CODE) * COLUMNS * 2;
  const columns = Array.from({ length: COLUMNS }, (_, c) =>
    parseInt(GLYPHS.slice(start + 2 * c, start + 2 * c + 2), 16),
  );
  const used = columns.map((bits, c) => (bits ? c : -1)).filter((c) => c >= 0);
  return columns.slice(used[0], used[used.length - 1] + 1);
}

const spread = (text: string): number[] => [...text].flatMap((letter) => [...columnsOf(letter), 0]).slice(0, -1);

/** Pixels that a line takes. */
export const textWidth = (text: string): number => spread(text).length;

/** Calls `dot` for each pixel of the line, counted from its upper left corner. */
export function drawText(text: string, dot: (x: number, y: number) => void): void {
  spread(text).forEach((bits, x) => {
    for (let y = 0; y < LINE_HEIGHT; y++) if ((bits >> y) & 1) dot(x, y);
  });
}
