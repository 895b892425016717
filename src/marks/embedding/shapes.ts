/** A shape a class, so that classes are told apart without colour. */

/** Corners around the middle, for a shape of radius 1; a circle has none. All have about one area. */
const SHAPES: readonly (readonly (readonly [number, number])[])[] = [
  [],
  polygon(4, 45, 1.25),
  polygon(3, -90, 1.4),
  polygon(4, 0, 1.3),
  polygon(3, 90, 1.4),
  cross(0),
  polygon(6, 0, 1.12),
  cross(45),
];

function polygon(corners: number, from: number, radius: number): [number, number][] {
  return Array.from({ length: corners }, (_, i) => {
    const angle = ((from + (i * 360) / corners) * Math.PI) / 180;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

function cross(turn: number): [number, number][] {
  const [long, short] = [1.3, 0.45];
  const quarter: [number, number][] = [
    [long, -short],
    [long, short],
    [short, short],
  ];
  return [0, 90, 180, 270].flatMap((angle) =>
    quarter.map(([x, y]): [number, number] => {
      const a = ((angle + turn) * Math.PI) / 180;
      return [x * Math.cos(a) - y * Math.sin(a), x * Math.sin(a) + y * Math.cos(a)];
    }),
  );
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** The shape of a class as a piece of an SVG path. */
export function shapePath(index: number, x: number, y: number, radius: number): string {
  const corners = SHAPES[index % SHAPES.length];
  if (corners.length === 0) {
    const d = tenth(2 * radius);
    return `M${tenth(x - radius)} ${tenth(y)}a${radius} ${radius} 0 1 0 ${d} 0a${radius} ${radius} 0 1 0 ${-d} 0z`;
  }
  return `M${corners.map(([dx, dy]) => `${tenth(x + radius * dx)} ${tenth(y + radius * dy)}`).join("L")}z`;
}
