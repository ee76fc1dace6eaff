"""`python -m holdspace`, the same as the `holdspace` command."""

import sys

from .command import main

sys.exit(main())
