/** What a check prints: one block of lines. */
import { errorText } from "./difference";
import { notebook } from "../notebook";
import { DISPLAY, type Displayable, type MimeBundle } from "../protocol";
import { durationText } from "../text/duration";
import { escaped } from "../text/html";
import { roundPoints, worthOf, type Result } from "./result";
import { toleranceText } from "./tolerance";

const GREEN = "#2e7d32";
const RED = "#c62828";
const AMBER = "#b26a00";

export class Report implements Displayable {
  constructor(private readonly result: Result) {}

  toString(): string {
    const { parts, failure, notes, warnings } = this.result;
    const worth = parts.length > 0 && failure.length === 0 ? worthOf(this.result.id, parts, this.result.of) : [];
    const lines = parts.flatMap((part, i) => [
      `${mark(part.passed)} ${part.name}${worth[i] ? `: ${part.passed ? roundPoints(worth[i]) : 0} of ${pointsText(worth[i])}` : ""}`,
      ...part.failure.map((line) => `  ${line}`),
    ]);
    return [
      this.head,
      ...[...warnings, ...lines, ...failure, ...notes].map((line) => `  ${line}`),
      `  ${this.foot}`,
    ].join("\n");
  }

  private get head(): string {
    const { id, title, passed, points, of } = this.result;
    const name = title === "" ? id : `${id} (${title})`;
    const earned = of === 0 ? "" : `, ${roundPoints(points)} of ${pointsText(of)}`;
    return `${this.isPartly ? "◐" : mark(passed)} ${name}: ${passed ? "passed" : this.isPartly ? "passed in part" : "failed"}${earned}`;
  }

  private get isPartly(): boolean {
    return !this.result.passed && this.result.points > 0;
  }

  /** Time, seed, and how near the numbers were that agree. */
  private get foot(): string {
    const { compared, seed, milliseconds } = this.result;
    const worst = compared.reduce((most, { relError }) => Math.max(most, relError), 0);
    const tolerances = [...new Set(compared.map(({ tolerance }) => toleranceText(tolerance)))];
    const near =
      compared.length > 0 ? [`relative error ${errorText(worst)}`, `tolerance ${tolerances.join(" or ")}`] : [];
    return [timeText(milliseconds), `seed ${seed}`, ...near].join("; ");
  }

  [DISPLAY](): MimeBundle {
    const colour = this.result.passed ? GREEN : this.isPartly ? AMBER : RED;
    const style = `border-left:4px solid ${colour};margin:4px 0;padding:2px 12px;white-space:pre-wrap;word-break:normal;overflow-wrap:anywhere`;
    const [head, ...rest] = String(this).split("\n");
    return {
      "text/html": `<pre style="${style}"><b>${escaped(head)}</b>\n${escaped(rest.join("\n"))}</pre>`,
      "text/plain": String(this),
    };
  }
}

/** Most checks are done before a tenth of a second has passed. */
const timeText = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : durationText(milliseconds);
const mark = (passed: boolean): string => (passed ? "✓" : "✗");
export const pointsText = (points: number): string => `${roundPoints(points)} ${points === 1 ? "point" : "points"}`;

/** Shows it below the cell; where there is no notebook, prints it. */
export function publish(shown: Displayable): void {
  const host = notebook();
  if (host) host.display(shown[DISPLAY]() as MimeBundle);
  else console.log(String(shown));
}
