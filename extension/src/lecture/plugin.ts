/** The command that brings a lecture's copy back to its stored state. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { Dialog, ICommandPalette, Notification, showDialog, showErrorMessage } from "@jupyterlab/apputils";
import { keptPath, pathBeside, storedOf, type LectureDocument } from "./paths";

const RESET = "receptive:reset-lecture";
const title = "Reset this Notebook to its Stored State";

export const lecturePlugin: JupyterFrontEndPlugin<void> = {
  id: "@receptive/jupyterlab:lecture",
  description: "Brings the copy of a lecture or homework back to its stored state.",
  autoStart: true,
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, palette: ICommandPalette | null) => {
    const lecture = (): LectureDocument | undefined => {
      const document = app.shell.currentWidget as LectureDocument | null;
      return document && storedOf(document) !== undefined ? document : undefined;
    };
    app.commands.addCommand(RESET, {
      label: title,
      caption: "Of a lecture or homework that was opened as a copy; your version is kept beside it",
      isEnabled: () => lecture() !== undefined,
      execute: async () => {
        const document = lecture();
        if (document) await reset(document, app.serviceManager.contents);
      },
    });
    palette?.addItem({ command: RESET, category: "Receptive" });
  },
};

async function reset(
  { context }: LectureDocument,
  contents: JupyterFrontEnd["serviceManager"]["contents"],
): Promise<void> {
  const kept = keptPath(context.path, new Date());
  const answer = await showDialog({
    title: `${title}?`,
    body: `Your version is kept as “${kept}”. The kernel keeps its variables until it is restarted.`,
    buttons: [Dialog.cancelButton(), Dialog.warnButton({ label: "Reset" })],
  });
  if (!answer.button.accept) return;
  try {
    // Read first: nothing has happened yet if it is not there.
    const present = context.model.toJSON();
    const { receptive } = present.metadata;
    const stored = await contents.get(pathBeside(context.path, String(receptive?.stored)), {
      type: "notebook",
      content: true,
    });
    const { metadata, ...rest } = stored.content as typeof present;
    await contents.save(kept, { type: "notebook", format: "json", content: present });
    context.model.fromJSON({ ...rest, metadata: { ...metadata, receptive } });
    await context.save();
    Notification.success(`The notebook is as it is stored. Your version: ${kept}`);
  } catch (error) {
    await showErrorMessage(`${title}: it did not work`, error as Error);
  }
}
