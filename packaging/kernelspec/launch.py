"""Starts the kernel. A file beside kernel.json, so that nothing in the notebook's folder can be taken for our module."""
import sys

try:
    from receptive.launcher import kernel
except ImportError:
    sys.exit(
        f"receptive: {sys.executable} has no package receptive. "
        f"Run: {sys.executable} -m pip install receptive, or start Jupyter from the environment that has it."
    )
kernel()
