/** A pad to draw on, with mouse, pen, finger or keys. */
import { part } from "../../../../src/marks/kit/drawing.page";
import { button, toggle, Toolbar } from "../../../../src/marks/kit/toolbar.page";
import { drawStrokes, type Point } from "./strokes";

/** CSS pixels a side. */
const SIDE = 224;
/** The width of the line in shares of a side, as `drawStrokes` draws it. */
const LINE = 2.7 / 28;
/** A key moves the pen by one pixel of MNIST's. */
const STEP = 1 / 28;

export class DrawingPad {
  readonly element = part("div", "rcp-Pad");
  private readonly canvas = part("canvas", "rcp-Pad-canvas");
  private readonly said = part("output", "rcp-Visually-hidden");
  private strokes: Point[][] = [];
  private centred = true;
  /** The pointer that draws. */
  private pointer: number | undefined;
  /** Where the keys have the pen; undefined until a key moves it. */
  private pen: Point | undefined;
  private isPenDown = false;
  private isWaiting = false;

  /** @param changed called at most once a frame while one draws */
  constructor(private readonly changed: () => void) {
    const { canvas } = this;
    canvas.width = canvas.height = SIDE * Math.max(1, devicePixelRatio);
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    canvas.setAttribute(
      "aria-label",
      "Drawing pad. Arrow keys move the pen, Space puts it down or lifts it, Backspace takes the last line back, Delete clears.",
    );
    canvas.addEventListener("pointerdown", (event) => this.onDown(event));
    canvas.addEventListener("pointermove", (event) => this.onMove(event));
    for (const end of ["pointerup", "pointercancel"] as const)
      canvas.addEventListener(end, (event) => this.onUp(event));
    canvas.addEventListener("keydown", (event) => this.onKey(event));
    canvas.addEventListener("blur", () => this.lift());
    const tools = new Toolbar("Drawing");
    tools.add(button("Clear", "Clear the pad", () => this.clear()));
    tools.add(button("Undo", "Take the last line back", () => this.undo()));
    tools.add(
      toggle("Centre", "Scale and centre the figure as MNIST's are", this.centred, (centred) => {
        this.centred = centred;
        this.redraw();
      }),
    );
    this.element.append(canvas, tools.element, this.said);
    this.paint();
  }

  get isEmpty(): boolean {
    return this.strokes.length === 0;
  }

  /** The drawing as pixels [height,width], 0 to 1. */
  pixels(height: number, width: number): Float32Array {
    return drawStrokes(this.strokes, { height, width, centred: this.centred });
  }

  /** The line that is drawn now, or was last. */
  private get last(): Point[] | undefined {
    return this.strokes[this.strokes.length - 1];
  }

  private clear(): void {
    this.strokes = [];
    this.said.textContent = "Pad cleared";
    this.isPenDown = false;
    this.redraw();
  }

  private undo(): void {
    this.said.textContent = this.strokes.pop()
      ? `Line taken back, ${this.strokes.length} left`
      : "Nothing to take back";
    this.isPenDown = false;
    this.redraw();
  }

  private at({ clientX, clientY }: { clientX: number; clientY: number }): Point {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const share = (value: number): number => Math.max(0, Math.min(1, value));
    return [share((clientX - left) / width), share((clientY - top) / height)];
  }

  private onDown(event: PointerEvent): void {
    if (event.button !== 0 || this.pointer !== undefined) return;
    this.pointer = event.pointerId;
    this.pen = undefined;
    this.isPenDown = false;
    this.canvas.setPointerCapture(event.pointerId);
    this.strokes.push([this.at(event)]);
    this.redraw();
  }

  private onMove(event: PointerEvent): void {
    if (event.pointerId !== this.pointer) return;
    // A fast pen moves several times a frame.
    const events = event.getCoalescedEvents?.() ?? [];
    const points = (events.length > 0 ? events : [event]).map((each) => this.at(each));
    this.last?.push(...points);
    this.redraw();
  }

  private onUp(event: PointerEvent): void {
    if (event.pointerId === this.pointer) this.pointer = undefined;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Partial<Record<string, Point>> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const move = moves[event.key];
    if (move) this.move(move, event.shiftKey ? 4 * STEP : STEP);
    else if (event.key === " ") this.putDownOrLift();
    else if (event.key === "Backspace") this.undo();
    else if (event.key === "Delete") this.clear();
    else if (event.key === "Escape" && this.isPenDown) this.lift();
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key !== "Backspace" && event.key !== "Delete") this.say();
  }

  private move([dx, dy]: Point, step: number): void {
    const [x, y] = this.pen ?? [0.5, 0.5];
    const share = (value: number): number => Math.max(0, Math.min(1, value));
    this.pen = [share(x + dx * step), share(y + dy * step)];
    if (this.isPenDown) this.last?.push(this.pen);
    this.redraw();
  }

  private putDownOrLift(): void {
    this.pen ??= [0.5, 0.5];
    this.isPenDown = !this.isPenDown;
    if (this.isPenDown) this.strokes.push([this.pen]);
    this.redraw();
  }

  private lift(): void {
    this.isPenDown = false;
    this.paint();
  }

  private say(): void {
    if (!this.pen) return;
    const [column, row] = this.pen.map((share) => Math.round(share / STEP));
    this.said.textContent = `Pen ${this.isPenDown ? "down" : "up"}, column ${column}, row ${row} of 28`;
  }

  private redraw(): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    requestAnimationFrame(() => {
      this.isWaiting = false;
      this.paint();
      this.changed();
    });
  }

  private paint(): void {
    const { canvas, pen } = this;
    const context = canvas.getContext("2d");
    if (!context) return;
    const side = canvas.width;
    context.fillStyle = "#000";
    context.fillRect(0, 0, side, side);
    context.lineCap = context.lineJoin = "round";
    context.lineWidth = LINE * side;
    context.strokeStyle = "#fff";
    for (const [first, ...rest] of this.strokes) {
      context.beginPath();
      context.moveTo(first[0] * side, first[1] * side);
      // A line to its own beginning is a dot.
      for (const [x, y] of rest.length > 0 ? rest : [first]) context.lineTo(x * side, y * side);
      context.stroke();
    }
    if (!pen) return;
    context.lineWidth = 2;
    context.strokeStyle = this.isPenDown ? "#ffb000" : "#7fc4ff";
    context.beginPath();
    context.arc(pen[0] * side, pen[1] * side, (LINE * side) / 2 + 2, 0, 2 * Math.PI);
    context.stroke();
  }
}
