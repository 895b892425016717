/**
 * The names that every cell has without an import: each is a file here, which says its type to cells and makes its value, and a
 * line below.
 */
export { clearOutput } from "./clearOutput";
export { comms } from "./comms";
export { display } from "./display";
export { help } from "./help";
export { input } from "./input";
export { reset } from "./reset";
export { saveOutput } from "./saveOutput";
export { timeit } from "./timeit";
export { variables } from "./variables";
