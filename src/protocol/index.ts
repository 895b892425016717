/**
 * What engine, kernel and extension all read: MIME types, payloads, comm targets and the two symbols. This folder imports
 * nothing, and every payload is plain JSON, so that a saved notebook draws without a kernel.
 */
export * from "./comms";
export * from "./host";
export * from "./inspection";
export * from "./mime";
export * from "./questions";
export * from "./view";
