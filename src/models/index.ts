/** Networks of the lectures, with torchvision's state-dict keys where torchvision has them. */
export { AlexNet, type AlexNetOptions } from "./alexNet";
export { ConvNetJSCifar } from "./convNetJSCifar";
export { GoogLeNet, type GoogLeNetOptions } from "./googLeNet";
export { LeNet5, type LeNet5Options } from "./lenet5";
export type { ModelOptions } from "./options";
export { PolicyNet, type PolicyNetOptions } from "./policyNet";
export { PlainNet34, ResNet101, ResNet152, ResNet18, ResNet34, ResNet50 } from "./resNet";
export { VGG16, VGG19, type VGGOptions } from "./vgg";
