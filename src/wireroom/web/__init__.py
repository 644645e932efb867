"""What does a browser reach on this machine?"""
