"""`python -m bot` is `comms-desk`."""

import sys

from bot.cli import main

sys.exit(main())
