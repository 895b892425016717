/** What the renderers cannot do alone: repaint when the theme changes, and say which version is installed. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { Dialog, ICommandPalette, IThemeManager, showDialog } from "@jupyterlab/apputils";
import { name, version } from "../package.json";
import { inspectorPlugin } from "./inspector/plugin";
import { setShell } from "./kernel/documents";
import { lecturePlugin } from "./lecture/plugin";
import { drawings } from "./marks";
import { countLive, repaintAll } from "./output/live";

const ABOUT = "receptive:about";

const plugin: JupyterFrontEndPlugin<void> = {
  id: "@receptive/jupyterlab:plugin",
  description: "Keeps the views of Receptive in the colours of the theme, and finds the kernels that they ask.",
  autoStart: true,
  optional: [IThemeManager, ICommandPalette],
  activate: (app: JupyterFrontEnd, themes: IThemeManager | null, palette: ICommandPalette | null) => {
    setShell(app.shell);
    themes?.themeChanged.connect(repaintAll);
    app.commands.addCommand(ABOUT, {
      label: "About Receptive",
      caption: "Version of the views, and what they can draw",
      execute: () =>
        showDialog({
          title: "Receptive",
          body:
            `${name} ${version} draws views made of ${Object.keys(drawings).join(", ")}, and plotly charts. ` +
            `${countLive()} of them are open on this page.`,
          buttons: [Dialog.okButton()],
        }),
    });
    palette?.addItem({ command: ABOUT, category: "Receptive" });
  },
};

export default [plugin, inspectorPlugin, lecturePlugin];
