import { checkModule, isTensor } from "../../arguments";
import { traceNetwork } from "../../graph";
import { checkOptions, type OptionNames } from "../../options";
import * as models from "../../models";
import * as nn from "../../nn";
import { skipInit, type Module } from "../../nn";
import { summary } from "../../summary";
import { dryInput } from "../../summary/trace";
import { checkShape, showShape, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { Picture } from "../picture";
import { withBatch } from "../network/dry";
import { diagramOf } from "../structure/diagram";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

export interface GraphOptions extends ViewOptions {
  /** Whether layers are drawn as volumes of channels x height x width, instead of boxes of words; default false. */
  volumes?: boolean;
}
const optionNames: OptionNames<GraphOptions> = { volumes: true, ...viewOptionNames };

/**
 * A network as a graph: its layers and functions, and which reads what, from one run in evaluation mode that computes nothing.
 * Each has its output's shape, parameters and multiply-adds as `summary` counts them; blocks of a large network are
 * folded, and unfold at a click.
 * @param x a batch, or the shape of one: [N,C,H,W], or whatever the network takes
 * @throws ShapeError if the network does not take it, or its output does not depend on it
 * @example show.graph(net, [1, 3, 32, 32])
 * @example show.graph(net, images, { volumes: true })
 */
export function graph(net: Module, x: Tensor | Shape, options: GraphOptions = {}): Picture {
  checkOptions("show.graph", options, optionNames, arguments, 2);
  checkModule("show.graph", "net", net);
  const { volumes = false } = options;
  const shape = isTensor(x) ? x.shape : x;
  const fields = viewFields("show.graph", options, net.constructor.name);
  checkShape("show.graph", shape);
  const traced = withBatch("show.graph", net, shape, shape, showShape([1, ...shape]), () =>
    traceNetwork("show.graph", net, dryInput(net, shape), { compute: false }),
  );
  const costs = summary(net, shape);
  const mark = diagramOf(net, traced, costs, volumes ? "volumes" : "boxes");
  const counted = (count: number): string => count.toLocaleString("en-US");
  const idle = costs.parameters - costs.layers.reduce((sum, { parameters }) => sum + parameters, 0);
  const subtitle =
    `input ${showShape(shape)}, ${counted(costs.parameters)} parameters` +
    (idle > 0 ? ` (${counted(idle)} of them in layers that do not run in evaluation)` : "") +
    `, ${counted(costs.multiplyAdds)} multiply-adds`;
  return new Picture(async () => ({ ...fields, subtitle, marks: [mark] }));
}

/** A network whose output is added to what a shortcut brings. */
class Shortcut extends nn.Module {
  conv1 = new nn.Conv2d(3, 8, 3, { padding: 1 });
  conv2 = new nn.Conv2d(8, 8, 3, { padding: 1 });
  fc = new nn.Linear(8 * 8 * 8, 10);
  forward(x: Tensor): Tensor {
    const y = this.conv1(x).relu();
    return this.fc(this.conv2(y).add(y).relu().flatten(1));
  }
}

export const samples: Samples = {
  "LeNet-5": () =>
    graph(
      skipInit(() => new models.LeNet5()),
      [1, 1, 32, 32],
    ),
  "a shortcut": () =>
    graph(
      skipInit(() => new Shortcut()),
      [1, 3, 8, 8],
    ),
  "ResNet-18": () =>
    graph(
      skipInit(() => new models.ResNet18()),
      [1, 3, 224, 224],
    ),
  GoogLeNet: () =>
    graph(
      skipInit(() => new models.GoogLeNet()),
      [1, 3, 224, 224],
    ),
  "LeNet-5 as volumes": () =>
    graph(
      skipInit(() => new models.LeNet5()),
      [1, 1, 32, 32],
      { volumes: true },
    ),
  "AlexNet as volumes": () =>
    graph(
      skipInit(() => new models.AlexNet()),
      [1, 3, 224, 224],
      { volumes: true },
    ),
};
