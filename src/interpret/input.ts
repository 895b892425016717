import { checkModule, checkTensor } from "../arguments";
import { isFloat, type DeviceName } from "../devices/device";
import { DTypeError, ShapeError } from "../errors";
import type { Module } from "../nn/module";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";

/** The device of a network; undefined for one without parameters and buffers. */
export const deviceOf = (net: Module): DeviceName | undefined =>
  (net.parameters().at(0) ?? net.buffers().at(0))?.device;

/**
 * A network's input on the network's device, cut off from the graph that it may be part of.
 * @throws TypeError unless net is a module; DTypeError unless x is a float tensor; ShapeError if it has no dimension
 */
export function inputOf(caller: string, net: Module, x: Tensor): Tensor {
  checkModule(caller, "net", net);
  checkTensor(caller, "x", x, "Give a batch of images [N,C,H,W].");
  if (!isFloat(x.dtype))
    throw new DTypeError(
      `${caller}: x must be float, got ${x.dtype} (x ${showShape(x.shape)}). Convert it with .float().`,
    );
  if (x.shape.length === 0 || x.shape[0] === 0)
    throw new ShapeError(`${caller}: x holds no image (x ${showShape(x.shape)}). Give a batch of images [N,C,H,W].`);
  return x.detach().to(deviceOf(net) ?? x.device);
}

/** The same for images. @throws ShapeError unless x is [N,C,H,W] */
export function imagesOf(caller: string, net: Module, x: Tensor): Tensor {
  const images = inputOf(caller, net, x);
  if (images.shape.length !== 4 || images.numel() === 0)
    throw new ShapeError(`${caller}: x must be images [N,C,H,W], got ${showShape(x.shape)}. One is x.unsqueeze(0).`);
  return images;
}
