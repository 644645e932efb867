"""What do we ask of the world? Protocols only; adapters fulfil them, tests/contract holds them to it."""
