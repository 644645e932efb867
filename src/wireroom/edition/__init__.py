"""How does a snapshot become an edition? The pull line: gather, heat, verdict, compose, render."""
