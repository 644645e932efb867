"""Which page do we ask for, and what does its answer mean for later? Pure; never fetches."""
