export { kindOf, type GraphNode, type NetworkGraph } from "./networkGraph";
export { traceNetwork, type TraceOptions } from "./traceNetwork";
export { imageOf, shapeOfOne, operationOf } from "./operationOf";
