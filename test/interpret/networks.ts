/** The networks of test/golden/makeInterpret.py, and what goes into them. */
import * as F from "../../src/nn/functional";
import * as nn from "../../src/nn";
import type { Tensor } from "../../src/tensor/tensor";
import { fillHashed, hashedTensor } from "../models/hashed";

export const SHAPE = [2, 3, 9, 8];
export const NOISE = 103;
export const images = (): Tensor => hashedTensor(SHAPE, 101);
export const black = (): Tensor => hashedTensor([1, 3, 9, 8], 102);

/** Two convolutions with a shortcut around them. Shapes: [N,3,9,8] -> [N,5]. */
export class Shortcut extends nn.Module {
  conv1 = new nn.Conv2d(3, 4, 3, { padding: 1 });
  conv2 = new nn.Conv2d(4, 4, 3, { padding: 1 });
  conv3 = new nn.Conv2d(4, 4, 3, { padding: 1 });
  relu1 = new nn.ReLU();
  relu2 = new nn.ReLU();
  relu3 = new nn.ReLU();
  pool = new nn.AvgPool2d(2, 2);
  fc = new nn.Linear(64, 5);
  forward(x: Tensor): Tensor {
    x = this.relu1(this.conv1(x));
    x = this.relu3(this.conv3(this.relu2(this.conv2(x))).add(x));
    return this.fc(this.pool(x).flatten(1));
  }
}

/** ReLUs as functions. Shapes: [N,3,9,8] -> [N,4]. */
export class Functional extends nn.Module {
  conv1 = new nn.Conv2d(3, 4, 3);
  conv2 = new nn.Conv2d(4, 5, 2);
  fc1 = new nn.Linear(20, 8);
  fc2 = new nn.Linear(8, 4);
  forward(x: Tensor): Tensor {
    x = F.maxPool2d(F.relu(this.conv1(x)), 2);
    x = F.relu(this.conv2(x));
    return this.fc2(this.fc1(x.flatten(1)).relu());
  }
}

/** Batch norms and dropout, which differ in training. Shapes: [N,3,9,8] -> [N,4]. */
export class Norm extends nn.Module {
  conv1 = new nn.Conv2d(3, 4, 3, { padding: 1, bias: false });
  bn1 = new nn.BatchNorm2d(4);
  conv2 = new nn.Conv2d(4, 6, 3, { stride: 2, bias: false });
  bn2 = new nn.BatchNorm2d(6);
  relu = new nn.ReLU();
  dropout = new nn.Dropout(0.5);
  fc = new nn.Linear(6, 4);
  forward(x: Tensor): Tensor {
    x = this.relu(this.bn1(this.conv1(x)));
    x = this.relu(this.bn2(this.conv2(x)));
    return this.fc(this.dropout(x.mean([2, 3])));
  }
}

export const kinds = { shortcut: Shortcut, functional: Functional, norm: Norm };

/** A network with the weights of the golden file, in training mode. */
export function networkOf(name: keyof typeof kinds): nn.Module {
  const net = new kinds[name]();
  fillHashed(net);
  return net;
}
