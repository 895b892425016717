/** Softmax and cross-entropy, a frame a stage: logits, exp, the sum, shares of it; −log of one, and the gradient. */
import { lineColours } from "../kit/colours";
import { element, type SceneElement } from "../kit/scene";
import { SHIFT_WORDS } from "../kit/softmaxShift";
import { round } from "../kit/svg";
import { cutText, textWidth } from "../kit/textWidth";
import type { Theme } from "../kit/theme";
import { below, paragraph, type Area, type Box } from "./boxes";
import type { Choice, Drawn, Frames, Reading } from "./frames";
import type { Place, SoftmaxSteps } from "./payload";
import { readSoftmax, type Softmax } from "./softmax";
import { balanced, exactly, short, summand } from "./sums";

const [ROW, HEAD, SIZE, SMALL] = [25, 26, 15, 13];
/** CSS pixels between columns, of a bar at least and at most, and of the words at most. */
const [GAP, BAR, LONGEST, WORDS] = [18, 24, 140, 220];
/** A share below this is said to be smaller. */
const TINY = 1e-4;

interface Stage {
  head: string;
  /** Where there is little room. */
  short: string;
  /** Of a class; undefined where a class has none. */
  value(place: number): number | undefined;
  /** Bars grow from the left, or from the middle to both sides. */
  bars: "right" | "both" | "none";
  isShare?: boolean;
  /** The sum of all, below the classes. */
  foot?: number;
  /** Of the classes that are left out. */
  rest?: number;
}

/** A stage as it is drawn. */
interface Column {
  stage: number;
  head: string;
  numbers: (string | undefined)[];
  foot: string;
  rest: string;
  /** CSS pixels of the numbers, and of the bars beside them. */
  width: number;
  bars: number;
}

export class SoftmaxFrames implements Frames {
  readonly rows: number;
  readonly columns: number;
  readonly order = "columns";
  readonly planes: Choice = { noun: "Class", count: 1 };
  readonly channels: Choice = { noun: "Channel", count: 1 };
  readonly name: string;
  private readonly of: Softmax;
  private readonly stages: Stage[];
  /** The class of the largest share; -1 if no share is a number. */
  private readonly guess: number;

  constructor(private readonly mark: SoftmaxSteps) {
    this.of = readSoftmax(mark);
    this.stages = this.makeStages();
    [this.rows, this.columns] = [mark.classes.length, this.stages.length];
    this.name = `Softmax of ${this.rows + (mark.others?.count ?? 0)} classes`;
    const shares = this.of.probabilities;
    this.guess = shares.some(Number.isNaN) ? -1 : shares.indexOf(Math.max(...shares));
  }

  private makeStages(): Stage[] {
    const { logits, exponentials, shift, sum, probabilities, loss, gradient } = this.of;
    const { target, others } = this.mark;
    const rest = sum - exponentials.reduce((all, each) => all + each, 0);
    const whole = probabilities.some(Number.isNaN) ? NaN : 1;
    const stages: Stage[] = [
      { head: "Logit z", short: "z", value: (i) => logits[i], bars: "both" },
      {
        head: shift === 0 ? "exp(z)" : `exp(z ${minus(shift)})`,
        short: "exp",
        value: (i) => exponentials[i],
        bars: "right",
        foot: sum,
        ...(others ? { rest } : {}),
      },
      {
        head: "p = exp / sum",
        short: "p",
        value: (i) => probabilities[i],
        bars: "right",
        isShare: true,
        foot: whole,
        ...(others ? { rest: others.probability ?? NaN } : {}),
      },
    ];
    if (target && gradient)
      stages.push(
        {
          head: "Loss −log(p)",
          short: "−log p",
          value: (i) => (i === target.place ? loss : undefined),
          bars: "none",
        },
        {
          head: "Gradient p − y",
          short: "p − y",
          value: (i) => gradient[i],
          bars: "both",
          ...(Number.isNaN(whole) ? {} : { foot: 0 }),
        },
      );
    return stages;
  }

  draw({ place }: Reading, theme: Theme, width: number): Drawn {
    const inner = width - 4;
    const table = this.table(place, theme, inner);
    const lines = this.lines(place).map((line) =>
      paragraph(line, inner, { size: inner < 400 ? 14 : 16, colour: theme.text, bold: true, part: "equation" }),
    );
    const notes = this.notes(place).map((line) => paragraph(line, inner, { size: SMALL, colour: theme.muted }));
    const box = below([table, ...notes, ...lines], 6);
    return { width, height: Math.ceil(box.height) + 4, ...box.at(2, 2) };
  }

  /** What the signs before the classes stand for, and what is unusual. */
  private notes([, , stage]: Place): string[] {
    const { target } = this.mark;
    const signs = [
      ...(target ? ["✓ target"] : []),
      ...(this.guess >= 0 && stage > 1 ? ["▸ guess, the class of the largest p"] : []),
    ];
    return [
      ...(signs.length > 0 ? [signs.join("   ")] : []),
      ...(stage > 0 && Number.isFinite(this.of.shift) && this.of.shift !== 0 ? [SHIFT_WORDS] : []),
      ...(Number.isNaN(this.of.sum) ? [this.brokenNote()] : []),
    ];
  }

  private brokenNote(): string {
    const logits = [...this.of.logits];
    if (logits.some(Number.isNaN)) return "A score is NaN, and so are the sum and all probabilities.";
    return logits.includes(Infinity)
      ? "A score is infinite: ∞ − ∞ is no number (NaN), and so are the sum and all probabilities."
      : "All scores are −∞: −∞ − (−∞) is no number (NaN), and so are the sum and all probabilities.";
  }

  /** "✓▸ cat" */
  private label(i: number, stage: number): string {
    const signs = `${this.mark.target?.place === i ? "✓" : ""}${this.guess === i && stage > 1 ? "▸" : ""}`;
    return `${signs}${signs && " "}${this.mark.classes[i]}`;
  }

  /** CSS pixels of the longest label, with all signs. */
  private labelsWidth(): number {
    const labels = this.mark.classes.map((_, i) => this.label(i, this.columns));
    const others = this.mark.others ? [`${this.mark.others.count} others`] : [];
    return Math.max(40, ...[...labels, ...others].map((label) => textWidth(label, SIZE, true)));
  }

  private columnOf(at: number, digits: number, isShort: boolean): Column {
    const { head, short: few, value, foot, rest, isShare } = this.stages[at];
    const written = (number: number): string =>
      isShare && number > 0 && number < TINY ? "< 0.0001" : short(number, digits);
    const numbers = this.mark.classes.map((_, i) => {
      const number = value(i);
      return number === undefined ? undefined : written(number);
    });
    const column = {
      head: isShort ? few : head,
      numbers,
      foot: foot === undefined ? "" : `${isShort ? "Σ" : "sum"} ${short(foot, isShort ? digits : 5)}`,
      rest: rest === undefined ? "" : written(rest),
    };
    const width = Math.max(
      ...numbers.map((number) => textWidth(number ?? "", SIZE)),
      textWidth(column.head, SMALL, true),
      textWidth(column.foot, SIZE, true),
      textWidth(column.rest, SMALL),
    );
    return { stage: at, ...column, width: Math.ceil(width), bars: 0 };
  }

  /** The stages that have room: bars go first, then long heads, then digits, then the stages that lie farthest back. */
  private columnsFor(width: number, stage: number): Column[] {
    const all = this.stages.map((_, i) => i);
    const needed = (columns: readonly Column[]): number => columns.reduce((sum, column) => sum + column.width + GAP, 0);
    for (const [digits, isShort] of [
      [4, false],
      [4, true],
      [3, true],
      [2, true],
    ] as const) {
      const columns = all.map((i) => this.columnOf(i, digits, isShort));
      const left = width - needed(columns);
      if (left >= 0) return this.withBars(columns, left);
    }
    const columns = all.slice(0, stage + 1).map((i) => this.columnOf(i, 3, true));
    while (columns.length > 1 && needed(columns) > width) columns.shift();
    return columns;
  }

  private withBars(columns: Column[], left: number): Column[] {
    const barred = columns.filter(({ stage }) => this.stages[stage].bars !== "none").length;
    const bars = Math.min(LONGEST, Math.floor(left / barred) - 8);
    if (bars < BAR) return columns;
    return columns.map((column) => (this.stages[column.stage].bars === "none" ? column : { ...column, bars }));
  }

  /** A row a class, a column a stage; stages to come are empty. */
  private table([, row, stage]: Place, theme: Theme, width: number): Box {
    const { classes, others, target } = this.mark;
    const names = Math.ceil(Math.min(this.labelsWidth() + 20, width * 0.4, WORDS));
    const columns = this.columnsFor(width - names, stage);
    const widthOf = ({ width: own, bars }: Column): number => own + GAP + (bars > 0 ? bars + 8 : 0);
    const height = HEAD + ROW * (classes.length + (others ? 1 : 0)) + ROW;
    const whole = names + columns.reduce((sum, column) => sum + widthOf(column), 0);
    return {
      width: whole,
      height,
      at: (x, y) => {
        const text = (label: string, left: number, top: number, more: Record<string, string | number> = {}) =>
          element("text", { x: round(left), y: round(top), "font-size": SIZE, fill: theme.text, ...more }, label);
        const rowTop = (i: number): number => y + HEAD + i * ROW;
        const faded = { fill: theme.muted, "font-size": SMALL };
        const elements: SceneElement[] = [
          element("rect", {
            ...{ x, y: rowTop(row), width: round(whole), height: ROW, rx: 3 },
            ...{ fill: theme.accent, "fill-opacity": 0.12, stroke: theme.accent },
          }),
          ...classes.map((_, i) => {
            const isBold = target?.place === i;
            const label = cutText(this.label(i, stage), names - 12, SIZE, isBold);
            return text(label, x + 6, rowTop(i) + 17, isBold ? { "font-weight": 600 } : {});
          }),
          ...(others ? [text(`${others.count} others`, x + 6, rowTop(classes.length) + 17, faded)] : []),
        ];
        const areas: Area[] = [];
        let left = x + names;
        for (const column of columns) {
          const { stage: at, head, numbers, foot, rest } = column;
          areas.push({
            ...{ part: "stage", channel: at, x: left, y: rowTop(0) },
            ...{ rows: classes.length, columns: 1, cell: [widthOf(column), ROW] },
          });
          elements.push(text(head, left + 8, y + 17, { ...faded, "font-weight": at === stage ? 600 : 400 }));
          if (at <= stage) {
            elements.push(...this.bars(column, left + 8, rowTop(0), theme));
            numbers.forEach((number, i) => {
              if (number !== undefined)
                elements.push(text(number, left + 8, rowTop(i) + 17, { "data-part": "number" }));
            });
            if (foot) elements.push(text(foot, left + 8, y + height - 8, { "font-weight": 600 }));
            if (rest) elements.push(text(rest, left + 8, rowTop(classes.length) + 17, faded));
          }
          left += widthOf(column);
        }
        return { elements, areas };
      },
    };
  }

  private bars({ stage, width, bars: room }: Column, left: number, top: number, theme: Theme): SceneElement[] {
    const { value, bars } = this.stages[stage];
    if (room === 0) return [];
    const values = this.mark.classes.map((_, i) => value(i) ?? NaN);
    const largest = Math.max(...values.filter(Number.isFinite).map(Math.abs), 1e-30);
    const colours = lineColours[theme.dark ? "dark" : "light"];
    const zero = left + width + 8 + (bars === "both" ? room / 2 : 0);
    return values.flatMap((each, i) => {
      const y = round(top + i * ROW);
      const length = (Math.abs(each) / largest) * (bars === "both" ? room / 2 : room);
      if (!Number.isFinite(length)) return [];
      const bar = element("rect", {
        ...{ x: round(each < 0 ? zero - length : zero), y: y + 6, width: round(length), height: ROW - 12 },
        fill: colours[each < 0 ? 0 : 1],
      });
      const axis = { x1: round(zero), x2: round(zero), y1: y + 3, y2: y + ROW - 3, stroke: theme.muted };
      return [bar, element("line", axis)];
    });
  }

  /** The arithmetic of the class, as far as the stage. */
  private lines([, row, stage]: Place): string[] {
    const { logits, exponentials, sum, shift, probabilities, loss, gradient } = this.of;
    const { target, classes } = this.mark;
    const [z, p] = [logits[row], probabilities[row]];
    const y = target?.place === row ? 1 : 0;
    const shifted = (digits: number): string =>
      `exp(${summand(z, digits)}${shift === 0 ? "" : ` ${minus(shift, digits)}`})`;
    const lines = [
      () => `${classes[row]}: z = ${exactly(z)}`,
      () => balanced([z, shift], exponentials[row], ([a, b]) => Math.exp(a - b), shifted),
      () =>
        balanced(
          [exponentials[row], sum],
          p,
          ([a, b]) => a / b,
          (digits) => `p = ${summand(exponentials[row], digits)} / ${summand(sum, digits)}`,
        ),
      ...(target
        ? [
            () => {
              const right = probabilities[target.place];
              const left = `cross-entropy = −log(p of ${classes[target.place]})`;
              return balanced(
                [right],
                loss!,
                ([a]) => -Math.log(a),
                (digits) => `${left} = −log(${summand(right, digits)})`,
              );
            },
            () =>
              balanced(
                [p],
                gradient![row],
                ([a]) => a - y,
                (digits) => `gradient = p − y = ${summand(p, digits)} − ${y}`,
              ),
          ]
        : []),
    ];
    return lines.slice(0, stage + 1).map((line) => line());
  }

  say({ place }: Reading): string[] {
    const lines = this.lines(place);
    const value = this.stages[place[2]].value(place[1]);
    const head = `${this.mark.classes[place[1]]}, ${this.stages[place[2]].head}`;
    return [`${head}${value === undefined ? "" : `: ${exactly(value)}`}`, lines[lines.length - 1]];
  }

  tip(_: Reading, { channel: stage }: Area, row: number): string[] {
    const value = this.stages[stage].value(row);
    return [`${this.mark.classes[row]}, ${this.stages[stage].head}: ${value === undefined ? "none" : exactly(value)}`];
  }

  find(_: Reading, { channel: stage }: Area, row: number): Place {
    return [0, row, stage];
  }

  channelAt(): number {
    return 0;
  }
}

/** "− 5" or "+ 5", what taking a number away looks like. */
const minus = (value: number, digits?: number): string =>
  value < 0 ? `+ ${summand(-value, digits)}` : `− ${summand(value, digits)}`;
