import { browserFolder } from "./browser.mjs";
import { setUp, stepsFor } from "./setup.mjs";
import { serveFolder } from "./staticServer.mjs";
import { UserError, runCommand } from "./userError.mjs";

const PORT = 8765;

/** `npm run demo [-- --port 9000]`: the engine and the demo page for browsers, built and served to this machine. */
export const main = (flags) =>
  runCommand(async () => {
    const port = portIn(flags);
    await setUp(stepsFor.demo);
    const { url } = await serveFolder(browserFolder, { port }).catch((error) => {
      throw new UserError(`Port ${port} cannot be used (${error.code}). Choose one: npm run demo -- --port 9000`);
    });
    console.log(`Open ${url} in a browser; Ctrl+C ends it.`);
    await new Promise(() => {});
  });

function portIn(flags) {
  const [flag, value] = flags.join(" ").split(/[ =]/);
  if (!flag) return PORT;
  if (flag !== "--port" || !/^\d+$/.test(value ?? ""))
    throw new UserError("npm run demo takes --port and a number. For example: npm run demo -- --port 9000");
  return Number(value);
}
