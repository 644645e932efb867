"""Files that editions carry as they are: imported posts, what came with them, issues."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the table of kept files."""
    op.create_table(
        "kept_files",
        sa.Column("beat", WORDS, nullable=False),
        sa.Column("path", WORDS, nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("article", WORDS, nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("beat", "path", "known_at"),
    )
    op.create_index(op.f("ix_kept_files_article"), "kept_files", ["article"], unique=False)
