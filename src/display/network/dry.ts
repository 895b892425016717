/** Runs that compute nothing: whether a network takes a shape, and what it gives for it. */
import { ShapeError } from "../../errors";
import type { Module } from "../../nn/module";
import { dryRun } from "../../ops/define/dryRun";
import { dryInput } from "../../summary/trace";
import { showShape, type Shape } from "../../tensor/shape";
import { quietly } from "../inspect/quietly";

/** The shape of what a network gives for an input of a shape; undefined if it does not take it, or not without numbers. */
export function dryOutput(net: Module, shape: Shape): Shape | undefined {
  try {
    return quietly(() =>
      dryRun(
        () => {},
        () => net(dryInput(net, shape)),
      ),
    ).shape;
  } catch {
    return undefined;
  }
}

/**
 * What `run` returns.
 * @param given the shape of the user's input, `ran` of what the network ran on
 * @param next what to write instead of an input that lacks its batch
 * @throws ShapeError that says so, if the network takes the input with a batch in front and not as it is; else what `run` throws
 */
export function withBatch<T>(caller: string, net: Module, given: Shape, ran: Shape, next: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const lacks = !given.includes(0) && dryOutput(net, [1, ...given]) && !dryOutput(net, ran);
    throw lacks ? new ShapeError(`${caller}: x ${showShape(given)} has no batch. Use ${next}.`) : error;
  }
}
