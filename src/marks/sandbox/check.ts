import { isOptionalText, type Json } from "../kit/check";
import { limits, settingNames } from "./fit";

/** What in this payload cannot be read; undefined if nothing. */
export function checkSandbox(mark: Json): string | undefined {
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  return settingNames.find((name) => {
    const value = mark[name];
    const [least, most] = limits[name];
    return !Number.isInteger(value) || (value as number) < least || (value as number) > most;
  });
}
