/** Names of settings in our spelling and in PyTorch's. */

/** weightDecay -> weight_decay, and tMax -> T_max, the one name that PyTorch begins with a capital. */
export const snake = (name: string): string =>
  name === "tMax" ? "T_max" : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** weight_decay -> weightDecay */
export const camel = (name: string): string =>
  name === "T_max" ? "tMax" : name.replace(/(?<=\w)_([a-z])/g, (_, letter: string) => letter.toUpperCase());
