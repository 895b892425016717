/** The curves of a run: loss and accuracy of training and validation, the learning rate, and the run that was before. */
import type { ChartLine, ChartMark } from "../../marks";
import { formerOf, remember, type FormerLines } from "./former";
import { chartLine, GrowingLine } from "./line";

/** What a run has noted beside its numbers. */
export interface RunEvent {
  /** How many steps were done. */
  readonly step: number;
  readonly text: string;
}

/** Events that a chart marks: more lines than these hide the curve. */
const MOST_EVENTS = 60;
/** How many times the first loss the highest is when only a logarithmic axis shows both. */
const WIDE = 20;
/** CSS pixels of the chart of the learning rate. */
const LOW = 180;

export class Curves {
  readonly loss = new GrowingLine();
  readonly accuracy = new GrowingLine();
  readonly validationLoss = new GrowingLine(60);
  readonly validationAccuracy = new GrowingLine(60);
  /** Where the learning rate changed: before, and after. */
  private readonly lr = new GrowingLine(60);
  private lastRate: { step: number; lr: number; isDrawn: boolean } | undefined;
  private readonly former: FormerLines | undefined;
  /** Whether the axis of the loss is logarithmic, which it then stays. */
  private isLog = false;

  constructor(private readonly title: string) {
    this.former = formerOf(title);
  }

  step(step: number, { loss, accuracy }: { loss?: number; accuracy?: number }): void {
    if (loss !== undefined) this.loss.add(step, loss);
    if (accuracy !== undefined) this.accuracy.add(step, accuracy);
  }
  rate(step: number, lr: number): void {
    const { lastRate } = this;
    const isNew = lr !== lastRate?.lr;
    // It jumps, and does not slide from one value to the next.
    if (isNew && lastRate && !lastRate.isDrawn) this.lr.add(lastRate.step, lastRate.lr);
    if (isNew) this.lr.add(step, lr);
    this.lastRate = { step, lr, isDrawn: isNew };
  }
  validated(step: number, { loss, accuracy }: { loss?: number | undefined; accuracy?: number | undefined }): void {
    if (loss !== undefined) this.validationLoss.add(step, loss);
    if (accuracy !== undefined) this.validationAccuracy.add(step, accuracy);
  }

  /** The weights are others: the averages begin anew. */
  restart(): void {
    this.loss.restart();
    this.accuracy.restart();
  }

  /** The run is over: the next one of this title shows it in grey. */
  end(): void {
    if (this.loss.count > 0)
      remember(this.title, { loss: this.loss.averages(), validation: this.validationLoss.points() });
  }

  /** One step that explodes, or a former run that did, would press all others flat. A loss that only falls does not. */
  private isWide(lines: readonly ChartLine[]): boolean {
    const values = lines.flatMap(({ right, y }) => (right ? [] : y.filter((value) => value !== null)));
    this.isLog ||= values.length > 0 && Math.min(...values) > 0 && Math.max(...values) > WIDE * values[0];
    return this.isLog;
  }

  marks(events: readonly RunEvent[]): ChartMark[] {
    const right = { right: true as const, raw: true as const };
    const lines: ChartLine[] = [
      ...drawn("training loss", this.loss.points(), { colour: 0, pale: true }),
      ...drawn("training loss", this.loss.averages(), { colour: 0, raw: true }),
      ...drawn("validation loss", this.validationLoss.points(), { colour: 1, dash: "dash", raw: true }),
      ...drawn("training accuracy", this.accuracy.averages(), { colour: 2, ...right }),
      ...drawn("validation accuracy", this.validationAccuracy.points(), { colour: 3, dash: "dash", ...right }),
      ...(this.former ? drawn("former training loss", this.former.loss, { colour: 0, grey: true, raw: true }) : []),
      ...(this.former
        ? drawn("former validation loss", this.former.validation, { colour: 1, grey: true, dash: "dash", raw: true })
        : []),
    ];
    const hasAccuracy = this.accuracy.count + this.validationAccuracy.count > 0;
    const chart: ChartMark = {
      ...{ mark: "chart", x: "step", y: "loss", height: 260 },
      logY: this.isWide(lines),
      ...(hasAccuracy ? { y2: "accuracy", range2: [0, 1] as [number, number] } : {}),
      lines,
      ...(events.length > 0 ? { events: events.slice(-MOST_EVENTS).map(({ step, text }) => ({ x: step, text })) } : {}),
    };
    const { lastRate } = this;
    if (this.lr.count < 2 || !lastRate) return [chart];
    const { x, y } = this.lr.points();
    const end = lastRate.isDrawn ? [] : [lastRate];
    const rates = { x: [...x, ...end.map(({ step }) => step)], y: [...y, ...end.map(({ lr }) => lr)] };
    const rate = drawn("learning rate", rates, { colour: 0, raw: true });
    return [chart, { mark: "chart", x: "step", y: "learning rate", height: LOW, lines: rate }];
  }
}

const drawn = (
  name: string,
  points: { x: readonly number[]; y: readonly number[] },
  look: Parameters<typeof chartLine>[2],
): ChartLine[] => (points.x.length > 0 ? [chartLine(name, points, look)] : []);
