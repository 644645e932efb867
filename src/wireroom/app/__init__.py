"""How do the parts become a running newsroom? The only layer that knows everything: configuration and wiring."""
