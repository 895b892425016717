/** The middle of the stage: what a unit reads, its weights, and what it gives, as maps that answer to the pointer together. */
import { part, setWords } from "../kit/drawing.page";
import { button, Toolbar } from "../kit/toolbar.page";
import { Tip } from "../kit/tip.page";
import type { Explanation } from "./explanation";
import { faceOf, facePlane, type Spot } from "./face";
import { MapView, type MapOptions } from "./mapView.page";
import { coloursFor, unitColours, type Plane } from "./maps";
import { atOf, placeAt, type NetNode, type Units } from "./network";
import { contribution, products } from "./contribution";
import { single, type Frame } from "./reach";
import { filterSize, framesOf, operatorWords, outputFor, rowsOf, type Row } from "./rows";
import type { Source } from "./source";
import { exactWords, unitWords } from "./words";

/** Rows of what is read, and CSS pixels of their maps. */
const ROWS = 3;
const [INPUT, FILTER, OUTPUT, LINEAR] = [64, 48, 190, 120];

export interface FigureEvents {
  moved(at: number): void;
  open(spot: Spot): void;
  /** A number is held, or let go. */
  held(isHeld: boolean): void;
  say(line: string): void;
}

interface RowViews {
  row: Row;
  input: MapView;
  filter?: MapView;
  result?: MapView;
}

export class Figure {
  readonly element = part("div", "rcp-Stage-figure");
  private readonly rowsElement = part("div", "rcp-Stage-figure-rows");
  private readonly pager = new Toolbar("Units that are read");
  private readonly pagerWords = part("span", "rcp-Stage-figure-pages");
  private readonly tip = new Tip();
  readonly output: MapView;
  readonly face: Units;
  private readonly rows: Row[];
  private first = 0;
  private views: RowViews[] = [];
  private frames: { explanation: Explanation; at: number } | undefined;
  /** The number that a click holds: then the pointer leads to no other. */
  private pinned: number | undefined;
  private isDisposed = false;

  constructor(
    private readonly source: Source,
    readonly node: NetNode,
    /** Of the node's face. */
    readonly unit: number,
    private readonly pixelRatio: number,
    private readonly events: FigureEvents,
  ) {
    this.face = faceOf(node);
    this.rows = rowsOf(source.network, node, unit);
    this.output = new MapView({
      name: node.isVector ? `${node.id}: ${node.units} numbers` : `${node.id}, map ${unit}`,
      size: mapSize(this.face, OUTPUT),
      isSaidElsewhere: true,
      ...this.holding(),
    });
    this.output.element.classList.add("rcp-mod-output");
    const operator = part("div", "rcp-Stage-figure-operator");
    operator.textContent = this.rows.length > 0 ? operatorWords(node) : "";
    const left = part("div", "rcp-Stage-figure-inputs");
    if (this.rows.length > ROWS) operator.append(this.makePager());
    left.append(this.rowsElement);
    this.element.append(...(this.rows.length > 0 ? [left, operator] : []), this.output.element);
  }

  async fill(): Promise<void> {
    const { node, face, unit } = this;
    const plane = await facePlane(this.source, node, face, unit);
    if (this.isDisposed) return;
    this.output.show(plane, unitColours(node, unit), this.pixelRatio);
    await this.fillRows();
  }

  /** Frames the number itself. */
  setPlace(at: number): void {
    const { row, column } = placeAt(this.face, at);
    this.output.setCursor(row, column);
    this.output.setFrames([{ ...single(row, column), kind: "probe" }]);
    if (this.pinned !== undefined && this.pinned !== at) this.pin(undefined);
  }

  /** Takes the frames of another number away. */
  clearFrames(): void {
    for (const { input, filter, result } of this.views) for (const view of [input, filter, result]) view?.setFrames([]);
  }

  /** Frames what the number was computed from. */
  setProbe(explanation: Explanation, at: number): void {
    this.frames = { explanation, at };
    this.setPlace(at);
    const { row, column } = placeAt(this.face, at);
    for (const { row: read, input, filter, result } of this.views) {
      input.setFrames(framesOf(read, explanation));
      if (this.node.operation.op === "conv2d") result?.setFrames([{ ...single(row, column), kind: "probe" }]);
      filter?.setFrames([]);
    }
  }

  /** Frames a pressed weight. */
  setWeight(weightAt: number): void {
    for (const { row, filter } of this.views) {
      const size = filterSize(this.node, this.rows);
      if (row.weightAt === undefined || weightAt < row.weightAt || weightAt >= row.weightAt + size.height * size.width)
        continue;
      const place = weightAt - row.weightAt;
      filter?.setFrames([{ ...single(Math.floor(place / size.width), place % size.width), kind: "winner" }]);
    }
  }

  dispose(): void {
    this.isDisposed = true;
    this.tip.dispose();
    this.output.dispose();
    this.disposeRows();
  }

  private disposeRows(): void {
    for (const { input, filter, result } of this.views) for (const view of [input, filter, result]) view?.dispose();
    this.views = [];
  }

  private makePager(): HTMLElement {
    const turn = (step: number) => () => {
      const pages = Math.ceil(this.rows.length / ROWS);
      this.first = ((Math.floor(this.first / ROWS) + step + pages) % pages) * ROWS;
      void this.fillRows();
    };
    this.pager.add(button("◂", "Units before", turn(-1)));
    this.pager.element.append(this.pagerWords);
    this.pager.add(button("▸", "Units behind", turn(1)));
    return this.pager.element;
  }

  /** Brings the row of a unit into the page of rows. */
  private async fillRows(): Promise<void> {
    const { rows, first, node, pixelRatio } = this;
    const shown = rows.slice(first, first + ROWS);
    setWords(this.pagerWords, `${first} to ${first + shown.length - 1}, ${rows.length} in all`);
    try {
      const weights = await this.weightsOf(shown);
      const planes = await Promise.all(shown.map((row) => this.planeOf(row)));
      if (this.isDisposed || first !== this.first) return;
      this.disposeRows();
      const results = shown.map((_, i) => weights && this.resultOf(planes[i], weights[i]));
      const limit = (all: readonly (Plane | undefined)[]): readonly [number, number] => {
        let most = 0;
        for (const plane of all)
          for (const value of Array.from(plane?.values ?? []))
            if (Math.abs(value) > most && Number.isFinite(value)) most = Math.abs(value);
        return [-most || -1, most || 1];
      };
      const filterColours = coloursFor(limit(weights ?? []));
      const resultColours = coloursFor(limit(results));
      this.views = shown.map((row, i) => {
        const views: RowViews = { row, input: this.inputView(row, shown.length) };
        views.input.show(planes[i], unitColours(row.read, row.unit), pixelRatio);
        const [weight, result] = [weights?.[i], results[i]];
        if (weight) (views.filter = this.filterView(row)).show(weight, filterColours, pixelRatio);
        if (result) (views.result = this.resultView(row)).show(result, resultColours, pixelRatio);
        return views;
      });
      this.rowsElement.replaceChildren(
        ...this.views.map(({ input, filter, result }) => {
          const line = part("div", "rcp-Stage-figure-row");
          line.append(input.element);
          if (filter) line.append(sign("×"), filter.element);
          if (result) line.append(sign(node.operation.op === "conv2d" ? "→" : "="), result.element);
          return line;
        }),
      );
      if (this.frames) this.setProbe(this.frames.explanation, this.frames.at);
    } catch (error) {
      this.events.say((error as Error).message);
    }
  }

  private async planeOf({ read, face, unit }: Row): Promise<Plane> {
    if (face.units === faceOf(read).units && face.height === faceOf(read).height)
      return facePlane(this.source, read, face, unit);
    // Flattened maps, seen as the maps that they were.
    const size = face.height * face.width;
    const planes = await this.source.units(read, unit * size, size);
    return { height: face.height, width: face.width, values: Float32Array.from(planes, ({ values }) => values[0]) };
  }

  private async weightsOf(shown: readonly Row[]): Promise<Plane[] | undefined> {
    const { operation } = this.node;
    if (operation.op !== "conv2d" && operation.op !== "linear") return undefined;
    const { height, width } = filterSize(this.node, this.rows);
    const size = height * width;
    const own = operation.op === "linear" ? this.linearUnit() * operation.weight.shape[1] : 0;
    return Promise.all(
      shown.map(async (row) => {
        if (operation.op === "linear") row.weightAt = own + row.unit * size;
        return { height, width, values: await this.source.weights(this.node, row.weightAt ?? 0, size) };
      }),
    );
  }

  /** Which of a linear layer's numbers is looked at. */
  private linearUnit(): number {
    return (this.frames?.at ?? this.startAt) % (this.node.shape[this.node.shape.length - 1] ?? 1);
  }
  /** The number that is looked at first. */
  startAt = 0;

  /** Shows the weights of another number of a linear layer. */
  async refill(): Promise<void> {
    if (this.node.operation.op === "linear") await this.fillRows();
  }

  private resultOf(plane: Plane, weight: Plane): Plane {
    const { operation, height, width } = this.node;
    return operation.op === "conv2d"
      ? contribution(operation, plane, weight, { height, width })
      : products(plane, weight);
  }

  private inputView({ read, face, unit }: Row, rows: number): MapView {
    const noun = read.kind === "input" ? "channel" : "map";
    const name = face.units === 1 && read.isVector ? read.id : `${read.id}, ${noun} ${unit}`;
    return new MapView({
      name,
      size: mapSize(face, rows > 1 ? INPUT : this.node.operation.op === "linear" ? this.linearSize : OUTPUT),
      at: (row, column, event) => {
        const at = atOf(face, { unit, row, column });
        if (event) this.tipAt(read, at, event, "Click: how this number came about");
        const own = outputFor(this.node, this.face, this.unit, { row, column, at });
        if (own !== undefined && this.pinned === undefined) this.events.moved(own);
      },
      left: () => this.tip.hide(),
      press: (row, column) => this.events.open({ node: read.index, at: atOf(face, { unit, row, column }) }),
    });
  }

  private filterView(row: Row): MapView {
    const { width } = filterSize(this.node, this.rows);
    const show = (r: number, s: number): Frame[] => [{ ...single(r, s), kind: "probe" }];
    const view: MapView = new MapView({
      name: this.node.operation.op === "conv2d" ? `filter ${this.unit}, channel ${row.unit}` : "weights",
      ...(this.node.operation.op === "conv2d" ? { caption: `channel ${row.unit}` } : {}),
      size: this.node.operation.op === "conv2d" ? FILTER : mapSize(row.face, this.linearSize),
      at: (r, s, event) => {
        view.setFrames(show(r, s));
        const weightAt = (row.weightAt ?? 0) + r * width + s;
        if (event)
          void this.source.weights(this.node, weightAt, 1).then(
            ([value]) =>
              this.tip.show(
                [`weight ${exactWords(value)}`, "Click: how its gradient comes about"],
                event.clientX,
                event.clientY,
              ),
            () => undefined,
          );
      },
      left: () => this.tip.hide(),
      press: (r, s) =>
        this.events.open({
          node: this.node.index,
          at: this.frames?.at ?? this.startAt,
          weight: (row.weightAt ?? 0) + r * width + s,
        }),
    });
    return view;
  }

  /** What a linear layer reads, its weights and their products are of one size. */
  private get linearSize(): number {
    return this.rows.length > 1 ? INPUT : LINEAR;
  }

  private resultView(row: Row): MapView {
    const isConv = this.node.operation.op === "conv2d";
    return new MapView({
      name: isConv ? `sum over channel ${row.unit}` : "products",
      ...(isConv ? { caption: `sum ${row.unit}` } : {}),
      size: isConv ? INPUT : mapSize(row.face, this.linearSize),
      ...(isConv ? this.holding() : {}),
    });
  }

  /** What pointer and keys do in a map of the unit's places: the pointer leads to a number, a click holds it. */
  private holding(): Pick<MapOptions, "at" | "left" | "press" | "escape"> {
    const placeOf = (row: number, column: number): number => atOf(this.face, { unit: this.unit, row, column });
    return {
      at: (row, column, event) => {
        const at = placeOf(row, column);
        if (event) this.tipAt(this.node, at, event, this.pinned === at ? "Click: let go" : "Click: hold this number");
        if (event && this.pinned !== undefined) return;
        // The keys take it along.
        if (this.pinned !== undefined) this.pinned = at;
        this.events.moved(at);
      },
      left: () => this.tip.hide(),
      press: (row, column) => {
        const at = placeOf(row, column);
        this.tip.hide();
        if (this.pinned === at) return this.pin(undefined);
        this.pin(at);
        this.events.moved(at);
      },
      escape: () => {
        const wasHeld = this.pinned !== undefined;
        if (wasHeld) this.pin(undefined);
        return wasHeld;
      },
    };
  }

  /** Holds a number, or lets go. */
  pin(at: number | undefined): void {
    const wasHeld = this.pinned !== undefined;
    this.pinned = at;
    this.element.classList.toggle("rcp-mod-held", at !== undefined);
    if (wasHeld !== (at !== undefined)) this.events.held(at !== undefined);
  }

  private tipAt(node: NetNode, at: number, event: PointerEvent, click: string): void {
    const { unit, row, column } = placeAt(node, at);
    const value = this.source.known(node, unit)?.values[row * node.width + column];
    const place = node.isVector ? unitWords(this.source.network, node, unit) : `row ${row}, column ${column}`;
    this.tip.show([place, ...(value === undefined ? [] : [exactWords(value)]), click], event.clientX, event.clientY);
  }
}

/** CSS pixels of a map's longer side; numbers in one row need more. */
const mapSize = ({ height, width }: Units, size: number): number =>
  height === 1 ? Math.max(size, Math.min(width * 22, 2.2 * size)) : size;

function sign(words: string): HTMLElement {
  const element = part("div", "rcp-Stage-figure-sign");
  element.textContent = words;
  return element;
}
