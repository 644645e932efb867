"""When is a feed due, what does its document say, and what of that is new? Pure; never fetches."""
