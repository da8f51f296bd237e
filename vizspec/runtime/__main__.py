"""`python -m vizspec.runtime`: builds the runtime where it is missing or out of date."""

import sys

from vizspec.runtime.build import main

sys.exit(main())
