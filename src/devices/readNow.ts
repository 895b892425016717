import { DeviceError } from "../errors";
import { getDevice, type TypedArray } from "./device";
import type { Storage } from "./storage";

/** The numbers, only to be read. @throws DeviceError if they have to be waited for */
export function readNow(caller: string, storage: Storage): TypedArray {
  const numbers = getDevice(storage.device).read(storage.memory);
  if (numbers instanceof Promise)
    throw new DeviceError(
      `${caller}: the numbers are still on the ${storage.device}, which is read asynchronously. ` +
        `Read them with await t.data() and rebuild with fromArray().`,
    );
  return numbers;
}
