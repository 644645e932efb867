"""The outbox: which issue went to whom."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the outbox."""
    op.create_table(
        "outbox",
        sa.Column("beat", WORDS, nullable=False),
        sa.Column("issue", WORDS, nullable=False),
        sa.Column("recipient", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("because", WORDS, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("beat", "issue", "recipient"),
    )
