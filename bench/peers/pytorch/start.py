"""Loads PyTorch, says so, computes one convolution."""

import torch

print("loaded", flush=True)
y = torch.nn.functional.conv2d(torch.ones(1, 3, 32, 32), torch.ones(6, 3, 5, 5))
assert y[0, 0, 0, 0].item() == 75
print("result", flush=True)
