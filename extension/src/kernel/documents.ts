/** The documents of the page, for outputs that lie in none of them. The plugin knows them, and renderers do not know the plugin. */
import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { ISessionContext } from "@jupyterlab/apputils";
import type { KernelConnection } from "./connection";
import type { Documents } from "./find";

/** Does not compile unless JupyterLab's connections are what this folder takes them for. */
type Fitting<Connection extends KernelConnection> = Connection;
export type LabConnection = Fitting<NonNullable<NonNullable<ISessionContext["session"]>["kernel"]>>;

let shell: JupyterFrontEnd.IShell | undefined;

export function setShell(given: JupyterFrontEnd.IShell): void {
  shell = given;
}

export const documents: Documents = () => shell?.widgets("main") ?? [];
