"""`python -m pipeline` is the `kehoach` command."""

from pipeline.cli import main

if __name__ == "__main__":
    main()
