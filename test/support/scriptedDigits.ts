/** Digits as a hand draws them on a pad, in shares of its sides: what no data set has shown to a network. */

type Point = readonly [x: number, y: number];

/** Points on an arc of an ellipse; angles in degrees, 0 to the right, 90 downwards. */
function arc([x, y]: Point, [rx, ry]: Point, from: number, to: number): Point[] {
  const steps = Math.ceil(Math.abs(to - from) / 15);
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / steps) * Math.PI) / 180;
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)] as const;
  });
}

/** The strokes of each digit. */
export const scriptedDigits: readonly (readonly (readonly Point[])[])[] = [
  [arc([0.5, 0.5], [0.22, 0.34], -90, 270)],
  [
    [
      [0.4, 0.27],
      [0.52, 0.15],
      [0.5, 0.85],
    ],
  ],
  [[...arc([0.5, 0.34], [0.2, 0.18], -170, 40), [0.32, 0.84], [0.72, 0.82]]],
  [[...arc([0.46, 0.32], [0.19, 0.16], -150, 90), ...arc([0.46, 0.66], [0.22, 0.18], -90, 140)]],
  [
    [
      [0.36, 0.16],
      [0.3, 0.54],
      [0.72, 0.54],
    ],
    [
      [0.6, 0.2],
      [0.58, 0.86],
    ],
  ],
  [
    [[0.36, 0.18], [0.34, 0.46], ...arc([0.46, 0.63], [0.2, 0.19], -110, 140)],
    [
      [0.36, 0.18],
      [0.68, 0.17],
    ],
  ],
  [[[0.6, 0.14], [0.4, 0.4], ...arc([0.5, 0.66], [0.18, 0.18], -170, 190)]],
  [
    [
      [0.28, 0.2],
      [0.7, 0.19],
      [0.56, 0.45],
      [0.44, 0.85],
    ],
  ],
  [
    [
      ...arc([0.5, 0.32], [0.16, 0.16], -60, -270),
      ...arc([0.5, 0.66], [0.19, 0.18], -90, 270),
      ...arc([0.5, 0.32], [0.16, 0.16], 90, -60),
    ],
  ],
  [[...arc([0.48, 0.34], [0.18, 0.18], 0, -360), [0.64, 0.6], [0.58, 0.86]]],
];
