"""How are the ports fulfilled? One folder per port; an adapter decides nothing about news."""
