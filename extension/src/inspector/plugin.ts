/** Puts the inspector into the right sidebar. */
import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { inspector, setInspector } from "./openInInspector";
import { InspectorPanel } from "./panel";

const SHOW = "receptive:inspector";
const OPEN = "receptive:open-in-inspector";

export const inspectorPlugin: JupyterFrontEndPlugin<void> = {
  id: "@receptive/jupyterlab:inspector",
  description: "A panel with the networks, data sets and tensors of the current notebook.",
  autoStart: true,
  optional: [ICommandPalette, ILayoutRestorer],
  activate: (app: JupyterFrontEnd, palette: ICommandPalette | null, restorer: ILayoutRestorer | null) => {
    const panel = new InspectorPanel(app.shell, app.restored);
    app.shell.add(panel, "right", { rank: 950, type: "Receptive Inspector" });
    restorer?.add(panel, panel.id);
    setInspector({
      open(id, kernel) {
        app.shell.activateById(panel.id);
        panel.open(id, kernel);
      },
      pin(view) {
        app.shell.activateById(panel.id);
        panel.pin(view);
      },
    });
    app.commands.addCommand(SHOW, {
      label: "Show Inspector",
      caption: "Networks, data sets and tensors of the current notebook",
      execute: () => {
        app.shell.activateById(panel.id);
        panel.focus();
      },
    });
    app.commands.addCommand(OPEN, {
      label: "Open in Inspector",
      caption: "Opens the object of an id of the current notebook's kernel",
      execute: ({ id }) => {
        if (typeof id === "string") inspector()?.open(id);
      },
    });
    palette?.addItem({ command: SHOW, category: "Receptive" });
  },
};
