"""`python -m pia_site` is the same as `pia-site`."""

from pia_site.cli import main

if __name__ == "__main__":
    main()
