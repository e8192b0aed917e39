"""What clinicians decided about people proposed for the register."""
