/** No page can ask for a garbage collection. */
export const canCollect = false as boolean;

export const collectGarbage = (): number => 0;
