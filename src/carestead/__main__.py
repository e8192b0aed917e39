"""`python -m carestead` is the command `carestead`."""

from carestead.cli import main

main()
