"""What keeps an input from taking all the time or all the memory."""
