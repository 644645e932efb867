"""How is Wireroom started where its script is not on the path? `python -m wireroom`."""

from wireroom.cli import main

if __name__ == "__main__":
    main()
