"""The intake line: from feeds to linked articles. Pure stages; they append, they never edit what an earlier one wrote."""
