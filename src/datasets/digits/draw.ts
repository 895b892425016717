import { Random } from "../../tensor/random";
import type { LabelledPixels } from "../imageDataset";
import { writers, type Point, type Stroke } from "./strokes";

export const DIGIT_SIZE = 28;
const PIXELS = DIGIT_SIZE * DIGIT_SIZE;
/** Straight pieces between two control points. */
const PIECES = 5;

/**
 * Images of seeded digits, white on black. Each ten in a row hold every digit once, in random order; the first n of a
 * larger count are the same images.
 * @param stream  images of another stream are others: 0 for training, 1 for testing
 */
export function drawDigits(count: number, seed: number, stream: number): LabelledPixels {
  const random = new Random(2 * seed + stream);
  const pixels = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  let order = random.permutation(writers.length);
  for (let i = 0; i < count; i++) {
    const place = i % writers.length;
    if (place === 0 && i > 0) order = random.permutation(writers.length);
    labels[i] = order[place];
    drawDigit(random, labels[i], pixels.subarray(i * PIXELS, (i + 1) * PIXELS));
  }
  return { pixels, labels };
}

function drawDigit(random: Random, digit: number, out: Uint8Array): void {
  const between = (low: number, high: number): number => low + (high - low) * random.next();
  const strokes = writers[digit](random);
  const hand = makeHand(random);
  const radius = between(0.8, 1.8);
  const ink = between(215, 255);
  const pressure = between(-0.25, 0.25);
  for (const stroke of strokes) {
    const points = stroke.map((point) => hand(point));
    const path = smooth(points);
    for (let i = 1; i < path.length; i++) {
      const along = i / path.length - 0.5;
      drawPiece(out, path[i - 1], path[i], radius * (1 + pressure * along), ink);
    }
  }
}

/**
 * One writer's way from the box of 1x1 to pixels: bent, slanted, turned, stretched and moved. Points beside each other
 * stay so, and strokes that meet still meet within half a pixel.
 */
function makeHand(random: Random): (point: Point) => Point {
  const between = (low: number, high: number): number => low + (high - low) * random.next();
  const height = between(16, 20);
  const width = height * between(0.55, 0.95);
  const slant = Math.max(-0.35, Math.min(0.5, 0.12 + 0.22 * random.normal()));
  const angle = 0.1 * random.normal();
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [moveX, moveY] = [between(-2, 2), between(-1.6, 1.6)];
  const waves = Array.from({ length: 2 }, () => ({
    x: between(-3.5, 3.5),
    y: between(-3.5, 3.5),
    phase: between(0, 2 * Math.PI),
    size: 0.06 * random.normal(),
  }));
  return ([x, y]) => {
    const [bendX, bendY] = waves.map((wave) => wave.size * Math.sin(wave.x * x + wave.y * y + wave.phase));
    const v = (y - 0.5 + bendY + 0.012 * random.normal()) * height;
    const u = (x - 0.5 + bendX + 0.014 * random.normal()) * width - slant * v;
    return [DIGIT_SIZE / 2 + moveX + cos * u - sin * v, DIGIT_SIZE / 2 + moveY + sin * u + cos * v];
  };
}

/** Catmull and Rom's curve through the points, as short straight pieces. */
function smooth(points: Stroke): Point[] {
  if (points.length < 3) return [...points];
  const path: Point[] = [points[0]];
  for (let i = 1; i < points.length; i++) {
    const [b, c] = [points[i - 1], points[i]];
    const [a, d] = [points[i - 2] ?? b, points[i + 1] ?? c];
    for (let piece = 1; piece <= PIECES; piece++) {
      const t = piece / PIECES;
      const at = (k: 0 | 1): number =>
        b[k] +
        0.5 * t * (c[k] - a[k] + t * (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k] + t * (3 * (b[k] - c[k]) + d[k] - a[k])));
      path.push([at(0), at(1)]);
    }
  }
  return path;
}

/** A straight piece with round ends; its edge is one pixel soft. */
function drawPiece(out: Uint8Array, [ax, ay]: Point, [bx, by]: Point, radius: number, ink: number): void {
  const reach = radius + 0.5;
  const left = Math.max(0, Math.floor(Math.min(ax, bx) - reach));
  const right = Math.min(DIGIT_SIZE - 1, Math.ceil(Math.max(ax, bx) + reach));
  const top = Math.max(0, Math.floor(Math.min(ay, by) - reach));
  const bottom = Math.min(DIGIT_SIZE - 1, Math.ceil(Math.max(ay, by) + reach));
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy || 1;
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
      const along = Math.max(0, Math.min(1, (px * dx + py * dy) / squared));
      const [ex, ey] = [px - along * dx, py - along * dy];
      const cover = Math.min(1, reach - Math.sqrt(ex * ex + ey * ey));
      const value = ink * cover;
      if (value > out[y * DIGIT_SIZE + x]) out[y * DIGIT_SIZE + x] = value;
    }
}
