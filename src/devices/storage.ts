import { getDevice, type DeviceName, type DType, type Memory } from "./device";

/**
 * The cell that tensors share: `reshape`, `detach` and their source see one Storage, so a parameter that an
 * optimizer updates is seen through all of them, as in PyTorch.
 */
export class Storage {
  /** How often the numbers were replaced; autograd compares it to notice a value that changed under its feet. */
  version = 0;

  constructor(
    public memory: Memory,
    readonly dtype: DType,
    readonly device: DeviceName,
    /** A parameter or a buffer of a module: in use for long, whatever its numbers are. */
    private readonly isState = false,
  ) {
    if (isState) getDevice(device).keep?.(memory);
  }

  /** New numbers of the same length, dtype and device: what PyTorch calls an in-place update. */
  replace(memory: Memory): void {
    if (this.isState) getDevice(this.device).keep?.(memory);
    this.memory = memory;
    this.version++;
  }
}
