import type { MimeBundle, NotebookHost } from "../../src/protocol";

/** A notebook's host that keeps what is displayed. */
export function fakeHost(): { host: NotebookHost; shown: MimeBundle[] } {
  const shown: MimeBundle[] = [];
  const host: NotebookHost = {
    display: (bundle) => void shown.push(bundle),
    register: () => undefined,
    unregister: () => undefined,
    checkInterrupt: () => undefined,
    breaks: 0,
    beforeCellEnd: () => true,
  };
  return { host, shown };
}
