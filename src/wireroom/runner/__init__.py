"""What moves data through the lines?

It asks the archive what is pending, calls the pure stages, and records what they return; it decides nothing.
"""
