/** What data asks of Node; `platform.browser.ts` asks a page for the same. */

/** Fulfils when the event loop has turned once. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
