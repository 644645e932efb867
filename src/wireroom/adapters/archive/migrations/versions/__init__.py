"""Which steps lead from one revision to the next? One script each, never edited once released."""
