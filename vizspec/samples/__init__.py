"""What the samples of a log say: read once from its cheapest member, checked, kept as columns."""
