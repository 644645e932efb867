"""How does alembic reach the archive? Through the connection and the transaction that opening it has begun."""

from alembic import context

from wireroom.adapters.archive.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
