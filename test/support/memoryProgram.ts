/**
 * Trains a network and prints, as JSON, the process's memory in MB along the way; a test runs it alone.
 * Arguments: lecture or resnet18, and how many steps.
 */
import { ResNet18 } from "../../src/models";
import * as nn from "../../src/nn";
import { SGD } from "../../src/optim";
import { randn, tensor } from "../../src/tensor/create";
import { LectureNet } from "./lectureNet";

const LOOKS = 60;

async function main(name: string, steps: number): Promise<void> {
  const net: nn.Module = name === "lecture" ? new LectureNet() : new ResNet18({ numClasses: 10 });
  const batch = name === "lecture" ? 4 : 2;
  const criterion = new nn.CrossEntropyLoss();
  const optimizer = new SGD(net.parameters(), { lr: 0.001, momentum: 0.9 });
  const labels = tensor([0, 1, 2, 3].slice(0, batch), { dtype: "int32" });
  // A history of losses, as lectures keep it, must not keep the steps alive.
  const losses = [];
  const looks: number[] = [];
  for (let step = 0; step < steps; step++) {
    optimizer.zeroGrad();
    const loss = criterion(net(randn([batch, 3, 32, 32])), labels);
    loss.backward();
    optimizer.step();
    losses.push(loss);
    await loss.item();
    if (step % Math.ceil(steps / LOOKS) === 0) looks.push(process.memoryUsage().rss / 2 ** 20);
  }
  process.stdout.write(JSON.stringify(looks));
}

void main(process.argv[2], Number(process.argv[3]));
