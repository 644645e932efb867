"""What can be said of bytes, strings, addresses, dates and trees alone? Pure functions; no I/O, no clock."""
