"""What does an editor do? Subscriptions, inquiries, imports, rulings: reads and appends, through the ports."""
