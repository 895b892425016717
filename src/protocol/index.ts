/**
 * What engine, kernel and extension all read: MIME types, comm targets and the two symbols. This folder imports nothing. What
 * our MIME type carries, a view made of marks, is in src/marks, which engine and extension read.
 */
export * from "./comms";
export * from "./host";
export * from "./inspection";
export * from "./mime";
export * from "./questions";
