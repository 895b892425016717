/** Below the network: how one number of one unit came about. */
import type { Asking } from "../kit/asking.page";
import { isSamePick, type Picked, type PickKind } from "../kit/asked";
import { part, setWords, type Page } from "../kit/drawing.page";
import { Latest } from "../kit/latest";
import { bringIntoSight } from "../kit/sight.page";
import { button, Toolbar } from "../kit/toolbar.page";
import { arithmeticElements } from "./arithmetic.page";
import type { Explanation } from "./explanation";
import { faceOf, type Spot } from "./face";
import { Figure } from "./figure.page";
import { gradientPanel, type GradientPanel } from "./gradient.page";
import { PathPanel } from "./path.page";
import { placeAt, type Network, type NetNode } from "./network";
import { keepFocus } from "./numberGrid.page";
import { ReachPanel } from "./reach.page";
import { pickedWords } from "../question/words";
import { curveOf, type Source } from "./source";
import { UnitStrip } from "./unitStrip.page";
import { exactWords, operationWords, placeWords, unitWords } from "./words";

/** Milliseconds between two places of a sliding window. */
const PACE = 400;
/** Milliseconds after which a kernel that has not answered is called busy. */
const PATIENCE = 150;
const BUSY = "The kernel is busy.";
/** Milliseconds after it was opened in which what comes is scrolled to; later a reader would lose the place. */
const SETTLING = 1500;

export interface StageEvents {
  /** Goes on to a number. */
  open(spot: Spot): void;
  /** The pointer or a key moved within the unit. */
  moved(spot: Spot): void;
  back(): void;
  forward(): void;
  close(): void;
  say(line: string): void;
}

export class Stage {
  readonly element = part("section", "rcp-Stage");
  private readonly bar = new Toolbar("Steps");
  private readonly back = button("← Back", "Back to the step before", () => this.events.back());
  private readonly forward = button("→", "Forward", () => this.events.forward());
  private readonly play = button("▶ Slide", "Slide over the map", () => this.toggle());
  /** Answers a question that the view asks with what is explained. */
  private readonly pick = button("Pick", "Pick this as the answer", () => this.choose());
  private asking: Asking | undefined;
  private readonly heading = part("div", "rcp-Stage-heading");
  private readonly about = part("div", "rcp-Stage-about");
  private readonly held = part("div", "rcp-Stage-held");
  private readonly figureSlot = part("div", "rcp-Stage-shown");
  private readonly busy = part("div", "rcp-Stage-busy");
  private readonly arithmetic = part("div", "rcp-Stage-arithmetic");
  private readonly gradientSlot = part("div", "rcp-Stage-gradient");
  private readonly readout = part("output", "rcp-Visually-hidden");
  private openedAt = -SETTLING;
  private readonly reach = new ReachPanel((node, at) => this.events.open({ node, at }));
  private readonly path = new PathPanel((node, at) => this.events.open({ node, at }));
  private readonly strip = new UnitStrip(
    (unit) => this.chooseUnit(unit),
    (line) => this.events.say(line),
  );
  private network: Network | undefined;
  private source: Source | undefined;
  private page: Page | undefined;
  private figure: Figure | undefined;
  private gradient: GradientPanel | undefined;
  private explain: Latest<Spot, Explanation> | undefined;
  private spot: Spot | undefined;
  /** Whether a key moved last: then the read-out speaks. */
  private isKeyed = false;
  private channel: number | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly events: StageEvents) {
    this.bar.add(this.back);
    this.bar.add(this.forward);
    this.bar.add(this.play);
    this.bar.add(this.pick);
    this.pick.control.hidden = true;
    this.bar.add(button("✕ Close", "Close the explanation", () => this.events.close()));
    const head = part("div", "rcp-Stage-head");
    head.append(this.bar.element, this.heading, this.held);
    const aside = part("div", "rcp-Stage-aside");
    aside.append(this.reach.element, this.path.element);
    const main = part("div", "rcp-Stage-main");
    main.append(this.figureSlot, this.busy, this.arithmetic, this.gradientSlot);
    const body = part("div", "rcp-Stage-body");
    body.append(main, aside);
    this.element.append(head, this.about, this.strip.element, body, this.readout);
    // A page has several networks, and ids are the page's.
    const own = Math.random().toString(36).slice(2);
    [this.heading.id, this.about.id] = [`rcp-Stage-heading-${own}`, `rcp-Stage-about-${own}`];
    // Its place is kept: a click must not move what was clicked.
    this.held.textContent = "held: Escape or a click on it lets go";
    this.held.style.visibility = "hidden";
    setWords(this.busy, "");
    this.element.setAttribute("role", "region");
    this.element.hidden = true;
    for (const [type, keyed] of [
      ["keydown", true],
      ["pointermove", false],
    ] as const)
      this.element.addEventListener(type, () => (this.isKeyed = keyed), { capture: true });
  }

  get isShown(): boolean {
    return !this.element.hidden;
  }

  update(network: Network, source: Source): void {
    this.network = network;
    this.source = source;
    this.explain = new Latest(({ node, at }) => source.explanation(network.nodes[node], at));
    this.dropFigure();
  }

  setAsked(asking: Asking | undefined): void {
    this.asking = asking;
    this.namePick();
  }

  private choose(): void {
    const { network, spot, asking } = this;
    if (network && spot && asking?.pick) asking.choose(pickOf(asking.pick, network, spot) as Picked);
  }

  /** Says on the button what it picks: "Pick unit 3 of conv1". */
  private namePick(): void {
    const { network, spot, asking, pick } = this;
    const picked = network && spot && asking?.pick ? pickOf(asking.pick, network, spot) : undefined;
    pick.control.hidden = !picked;
    if (!picked) return;
    const isDone = asking?.picked.some((each) => isSamePick(each, picked)) === true;
    const words = `${isDone ? "✓ Picked" : "Pick"} ${pickedWords(picked)}`;
    pick.control.textContent = words;
    pick.control.title = words;
    pick.control.setAttribute("aria-label", words);
  }

  setPage(page: Page): void {
    this.page = page;
    this.dropFigure();
  }

  hide(): void {
    this.stop();
    this.answered();
    this.element.hidden = true;
    this.dropFigure();
  }

  focus(): void {
    this.openedAt = performance.now();
    bringIntoSight(this.element);
    this.focusOutput();
  }

  /** What the kernel or a picture adds makes the explanation higher after it was opened. */
  private settle(): void {
    if (performance.now() - this.openedAt < SETTLING) bringIntoSight(this.element);
  }

  /** Leads the keys to the unit's map, and brings it into sight. */
  private focusOutput(): void {
    const canvas = this.figure?.output.canvas;
    canvas?.focus({ preventScroll: true });
    canvas?.scrollIntoView({ block: "nearest" });
  }

  dispose(): void {
    this.stop();
    clearTimeout(this.patience);
    this.dropFigure();
    this.reach.dispose();
    this.path.dispose();
    this.strip.dispose();
  }

  show(spot: Spot, canGoBack: boolean, canGoForward: boolean): void {
    const { network, source, page } = this;
    if (!network || !source || !page) return;
    this.element.hidden = false;
    this.back.control.textContent = canGoBack ? "← Back" : "← Network";
    this.forward.control.disabled = !canGoForward;
    const node = network.nodes[spot.node];
    const face = faceOf(node);
    const { unit } = placeAt(face, spot.at);
    const hadFocus = this.element.contains(document.activeElement);
    if (this.figure?.node !== node || this.figure.unit !== unit) {
      this.stop();
      this.channel = undefined;
      this.dropFigure();
      const figure = new Figure(source, node, unit, page.pixelRatio, {
        moved: (at) => this.move(at),
        open: (to) => this.events.open(to),
        held: (isHeld) => this.setHeld(isHeld),
        say: (line) => this.events.say(line),
      });
      figure.startAt = spot.at;
      figure.output.canvas.setAttribute("aria-describedby", `${this.heading.id} ${this.about.id}`);
      this.figure = figure;
      this.figureSlot.replaceChildren(figure.element);
      figure.fill().then(
        () => {
          if (figure !== this.figure) return;
          this.reframe();
          this.settle();
        },
        (error: unknown) => this.events.say((error as Error).message),
      );
      this.strip.show(source, node, placeAt(node, spot.at).unit, page.pixelRatio);
      this.play.control.hidden = face.height * face.width === 1 || node.isVector;
      if (hadFocus) this.focusOutput();
    }
    this.element.setAttribute("aria-label", `How ${unitWords(network, node, placeAt(node, spot.at).unit)} is computed`);
    this.setSpot(spot);
    void this.showGradient(spot, node);
  }

  private move(at: number): void {
    const { spot, network } = this;
    if (!spot || !network || spot.at === at) return;
    const next: Spot = { node: spot.node, at };
    this.events.moved(next);
    const node = network.nodes[spot.node];
    if (node.isVector) {
      this.strip.choose(at);
      void this.figure?.refill();
    }
    if (this.gradient) this.dropGradient();
    this.setSpot(next);
  }

  private chooseUnit(unit: number): void {
    const { spot, network } = this;
    if (!spot || !network) return;
    const node = network.nodes[spot.node];
    const place = placeAt(node, spot.at);
    this.events.open({ node: spot.node, at: (unit * node.height + place.row) * node.width + place.column });
  }

  private setSpot(spot: Spot): void {
    const { network, source } = this;
    if (!network || !source) return;
    this.spot = spot;
    this.namePick();
    const node = network.nodes[spot.node];
    this.figure?.setPlace(spot.at);
    setWords(this.heading, placeWords(network, node, placeAt(node, spot.at)));
    setWords(this.about, operationWords(node));
    this.reach.show(source, spot, this.page?.pixelRatio ?? 1);
    this.path.show(source, spot);
    void this.learn(spot, node);
  }

  /** Asks how the number came about, and writes it down. */
  private async learn(spot: Spot, node: NetNode): Promise<void> {
    const { explain, source } = this;
    this.expect();
    try {
      const explanation = await explain?.want(spot);
      if (!explanation || this.spot !== spot || !source) return;
      const [plane] = await source.units(node, placeAt(node, spot.at).unit, 1);
      const place = placeAt(node, spot.at);
      const value = plane.values[place.row * node.width + place.column];
      if (this.spot === spot) this.write(spot, node, value, explanation);
    } catch (error) {
      if (this.spot !== spot) return;
      this.answered();
      this.arithmetic.replaceChildren();
      this.events.say((error as Error).message);
    }
  }

  /** Numbers of another place are grey while the kernel does not answer. */
  private expect(): void {
    clearTimeout(this.patience);
    this.patience = setTimeout(() => {
      const { spot, network } = this;
      if (!spot || !network || this.element.hidden) return;
      this.arithmetic.classList.add("rcp-mod-stale");
      this.arithmetic.setAttribute("aria-busy", "true");
      this.figure?.clearFrames();
      setWords(this.busy, BUSY);
      const node = network.nodes[spot.node];
      this.speak(`${placeWords(network, node, placeAt(node, spot.at))}. ${BUSY}`);
    }, PATIENCE);
  }

  private answered(): void {
    clearTimeout(this.patience);
    this.arithmetic.classList.remove("rcp-mod-stale");
    this.arithmetic.removeAttribute("aria-busy");
    setWords(this.busy, "");
  }

  private setHeld(isHeld: boolean): void {
    if (isHeld) this.stop();
    this.held.style.visibility = isHeld ? "" : "hidden";
    this.speak(isHeld ? "held" : "let go");
  }

  private speak(words: string): void {
    this.readout.setAttribute("aria-live", this.isKeyed ? "polite" : "off");
    this.readout.textContent = words;
  }

  private write(spot: Spot, node: NetNode, value: number, explanation: Explanation): void {
    const { network, source, page, figure } = this;
    if (!network || !source || !page) return;
    this.answered();
    figure?.setProbe(explanation, spot.at);
    if (spot.weight !== undefined) figure?.setWeight(spot.weight);
    const curve = curveOf(source, network, node, placeAt(node, spot.at).unit);
    keepFocus(this.arithmetic, () =>
      this.arithmetic.replaceChildren(
        ...arithmeticElements({
          ...{ network, node, at: spot.at, value, explanation, theme: page.theme, curve, channel: this.channel },
          chooseChannel: (channel) => {
            this.channel = channel;
            this.write(spot, node, value, explanation);
          },
          open: (to, at) => this.events.open({ node: to, at }),
          openWeight: (weight) => this.events.open({ ...spot, weight }),
        }),
      ),
    );
    const words = [`${placeWords(network, node, placeAt(node, spot.at))}: ${exactWords(value)}`, this.reach.words];
    this.speak(words.filter(Boolean).join(", "));
    this.settle();
  }

  private reframe(): void {
    const { spot, network } = this;
    if (spot && network) void this.learn(spot, network.nodes[spot.node]);
  }

  private async showGradient(spot: Spot, node: NetNode): Promise<void> {
    this.dropGradient();
    const { source, network, page } = this;
    if (spot.weight === undefined || !source || !network || !page) return;
    try {
      const found = await source.gradient(node, spot.weight);
      if (this.spot !== spot) return;
      this.gradient = gradientPanel(network, node, spot.weight, found, page.pixelRatio, (to) => this.events.open(to));
      this.gradientSlot.replaceChildren(this.gradient.element);
      this.gradientSlot.scrollIntoView({ block: "nearest" });
    } catch (error) {
      if (this.spot === spot) this.events.say((error as Error).message);
    }
  }

  private dropGradient(): void {
    this.gradient?.dispose();
    this.gradient = undefined;
    this.gradientSlot.replaceChildren();
  }

  private dropFigure(): void {
    this.figure?.dispose();
    this.figure = undefined;
    this.held.style.visibility = "hidden";
    this.dropGradient();
  }

  private toggle(): void {
    if (this.timer) return this.stop();
    this.play.control.textContent = "❚❚ Stop";
    this.figure?.pin(undefined);
    this.timer = setInterval(() => {
      const { spot, figure, element } = this;
      if (!spot || !figure || !element.isConnected) return this.stop();
      const { height, width } = figure.face;
      const size = height * width;
      this.move(figure.unit * size + ((spot.at - figure.unit * size + 1) % size));
    }, PACE);
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.play.control.textContent = "▶ Slide";
  }
}

/** What is explained, as an answer; undefined for what no network has. */
function pickOf(pick: PickKind, network: Network, { node: index, at }: Spot): Picked | undefined {
  const node = network.nodes[index];
  const { unit, row, column } = placeAt(node, at);
  if (pick === "layer") return { layer: node.id };
  if (pick === "unit") return { layer: node.id, unit };
  return pick === "pixel" ? { layer: node.id, unit, row, column } : undefined;
}
