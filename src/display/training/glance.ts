/** What a network is at the moment: its first filters, its maps of a fixed image, its guesses for some validation images. */
import { getDevice, isFloat, type TypedArray } from "../../devices/device";
import { checkpoint } from "../../notebook";
import { Conv2d } from "../../nn/layers/conv2d";
import { watchModules, type Module } from "../../nn/module";
import { cat } from "../../ops/cat";
import { traceOps } from "../../ops/define/trace";
import { deviceOf } from "../../interpret/input";
import { sameShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import type { FrameMark, GridMark } from "../../marks";
import type { TrainingView } from "../../train/watch";
import { quietly } from "../inspect/quietly";
import { mapsGrid, rangeIn, type Maps } from "../maps/mapsGrid";
import { filtersGrid } from "../show/filters";
import { Gallery } from "./gallery";
import type { Held } from "./held";

/** Units of a layer that answer zero to all inputs of a sample. */
export interface DeadUnits {
  layer: string;
  dead: number;
  units: number;
}

/** Layers whose maps are shown, maps of each, and bytes of them. */
const [LAYERS, MAPS, MAP_BYTES] = [2, 16, 6 * 1024];
/** Validation images whose predictions are shown. */
const PREDICTED = 8;

export interface GlanceOptions {
  views: readonly TrainingView[];
  /** [C,H,W]; absent if the network has no image to look at. */
  image: Tensor | undefined;
  held: Held | undefined;
  classes: readonly string[] | undefined;
}

export class Glance {
  private readonly first: [path: string, layer: Conv2d] | undefined;
  private readonly input: Tensor | undefined;
  private readonly gallery: Gallery | undefined;

  constructor(
    private readonly net: Module,
    private readonly options: GlanceOptions,
  ) {
    const { views, image, held, classes } = options;
    if (views.includes("filters"))
      this.first = net.namedModules().find((entry): entry is [string, Conv2d] => entry[1] instanceof Conv2d);
    const predicted = views.includes("predictions") && held?.targets ? firstOf(held, PREDICTED) : undefined;
    const looked = views.includes("maps") ? image && quietly(() => image.unsqueeze(0)) : undefined;
    this.gallery = predicted && Gallery.of(predicted, classes);
    this.input = this.gallery && predicted ? together(looked, predicted.inputs) : looked;
  }

  /**
   * The parts that are to be seen, at once where the device can be read at once.
   * @param exact whether they carry their numbers besides the bytes that are drawn
   * @throws whatever the network throws
   */
  now(exact: boolean): FrameMark[] | Promise<FrameMark[]> {
    const parts = [...this.filters(exact), ...this.answers(exact)];
    return parts.some((part) => part instanceof Promise) ? Promise.all(parts) : (parts as FrameMark[]);
  }

  /** Which units behind a rectifier answer zero to all of these inputs; several rectifiers behind one layer count together. */
  dead(inputs: Tensor): DeadUnits[] {
    const made = new Map<Tensor, string>();
    const paths = pathsIn(this.net);
    const found = new Map<string, DeadUnits>();
    const listen = ({
      name,
      inputs: [x],
      output,
    }: {
      name: string;
      inputs: readonly Tensor[];
      output: Tensor;
    }): void => {
      const layer = x && made.get(x);
      if (name !== "relu" || layer === undefined || output.shape.length < 2) return;
      const read = getDevice(output.device).read(output.storage.memory);
      // What has to be waited for is not watched: a graphics card would stall.
      if (!(read instanceof Promise)) found.set(layer, { layer, ...deadIn(read, output.shape) });
    };
    this.run(inputs, (layer, output) => void made.set(output, paths.get(layer) || layer.constructor.name), listen);
    return [...found.values()];
  }

  private filters(exact: boolean): (GridMark | Promise<GridMark>)[] {
    if (!this.first) return [];
    const [path, { weight }] = this.first;
    const grid = (numbers: TypedArray): GridMark => ({
      ...filtersGrid(numbers, weight.shape, { exact }).grid,
      title: `Filters of ${layerName(path) || "the convolution"}`,
    });
    return [after(weight, grid)];
  }

  private answers(exact: boolean): (FrameMark | Promise<FrameMark>)[] {
    const { input, gallery, options } = this;
    if (!input) return [];
    const paths = pathsIn(this.net);
    const maps: (GridMark | Promise<GridMark>)[] = [];
    const hasImage = options.views.includes("maps") && options.image !== undefined;
    const see = (layer: Module, output: Tensor): void => {
      if (!hasImage || maps.length >= LAYERS || !(layer instanceof Conv2d) || output.shape.length !== 4) return;
      // At once: the next layer may take the memory of this one.
      maps.push(
        after(output, (numbers) => mapsOf(numbers, output.shape, paths.get(layer) || "the convolution", exact)),
      );
    };
    const output = this.run(input, see);
    if (!gallery) return maps;
    const card = after(output, (scores) => gallery.mark(scores, output.shape));
    return [...maps, card];
  }

  /** Runs the network without a trace. */
  private run(
    inputs: Tensor,
    see: (layer: Module, output: Tensor) => void,
    listen?: Parameters<typeof traceOps>[0],
  ): Tensor {
    checkpoint();
    const [parameter] = this.net.parameters();
    return quietly(() => {
      const moved = inputs.detach().to(deviceOf(this.net) ?? inputs.device);
      const x = parameter && isFloat(moved.dtype) ? moved.to(parameter.dtype) : moved;
      const forward = (): Tensor =>
        watchModules(
          (layer, _, output) => see(layer, output),
          () => this.net(x),
        );
      return listen ? traceOps(listen, forward) : forward();
    });
  }
}

const pathsIn = (net: Module): Map<Module, string> =>
  new Map(net.namedModules().map(([path, module]) => [module, path]));

/** What a tensor's numbers become: at once where they can be read at once. They must not be kept. */
function after<T>(tensor: Tensor, make: (numbers: TypedArray) => T): T | Promise<T> {
  const read = getDevice(tensor.device).read(tensor.storage.memory);
  return read instanceof Promise ? read.then(make) : make(read);
}

export const firstOf = ({ inputs, targets, count }: Held, most: number): Held =>
  count <= most
    ? { inputs, ...(targets ? { targets } : {}), count }
    : quietly(() => ({
        inputs: inputs.slice(0, 0, most),
        ...(targets ? { targets: targets.slice(0, 0, most) } : {}),
        count: most,
      }));

/** The image whose maps are shown lies first. */
function together(image: Tensor | undefined, inputs: Tensor): Tensor {
  if (!image || !sameShape(image.shape.slice(1), inputs.shape.slice(1))) return inputs;
  const alike = image.dtype === inputs.dtype && image.device === inputs.device;
  return quietly(() => cat([alike ? image : image.to({ dtype: inputs.dtype, device: inputs.device }), inputs]));
}

function mapsOf(numbers: TypedArray, shape: readonly number[], path: string, exact: boolean): GridMark {
  const [, C, H, W] = shape;
  const shown = Math.min(C, MAPS);
  const maps: Maps = { values: numbers.slice(0, shown * H * W), shape: [1, shown, H, W] };
  const carried = { first: 0, count: 1 };
  const range = rangeIn(maps, carried);
  const labels = Array.from({ length: shown }, (_, channel) => `${channel}`);
  return {
    ...mapsGrid(maps, { carried, labels, layer: path, limit: MAP_BYTES, range: () => range, exact }),
    title: shown < C ? `${layerName(path)} of one image, ${shown} of ${C} maps` : `${layerName(path)} of one image`,
  };
}

function deadIn(values: TypedArray, [N, units, ...rest]: readonly number[]): { dead: number; units: number } {
  const size = rest.reduce((a, b) => a * b, 1);
  let dead = 0;
  for (let unit = 0; unit < units; unit++) {
    let isDead = true;
    for (let n = 0; n < N && isDead; n++) {
      const from = (n * units + unit) * size;
      for (let i = from; i < from + size && isDead; i++) isDead = values[i] === 0;
    }
    if (isDead) dead++;
  }
  return { dead, units };
}

/** In a Sequential the path is a number. */
const layerName = (path: string): string => (/^\d/.test(path) ? `layer ${path}` : path);
