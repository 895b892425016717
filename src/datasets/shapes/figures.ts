/**
 * The ten pictures of `datasets.shapes` as formulas: how much of a pixel the figure covers, 0..1.
 * Coordinates are turned, centred and measured in the figure's radius; `blur` is the width of a pixel in them.
 */

/** `wave` bends the figure where it has something to bend, 0..1: the hole of the ring, the bow of the waves. */
type Figure = (u: number, v: number, blur: number, wave: number) => number;

const TAU = 2 * Math.PI;

/** Full inside (negative distance), empty outside, and a soft edge one pixel wide. */
const inside = (distance: number, blur: number): number => {
  const cover = 0.5 - distance / blur;
  return cover < 0 ? 0 : cover > 1 ? 1 : cover;
};

/** Bands of equal width that repeat once a unit; the edges are one pixel soft. */
const bands = (position: number, blur: number): number => {
  const phase = position - Math.floor(position);
  return inside(Math.abs(phase - 0.5) - 0.25, blur);
};

/** Half-planes at 90, 210 and 330 degrees; the corners have distance 1 from the centre. */
const triangle: Figure = (u, v, blur) => inside(Math.max(v, 0.866 * Math.abs(u) - 0.5 * v) - 0.5, blur);

/** One tenth of a five-pointed star, mirrored and turned: the line from a point (1, 0) to the notch beside it. */
const star: Figure = (u, v, blur) => {
  const radius = Math.sqrt(u * u + v * v);
  const turns = (Math.atan2(v, u) * 5) / TAU;
  const angle = (Math.abs(turns - Math.round(turns)) * TAU) / 5;
  return inside(0.441 * (radius * Math.cos(angle) - 1) + 0.898 * radius * Math.sin(angle), blur);
};

const cross: Figure = (u, v, blur) => {
  const [a, b] = [Math.abs(u), Math.abs(v)];
  return inside(Math.min(Math.max(a - 1, b - 0.3), Math.max(b - 1, a - 0.3)), blur);
};

const checkerboard: Figure = (u, v, blur) => {
  const [a, b] = [bands(u * 0.9, blur * 0.9), bands(v * 0.9, blur * 0.9)];
  return a + b - 2 * a * b;
};

const dots: Figure = (u, v, blur) => {
  const [a, b] = [u * 1.4, v * 1.4];
  const [x, y] = [a - Math.floor(a) - 0.5, b - Math.floor(b) - 0.5];
  return inside(Math.sqrt(x * x + y * y) - 0.28, blur * 1.4);
};

/** In the order of their labels. */
export const figures: readonly (readonly [name: string, figure: Figure])[] = [
  ["disk", (u, v, blur) => inside(Math.sqrt(u * u + v * v) - 0.9, blur)],
  ["ring", (u, v, blur, wave) => inside(Math.abs(Math.sqrt(u * u + v * v) - 0.78) - 0.14 - 0.1 * wave, blur)],
  ["square", (u, v, blur) => inside(Math.max(Math.abs(u), Math.abs(v)) - 0.78, blur)],
  ["triangle", triangle],
  ["star", star],
  ["cross", cross],
  ["stripes", (u, _, blur) => bands(u * 1.3, blur * 1.3)],
  ["checkerboard", checkerboard],
  ["dots", dots],
  ["waves", (u, v, blur, wave) => bands(u * 1.3 + (0.3 + 0.25 * wave) * Math.sin(v * 4), blur * 1.3)],
];
