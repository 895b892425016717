/** The networks that are trained, with PyTorch's names for their parameters. */
import { F, fromArray, models, nn, type Tensor } from "../../src";
import { LectureNet } from "../../test/support/lectureNet";
import { weights } from "../child/numbers";
import type { ForwardNet, TrainNet } from "../child/protocol";

/** LeNet-5 as `models.LeNet5`, whose first layer pads a digit of 28x28 to 32x32. Shapes: [N,1,28,28] -> [N,10]. */
class LeNet28 extends nn.Module {
  conv1 = new nn.Conv2d(1, 6, 5, { padding: 2 });
  pool = new nn.AvgPool2d(2, 2);
  conv2 = new nn.Conv2d(6, 16, 5);
  fc1 = new nn.Linear(16 * 5 * 5, 120);
  fc2 = new nn.Linear(120, 84);
  fc3 = new nn.Linear(84, 10);
  forward(x: Tensor): Tensor {
    x = this.pool(F.tanh(this.conv1(x)));
    x = this.pool(F.tanh(this.conv2(x)));
    return this.fc3(F.tanh(this.fc2(F.tanh(this.fc1(x.flatten(1))))));
  }
}

export const trainNets: Record<TrainNet, { make: () => nn.Module; image: number[] }> = {
  lecture: { make: () => new LectureNet(), image: [3, 32, 32] },
  lenet5: { make: () => new LeNet28(), image: [1, 28, 28] },
  resnet18: { make: () => new models.ResNet18({ numClasses: 10 }), image: [3, 32, 32] },
};

export const forwardNets: Record<ForwardNet, () => nn.Module> = {
  AlexNet: () => new models.AlexNet(),
  VGG16: () => new models.VGG16(),
  ResNet50: () => new models.ResNet50(),
  GoogLeNet: () => new models.GoogLeNet(),
};

/** The network with the weights that every engine gives it. */
export function filled(make: () => nn.Module): nn.Module {
  const net = nn.skipInit(make);
  const keys = Object.entries(net.stateDict()).filter(([key]) => !key.endsWith("num_batches_tracked"));
  // One at a time, so that the largest networks are not in memory twice.
  keys.forEach(([key, tensor], index) => {
    net.loadStateDict({ [key]: fromArray(weights(key, tensor.shape, index), tensor.shape) }, { strict: false });
  });
  return net;
}
