import { fromArray, nn, optim } from "../../src";
import { images, labels } from "../child/numbers";
import type { TrainNet } from "../child/protocol";
import type { Prepared } from "../child/serve";
import { filled, trainNets } from "./nets";

/** One step as the lecture has it, which reads the loss each time. */
export function prepareTrain(name: TrainNet, batch: number): Prepared {
  const { make, image } = trainNets[name];
  const net = filled(make);
  const criterion = new nn.CrossEntropyLoss();
  const optimizer = new optim.SGD(net.parameters(), { lr: 0.001, momentum: 0.9 });
  const shape = [batch, ...image];
  const x = fromArray(images(shape), shape);
  const y = fromArray(labels(batch), [batch]);
  let last = 0;
  const iterate = async (): Promise<void> => {
    optimizer.zeroGrad();
    const loss = criterion(net(x), y);
    loss.backward();
    optimizer.step();
    last = await loss.item();
  };
  return {
    iterate,
    // The first loss says that the forward pass agrees, the second that the step does.
    async probe() {
      const first = last;
      await iterate();
      return [first, last];
    },
  };
}
