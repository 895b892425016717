/** A page has the packages that its bundle carries, and no others. */
import { DataError } from "./errors";

export const optionalPackage = (_specifier: string): (() => unknown) | null => null;

/** @throws DataError always */
export function neededPackage<T>(specifier: string, doing: string): T {
  throw new DataError(`${doing} needs the package ${specifier}, which a page does not have. Do it in Node.`);
}
