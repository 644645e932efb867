"""The intake line: from feeds to linked articles. Pure stages that append and never edit what came before."""
