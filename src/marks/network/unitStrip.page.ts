/** All units of a node side by side, page by page: one of them is looked at. */
import { part, setWords } from "../kit/drawing.page";
import { button, Toolbar } from "../kit/toolbar.page";
import { MapView } from "./mapView.page";
import { carriedPlane, unitColours } from "./maps";
import type { NetNode } from "./network";
import type { Source } from "./source";

/** Units a page, and CSS pixels of one. */
const [PAGE, SIZE] = [32, 30];

export class UnitStrip {
  readonly element = part("div", "rcp-Units");
  private readonly pager = new Toolbar("Units of the layer");
  private readonly words = part("span", "");
  private readonly list = part("div", "rcp-Units-list");
  private source: Source | undefined;
  private node: NetNode | undefined;
  private unit = 0;
  private first = 0;
  private ratio = 1;
  private views: MapView[] = [];

  constructor(
    private readonly open: (unit: number) => void,
    private readonly failed: (line: string) => void,
  ) {
    this.pager.add(button("◂", "Units before", () => this.turn(-1)));
    this.pager.element.append(this.words);
    this.pager.add(button("▸", "Units behind", () => this.turn(1)));
    this.element.append(this.list, this.pager.element);
    this.list.addEventListener("keydown", (event) => this.onKey(event));
  }

  show(source: Source, node: NetNode, unit: number, pixelRatio: number): void {
    const isSame = source === this.source && node === this.node;
    [this.source, this.node, this.unit, this.ratio] = [source, node, unit, pixelRatio];
    // Numbers without a place are chosen in their map.
    this.element.hidden = node.isVector || node.units === 1;
    if (this.element.hidden) return;
    const first = Math.floor(unit / PAGE) * PAGE;
    if (isSame && first === this.first && this.views.length > 0) return this.choose(unit);
    this.first = first;
    void this.fill();
  }

  choose(unit: number): void {
    this.unit = unit;
    this.list.querySelectorAll("button").forEach((each, i) => {
      const isOwn = this.first + i === unit;
      each.setAttribute("aria-pressed", String(isOwn));
      each.tabIndex = isOwn || (i === 0 && (unit < this.first || unit >= this.first + PAGE)) ? 0 : -1;
    });
  }

  dispose(): void {
    for (const view of this.views) view.dispose();
    this.views = [];
  }

  private turn(step: number): void {
    const pages = Math.ceil((this.node?.units ?? 1) / PAGE);
    this.first = ((this.first / PAGE + step + pages) % pages) * PAGE;
    void this.fill();
  }

  private async fill(): Promise<void> {
    const { source, node, first, ratio } = this;
    if (!source || !node) return;
    const count = Math.min(PAGE, node.units - first);
    this.pager.element.hidden = node.units <= PAGE;
    setWords(this.words, `${first} to ${first + count - 1}, ${node.units} in all`);
    try {
      if (Array.from({ length: count }, (_, i) => carriedPlane(node, first + i)).some((plane) => !plane))
        await source.units(node, first, count);
    } catch (error) {
      this.failed((error as Error).message);
    }
    if (node !== this.node || first !== this.first) return;
    this.dispose();
    const buttons = Array.from({ length: count }, (_, i) => {
      const unit = first + i;
      const view = new MapView({ name: "", size: SIZE });
      const plane = source.known(node, unit) ?? carriedPlane(node, unit);
      if (plane) view.show(plane, unitColours(node, unit), ratio);
      this.views.push(view);
      const press = part("button", "rcp-Units-unit");
      press.type = "button";
      press.setAttribute("aria-label", `${node.id}, ${unit}`);
      press.title = `${unit}`;
      press.append(view.canvas);
      press.addEventListener("click", () => this.open(unit));
      return press;
    });
    this.list.replaceChildren(...buttons);
    this.choose(this.unit);
  }

  private onKey(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const all = Array.from(this.list.querySelectorAll("button"));
    const at = all.indexOf(event.target as HTMLButtonElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = all[(at + step + all.length) % all.length];
    all[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}
