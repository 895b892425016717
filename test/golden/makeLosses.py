"""PyTorch's losses and their gradients for several sets of options; see README.md."""

import torch
import torch.nn.functional as F

from make import write
from makeOptim import digits, snake

torch.manual_seed(11)
FUNCTIONS = {
    "crossEntropy": F.cross_entropy,
    "nllLoss": F.nll_loss,
    "mseLoss": F.mse_loss,
    "klDiv": F.kl_div,
    "binaryCrossEntropyWithLogits": F.binary_cross_entropy_with_logits,
    "multiMarginLoss": F.multi_margin_loss,
    "l1Loss": F.l1_loss,
    "smoothL1Loss": F.smooth_l1_loss,
    "huberLoss": F.huber_loss,
    "binaryCrossEntropy": F.binary_cross_entropy,
}


def numbers(*shape):
    """Numbers that float32 holds exactly."""
    return torch.randn(*shape).double()


def probabilities(*shape):
    return torch.softmax(torch.randn(*shape), 1).double()


def weights(*shape):
    return (torch.rand(*shape) + 0.5).double()


def classes(shape, count, ignored=None):
    target = torch.randint(0, count, shape)
    if ignored is not None:
        target.view(-1)[1] = ignored
    return target


def log_of(p):
    """log(p) rounded to what float32 holds."""
    return p.log().float().double()


def certain(*numbers):
    return torch.tensor(numbers).double()


def with_zero(p):
    p.view(-1)[2] = 0
    return p


ROWS = [
    ("crossEntropy", numbers(5, 4), classes([5], 4), {}),
    ("crossEntropy", numbers(5, 4), classes([5], 4), {"weight": weights(4)}),
    ("crossEntropy", numbers(5, 4), classes([5], 4), {"labelSmoothing": 0.1, "reduction": "sum"}),
    ("crossEntropy", numbers(5, 4), classes([5], 4, 2), {"labelSmoothing": 0.3, "weight": weights(4), "ignoreIndex": 2}),
    ("crossEntropy", numbers(5, 4), classes([5], 4, -1), {"labelSmoothing": 1, "ignoreIndex": -1, "reduction": "none"}),
    ("crossEntropy", numbers(2, 3, 2, 2), classes([2, 2, 2], 3, -100), {"weight": weights(3), "labelSmoothing": 0.2}),
    ("crossEntropy", numbers(2, 3, 4), classes([2, 4], 3, -100), {"reduction": "none"}),
    ("crossEntropy", numbers(6), classes([], 6), {"weight": weights(6)}),
    ("crossEntropy", numbers(5, 4), probabilities(5, 4), {}),
    ("crossEntropy", numbers(5, 4), probabilities(5, 4), {"labelSmoothing": 0.2, "weight": weights(4)}),
    ("crossEntropy", numbers(2, 3, 4), probabilities(2, 3, 4), {"weight": weights(3), "reduction": "none"}),
    ("crossEntropy", numbers(2, 3, 4), probabilities(2, 3, 4), {"labelSmoothing": 0.1, "weight": weights(3)}),
    ("nllLoss", numbers(5, 4), classes([5], 4), {}),
    ("nllLoss", numbers(5, 4), classes([5], 4), {"weight": weights(4)}),
    ("nllLoss", numbers(5, 4), classes([5], 4, 3), {"weight": weights(4), "ignoreIndex": 3, "reduction": "sum"}),
    ("nllLoss", numbers(2, 3, 4), classes([2, 4], 3), {"weight": weights(3), "reduction": "none"}),
    ("mseLoss", numbers(3, 4), numbers(3, 4), {}),
    ("mseLoss", numbers(3, 4), numbers(3, 4), {"reduction": "sum"}),
    ("mseLoss", numbers(3, 4), numbers(3, 4), {"reduction": "none"}),
    ("mseLoss", numbers(7), numbers(7), {"reduction": "mean"}),
    ("klDiv", log_of(probabilities(3, 4)), probabilities(3, 4), {}),
    ("klDiv", log_of(probabilities(3, 4)), probabilities(3, 4), {"reduction": "batchmean"}),
    ("klDiv", log_of(probabilities(3, 4)), log_of(probabilities(3, 4)), {"reduction": "batchmean", "logTarget": True}),
    ("klDiv", log_of(probabilities(3, 4)), log_of(probabilities(3, 4)), {"reduction": "none", "logTarget": True}),
    ("klDiv", log_of(probabilities(3, 4)), with_zero(probabilities(3, 4)), {"reduction": "sum", "constantTarget": True}),
    ("binaryCrossEntropyWithLogits", numbers(3, 4), weights(3, 4) - 0.5, {}),
    ("binaryCrossEntropyWithLogits", 0 * numbers(3, 4), weights(3, 4) - 0.5, {"reduction": "sum"}),
    ("binaryCrossEntropyWithLogits", numbers(3, 4), weights(3, 4) - 0.5, {"posWeight": weights(4), "reduction": "none"}),
    ("binaryCrossEntropyWithLogits", numbers(3, 4), weights(3, 4) - 0.5, {"weight": weights(3, 1)}),
    ("binaryCrossEntropyWithLogits", numbers(3, 4), weights(3, 4) - 0.5, {"weight": weights(4), "posWeight": weights(4)}),
    ("multiMarginLoss", numbers(5, 4), classes([5], 4), {}),
    ("multiMarginLoss", numbers(5, 4), classes([5], 4), {"p": 2, "reduction": "sum"}),
    ("multiMarginLoss", numbers(5, 4), classes([5], 4), {"margin": 0.5, "weight": weights(4), "reduction": "none"}),
    ("multiMarginLoss", numbers(5, 4), classes([5], 4), {"p": 2, "margin": 2, "weight": weights(4)}),
    ("multiMarginLoss", numbers(4), classes([], 4), {"p": 2}),
    # New rows stand at the end, so that the numbers drawn above stay.
    ("l1Loss", numbers(3, 4), numbers(3, 4), {}),
    ("l1Loss", numbers(2, 3), numbers(2, 3), {"reduction": "none"}),
    ("l1Loss", torch.ones(3).double(), torch.ones(3).double(), {"reduction": "sum"}),
    ("smoothL1Loss", numbers(3, 4), numbers(3, 4), {}),
    ("smoothL1Loss", numbers(3, 4), numbers(3, 4), {"beta": 0.25, "reduction": "sum"}),
    ("smoothL1Loss", numbers(7), numbers(7), {"beta": 0, "reduction": "none"}),
    ("smoothL1Loss", torch.tensor([-2.0, -1, 0, 1, 2]).double(), torch.zeros(5).double(), {"reduction": "none"}),
    ("huberLoss", numbers(3, 4), numbers(3, 4), {}),
    ("huberLoss", numbers(3, 4), numbers(3, 4), {"delta": 0.25, "reduction": "sum"}),
    ("huberLoss", torch.tensor([-2.0, -1, 0, 1, 2]).double(), torch.zeros(5).double(), {"reduction": "none"}),
    ("binaryCrossEntropy", probabilities(3, 4), probabilities(3, 4), {}),
    ("binaryCrossEntropy", probabilities(3, 4), probabilities(3, 4), {"weight": weights(4), "reduction": "sum"}),
    ("binaryCrossEntropy", probabilities(3, 4), probabilities(3, 4), {"weight": weights(3, 1), "reduction": "none"}),
    ("binaryCrossEntropy", certain(0, 1, 0, 1), certain(0, 1, 1, 0), {"reduction": "none", "constantTarget": True}),
]


def tensor(value):
    if not isinstance(value, torch.Tensor):
        return value
    dtype = "float" if value.is_floating_point() else "int32"
    return {"shape": list(value.shape), "dtype": dtype, "data": value.flatten().tolist()}


def run(loss, x, target, options):
    given = {name: tensor(value) for name, value in options.items()}
    constant = options.pop("constantTarget", False)
    leaves = [x.clone().requires_grad_()]
    differentiable = target.is_floating_point() and not constant
    truth = target.clone().requires_grad_() if differentiable else target
    output = FUNCTIONS[loss](leaves[0], truth, **snake(options))
    # Any result becomes a scalar with another weight for each element.
    (output * torch.cos(3 * torch.arange(output.numel()).double() + 1).reshape(output.shape)).sum().backward()
    return {
        "loss": loss,
        "input": tensor(x),
        "target": tensor(target),
        "options": given,
        "shape": list(output.shape),
        "output": digits(output.flatten().tolist()),
        "gradInput": digits(leaves[0].grad.flatten().tolist()),
        "gradTarget": digits(truth.grad.flatten().tolist()) if differentiable else None,
    }


if __name__ == "__main__":
    write("losses.json", [run(*row) for row in ROWS])
