"""The whole site as it is published: its files, its links, and what a browser makes of them."""
