/** A network in a page: the whole of it above, below it the explanation of what was pressed. */
import type { Ask } from "../kit/ask";
import type { PickKind } from "../kit/asked";
import { askedOf, type Asking } from "../kit/asking.page";
import { part, setWords, type Drawing, type Page, type PictureWords, type Surroundings } from "../kit/drawing.page";
import { History } from "./history";
import type { Spot } from "./face";
import { ImageSlider } from "./images.page";
import { atOf, holdsPlace, networkOf, placeAt, type Network } from "./network";
import { Overview } from "./overview.page";
import { paintNetwork } from "./paint";
import type { NetworkMark } from "./payload";
import { reachOf } from "./reach";
import { Source } from "./source";
import { Stage } from "./stage.page";

/** A number of a node, as a link names it. */
export interface NetworkPlace {
  /** "conv1", or its place in the list. */
  node: string | number;
  unit: number;
  /** Default: the middle of the map. */
  row?: number;
  column?: number;
}

/** Where a reader is. */
interface NetworkState {
  spot?: Spot;
  image?: number;
}

export class NetworkDrawing implements Drawing<NetworkMark> {
  readonly element = part("figure", "rcp-Network");
  private readonly title = part("div", "rcp-Mark-title");
  private readonly subtitle = part("div", "rcp-Mark-subtitle");
  private readonly note = part("div", "rcp-Network-note");
  /** What a click does, as long as nothing is open. */
  private readonly hint = part("div", "rcp-Network-hint");
  private readonly history = new History<Spot>();
  private readonly overview = new Overview(
    ({ node, unit }) => this.openUnit(node, unit),
    (line) => this.say(line),
  );
  private readonly stage = new Stage({
    open: (spot) => this.go(spot),
    moved: (spot) => this.moveTo(spot),
    back: () => this.goBack(),
    forward: () => this.show(this.history.forward()),
    close: () => this.close(),
    say: (line) => this.say(line),
  });
  private readonly images = new ImageSlider((mark) => this.showImage(mark));
  private network: Network | undefined;
  private ask: Ask | undefined;
  private page: Page | undefined;
  /** What a question of the view asks for. */
  private asks: PickKind | undefined;

  constructor() {
    const head = part("figcaption", "");
    head.append(this.title, this.subtitle);
    this.note.setAttribute("role", "status");
    setWords(this.note, "");
    this.element.append(
      ...[head, this.images.element, this.overview.element, this.hint, this.note, this.stage.element],
    );
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    // A slider that leads nowhere takes no focus, by which it would ask again.
    this.element.addEventListener("focusin", () => void this.images.probe());
  }

  update(mark: NetworkMark, { ask }: Surroundings): void {
    this.ask = ask;
    this.images.update(mark, ask);
    this.take(mark);
  }

  private take(mark: NetworkMark): void {
    const { ask, network: before } = this;
    const network = networkOf(mark);
    const source = new Source(network, ask);
    this.network = network;
    setWords(this.title, mark.title ?? "");
    setWords(this.subtitle, mark.subtitle ?? "");
    this.overview.update(network, source);
    this.stage.update(network, source);
    setWords(this.note, "");
    // Another image of the same network is looked at in the same place.
    const keyOf = ({ nodes }: Network): string => JSON.stringify(nodes.map(({ id, shape }) => [id, shape]));
    const isSame = before !== undefined && keyOf(before) === keyOf(network);
    if (before && !isSame) {
      this.history.clear();
      this.stage.hide();
      this.overview.setOpened(undefined, []);
    }
    setWords(this.hint, this.stage.isShown ? "" : this.hintWords());
  }

  draw(page: Page): void {
    this.page = page;
    this.overview.draw(page);
    this.stage.setPage(page);
    const { current } = this.history;
    if (current && this.stage.isShown) this.show(current);
    void this.images.probe();
  }

  /** Another image of the batch, in the same place of the network. */
  private showImage(mark: NetworkMark): void {
    this.take(mark);
    if (this.page) this.draw(this.page);
  }

  setAsked(asking: Asking | undefined): void {
    this.stage.setAsked(asking);
    this.overview.setAsked(askedOf(asking));
    this.asks = asking?.pick;
    if (!this.stage.isShown) setWords(this.hint, this.hintWords());
  }

  /** Opens the explanation of a number; false if the network has none there. */
  open({ node, unit, row, column }: NetworkPlace): boolean {
    const found = this.network?.nodes.find(({ id, index }) => id === node || index === node);
    if (!found) return false;
    const place = { unit, row: row ?? (found.height - 1) >> 1, column: column ?? (found.width - 1) >> 1 };
    if (!holdsPlace(found, place)) return false;
    this.go({ node: found.index, at: atOf(found, place) });
    return true;
  }

  /** What is explained now, if anything is. */
  get place(): NetworkPlace | undefined {
    const { current } = this.history;
    if (!current || !this.network || !this.stage.isShown) return undefined;
    const node = this.network.nodes[current.node];
    return { node: node.id, ...placeAt(node, current.at) };
  }

  /** The image that is shown, and what of it is explained now. */
  state(): NetworkState | undefined {
    const spot = this.stage.isShown ? this.history.current : undefined;
    const image = this.images.other;
    if (!spot && image === undefined) return undefined;
    return { ...(spot ? { spot } : {}), ...(image === undefined ? {} : { image }) };
  }

  restore({ spot, image }: NetworkState): void {
    if (spot) this.go(spot);
    if (image !== undefined) void this.images.choose(image);
  }

  picture(view: PictureWords): string | undefined {
    // The picture that is saved beside the view shows the other image.
    return this.network && this.images.other !== undefined
      ? paintNetwork({ ...view, ...this.network.mark }).svg
      : undefined;
  }

  dispose(): void {
    this.images.dispose();
    this.overview.dispose();
    this.stage.dispose();
  }

  private openUnit(node: number, unit: number): void {
    this.open({ node, unit });
    this.stage.focus();
  }

  private go(spot: Spot): void {
    this.history.push(spot);
    this.show(spot);
  }

  private moveTo(spot: Spot): void {
    this.history.replace(spot);
    this.mark(spot);
  }

  private show(spot: Spot | undefined): void {
    if (!spot || !this.network || !this.page) return;
    setWords(this.note, "");
    setWords(this.hint, "");
    this.stage.show(spot, this.history.canGoBack, this.history.canGoForward);
    this.mark(spot);
    this.overview.reveal(spot.node);
  }

  /** Shows in the whole network what the number depends on. */
  private mark({ node, at }: Spot): void {
    if (!this.network) return;
    const place = placeAt(this.network.nodes[node], at);
    this.overview.setOpened({ node, unit: place.unit }, reachOf(this.network, node, place));
  }

  private close(): void {
    this.stage.hide();
    this.history.clear();
    this.overview.focus();
    this.overview.setOpened(undefined, []);
    setWords(this.note, "");
    setWords(this.hint, this.hintWords());
  }

  /** A step back, and from the first one to the network. */
  private goBack(): void {
    if (this.history.canGoBack) this.show(this.history.back());
    else this.close();
  }

  private hintWords(): string {
    const bars = this.network?.mark.scores === undefined ? "" : " or a bar";
    const asks = this.asks === "unit" || this.asks === "pixel" || this.asks === "layer" ? this.asks : undefined;
    return `Click a map${bars}: how it is computed${asks ? `, and a button that picks the ${asks}` : ""}.`;
  }

  private say(line: string): void {
    setWords(this.note, line);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.stage.isShown) return;
    this.goBack();
    event.preventDefault();
    event.stopPropagation();
  }
}
