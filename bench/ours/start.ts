/** Loads the package as a user's program does, and says when; then computes one convolution. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would be moved before the timing
const { F, ones } = require("../../..") as typeof import("../../src");
process.stdout.write("loaded\n");

async function main(): Promise<void> {
  const y = F.conv2d(ones([1, 3, 32, 32]), ones([6, 3, 5, 5]));
  if ((await y.data())[0] !== 75) throw new Error("the convolution is wrong");
  process.stdout.write("result\n");
}

void main();
