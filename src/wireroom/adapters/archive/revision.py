"""Which revision of the schema is ours?"""

REVISION = "0003"
"""The newest migration; tests/migration holds it to the scripts."""
