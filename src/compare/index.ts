export { compareDevices, type DeviceComparison, type LayerComparison } from "./compareDevices";
export { pickDevice } from "./pickDevice";
