/**
 * From strokes of a pen to the pixels that a network reads, as MNIST's were made: the figure fits into a box of 20 of 28 pixels, and
 * its centre of mass lies in the middle of the image. Numbers alone: the same strokes give the same pixels everywhere. No DOM here.
 * @see LeCun et al. 1998, section III-A, and http://yann.lecun.com/exdb/mnist
 */

/** In shares of the pad's sides: [0, 0] is its upper left corner. */
export type Point = readonly [x: number, y: number];
export type Stroke = readonly Point[];

export interface DrawnOptions {
  height: number;
  width: number;
  /** Whether the figure is scaled and centred as MNIST's are; default true. */
  centred?: boolean;
}

/** The side of MNIST's box in shares of the image. */
const BOX = 20 / 28;
/** The pen's radius: MNIST's lines are some 2 to 3 pixels wide. */
const RADIUS = 1.35 / 28;
/** A dot is not made as large as the box. */
const MOST_ENLARGED = 2;

/** Pixels [height,width] from 0 (paper) to 1 (ink); the pen's edge is one pixel soft. */
export function drawStrokes(strokes: readonly Stroke[], { height, width, centred = true }: DrawnOptions): Float32Array {
  const side = Math.min(height, width);
  const place = centred ? fitted(strokes) : (point: Point): Point => point;
  const paths = strokes.map((stroke) =>
    stroke.map((point) => {
      const [x, y] = place(point);
      return [(x - 0.5) * side + width / 2, (y - 0.5) * side + height / 2] as const;
    }),
  );
  const radius = Math.max(0.6, RADIUS * side);
  const first = paint(paths, height, width, radius);
  if (!centred) return first;
  const mass = centreOfMass(first, width);
  if (!mass) return first;
  const [dx, dy] = [width / 2 - mass[0], height / 2 - mass[1]];
  return paint(
    paths.map((path) => path.map(([x, y]) => [x + dx, y + dy] as const)),
    height,
    width,
    radius,
  );
}

/** What brings the figure into the box, its middle into the middle of the image. */
function fitted(strokes: readonly Stroke[]): (point: Point) => Point {
  const points = strokes.flat();
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  // The pen reaches beyond the points.
  const largest = Math.max(right - left, bottom - top);
  const scale = Math.min(MOST_ENLARGED, (BOX - 2 * RADIUS) / Math.max(largest, 1e-6));
  return ([x, y]) => [0.5 + (x - (left + right) / 2) * scale, 0.5 + (y - (top + bottom) / 2) * scale];
}

/** Where the ink's centre of mass lies, in pixels; undefined without ink. */
export function centreOfMass(pixels: Float32Array, width: number): [x: number, y: number] | undefined {
  let [sum, x, y] = [0, 0, 0];
  pixels.forEach((ink, i) => {
    sum += ink;
    x += ink * ((i % width) + 0.5);
    y += ink * (Math.floor(i / width) + 0.5);
  });
  return sum > 0 ? [x / sum, y / sum] : undefined;
}

/** Straight pieces with round ends; where they cross the ink is not doubled. */
function paint(paths: readonly Stroke[], height: number, width: number, radius: number): Float32Array {
  const out = new Float32Array(height * width);
  for (const path of paths)
    path.forEach((point, i) => {
      if (i > 0 || path.length === 1) paintPiece(out, path[Math.max(0, i - 1)], point, { height, width, radius });
    });
  return out;
}

interface Pen {
  height: number;
  width: number;
  radius: number;
}

function paintPiece(out: Float32Array, [ax, ay]: Point, [bx, by]: Point, { height, width, radius }: Pen): void {
  const reach = radius + 0.5;
  const [left, right] = [Math.floor(Math.min(ax, bx) - reach), Math.ceil(Math.max(ax, bx) + reach)];
  const [top, bottom] = [Math.floor(Math.min(ay, by) - reach), Math.ceil(Math.max(ay, by) + reach)];
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy || 1;
  for (let y = Math.max(0, top); y <= Math.min(height - 1, bottom); y++)
    for (let x = Math.max(0, left); x <= Math.min(width - 1, right); x++) {
      const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
      const along = Math.max(0, Math.min(1, (px * dx + py * dy) / squared));
      const cover = Math.max(0, Math.min(1, reach - Math.hypot(px - along * dx, py - along * dy)));
      const at = y * width + x;
      if (cover > out[at]) out[at] = cover;
    }
}
