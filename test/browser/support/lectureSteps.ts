import type * as Receptive from "../../../src";

/** What a device computed in some steps of the lecture's training. */
export interface Steps {
  losses: number[];
  /** The last layer's bias, after the last step. */
  bias: number[];
}

/**
 * Trains the lecture's network on drawn shapes. It takes the engine as an argument and uses nothing else, because pages
 * get its text: there the engine is the bundle.
 */
export async function lectureSteps(
  receptive: typeof Receptive,
  device: Receptive.DeviceName,
  steps: number,
): Promise<Steps> {
  const { DataLoader, datasets, F, manualSeed, nn, optim } = receptive;
  class Net extends nn.Module {
    conv1 = new nn.Conv2d(3, 6, 5);
    pool = new nn.MaxPool2d(2, 2);
    conv2 = new nn.Conv2d(6, 16, 5);
    fc1 = new nn.Linear(16 * 5 * 5, 120);
    fc2 = new nn.Linear(120, 84);
    fc3 = new nn.Linear(84, 10);
    forward(x: Receptive.Tensor): Receptive.Tensor {
      x = this.pool(F.relu(this.conv1(x)));
      x = this.pool(F.relu(this.conv2(x)));
      x = x.view(-1, 16 * 5 * 5);
      return this.fc3(F.relu(this.fc2(F.relu(this.fc1(x)))));
    }
  }
  manualSeed(0);
  const net = new Net().to(device);
  const criterion = new nn.CrossEntropyLoss();
  const optimizer = new optim.SGD(net.parameters(), { lr: 0.02, momentum: 0.9 });
  const losses: number[] = [];
  const data = datasets.shapes({ count: 2 * steps });
  for await (const [images, labels] of new DataLoader(data, { batchSize: 2, shuffle: true })) {
    optimizer.zeroGrad();
    const loss = criterion(net(images.to(device)), labels.to(device));
    loss.backward();
    optimizer.step();
    losses.push(await loss.item());
  }
  return { losses, bias: Array.from(await net.fc3.bias!.data()) };
}
