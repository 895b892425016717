export { Compose } from "./compose";
export { Normalize } from "./normalize";
export { Transform, type TransformFunction } from "./transform";
