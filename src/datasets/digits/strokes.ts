/**
 * How a pen writes the ten digits: strokes through control points, x to the right and y down, in a box of 1x1. Where a
 * digit has several forms (an open four, a crossed seven), one is chosen at random.
 */
import type { Random } from "../../tensor/random";

export type Point = readonly [x: number, y: number];
/** A smooth line through its points; a corner is where one stroke ends and the next begins. */
export type Stroke = readonly Point[];

const lines = (...points: Point[]): Stroke[] => points.slice(1).map((point, i) => [points[i], point]);

function oval(random: Random): Stroke[] {
  const start = -1.9 + 0.7 * random.next();
  const turns = 2 * Math.PI * (0.97 + 0.06 * random.next());
  const radius = 0.32 + 0.12 * random.next();
  const at = (i: number): Point => {
    const angle = start - (turns * i) / 12;
    return [0.5 + radius * Math.cos(angle), 0.5 + 0.5 * Math.sin(angle)];
  };
  return [Array.from({ length: 13 }, (_, i) => at(i))];
}

function one(random: Random): Stroke[] {
  const form = random.next();
  if (form < 0.6) return lines([0.5, 0], [0.5, 1]);
  const flagged = lines([0.27, 0.22], [0.53, 0], [0.53, 1]);
  return form < 0.85 ? flagged : [...flagged, ...lines([0.3, 1], [0.76, 1])];
}

function two(random: Random): Stroke[] {
  const bow: Point[] = [
    [0.12, 0.24],
    [0.28, 0.04],
    [0.58, 0],
    [0.82, 0.2],
    [0.72, 0.48],
    [0.42, 0.74],
  ];
  if (random.next() < 0.6) return [[...bow, [0.1, 0.97]], ...lines([0.1, 0.97], [0.92, 0.95])];
  return [[...bow, [0.2, 0.93], [0.05, 0.9], [0.14, 0.78], [0.4, 0.86], [0.65, 0.97], [0.95, 0.9]]];
}

function three(random: Random): Stroke[] {
  const lower: Stroke = [
    [0.42, 0.46],
    [0.72, 0.53],
    [0.86, 0.74],
    [0.64, 0.97],
    [0.34, 1],
    [0.1, 0.88],
  ];
  if (random.next() < 0.75)
    return [
      [
        [0.14, 0.13],
        [0.42, 0],
        [0.74, 0.1],
        [0.74, 0.32],
        [0.42, 0.46],
      ],
      lower,
    ];
  return [...lines([0.14, 0.04], [0.8, 0.02], [0.42, 0.46]), lower];
}

function four(random: Random): Stroke[] {
  if (random.next() < 0.65)
    return [
      [
        [0.2, 0.02],
        [0.15, 0.3],
        [0.1, 0.56],
      ],
      ...lines([0.1, 0.56], [0.92, 0.54]),
      ...lines([0.74, 0.03], [0.68, 1]),
    ];
  return [...lines([0.66, 0], [0.08, 0.66], [0.95, 0.66]), ...lines([0.66, 0], [0.66, 1])];
}

function five(random: Random): Stroke[] {
  const top = random.next() < 0.5 ? 0.02 : 0.08;
  return [
    ...lines([0.86, top], [0.28, 0.03], [0.2, 0.44]),
    [
      [0.2, 0.44],
      [0.5, 0.36],
      [0.8, 0.5],
      [0.84, 0.76],
      [0.58, 0.98],
      [0.3, 1],
      [0.1, 0.9],
    ],
  ];
}

function six(random: Random): Stroke[] {
  const top = 0.6 + 0.2 * random.next();
  return [
    [
      [top, 0],
      [0.4, 0.17],
      [0.2, 0.45],
      [0.14, 0.74],
      [0.3, 0.97],
      [0.6, 0.98],
      [0.8, 0.78],
      [0.7, 0.57],
      [0.44, 0.55],
      [0.17, 0.74],
    ],
  ];
}

function seven(random: Random): Stroke[] {
  const strokes: Stroke[] = [
    ...lines([0.1, 0.05], [0.88, 0.04]),
    [
      [0.88, 0.04],
      [0.62, 0.42],
      [0.46, 0.72],
      [0.38, 1],
    ],
  ];
  const form = random.next();
  if (form < 0.25) strokes.push(...lines([0.26, 0.54], [0.8, 0.5]));
  if (form > 0.75) strokes.push(...lines([0.1, 0.05], [0.09, 0.2]));
  return strokes;
}

const eight = (): Stroke[] => [
  [
    [0.74, 0.1],
    [0.5, 0],
    [0.24, 0.12],
    [0.28, 0.33],
    [0.54, 0.48],
    [0.78, 0.68],
    [0.74, 0.92],
    [0.48, 1],
  ],
  [
    [0.48, 1],
    [0.22, 0.9],
    [0.22, 0.7],
    [0.48, 0.5],
    [0.72, 0.32],
    [0.78, 0.18],
    [0.72, 0.09],
  ],
];

function nine(random: Random): Stroke[] {
  const loop: Stroke = [
    [0.8, 0.16],
    [0.56, 0],
    [0.28, 0.08],
    [0.16, 0.3],
    [0.34, 0.5],
    [0.62, 0.42],
    [0.8, 0.16],
  ];
  if (random.next() < 0.7)
    return [
      loop,
      [
        [0.8, 0.14],
        [0.76, 0.5],
        [0.66, 1],
      ],
    ];
  return [
    loop,
    [
      [0.8, 0.14],
      [0.8, 0.55],
      [0.66, 0.9],
      [0.4, 1],
      [0.2, 0.92],
    ],
  ];
}

/** The strokes of each digit. */
export const writers: readonly ((random: Random) => Stroke[])[] = [
  oval,
  one,
  two,
  three,
  four,
  five,
  six,
  seven,
  eight,
  nine,
];
