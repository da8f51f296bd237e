"""What a render was made of and made, and whether that still holds."""
