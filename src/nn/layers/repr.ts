/** `kernelSize=3, stride=2`: options as a layer prints them; what was not given is not printed. */
export const listOptions = (options: object): string =>
  Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(", ");
