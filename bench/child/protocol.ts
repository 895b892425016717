/**
 * What the parent and its children say to each other: one JSON object a line, requests on the child's stdin, replies on
 * its stdout. A child is one engine in one process with one number of threads; it does nothing between requests.
 */

export type TrainNet = "lecture" | "lenet5" | "resnet18";
export type ForwardNet = "AlexNet" | "VGG16" | "ResNet50" | "GoogLeNet";

/** A convolution's shape: N C H W the images, K R S the filters. */
export interface ConvShape {
  N: number;
  C: number;
  H: number;
  W: number;
  K: number;
  R: number;
  S: number;
  stride: number;
  padding: number;
  groups: number;
}

/** What is measured. `onnx` is a file with the network for engines that only run files. */
export type Spec =
  | { kind: "train"; net: TrainNet; batch: number }
  | { kind: "conv"; pass: "forward" | "input" | "weight"; shape: ConvShape; onnx?: string }
  | { kind: "forward"; net: ForwardNet; onnx?: string }
  | { kind: "overhead"; op: "add" | "conv" | "convBackward" };

export type Request =
  | { cmd: "hello" }
  /** Builds the case and runs it for `warmUp` seconds, at least once. Iterations are timed in blocks of `block` seconds. */
  | { cmd: "prepare"; spec: Spec; warmUp: number; block: number }
  /** Repeats the case for `seconds`. */
  | { cmd: "run"; seconds: number }
  /** Repeats the case so many times, unmeasured. */
  | { cmd: "repeat"; times: number }
  | { cmd: "memory" }
  /** Writes the spec's network as an ONNX file. */
  | { cmd: "export"; spec: Spec; path: string }
  | { cmd: "release" };

/** Times in seconds, memory in bytes. */
export interface Replies {
  hello: { version: string; threads: number };
  /** `probe`: a few numbers of the result, by which engines are compared. `latest`: time of the last warm iteration. */
  prepare: { latest: number; probe: number[] };
  run: { best: number; iterations: number };
  repeat: Record<string, never>;
  memory: { peak: number };
  export: Record<string, never>;
  release: Record<string, never>;
}

/** `cannot`: the engine has no way to do this, and why. `error`: it has, and failed. */
export type Reply<C extends Request["cmd"]> =
  ({ ok: true } & Replies[C]) | { ok: false; cannot: string } | { ok: false; error: string };
