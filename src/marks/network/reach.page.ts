/** The input image with the box that a number sees of it. */
import { part } from "../kit/drawing.page";
import { faceOf, type Spot } from "./face";
import { MapView } from "./mapView.page";
import { linkTo } from "./links.page";
import { carriedPlane, unitColours, type Plane } from "./maps";
import { atOf, placeAt, type NetNode } from "./network";
import { inside, reachOf, type Box } from "./reach";
import type { Source } from "./source";
import { exactWords, placeWords } from "./words";

const SIZE = 190;

export class ReachPanel {
  readonly element = part("div", "rcp-Reach");
  private readonly line = part("div", "rcp-Arithmetic-line");
  private view: MapView | undefined;
  private shown: Source | undefined;
  /** What it says, for the read-out. */
  words = "";

  constructor(private readonly open: (node: number, at: number) => void) {}

  show(source: Source, { node, at }: Spot, pixelRatio: number): void {
    const { network } = source;
    const [input] = network.nodes;
    if (this.shown !== source) this.makeView(source, input, pixelRatio);
    const box = reachOf(network, node, placeAt(network.nodes[node], at))[0];
    this.words = input.isVector ? "" : reachWords(box, input);
    const cut = box && inside(box, input);
    this.line.replaceChildren();
    if (!cut || input.isVector) this.line.textContent = this.words;
    else {
      const middle = { row: (cut.top + cut.bottom) >> 1, column: (cut.left + cut.right) >> 1 };
      const place = placeWords(network, input, { unit: 0, ...middle }, false);
      this.line.append(linkTo(this.words, () => this.open(0, atOf(input, { unit: 0, ...middle })), place));
    }
    // Of a picture made smaller, the box is smaller too.
    const small = carriedPlane(input, 0);
    const scale = small ? small.height / input.height : 1;
    if (box) this.view?.setFrames([{ ...scaled(box, scale), kind: "field" }]);
    else this.view?.setFrames([]);
  }

  dispose(): void {
    this.view?.dispose();
  }

  private makeView(source: Source, input: NetNode, pixelRatio: number): void {
    this.shown = source;
    this.view?.dispose();
    this.view = undefined;
    this.element.replaceChildren();
    if (input.isVector) return;
    const head = part("div", "rcp-Stage-heading");
    head.textContent = "What it sees of the input";
    const channels = Math.min(input.units, 3);
    const planes = Array.from({ length: channels }, (_, channel) => carriedPlane(input, channel)).filter(
      (plane): plane is Plane => plane !== undefined,
    );
    const small = planes[0];
    // A picture that was made smaller has fewer rows than the input.
    const placeOf = (row: number, column: number): { row: number; column: number } => ({
      row: Math.floor((row * input.height) / small.height),
      column: Math.floor((column * input.width) / small.width),
    });
    const view = new MapView({
      name: input.id,
      size: SIZE,
      press: (row, column) => this.open(0, atOf(faceOf(input), { unit: 0, ...placeOf(row, column) })),
      wordsAt: (row, column) => {
        const place = placeOf(row, column);
        const values = Array.from({ length: channels }, (_, unit) => source.known(input, unit)).map((plane) =>
          plane ? exactWords(plane.values[place.row * input.width + place.column]) : "",
        );
        return [`row ${place.row}, column ${place.column}`, ...values.filter(Boolean)].join(", ");
      },
    });
    if (planes.length === 3) view.showColour(planes, input.range, pixelRatio);
    else if (small) view.show(small, unitColours(input, 0), pixelRatio);
    this.view = view;
    this.element.append(head, view.element, this.line);
  }
}

function reachWords(box: Box | undefined, input: NetNode): string {
  const cut = box && inside(box, input);
  if (!box || !cut) return "It does not depend on the input's pixels.";
  const [down, across] = [box.bottom - box.top + 1, box.right - box.left + 1];
  const padded = cut.top > box.top || cut.left > box.left || cut.bottom < box.bottom || cut.right < box.right;
  return `rows ${cut.top} to ${cut.bottom}, columns ${cut.left} to ${cut.right} (${down}×${across}${padded ? ", partly padding" : ""})`;
}

const scaled = ({ top, left, bottom, right }: Box, scale: number): Box => ({
  top: Math.floor(top * scale),
  left: Math.floor(left * scale),
  bottom: Math.floor(bottom * scale),
  right: Math.floor(right * scale),
});
