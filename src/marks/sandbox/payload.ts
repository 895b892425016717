/** Settings of a layer that slides a window, for a reader to change; all that is shown is computed from them. */
export interface SandboxMark extends Settings {
  mark: "sandbox";
  /** Of this mark, where its view has several. */
  title?: string;
  subtitle?: string;
}

/** In pixels, along one direction. */
export interface Settings {
  inputSize: number;
  kernelSize: number;
  stride: number;
  /** Zeros on each side. */
  padding: number;
  dilation: number;
}
