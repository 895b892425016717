/** A sandbox in a page: a slider a setting, the formula with numbers, what fits, and the picture. */
import {
  part,
  setWords,
  sidePadding,
  type Drawing,
  type Page,
  type PictureWords,
  type Surroundings,
} from "../kit/drawing.page";
import { ScenePatcher } from "../kit/patch.page";
import { button, slider, Toolbar, type Slider } from "../kit/toolbar.page";
import { fitOf, formula, limits, names, settingNames, suggestions, verdict, windowWords } from "./fit";
import { paintSandbox } from "./paint";
import type { SandboxMark, Settings } from "./payload";
import { sandboxScene, type SandboxScene } from "./scene";

/** CSS pixels that the picture is wide at most, unless its view asks for more. */
const WIDEST = 1200;
/** Sliders go this far, or as far as the setting that was given. */
const REACH: Settings = { inputSize: 32, kernelSize: 11, stride: 8, padding: 8, dilation: 4 };

export class SandboxDrawing implements Drawing<SandboxMark> {
  readonly element = part("figure", "rcp-Sandbox");
  private readonly title = part("div", "rcp-Mark-title");
  private readonly subtitle = part("div", "rcp-Mark-subtitle");
  private readonly settings = part("div", "");
  private readonly formula = part("div", "rcp-Sandbox-formula");
  private readonly verdict = part("output", "rcp-Sandbox-verdict");
  private readonly fitting = part("div", "rcp-Sandbox-fitting");
  private readonly stage = part("div", "rcp-Sandbox-stage");
  /** The window that is marked, for a screen reader. */
  private readonly said = part("output", "rcp-Visually-hidden");
  private readonly svg = new ScenePatcher();
  private sliders: Partial<Record<keyof Settings, Slider>> = {};
  private json = "";
  private mark: SandboxMark | undefined;
  private now: Settings | undefined;
  /** The window that is marked. */
  private at = 0;
  private scene: SandboxScene | undefined;
  private page: Page | undefined;

  constructor() {
    const head = part("figcaption", "");
    head.append(this.title, this.subtitle);
    this.stage.append(this.svg.element);
    this.element.append(head, this.settings, this.formula, this.verdict, this.fitting, this.stage, this.said);
    this.verdict.setAttribute("aria-live", "polite");
    this.stage.tabIndex = 0;
    this.stage.setAttribute("role", "application");
    this.stage.addEventListener("keydown", (event) => this.onKey(event));
    this.stage.addEventListener("pointerdown", (event) => this.onPointer(event));
    this.stage.addEventListener("pointermove", (event) => this.onPointer(event));
  }

  update(mark: SandboxMark, { title }: Surroundings): void {
    const json = JSON.stringify(mark);
    // An update of another part of the view leaves what the reader has set.
    if (json === this.json) return;
    this.json = json;
    this.mark = mark;
    const { inputSize, kernelSize, stride, padding, dilation } = mark;
    this.now = { inputSize, kernelSize, stride, padding, dilation };
    this.at = 0;
    setWords(this.title, mark.title ?? "");
    setWords(this.subtitle, mark.subtitle ?? "");
    const name = mark.title || title || "Sandbox";
    this.stage.setAttribute("aria-label", `${name}: windows on the input. Left and right move from window to window.`);
    const bar = new Toolbar("Settings");
    this.sliders = {};
    for (const setting of settingNames) {
      const [min] = limits[setting];
      const max = Math.max(REACH[setting], this.now[setting]);
      const change = (value: number): void => this.change({ [setting]: value });
      this.sliders[setting] = bar.add(slider({ name: names[setting], min, max, value: this.now[setting], change }));
    }
    this.settings.replaceChildren(bar.element);
  }

  draw(page: Page): void {
    this.page = page;
    this.show();
  }

  picture(view: PictureWords): string | undefined {
    return this.mark && this.now && paintSandbox({ ...view, ...this.mark, ...this.now }, this.at).svg;
  }

  dispose(): void {
    this.svg.element.remove();
  }

  private change(change: Partial<Settings>): void {
    if (!this.now) return;
    this.now = { ...this.now, ...change };
    this.at = Math.min(this.at, Math.max(0, fitOf(this.now).count - 1));
    this.show();
  }

  private show(): void {
    const { now, page } = this;
    if (!now || !page) return;
    this.formula.textContent = formula(now);
    if (this.verdict.textContent !== verdict(now)) this.verdict.textContent = verdict(now);
    this.element.toggleAttribute("data-refused", !fitOf(now).fits);
    this.showFitting(now);
    const room = page.width - sidePadding(this.element);
    this.scene = sandboxScene(now, this.at, page.theme, page.fill ? room : Math.min(room, WIDEST));
    this.svg.show(this.scene);
  }

  /** A button for each setting that would fit. */
  private showFitting(now: Settings): void {
    const found = suggestions(now);
    const words = found.map((each) => each.words).join();
    if (this.fitting.dataset.words === words) return;
    this.fitting.dataset.words = words;
    const hadFocus = this.fitting.contains(document.activeElement);
    if (found.length === 0) {
      this.fitting.replaceChildren();
      if (hadFocus) this.stage.focus();
      return;
    }
    const bar = new Toolbar("Settings that fit");
    bar.element.append("These fit:");
    for (const { setting, value, words } of found)
      bar.add(
        button(words, `Set ${words}`, () => {
          const control = this.sliders[setting];
          if (control && control.control.max !== "" && Number(control.control.max) < value)
            control.control.max = String(value);
          control?.set(value);
          this.change({ [setting]: value });
        }),
      );
    this.fitting.replaceChildren(bar.element);
    if (hadFocus) bar.element.querySelector("button")?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (!this.now || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = Math.max(0, fitOf(this.now).count - 1);
    const ways: Partial<Record<string, number>> = {
      ArrowLeft: this.at - 1,
      ArrowRight: this.at + 1,
      Home: 0,
      End: last,
    };
    const next = ways[event.key];
    if (next === undefined) return;
    this.at = Math.min(Math.max(next, 0), last);
    this.show();
    this.said.textContent = windowWords(this.now, this.at);
    // Otherwise the notebook would select another cell.
    event.stopPropagation();
    event.preventDefault();
  }

  /** The output under the pointer shows its window. */
  private onPointer(event: PointerEvent): void {
    const { left, top } = this.svg.element.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    const hit = this.scene?.outputs.findIndex(
      (cell) => x >= cell.x && x < cell.x + cell.width && y >= cell.y && y < cell.y + cell.height,
    );
    if (hit === undefined || hit < 0 || hit === this.at) return;
    this.at = hit;
    this.show();
  }
}
