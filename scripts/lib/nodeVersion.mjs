/** Whether this Node can run Receptive; if not, says so in one line. Written for Node 12 to parse. */
export function nodeIsNewEnough() {
  const version = process.versions.node;
  const parts = version.split(".").map(Number);
  const major = parts[0];
  const minor = parts[1];
  // `require` of ES modules and the bundler of the extension ask for 20.19 or 22.12.
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22) return true;
  console.error(
    "Node " +
      version +
      " is too old: Receptive needs Node 20.19 or newer (of the 22 line, 22.12 or newer). " +
      "Install it from https://nodejs.org and run this command again.",
  );
  process.exitCode = 1;
  return false;
}
