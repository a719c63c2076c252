"""pia-site: a static catalogue of 特定個人情報保護評価書.

Data flows source → edition YAML → catalogue → views → Markdown → site; the rooms and the
direction of their imports are described in ARCHITECTURE.md and enforced by import-linter.
"""

__version__ = "0.1.0"
