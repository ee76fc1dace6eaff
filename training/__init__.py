"""Training and checking of the light coder; nothing here is needed to run it."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # small sums: more threads only wait for one another
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
