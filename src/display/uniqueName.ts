/** A name that nothing else has. Not crypto.randomUUID, which pages have on https and localhost alone. */
export const uniqueName = (): string => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
