#!/usr/bin/env python3
"""Set up lrdesigner in a fresh checkout and start it: ``python3 packaging/bootstrap.py run``.

Standard library only, and this one file keeps to syntax that every Python can read, so that an
old one gets a sentence instead of a syntax error. The work is done by the modules beside it.
"""

import os
import sys

TOO_OLD = (
    "lrdesigner needs Python 3.11 or newer, and this is Python %d.%d: install a newer one "
    "(https://www.python.org/downloads/) and start this script with it, for example: "
    "python3.12 packaging/bootstrap.py run"
)

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts it may have any Python
        sys.exit(TOO_OLD % sys.version_info[:2])
    # Python adds this folder itself, unless it was started in safe-path mode (-P).
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from bootstrap_commands import main

    sys.exit(main(sys.argv[1:]))
