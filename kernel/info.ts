/** What the kernel says about itself. */
import { packageVersion } from "./packages";
import type { JsonObject } from "./json";
import { PROTOCOL_VERSION } from "./message";
import { runtime } from "./platform";

export const KERNEL_NAME = "receptive";
export const DISPLAY_NAME = "TypeScript (Receptive)";
/** What cells are written in. */
export const TYPESCRIPT_VERSION = (require("typescript/package.json") as { version: string }).version;

export const kernelInfo: JsonObject = {
  status: "ok",
  protocol_version: PROTOCOL_VERSION,
  implementation: KERNEL_NAME,
  implementation_version: packageVersion,
  language_info: {
    name: "typescript",
    version: TYPESCRIPT_VERSION,
    // JupyterLab's registry knows TypeScript by this type; it highlights nothing for "text/typescript".
    mimetype: "application/typescript",
    file_extension: ".ts",
    codemirror_mode: { name: "typescript", mime: "application/typescript" },
    pygments_lexer: "typescript",
    nbconvert_exporter: "script",
  },
  banner: `Receptive ${packageVersion}: TypeScript ${TYPESCRIPT_VERSION} on ${runtime}`,
  help_links: [{ text: "TypeScript", url: "https://www.typescriptlang.org/docs/handbook/intro.html" }],
  debugger: false,
  supported_features: [],
};

/** The content of debug_reply: a response of the Debug Adapter Protocol that says no. */
export function refuseDebug(request: JsonObject): JsonObject {
  const message = "This kernel has no debugger; kernel_info_reply says so, too.";
  return {
    type: "response",
    request_seq: typeof request.seq === "number" ? request.seq : 0,
    seq: 0,
    success: false,
    command: typeof request.command === "string" ? request.command : "",
    message,
    body: {},
  };
}
