"""How does an older archive become a current one? Alembic scripts, shipped with the package."""
