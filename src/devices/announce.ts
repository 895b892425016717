import { notebook } from "../notebook";
import { getDevice, type DeviceName } from "./device";

const announced = new Set<DeviceName>();

/** Says once a device, in the notebook's output, what the device advises on this machine. @throws DeviceError if there is no such device */
export function announceDevice(name: DeviceName): void {
  const device = getDevice(name);
  const host = notebook();
  if (!device.describe || !host || announced.has(name)) return;
  announced.add(name);
  device.describe().then(
    ({ text, advice }) => {
      if (advice) host.display({ "text/plain": `${text} ${advice}` });
    },
    () => {}, // whoever uses the device gets the error
  );
}
