import type { Context } from "mocha";
export const bin = (_c: Context): string => process.env.CLASSBIN!;
