/** Wrong calls, as a student makes them, and the exact words that each gets. */
import { expect } from "chai";
import * as receptive from "../../src";

/** The call as plain JavaScript, because TypeScript would refuse some of them; the error's name; its message. */
const wrongCalls: [call: string, name: string, message: string][] = [
  [
    "tensor([[1,2],[3]])",
    "ShapeError",
    "tensor: the nested arrays differ in length or hold something that is no number, at depth 1 (expected [2,2]). Give every row the same length.",
  ],
  [
    "tensor([[1],2])",
    "ShapeError",
    "tensor: the nested arrays differ in length or hold something that is no number, at depth 1 (expected [2,1]). Give every row the same length.",
  ],
  [
    'tensor(["a"])',
    "ShapeError",
    "tensor: the nested arrays differ in length or hold something that is no number, at depth 1 (expected [1]). Give every row the same length.",
  ],
  [
    'tensor([1],{dtype:"float64"})',
    "DTypeError",
    'tensor: device "cpu" holds float32, int32, bool, not float64. Use { device: "reference" } for float64.',
  ],
  [
    'tensor([1],{dtype:"int64"})',
    "DTypeError",
    'dtype: there is no dtype "int64". Use float64, float32, int32, bool.',
  ],
  [
    'tensor([1],{device:"cuda"})',
    "DeviceError",
    'device: there is no device "cuda". Use "cpu", "gpu" or "reference".',
  ],
  ["zeros([2,-1])", "ShapeError", "zeros: a shape is an array of whole numbers >= 0, got [2,-1]."],
  ["zeros(3)", "ShapeError", "zeros: a shape is an array of whole numbers >= 0, got 3."],
  ["full([1.5],0)", "ShapeError", "full: a shape is an array of whole numbers >= 0, got [1.5]."],
  ["arange(0,5,0)", "ShapeError", "arange: the step 0 never reaches 5 from 0. Use a step other than 0."],
  [
    "fromArray(new Float32Array(5),[2,3])",
    "ShapeError",
    "fromArray: 5 numbers do not fill shape [2,3], which holds 6. Check the order and count of the dimensions.",
  ],
  [
    "fromArray([1,2],[2])",
    "DTypeError",
    "fromArray: takes a Float32Array, Float64Array, Int32Array or Uint8Array, got Array. Use tensor([...]) for plain arrays.",
  ],
  [
    "x.add(zeros([5]))",
    "ShapeError",
    "add: shapes do not broadcast, 8 against 5 in dimension 3 (left [2,3,8,8], right [5]). Lengths must be equal or 1, aligned at the right.",
  ],
  ['x.add("1")', "DTypeError", 'add: right is no tensor, got "1". Use tensor(...) first.'],
  [
    "x.add(i32)",
    "DTypeError",
    "add: takes two tensors of one float dtype, got float32 and int32 (left [2,3,8,8], right [2]). Create both with the same { dtype }.",
  ],
  [
    'x.mul(zeros([2,3,8,8]).to("reference"))',
    "DeviceError",
    'mul: left is on cpu, right on reference. Move one with .to("cpu").',
  ],
  ["i32.exp()", "DTypeError", "exp: takes a float tensor, got int32 (input [2])."],
  ["i32.mean()", "DTypeError", "mean: takes a float tensor, got int32 (input [2]). Use sum()."],
  ["i32.max()", "DTypeError", "max: takes a float tensor, got int32 (input [2])."],
  ["x.sum(4)", "ShapeError", "sum: dimension 4 does not exist (the tensor has 4 dimensions). Use -4 to 3."],
  [
    "x.argmax(-5)",
    "ShapeError",
    "argmax: dimension -5 does not exist (the tensor has 4 dimensions). Use -4 to 3.",
  ],
  ["zeros([0,2]).max(0)", "ShapeError", "max: dimension 0 has no elements (input [0,2])."],
  [
    "x.reshape(7,-1)",
    "ShapeError",
    "reshape: 384 elements do not fill [7,-1] (input [2,3,8,8]). The product of the lengths must be 384.",
  ],
  ["x.view(-1,-1)", "ShapeError", "view: only one length can be -1, got [-1,-1]. Write the others out."],
  [
    "x.permute(0,1)",
    "ShapeError",
    "permute: [0,1] does not name each of the 4 dimensions once (input [2,3,8,8]). Give every dimension from 0 to 3 in its new place.",
  ],
  [
    "x.permute(0,1,2,2)",
    "ShapeError",
    "permute: [0,1,2,2] does not name each of the 4 dimensions once (input [2,3,8,8]). Give every dimension from 0 to 3 in its new place.",
  ],
  [
    "x.transpose(0,9)",
    "ShapeError",
    "transpose: dimension 9 does not exist (the tensor has 4 dimensions). Use -4 to 3.",
  ],
  [
    "x.squeeze(7)",
    "ShapeError",
    "squeeze: dimension 7 does not exist (the tensor has 4 dimensions). Use -4 to 3.",
  ],
  [
    "x.unsqueeze(9)",
    "ShapeError",
    "unsqueeze: dimension 9 does not exist (the tensor has 5 dimensions). Use -5 to 4.",
  ],
  [
    "x.flatten(3,9)",
    "ShapeError",
    "flatten: dimension 9 does not exist (the tensor has 4 dimensions). Use -4 to 3.",
  ],
  [
    "x.slice(5,0)",
    "ShapeError",
    "slice: dimension 5 does not exist (the tensor has 4 dimensions). Use -4 to 3.",
  ],
  ["x.slice(0,0,2,0)", "ShapeError", "slice: step must be a whole number >= 1, got 0 (input [2,3,8,8])."],
  [
    "x.matmul(tensor(1))",
    "ShapeError",
    "matmul: takes matrices or vectors (left [2,3,8,8], right []). Multiply by a number with mul().",
  ],
  [
    "x.matmul(zeros([4,7]))",
    "ShapeError",
    "matmul: 8 columns on the left meet 4 rows on the right (left [2,3,8,8], right [4,7]). Transpose one of them?",
  ],
  [
    "Tensor.cat([x,zeros([2,3,8,9])],1)",
    "ShapeError",
    "cat: tensor 1 differs from tensor 0 outside dimension 1 (tensor 0 [2,3,8,8], tensor 1 [2,3,8,9]). All other lengths must be equal.",
  ],
  ["Tensor.cat([],0)", "ShapeError", "cat: there are no tensors. Give at least one."],
  [
    "Tensor.stack([x,zeros([2])],0)",
    "ShapeError",
    "stack: tensor 1 has another shape than tensor 0 (tensor 0 [2,3,8,8], tensor 1 [2]). All shapes must be equal; cat() joins along a dimension they have.",
  ],
  [
    "F.batchNorm(x,zeros([4]),ones([4]))",
    "ShapeError",
    "batchNorm: input has 3 channels, runningMean has shape [4] (input [2,3,8,8], runningMean [4]). Is the input ordered [N,C,H,W]?",
  ],
  [
    "new nn.BatchNorm2d(4)(x)",
    "ShapeError",
    "net > batchNorm: input has 3 channels, runningMean has shape [4] (input [2,3,8,8], runningMean [4]). Is the input ordered [N,C,H,W]?",
  ],
  [
    "new nn.BatchNorm1d(3)(x)",
    "ShapeError",
    "net > batchNorm: input has 4 dimensions, BatchNorm1d takes [N,C] or [N,C,L] (input [2,3,8,8]). Reshape it, or use another BatchNorm.",
  ],
  [
    "F.dropout(x,{p:1.5})",
    "RangeError",
    "dropout: p must be a probability from 0 to 1, got 1.5. The default is 0.5.",
  ],
  [
    "F.localResponseNorm(x,0)",
    "ShapeError",
    "localResponseNorm: size must be a whole number >= 1, got 0 (input [2,3,8,8]). Give how many channels count.",
  ],
  [
    "F.interpolate(x,{})",
    "ShapeError",
    "interpolate: takes either size or scaleFactor, got neither (input [2,3,8,8]). Give one: { size: [64, 64] } or { scaleFactor: 2 }.",
  ],
  [
    "F.interpolate(x,{size:4,scaleFactor:2})",
    "ShapeError",
    "interpolate: takes either size or scaleFactor, got both (input [2,3,8,8]). Give one: { size: [64, 64] } or { scaleFactor: 2 }.",
  ],
  [
    "F.pad(x,[1])",
    "ShapeError",
    "pad: needs pairs of whole numbers, at most one pair a dimension (input [2,3,8,8], pad [1]). Give [left, right, top, bottom, ...], the last dimension first.",
  ],
  [
    'F.pad(x,[9,0],{mode:"reflect"})',
    "ShapeError",
    "pad: reflecting 9 needs more than 8 in dimension 3 (input [2,3,8,8], pad [9,0]). Pad less than the length.",
  ],
  [
    "F.oneHot(zeros([2]),3)",
    "DTypeError",
    'oneHot: labels must be int32 class indices, got float32 (labels [2]). Create them with { dtype: "int32" }.',
  ],
  [
    "F.oneHot(i32,1)",
    "DataError",
    "oneHot: labels must be class indices from 0 to 0, got 1 at position 0. Count classes from 0, or raise numClasses.",
  ],
  [
    "F.avgPool2d(x,9)",
    "ShapeError",
    "avgPool2d: window 9x9 does not fit the 8x8 image (input [2,3,8,8]). An earlier pooling already reduced it.",
  ],
  [
    "F.adaptiveAvgPool2d(x,0)",
    "ShapeError",
    "adaptiveAvgPool2d: outputSize must be a whole number >= 1, got 0. Give one number or [vertical, horizontal].",
  ],
  [
    "F.conv1d(x,zeros([6,3,3]))",
    "ShapeError",
    "conv1d: input has 4 dimensions, needs 3 (input [2,3,8,8], weight [6,3,3]). Give [N,C,L]; one line is x.unsqueeze(0).",
  ],
  [
    "F.convTranspose2d(x,zeros([4,3,3,3]))",
    "ShapeError",
    "convTranspose2d: input has 3 channels, weight expects 4 (input [2,3,8,8], weight [4,3,3,3]). A transposed convolution's weight is ordered [Cin,Cout/groups,R,S].",
  ],
  [
    'F.conv2d(x,zeros([6,3,3,3]),null,{padding:"same",stride:2})',
    "ShapeError",
    'conv2d: padding "same" keeps the image\'s size, stride 2 does not. Use stride 1, or give the padding as a number.',
  ],
  [
    'F.conv2d(x,zeros([6,3,3,3]),null,{padding:"full"})',
    "ShapeError",
    'conv2d: padding must be a number, "same" or "valid", got "full". Give one of them.',
  ],
  [
    "F.mseLoss(x,zeros([2]))",
    "ShapeError",
    "mseLoss: input and target differ in shape (input [2,3,8,8], target [2]). Reshape one of them.",
  ],
  [
    "F.klDiv(x,zeros([2]))",
    "ShapeError",
    "klDiv: input and target differ in shape (input [2,3,8,8], target [2]). Reshape one of them.",
  ],
  [
    "F.binaryCrossEntropyWithLogits(x,zeros([2]))",
    "ShapeError",
    "binaryCrossEntropyWithLogits: input and target differ in shape (input [2,3,8,8], target [2]). Reshape one of them.",
  ],
  [
    'F.multiMarginLoss(zeros([2,3]),tensor([0,3],{dtype:"int32"}))',
    "DataError",
    "multiMarginLoss: target must hold class indices from 0 to 2, got 3 at position 1 (logits [2,3]). Count classes from 0, or widen the last layer.",
  ],
  [
    "F.crossEntropy(zeros([2,3]),i32,{weight:ones([4])})",
    "ShapeError",
    "crossEntropy: weight has shape [4], needs one number a class, [3] (logits [2,3], target [2]).",
  ],
  [
    "F.crossEntropy(zeros([2,3]),i32,{labelSmoothing:2})",
    "RangeError",
    "crossEntropy: labelSmoothing must be from 0 to 1, got 2.",
  ],
  [
    "new optim.Adam([ones([1],{requiresGrad:true})],{betas:[0.9,1]})",
    "RangeError",
    "Adam: betas[1] must be >= 0 and < 1, got 1.",
  ],
  [
    "new optim.RMSprop([ones([1],{requiresGrad:true})],{alpha:-1})",
    "RangeError",
    "RMSprop: alpha must be >= 0, got -1.",
  ],
  [
    "new optim.lrScheduler.StepLR(new optim.SGD([ones([1])],{lr:1}),{})",
    "RangeError",
    "StepLR: stepSize must be a whole number >= 1, got undefined.",
  ],
  ["x.flip(7)", "ShapeError", "flip: dimension 7 does not exist (the tensor has 4 dimensions). Use -4 to 3."],
  [
    "linspace(0,1,-1)",
    "ShapeError",
    "linspace: steps must be a whole number >= 0, got -1. Give how many numbers you want.",
  ],
  ["eye(-1)", "ShapeError", "eye: a shape is an array of whole numbers >= 0, got [-1,-1]."],
  [
    "new transforms.RandomCrop(40)(x)",
    "ShapeError",
    "RandomCrop: the window 40x40 does not fit the image 8x8 with padding 0 (8x8). Use a smaller size or more padding.",
  ],
  [
    "new transforms.RandomHorizontalFlip(2)",
    "DataError",
    "RandomHorizontalFlip: p must be a probability, 0 to 1, got 2.",
  ],
  [
    "new transforms.Resize(0)",
    "DataError",
    "Resize: size must be a whole number >= 1 or [height, width], got 0.",
  ],
  [
    'new datasets.ImageFolder("/nowhere")',
    "DataError",
    "ImageFolder: /nowhere cannot be read, ENOENT: no such file or directory, scandir '/nowhere'. Give the folder that holds a folder for each class.",
  ],
  ["datasets.digits({count:0})", "DataError", "digits: count must be a whole number >= 1, got 0."],
  [
    "new models.ResNet18()(zeros([1,1,64,64]))",
    "ShapeError",
    "net.conv1 > conv2d: input has 1 channels, weight expects 3 (input [1,1,64,64], weight [64,3,7,7]). Is the input ordered [N,C,H,W]?",
  ],
  [
    "summary(new nn.Linear(3,4),[1,5])",
    "ShapeError",
    "net > linear: input has 5 features, weight expects 3 (input [1,5], weight [4,3]). Flatten images first: x.flatten(1).",
  ],
  [
    "outputSize(2,3)",
    "ShapeError",
    "outputSize: a window of 3 does not fit 2 pixels (size 2, padding 0). Use a smaller window or more padding.",
  ],
  [
    "zeros([2,3]).matmul(zeros([2,3]))",
    "ShapeError",
    "matmul: 3 columns on the left meet 2 rows on the right (left [2,3], right [2,3]). Transpose one of them?",
  ],
  [
    "zeros([3]).matmul(zeros([4]))",
    "ShapeError",
    "matmul: 3 columns on the left meet 4 rows on the right (left [1,3], right [4,1]). Transpose one of them?",
  ],
  [
    "x.softmax(4)",
    "ShapeError",
    "softmax: dimension 4 does not exist (the tensor has 4 dimensions). Use -4 to 3.",
  ],
  ["i32.softmax(0)", "DTypeError", "softmax: takes a float tensor, got int32 (input [2])."],
  [
    "x.backward()",
    "GradError",
    "backward: nothing was recorded for this tensor (shape [2,3,8,8]). Set requiresGrad on what you differentiate by, and compute outside noGrad().",
  ],
  [
    "x.sum().backward()",
    "GradError",
    "backward: nothing was recorded for this tensor (shape []). Set requiresGrad on what you differentiate by, and compute outside noGrad().",
  ],
  ['x.to("tpu")', "DeviceError", 'device: there is no device "tpu". Use "cpu", "gpu" or "reference".'],
  [
    "(()=>{const w=ones([1],{requiresGrad:true});w.mul(2).requiresGrad=false})()",
    "GradError",
    "requiresGrad: only a leaf can be changed, this is a result. Use detach().",
  ],
  [
    "(()=>{i32.requiresGrad=true})()",
    "DTypeError",
    "requiresGrad: only float tensors have gradients, this is int32.",
  ],
  [
    'ones([1],{requiresGrad:true}).to("reference")',
    "GradError",
    'to("reference"): gradients do not flow between devices. Move the module with net.to("reference"), or use detach() first.',
  ],
  [
    "F.conv2d(zeros([3,8,8]),zeros([6,3,3,3]))",
    "ShapeError",
    "conv2d: input has 3 dimensions, needs 4 (input [3,8,8], weight [6,3,3,3]). Give [N,C,H,W]; one image is x.unsqueeze(0).",
  ],
  [
    "F.conv2d(x,zeros([3,3,3]))",
    "ShapeError",
    "conv2d: weight has 3 dimensions, needs 4 (input [2,3,8,8], weight [3,3,3]). Give [K,C/groups,R,S].",
  ],
  [
    "F.conv2d(x,zeros([6,4,3,3]))",
    "ShapeError",
    "conv2d: input has 3 channels, weight expects 4 (input [2,3,8,8], weight [6,4,3,3]). Is the input ordered [N,C,H,W]?",
  ],
  [
    "F.conv2d(x,zeros([6,3,9,9]))",
    "ShapeError",
    "conv2d: filter 9x9 does not fit the 8x8 padded image (input [2,3,8,8], weight [6,3,9,9]). Use a smaller filter or more padding.",
  ],
  [
    "F.conv2d(x,zeros([6,3,3,3]),zeros([5]))",
    "ShapeError",
    "conv2d: bias must have shape [6], one number a filter (bias [5], input [2,3,8,8], weight [6,3,3,3]).",
  ],
  [
    "F.conv2d(x,zeros([6,3,3,3]),null,{stride:0})",
    "ShapeError",
    "conv2d: stride must be a whole number >= 1, got 0. Give one number or [vertical, horizontal].",
  ],
  [
    "F.conv2d(x,zeros([6,3,3,3]),null,{padding:-1})",
    "ShapeError",
    "conv2d: padding must be a whole number >= 0, got -1. Give one number or [vertical, horizontal].",
  ],
  [
    "F.conv2d(x,zeros([6,3,3,3]),null,{groups:2})",
    "ShapeError",
    "conv2d: 2 groups do not divide 3 input and 6 output channels (input [2,3,8,8], weight [6,3,3,3]). Choose a divisor of both.",
  ],
  [
    "F.conv2d(x,zeros([6,3,3,3]),null,{dilation:1.5})",
    "ShapeError",
    "conv2d: dilation must be a whole number >= 1, got 1.5. Give one number or [vertical, horizontal].",
  ],
  [
    "F.conv2d(i32,zeros([6,3,3,3]))",
    "DTypeError",
    'conv2d: input must be float, got int32 (input [2]). Create it with { dtype: "float32" }.',
  ],
  [
    "F.maxPool2d(zeros([1,1,1,1]),2)",
    "ShapeError",
    "maxPool2d: window 2x2 does not fit the 1x1 image (input [1,1,1,1]). An earlier pooling already reduced it.",
  ],
  [
    "F.maxPool2d(x,2,{padding:2})",
    "ShapeError",
    "maxPool2d: padding 2x2 is more than half the window 2x2 (input [2,3,8,8]). Some windows would see nothing but padding.",
  ],
  [
    "F.maxPool2d(zeros([3,8,8]),2)",
    "ShapeError",
    "maxPool2d: input has 3 dimensions, needs 4 (input [3,8,8]). Give [N,C,H,W]; one image is x.unsqueeze(0).",
  ],
  [
    "F.maxPool2d(x,0)",
    "ShapeError",
    "maxPool2d: kernelSize must be a whole number >= 1, got 0. Give one number or [vertical, horizontal].",
  ],
  [
    "F.linear(x,zeros([5,7]))",
    "ShapeError",
    "linear: input has 8 features, weight expects 7 (input [2,3,8,8], weight [5,7]). Flatten images first: x.flatten(1).",
  ],
  [
    "F.linear(zeros([2,7]),zeros([7]))",
    "ShapeError",
    "linear: weight needs 2 dimensions, [out,in] (input [2,7], weight [7]).",
  ],
  [
    "F.linear(zeros([2,7]),zeros([5,7]),zeros([4]))",
    "ShapeError",
    "linear: bias must have shape [5] (bias [4], input [2,7], weight [5,7]).",
  ],
  [
    "F.crossEntropy(zeros([4,10,2]),i32)",
    "ShapeError",
    "crossEntropy: target must have shape [4,2] (logits [4,10,2], target [2]). Give one class index a position.",
  ],
  [
    "F.crossEntropy(zeros([4,10]),zeros([4]))",
    "DTypeError",
    "crossEntropy: target must be int32 class indices, got float32 (logits [4,10], target [4]).",
  ],
  [
    "F.crossEntropy(zeros([4,10]),i32)",
    "ShapeError",
    "crossEntropy: 4 rows of logits need 4 targets (logits [4,10], target [2]). Give one class index an image.",
  ],
  [
    "F.crossEntropy(zeros([2,2]),i32)",
    "DataError",
    "crossEntropy: target must hold class indices from 0 to 1, got 2 at position 1 (logits [2,2]). Count classes from 0, or widen the last layer.",
  ],
  [
    'F.crossEntropy(zeros([2,2]),tensor([0,-1],{dtype:"int32"}))',
    "DataError",
    "crossEntropy: target must hold class indices from 0 to 1, got -1 at position 1 (logits [2,2]). Count classes from 0, or widen the last layer.",
  ],
  [
    "F.linear(i32.view(1,2),zeros([3,2]))",
    "DTypeError",
    'linear: input must be float, got int32 (input [1,2]). Create it with { dtype: "float32" }.',
  ],
  [
    "new nn.Conv2d(0,4,3)",
    "ShapeError",
    "Conv2d: inChannels must be a positive multiple of groups (1), got 0.",
  ],
  [
    "new nn.Conv2d(3,4,3,{groups:2})",
    "ShapeError",
    "Conv2d: inChannels must be a positive multiple of groups (2), got 3.",
  ],
  [
    "new nn.Conv2d(3,4,0)",
    "ShapeError",
    "Conv2d: kernelSize must be a whole number >= 1, got 0. Give one number or [vertical, horizontal].",
  ],
  ["new nn.Linear(0,4)", "ShapeError", "Linear: inFeatures must be a whole number >= 1, got 0."],
  ["new nn.Linear(2.5,4)", "ShapeError", "Linear: inFeatures must be a whole number >= 1, got 2.5."],
  [
    'F.conv2d(tensor(Array(64).fill(1),{dtype:"int32"}).view(1,1,8,8),zeros([1,1,3,3]))',
    "DTypeError",
    'conv2d: input must be float, got int32 (input [1,1,8,8]). Create it with { dtype: "float32" }.',
  ],
  [
    "new nn.Sequential(new nn.Conv2d(3,4,3),new nn.Conv2d(3,4,3))(x)",
    "ShapeError",
    "net.1 > conv2d: input has 4 channels, weight expects 3 (input [2,4,6,6], weight [4,3,3,3]). Is the input ordered [N,C,H,W]?",
  ],
  [
    "new nn.Linear(3,4).loadStateDict({})",
    "DataError",
    "loadStateDict: keys do not match (missing: weight, bias; unknown: none). Is it the state dict of the same architecture?",
  ],
  [
    "new nn.Linear(3,4).loadStateDict({weight:zeros([3,4]),bias:zeros([4])})",
    "ShapeError",
    "loadStateDict: weight has shape [3,4], the module needs [4,3].",
  ],
  ["new optim.SGD([])", "RangeError", "SGD: there are no parameters. Pass net.parameters()."],
  ["new optim.SGD([zeros([1])],{lr:-1})", "RangeError", "SGD: lr must be >= 0, got -1."],
  [
    "new optim.SGD([zeros([1])],{nesterov:true})",
    "RangeError",
    "SGD: nesterov needs momentum > 0 and dampening 0, got 0 and 0.",
  ],
  [
    "new optim.SGD(new nn.Linear(2,2).parameters)",
    "TypeError",
    "SGD: params must be an array, got function. Call it: net.parameters().",
  ],
  [
    "noGrad(async()=>1)",
    "TypeError",
    "noGrad: the function is async. Wrap only the synchronous part, noGrad(() => net(x)).",
  ],
  [
    "new DataLoader(new TensorDataset(zeros([4,1])),{batchSize:0})",
    "DataError",
    "DataLoader: batchSize must be a whole number >= 1, got 0.",
  ],
  [
    "new TensorDataset(zeros([4,1]),zeros([3]))",
    "DataError",
    "TensorDataset: every tensor needs the same number of rows, got [4,1], [3]. The first dimension counts the items.",
  ],
  [
    "new Subset(new TensorDataset(zeros([4,1])),[9])",
    "DataError",
    "Subset: there is no item 9 (4 items). Count from 0 to 3.",
  ],
  [
    "randomSplit(new TensorDataset(zeros([4,1])),[3,3])",
    "DataError",
    "randomSplit: lengths [3, 3] add up to 6, the data set has 4 items. Give counts that add up to 4, or shares that add up to 1.",
  ],
  [
    "new transforms.Normalize([0,0,0],[1])(x)",
    "DataError",
    "Normalize: mean has 3 channels, std has 1. Give both one number a channel.",
  ],
  [
    "new transforms.Normalize([0,0],[1,1])(x)",
    "ShapeError",
    "Normalize: images have 3 channels, mean and std have 2 (input [2,3,8,8]). Give one number a channel, or one for all.",
  ],
  [
    "new transforms.Normalize([0],[0])",
    "DataError",
    "Normalize: mean and std must be numbers and std not 0, got mean [0], std [0].",
  ],
  [
    'new datasets.MNIST({root:"/nowhere"})',
    "DataError",
    "MNIST: /nowhere/train-images-idx3-ubyte.gz does not exist (expected 47,040,016 bytes uncompressed). Fetch it with MNIST.load({ download: true }), or get it from https://ossci-datasets.s3.amazonaws.com/mnist/ and set RECEPTIVE_DATA to its folder.",
  ],
  [
    'new datasets.CIFAR10({root:"/nowhere"})',
    "DataError",
    "CIFAR10: /nowhere/data_batch_1.bin does not exist (expected 30,730,000 bytes). Fetch it with CIFAR10.load({ download: true }), or get it from https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz and set RECEPTIVE_DATA to its folder.",
  ],
  ["datasets.shapes({count:-1})", "DataError", "shapes: count must be a whole number >= 1, got -1."],
  [
    "show.featureMaps(zeros([2,2]))",
    "DataError",
    "show.featureMaps: expected maps [N,C,H,W] or [C,H,W], got [2,2]. Bring it to that shape with reshape() or slice().",
  ],
  [
    "show.images(zeros([1,2,4,4]))",
    "DataError",
    "show.images: images have 1 or 3 channels, got 2 (input [1,2,4,4]). Show feature maps with show.featureMaps().",
  ],
  [
    "show.filters(zeros([4]))",
    "DataError",
    "show.filters: expected weights [K,C,R,S], got [4]. Bring it to that shape with reshape() or slice().",
  ],
];

const names: Record<string, unknown> = {
  ...receptive,
  /** A batch of two colour images. */
  x: receptive.zeros([2, 3, 8, 8]),
  i32: receptive.tensor([1, 2], { dtype: "int32" }),
};

describe("wrong calls get an error that names what is wrong and a next step", () => {
  it(`(${wrongCalls.length} of them)`, () => expect(wrongCalls.length).to.be.at.least(80));
  for (const [call, name, message] of wrongCalls)
    it(call, async () => {
      // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the table is ours
      const run = new Function(...Object.keys(names), `return (${call})`) as (
        ...values: unknown[]
      ) => unknown;
      let caught: unknown = null;
      try {
        await run(...Object.values(names));
      } catch (error) {
        caught = error;
      }
      expect(caught, "nothing was thrown").to.be.instanceOf(Error);
      expect((caught as Error).name).to.equal(name);
      expect((caught as Error).message).to.equal(message);
    });
});
