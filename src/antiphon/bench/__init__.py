"""How fast the machines are, beside what a user would write without them."""
