/** Trains the lecture's network and prints, as JSON, the process's memory in MB along the way; a test runs it alone. */
import * as nn from "../../src/nn";
import { SGD } from "../../src/optim";
import { randn, tensor } from "../../src/tensor/create";
import { LectureNet } from "./lectureNet";

const STEPS = 3000;
const STEPS_BETWEEN_LOOKS = 50;

async function main(): Promise<void> {
  const net = new LectureNet();
  const criterion = new nn.CrossEntropyLoss();
  const optimizer = new SGD(net.parameters(), { lr: 0.001, momentum: 0.9 });
  const labels = tensor([0, 1, 2, 3], { dtype: "int32" });
  // A history of losses, as lectures keep it, must not keep the steps alive.
  const losses = [];
  const looks: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    optimizer.zeroGrad();
    const loss = criterion(net(randn([4, 3, 32, 32])), labels);
    loss.backward();
    optimizer.step();
    losses.push(loss);
    await loss.item();
    if (step % STEPS_BETWEEN_LOOKS === 0) looks.push(process.memoryUsage().rss / 2 ** 20);
  }
  process.stdout.write(JSON.stringify(looks));
}

void main();
