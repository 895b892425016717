/** Writes text to the clipboard. @throws Error if the page may not */
export async function copyText(text: string): Promise<void> {
  // Only a page that came by https or from this machine has it.
  const { clipboard } = navigator as { clipboard?: Clipboard };
  if (clipboard) return clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "rcp-Visually-hidden";
  document.body.append(area);
  area.select();
  // The only way where there is no clipboard.
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("this page may not write to the clipboard");
}
