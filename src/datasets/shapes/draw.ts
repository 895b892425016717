import { Random } from "../../tensor/random";
import { figures } from "./figures";

/** Planar RGB bytes [count, 3, size, size] and a label for each image. */
export interface DrawnImages {
  pixels: Uint8Array;
  labels: Uint8Array;
}

/**
 * Images of seeded shapes. Each ten in a row hold every class once, in random order; the first n of a larger count are
 * the same images. More than 10,000 images of 32x32 a second on one core.
 * @param stream  images of another stream are others: 0 for training, 1 for testing
 */
export function drawShapes(count: number, size: number, seed: number, stream: number): DrawnImages {
  const random = new Random(2 * seed + stream);
  const pixels = new Uint8Array(count * 3 * size * size);
  const labels = new Uint8Array(count);
  let order = random.permutation(figures.length);
  for (let i = 0; i < count; i++) {
    const place = i % figures.length;
    if (place === 0 && i > 0) order = random.permutation(figures.length);
    labels[i] = order[place];
    drawImage(random, labels[i], size, pixels.subarray(i * 3 * size * size, (i + 1) * 3 * size * size));
  }
  return { pixels, labels };
}

type Colour = [red: number, green: number, blue: number];

function drawImage(random: Random, label: number, size: number, out: Uint8Array): void {
  const between = (low: number, high: number): number => low + (high - low) * random.next();
  const [, figure] = figures[label];
  const [back, drift, front] = pickColours(random, label);
  const radius = size * between(0.2, 0.42);
  const centreX = size * between(0.34, 0.66);
  const centreY = size * between(0.34, 0.66);
  const angle = between(-0.7, 0.7);
  const [cos, sin] = [Math.cos(angle) / radius, Math.sin(angle) / radius];
  const wave = random.next();
  const noise = between(6, 36) / 128;
  const plane = size * size;
  for (let y = 0, pixel = 0; y < size; y++)
    for (let x = 0; x < size; x++, pixel++) {
      const [dx, dy] = [x + 0.5 - centreX, y + 0.5 - centreY];
      const cover = figure(dx * cos + dy * sin, dy * cos - dx * sin, 1 / radius, wave);
      const slope = (x + y) / (2 * size) - 0.5;
      const grain = random.bits();
      for (let c = 0; c < 3; c++) {
        const behind = back[c] + drift[c] * slope;
        const value = behind + (front[c] - behind) * cover + (((grain >>> (8 * c)) & 255) - 127.5) * noise;
        out[c * plane + pixel] = value < 0 ? 0 : value > 255 ? 255 : value;
      }
    }
}

/**
 * Background, how it changes over the image, and the figure's colour, which stands out by at least 100 grey levels.
 * Two images of five use the colours that are typical of their class, as skies are blue: a network learns colour first
 * and form later, and a histogram of colours beats guessing.
 */
function pickColours(random: Random, label: number): [Colour, Colour, Colour] {
  const near = (typical: Colour, spread: number): Colour => [
    typical[0] + spread * (random.next() - 0.5),
    typical[1] + spread * (random.next() - 0.5),
    typical[2] + spread * (random.next() - 0.5),
  ];
  const drift = near([0, 0, 0], 160);
  const typical = random.next() < 0.4;
  for (;;) {
    const front = typical ? near(typicalColours[label], 100) : near(middle, 255);
    const back = typical ? near(typicalColours[(label + 3) % 10], 160) : near(middle, 255);
    if (Math.hypot(front[0] - back[0], front[1] - back[1], front[2] - back[2]) > 100) return [back, drift, front];
  }
}

const middle: Colour = [128, 128, 128];
const typicalColours: Colour[] = [
  [230, 60, 50],
  [240, 150, 40],
  [235, 225, 70],
  [130, 200, 60],
  [30, 120, 60],
  [60, 200, 210],
  [50, 90, 220],
  [130, 60, 190],
  [240, 120, 190],
  [240, 240, 240],
];
