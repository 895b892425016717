/** A network and the batch that a view of it was made of: what it answers to each of the images. */
import type { View } from "../../marks";
import type { Module } from "../../nn/module";
import type { Storage } from "../../devices/storage";
import type { Tensor } from "../../tensor/tensor";
import { quietly } from "../inspect/quietly";
import { checkImage } from "../tensors";
import { explore } from "./explore";
import type { Explored } from "./explored";
import { networkMark } from "./payload";

export class ExploredBatch {
  private readonly before = new Map<Storage, number>();
  /** The image that was asked for last, beside the one that the view shows. */
  private last: { image: number; explored: Promise<Explored> } | undefined;
  private shown: { image: number; explored: Explored } | undefined;

  /** Made before the network runs on the image of the view: what is asked later is of the same numbers. @param input [N,...] */
  constructor(
    private readonly net: Module,
    private readonly input: Tensor,
    private readonly classes: readonly string[] | undefined,
    /** The class of an image, if it is known. */
    private readonly targetOf: (image: number) => number | undefined = () => undefined,
  ) {
    for (const { storage } of this.tensors()) this.before.set(storage, storage.version);
  }

  /** Takes what was explored for the view. */
  show(image: number, explored: Explored): void {
    this.shown = { image, explored };
  }

  /** Of what it holds at most: two images' numbers, and the batch. */
  get bytes(): number {
    return 2 * (this.shown?.explored.bytes ?? 0) + 4 * this.input.numel();
  }

  /**
   * What the network answers to an image; default that of the view.
   * @throws Error in one line if there is none, or the network has changed
   */
  at(caller: string, image = this.shown?.image ?? 0): Promise<Explored> {
    checkImage(caller, image, this.input.shape[0], this.input.shape);
    if (image === this.shown?.image) return Promise.resolve(this.shown.explored);
    if (image !== this.last?.image) {
      this.checkUnchanged(caller);
      const explored = quietly(() => explore(caller, this.net, this.input.narrow(0, image, 1), this.targetOf(image)));
      const last = { image, explored };
      this.last = last;
      explored.catch(() => {
        if (this.last === last) this.last = undefined;
      });
    }
    return this.last.explored;
  }

  /** The view with another image. */
  async view(image: number): Promise<View> {
    const explored = await this.at("view", image);
    const images = { count: this.input.shape[0], shown: image };
    return {
      version: 2,
      title: "",
      marks: [networkMark(explored, { classes: this.classes, target: this.targetOf(image), images })],
    };
  }

  private tensors(): Tensor[] {
    return [this.input, ...this.net.parameters(), ...this.net.buffers()];
  }

  private checkUnchanged(caller: string): void {
    const now = this.tensors();
    if (now.some(({ storage }) => this.before.get(storage) !== storage.version))
      throw new Error(`${caller}: the network or its images have changed since they were shown. Run the cell again.`);
  }
}
